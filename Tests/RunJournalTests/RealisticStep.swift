import FunSearch
import PythonSyntax

/// A step as a run on the cap set makes them: 300 bytes of source, a tree of 250, a fresh body each.
func realisticStep(_ number: Int, islands: Int = 10) -> StepRecord {
  var random = RandomStream(seed: 1, island: 0, step: number, purpose: .tool)
  let words = (0..<32).map { _ in random.bits() }
  let source = words.prefix(15).map { "  x = el[0] * \($0 % 100_000)" }.joined(separator: "\n")
  let tree = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  return StepRecord(
    step: StepID(island: IslandID(number % islands), step: number / islands),
    epoch: 0,
    redraws: 0,
    parents: [ProgramID(number / 2), ProgramID(number / 3)],
    operators: ["replace subtree", "change constant"],
    hash: TreeHash(high: words[0], low: words[1]),
    source: String(source.prefix(300)),
    encodedFunction: Array(tree.prefix(250)),
    encodedSupport: [],
    outcome: number % 3 == 0
      ? .failed(Failure(.exception, "ZeroDivisionError: division by zero", line: 3, input: 0))
      : .scored(Scores(perInput: [Double(number % 500)], total: Double(number % 500))),
    reused: false,
    registration: number % 3 == 0 ? .failed : .joinedCluster,
    claim: nil,
    cpuMicroseconds: 412,
    wallMicroseconds: 433
  )
}
