extension ModelCosts {
  /// A table of calls, tokens and money, one of what the replies came to, and why others were discarded.
  package var html: HTML {
    calls + ends + reasons + note
  }

  /// One row for each model, and one for all where there are several.
  private var shown: [Row] { rows.count > 1 ? rows + [total] : rows }

  private var calls: HTML {
    let columns: [HTMLTable.Column] = [
      "model", .number("requests"), .number("answered"), .number("no answer"), .number("tokens in"),
      .number("cached"), .number("tokens out"), .number("of them thoughts"), .number("cost"),
      .number("wait for an answer"),
    ]
    return HTMLTable(
      columns,
      shown.map { row in
        let wait = row.answered > 0 ? ReportNumber.duration(row.waitSeconds / Double(row.answered)) : "–"
        return [
          "\(row.name)", "\(ReportNumber.count(row.requests))", "\(ReportNumber.count(row.answered))",
          "\(ReportNumber.count(row.failed + row.refused + row.unanswered))",
          "\(tokens(row.promptTokens, row))", "\(ReportNumber.count(row.cachedTokens))",
          "\(tokens(row.outputTokens, row))", "\(ReportNumber.count(row.thoughtTokens))",
          "\(row.cost.map(ReportNumber.money) ?? "not known")", "\(wait)",
        ]
      }
    ).html
  }

  private func tokens(_ count: Int, _ row: Row) -> String {
    (row.isEstimated ? "≈ " : "") + ReportNumber.count(count)
  }

  private var ends: HTML {
    let columns: [HTMLTable.Column] = [
      "model", .number("steps"), .number("scored"), .number("accepted"), .number("duplicates"),
      .number("discarded"), .number("failed"), .number("bests of the run"), .number("cost of one accepted"),
      .number("cost of one best"),
    ]
    return HTMLTable(
      columns,
      shown.map { row in
        [
          "\(row.name)", "\(ReportNumber.count(row.steps))", "\(ReportNumber.count(row.scored))",
          "\(ReportNumber.count(row.accepted))", "\(ReportNumber.count(row.duplicates))",
          "\(ReportNumber.count(row.discards.values.reduce(0, +)))",
          "\(ReportNumber.count(row.failures.values.reduce(0, +)))",
          "\(ReportNumber.count(row.improvements))", "\(row.costPerAccepted.map(ReportNumber.money) ?? "–")",
          "\(row.costPerImprovement.map(ReportNumber.money) ?? "–")",
        ]
      }
    ).html
  }

  /// Why replies were discarded and programs failed, frequent reasons first.
  private var reasons: HTML {
    let kinds = rows.flatMap { row -> [[HTML]] in
      [("discarded", row.discards), ("failed", row.failures)].flatMap { end, counts in
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { kind, count -> [HTML] in
          let share = ReportNumber.percent(Double(count) / Double(max(1, row.steps)))
          return ["\(row.name)", "\(end)", "\(kind)", "\(ReportNumber.count(count))", "\(share)"]
        }
      }
    }
    guard !kinds.isEmpty else { return "" }
    return HTMLTable(["model", "end", "why", .number("steps"), .number("share")], kinds).html
  }

  private var note: HTML {
    var sentences = [
      "Accepted programs entered their island; a best of the run was better than all programs before it."
    ]
    if total.isEstimated { sentences.append("≈: a server told no number of tokens, and it was estimated.") }
    if total.unanswered > 0 {
      let cost = total.possibleCost.map { $0 > 0 ? ", \(ReportNumber.money($0))," : "" } ?? ""
      sentences.append(
        "\(ReportNumber.count(total.unanswered)) requests are under way or were cut off: what was set aside for "
          + "them\(cost) counts as spent and may not have been."
      )
    }
    return "<p class=\"muted\">\(sentences.joined(separator: " "))</p>"
  }

  /// The columns of ``table``.
  package static let columns = [
    "model", "requests", "answered", "failed", "refused", "unanswered", "tokens_prompt", "tokens_cached",
    "tokens_output", "tokens_thought", "estimated", "usd", "steps", "scored", "accepted", "duplicates",
    "discarded", "failures", "improvements", "usd_per_accepted", "usd_per_improvement",
  ]

  /// One line for each model, as a table of numbers.
  package var table: String {
    CSV.text(
      Self.columns,
      rows.map { row in
        let counts = [
          row.requests, row.answered, row.failed, row.refused, row.unanswered, row.promptTokens,
          row.cachedTokens, row.outputTokens, row.thoughtTokens,
        ]
        let ends = [
          row.steps, row.scored, row.accepted, row.duplicates, row.discards.values.reduce(0, +),
          row.failures.values.reduce(0, +), row.improvements,
        ]
        func money(_ value: Double?) -> String { value.map(CSV.number) ?? "" }
        return [row.name] + counts.map(String.init) + [String(row.isEstimated), money(row.cost)]
          + ends.map(String.init) + [money(row.costPerAccepted), money(row.costPerImprovement)]
      }
    )
  }
}
