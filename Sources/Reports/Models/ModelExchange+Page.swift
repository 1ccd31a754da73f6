import RunJournal

extension ModelExchange {
  /// The most characters of one text that pages show.
  private static let mostCharacters = 40_000

  /// Question and answer, closed at first but for the answer.
  ///
  /// - Parameter id: begins the names of the parts, so that a page that is renewed keeps them open.
  /// - Returns: a paragraph on the call, and the texts.
  package func html(id: String) -> HTML {
    let question = question.enumerated().map { place, message -> HTML in
      part("\(id)-question-\(place)", "Asked, \(message.role)", message.text)
    }
    return "<p>\(summary)</p>\n\(question.joined("\n"))\n\(reply(id))"
  }

  /// Which model, how long, how many tokens, how much.
  package var summary: String {
    var parts = [version.map { $0 == model ? model : "\(model) (\($0))" } ?? model]
    if attempt > 0 { parts.append("asked \(attempt + 1) times, since the replies before were duplicates") }
    parts.append("\(ReportNumber.count(spend.promptTokens)) tokens in")
    let thoughts = spend.thoughtTokens > 0 ? " (thoughts \(ReportNumber.count(spend.thoughtTokens)))" : ""
    let estimated = spend.isEstimated ? " (estimated)" : ""
    parts.append("\(ReportNumber.count(spend.outputTokens)) out\(thoughts)\(estimated)")
    parts.append(spend.cost.map(ReportNumber.money) ?? "price not known")
    if let answer {
      parts.append("answered after \(ReportNumber.microseconds(Double(answer.waitMicroseconds)))")
      if answer.finish != "stop" { parts.append("ended by \(answer.finish)") }
    }
    if let takenFrom { parts.append("taken from \(takenFrom)") }
    return parts.joined(separator: ", ")
  }

  private func reply(_ id: String) -> HTML {
    guard let answer else {
      let why = failure.map { "\($0.kind): \($0.message)" } ?? "it was cut off"
      return "<p class=\"bad\">There is no answer: \(why)</p>"
    }
    let thoughts = answer.thoughts.isEmpty ? "" : part("\(id)-thoughts", "Thoughts", answer.thoughts)
    return thoughts + "<h3>Reply</h3>\n" + Self.text(answer.text)
  }

  private func part(_ id: String, _ title: String, _ text: String) -> HTML {
    let size = ReportNumber.count(text.unicodeScalars.count)
    return "<details id=\"\(id)\"><summary>\(title), \(size) characters</summary>\(Self.text(text))</details>"
  }

  private static func text(_ text: String) -> HTML {
    guard !text.isEmpty else { return "<p class=\"muted\">It is empty.</p>" }
    let lines = text.replacing("\r\n", with: "\n")
    let (start, left) = ReportText.start(of: lines, mostCharacters)
    let rest: HTML =
      left > 0 ? "<p class=\"muted\">\(ReportNumber.count(left)) more characters are in the journal.</p>" : ""
    return "<pre class=\"words\"><code>\(start)</code></pre>\(rest)"
  }
}
