package import FunSearch
import PythonSyntax

extension FounderRecord {
  /// `return 0`, scored 0.
  package static var zero: FounderRecord {
    let function = FunctionDefinition.returning(0)
    return FounderRecord(
      hash: function.contentHash(support: []),
      source: function.source(),
      encodedFunction: function.encoded(),
      scores: Scores(perInput: [0], total: 0),
      claim: Claim(verified: true, artifacts: [])
    )
  }
}

extension StepRecord {
  /// All of a step that its history covers, as one line.
  package var line: String {
    let result =
      switch outcome {
      case .scored(let scores): "\(scores.perInput) \(scores.behaviour ?? "-")"
      case .failed(let failure): failure.kind.rawValue
      }
    return "\(step.step) \(step.island) \(epoch) \(redraws) \(parents) \(operators) \(hash) \(result) "
      + registration.rawValue
  }
}

/// The canonical history: steps in order of number up to `length`, each reset before the first step of its epoch.
package func history(_ events: [SearchEvent], length: Int, islands: Int) -> [String] {
  var lines: [(place: Int, line: String)] = []
  for event in events {
    switch event {
    case .founded: break
    case .committed(let record):
      lines.append((record.step.program(islands: islands).number * 2, record.line))
    case .reset(let record):
      let first = events.compactMap { event -> Int? in
        guard case .committed(let step) = event, step.epoch == record.epoch else { return nil }
        return step.step.program(islands: islands).number
      }.min()
      if let first { lines.append((first * 2 - 1, "reset \(record)")) }
    }
  }
  return lines.filter { $0.place <= length * 2 }.sorted { $0.place < $1.place }.map(\.line)
}
