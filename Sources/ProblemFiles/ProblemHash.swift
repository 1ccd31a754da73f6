import Crypto
import FunSearch

/// SHA-256, hex, of what decides a score: two problems of one hash score every program alike.
///
/// It is taken over lines of text: `funsearch problem 1`; `specification N` and the N bytes of its source;
/// `inputs N` and one line of canonical JSON for each; `aggregate A`; `limits CPU WALL MEMORY OUTPUT`; `trust T`;
/// where the specification may read other files, `files N` and for each its name and the SHA-256 of its contents.
enum ProblemHash {
  static func of(
    source: String,
    inputs: [EvaluationInput],
    aggregate: Aggregate,
    limits: EvaluationLimits,
    trust: Trust,
    files: [ProblemFile] = []
  ) -> String {
    var lines =
      ["funsearch problem 1", "specification \(source.utf8.count)", source, "inputs \(inputs.count)"]
      + inputs.map(\.json) + [
        "aggregate \(aggregate.rawValue)",
        "limits \(limits.cpuSeconds) \(limits.wallSeconds) \(limits.memoryBytes) \(limits.outputBytes)",
        "trust \(trust.rawValue)",
      ]
    if !files.isEmpty {
      lines += ["files \(files.count)"] + files.map { "\($0.name) \($0.digest)" }
    }
    let text = lines.map { $0 + "\n" }.joined()
    return SHA256.hash(data: Array(text.utf8)).hexadecimal
  }
}
