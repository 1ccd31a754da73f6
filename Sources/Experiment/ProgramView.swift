package import FunSearch
package import PythonSyntax
package import Reports
import RunJournal

/// One program of a run, as the commands that look at runs present it.
package struct ProgramView: Sendable {
  package let program: ProgramID
  package let source: String
  package let outcome: Outcome
  package let claim: Claim?
  package let hash: TreeHash
  /// Nil for the specification's own program.
  package let step: StepRecord?
  private let encodedFunction: [UInt8]
  private let encodedSupport: [UInt8]

  init(_ record: StepRecord, islands: Int) {
    program = record.step.program(islands: islands)
    source = record.source
    outcome = record.outcome
    claim = record.claim
    hash = record.hash
    step = record
    encodedFunction = record.encodedFunction
    encodedSupport = record.encodedSupport
  }

  init(_ founder: FounderRecord) {
    program = .founder
    source = founder.source
    outcome = .scored(founder.scores)
    claim = founder.claim
    hash = founder.hash
    step = nil
    encodedFunction = founder.encodedFunction
    encodedSupport = []
  }

  /// The program's tree.
  /// - Throws: ``TreeError`` when the stored bytes are not a tree.
  package var code: ProgramCode {
    get throws(TreeError) {
      try ProgramCode(encodedFunction: encodedFunction, encodedSupport: encodedSupport)
    }
  }

  /// The text of the canonical form, in which programs that differ in names of locals only are equal; of a discarded
  /// answer the text it has.
  /// - Throws: ``TreeError`` when the stored bytes are not a tree.
  package var canonicalSource: String {
    get throws(TreeError) {
      if step?.isDiscarded == true { return source }
      let code = try code
      return ProgramCode(function: code.function.canonical, support: code.support).source
    }
  }

  /// The program with this number.
  package static func program(_ id: ProgramID, in folder: RunFolder) throws -> ProgramView {
    let reader = try RunReader(folder.journal)
    if id == .founder, let founder = try reader.founder() { return ProgramView(founder) }
    guard let record = try reader.step(id) else { throw try unknown(id, reader, folder) }
    return ProgramView(record, islands: reader.islands)
  }

  /// What a model was asked for the program, and what it answered; nil where none was asked.
  package func exchange(in folder: RunFolder) throws -> ModelExchange? {
    try step.flatMap { try ModelExchange.last(of: $0.step, $0.operators, RunReader(folder.journal)) }
  }

  /// What is said of a number that no program has.
  static func unknown(_ id: ProgramID, _ reader: RunReader, _ folder: RunFolder) throws -> RunError {
    RunError(
      "\(folder.path) has no program \(id); its programs are 0 to \(try reader.lastProgram())",
      in: .usage
    )
  }

  /// The best programs, best first, of equal ones the lower number first.
  ///
  /// - Parameters:
  ///   - limit: how many.
  ///   - island: the island to look at; nil for all.
  ///   - distinct: of programs with equal scores and behaviour, only the first.
  ///   - folder: the run.
  /// - Returns: at most `limit` programs.
  /// - Throws: ``RunError`` when there is no such island, or what is wrong with the journal.
  package static func top(
    _ limit: Int,
    island: Int? = nil,
    distinct: Bool = true,
    in folder: RunFolder
  ) throws -> [ProgramView] {
    let reader = try RunReader(folder.journal)
    try check(island, reader, folder)
    let filter = RunReader.StepFilter(island: island)
    var steps = try reader.top(limit, of: filter, distinct: distinct)
      .map { ProgramView($0, islands: reader.islands) }
    guard let founder = try reader.founder() else { return steps }
    if distinct, founder.scores.behaviour != nil {
      steps.removeAll { $0.outcome == .scored(founder.scores) }
    }
    // The specification's own program stands where its score puts it, before those that are only as good.
    let place = steps.firstIndex { ($0.outcome.total ?? 0) <= founder.scores.total } ?? steps.count
    return Array((steps[..<place] + [ProgramView(founder)] + steps[place...]).prefix(limit))
  }

  /// Refuses an island that the run does not have.
  static func check(_ island: Int?, _ reader: RunReader, _ folder: RunFolder) throws(RunError) {
    guard let island, !(0..<reader.islands).contains(island) else { return }
    throw RunError(
      "--island \(island): \(folder.path) has islands 0 to \(reader.islands - 1)",
      in: .usage
    )
  }
}
