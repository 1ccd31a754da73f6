import Crypto
import FunSearch

/// SHA-256, hex, of what decides a score: two problems of one hash score every program alike.
///
/// It is taken over lines of text: `funsearch problem 1`; `specification N` and the N bytes of its source;
/// `inputs N` and one line of canonical JSON for each; `aggregate A`; `limits CPU WALL MEMORY OUTPUT`; `trust T`;
/// and where there is noise `noise REPEATS CONFIDENCE`, with ` unseeded` behind it where it is that.
enum ProblemHash {
  static func of(
    source: String,
    inputs: [EvaluationInput],
    aggregate: Aggregate,
    limits: EvaluationLimits,
    trust: Trust,
    noise: Noise?
  ) -> String {
    let lines =
      ["funsearch problem 1", "specification \(source.utf8.count)", source, "inputs \(inputs.count)"]
      + inputs.map(\.json) + [
        "aggregate \(aggregate.rawValue)",
        "limits \(limits.cpuSeconds) \(limits.wallSeconds) \(limits.memoryBytes) \(limits.outputBytes)",
        "trust \(trust.rawValue)",
      ]
      + (noise.map { ["noise \($0.repeats) \($0.confidence)" + ($0.isSeeded ? "" : " unseeded")] } ?? [])
    let text = lines.map { $0 + "\n" }.joined()
    return SHA256.hash(data: Array(text.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
