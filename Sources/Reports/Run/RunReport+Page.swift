import FunSearch
import RunJournal

extension RunReport {
  /// The report as one page.
  package var page: HTMLPage {
    HTMLPage(
      title: "\(problem)/\(run)",
      subtitle: "\(title)",
      lead: cards,
      sections: [
        HTMLPage.Section("result", "Result", result),
        HTMLPage.Section("course", "Course of the search", courseSection),
        HTMLPage.Section("programs", "Best programs", programsSection),
        HTMLPage.Section("lineage", "Where the best came from", lineageSection),
        HTMLPage.Section("operators", "What made the programs", operatorsSection),
        HTMLPage.Section("failures", "Failures", failuresSection),
        HTMLPage.Section("cost", "Cost", costSection),
        HTMLPage.Section("configuration", "Configuration and environment", configurationSection),
      ],
      footer: """
        <p>Written by funsearch. Figures and their numbers are in the folder <code>report</code> beside this file.</p>
        """
    )
  }

  /// Verified or not, in colour.
  private var verifiedMark: HTML {
    best.verified ? "<span class=\"good\">verified</span>" : "<span class=\"warn\">unverified</span>"
  }

  private var cards: HTML {
    func card(_ value: HTML, _ name: HTML) -> HTML {
      "<div class=\"card\"><b>\(value)</b><span>\(name)</span></div>"
    }
    var cards = [card("\(ReportNumber.score(best.score))", "best score, \(verifiedMark)")]
    if let target {
      cards.append(card("\(ReportNumber.score(target))", best.score >= target ? "target, reached" : "target"))
    }
    if let knownBest { cards.append(card("\(ReportNumber.score(knownBest))", "best known")) }
    let failed = course.failures.values.reduce(0, +)
    let share = steps > 0 ? Double(failed) / Double(steps) : 0
    cards += [
      card("\(ReportNumber.count(steps))", "steps, \(state)"),
      card("\(ReportNumber.count(evaluations))", "evaluations"),
      card("\(ReportNumber.percent(share))", "of the programs failed"),
      card("\(ReportNumber.duration(elapsedSeconds))", "running time"),
    ]
    if let models {
      let total = models.total
      let calls = "\(ReportNumber.count(total.requests)) requests to models"
      cards.append(card("\(total.cost.map(ReportNumber.money) ?? "–")", "for \(calls)"))
    }
    cards += [
      card("\(seed)", "seed")
    ]
    return "<div class=\"cards\">\(cards.joined("\n"))</div>"
  }

  // MARK: Sections

  private var result: HTML {
    let claim: HTML =
      best.verified
      ? "The problem's verifier, which never ran a candidate, computed this score from the artifact alone."
      : "<b>Unverified</b>: the problem has no verifier, or it was not asked; the score is what the evaluator said."
    let inputs = zip(best.inputs, best.scores).prefix(20).map { input, score -> [HTML] in
      ["<code>\(ReportText.shortened(input))</code>", "\(ReportNumber.score(score))"]
    }
    let commands = commands.map {
      "<p>\($0.purpose)</p><pre class=\"command\"><code>\($0.command)</code></pre>" as HTML
    }
    return """
      <p>Program \(best.program) scores <b>\(ReportNumber.score(best.score))</b>, \(verifiedMark). \(claim)</p>
      \(HTMLTable(["input", .number("score")], inputs).html)
      \(drawingsHTML)
      <h3>How to check and to repeat it</h3>
      \(commands.joined("\n"))
      <p>Digest of the history: <code>\(digest)</code></p>
      """
  }

  private var drawingsHTML: HTML {
    guard !drawings.isEmpty else { return "" }
    let figures = drawings.map { drawing in
      switch drawing.content {
      case .svg(let svg):
        "<figure>\(svg)<figcaption>The artifact on input <code>\(ReportText.shortened(drawing.input))</code></figcaption></figure>"
          as HTML
      case .message(let message):
        "<p class=\"warn\">The artifact on input <code>\(ReportText.shortened(drawing.input))</code> is not drawn: \(message)</p>"
          as HTML
      }
    }
    return "<div class=\"artifacts\">\(figures.joined("\n"))</div>"
  }

  private var courseSection: HTML {
    let resets: HTML =
      course.resets.isEmpty ? "" : " Dotted lines: the worse half of the islands is founded anew."
    let spread: HTML =
      spreadChart.slices.isEmpty
      ? "<p class=\"muted\">Too few programs have scores.</p>"
      : """
      <figure>\(spreadChart.svg)<figcaption>Scores of the programs as they were made: the median, and bands that hold \
      the middle 50 % and 90 %. Failures have no score.</figcaption></figure>
      """
    return """
      \(bestChart.figure("curve", caption: """
        The best score so far. Thick: of the whole run; thin: of each island.\(resets)
        """))
      <h3>Scores over time</h3>
      \(spread)
      """
  }

  private var programsSection: HTML {
    programs.enumerated().map { place, program in
      let mark: HTML =
        switch program.verified {
        case true: ", <span class=\"good\">verified</span>"
        case false: ", <span class=\"warn\">unverified</span>"
        default: ""
        }
      let made: HTML = program.operators.isEmpty ? "" : " · \(program.operators.joined(separator: " + "))"
      let summary: HTML =
        "<b>\(ReportNumber.score(program.score))</b>\(mark) · program \(program.program) · \(program.place)\(made)"
      let text = PythonSource.html(program.source) + exchange(program)
      return place == 0
        ? "<p>\(summary)</p>\(text)" as HTML
        : "<details><summary>\(summary)</summary>\(text)</details>" as HTML
    }.joined("\n")
  }

  /// What the model that wrote a program was asked and answered.
  private func exchange(_ program: Program) -> HTML {
    guard let exchange = program.exchange else { return "" }
    return """
      <details><summary>The prompt, and what \(exchange.model) replied</summary>\
      \(exchange.html(id: "program-\(program.program)"))</details>
      """
  }

  private var lineageSection: HTML {
    guard lineage.nodes.count > 1 else {
      return "<p>The best program is the specification's own, or was made from nothing.</p>"
    }
    let others: HTML = lineage.others > 0 ? " \(lineage.others) further ancestors are not drawn." : ""
    let list = changes.map { change in
      let score = change.score.map(ReportNumber.score) ?? "–"
      let gain = change.gain.map { $0 == 0 ? "=" : ($0 > 0 ? "+" : "") + ReportNumber.score($0) } ?? ""
      let skipped: HTML = change.skipped > 0 ? ", over \(change.skipped) that changed no score" : ""
      return """
        <details><summary><b>\(score)</b> <span class="\(gain.hasPrefix("+") ? "good" : "muted")">\(gain)</span> · program \
        \(change.to) from \(change.from)\(skipped) · \(change.operators.joined(separator: " + "))</summary>\
        \(DiffView.html(change.diff))</details>
        """ as HTML
    }
    return """
      <figure>\(lineage.svg)<figcaption>The best program, at the right, and its ancestors, by number and score. Large \
      dots and the thick line: its first parent, the first parent of that, and so on.\(others)</figcaption></figure>
      <h3>Changes along the main line, the latest first</h3>
      \(list.joined("\n"))
      """
  }

  private var operatorsSection: HTML {
    let sorted = operatorRows
    guard !sorted.isEmpty else { return "<p class=\"muted\">No program was made yet.</p>" }
    let rows = sorted.map { name, tally -> [HTML] in
      let programs = Double(max(1, tally.programs))
      let better = Double(tally.better) / programs
      return [
        "\(name)", "\(ReportNumber.count(tally.programs))",
        "\(ReportNumber.percent(Double(tally.scored) / programs))", "\(ReportNumber.percent(better))",
        "\(ReportNumber.count(tally.islandBests))", "\(tally.runBests)",
      ]
    }
    let columns: [HTMLTable.Column] = [
      "made by", .number("programs"), .number("scored"), .number("better than the parent"),
      .number("bests of an island"), .number("bests of the run"),
    ]
    return """
      \(HTMLTable(columns, rows).html)
      <p class="muted">A program that several operators had a part in counts for each of them.</p>
      """
  }

  private var failuresSection: HTML {
    let kinds = course.failures.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
    guard !kinds.isEmpty else { return "<p>No program failed.</p>" }
    let examples = kinds.map { kind, count in
      let reasons = failures.filter { $0.reason.kind == kind }
      let rows = reasons.map { example -> HTML in
        """
        <details><summary>\(ReportNumber.count(example.reason.count)) × <code>\(ReportText.shortened(example.reason.message))</code>, \
        first program \(example.reason.program)</summary>\(PythonSource.html(example.source))</details>
        """
      }
      return "<h3>\(kind.rawValue) (\(ReportNumber.count(count)))</h3>\(rows.joined("\n"))" as HTML
    }
    return """
      <figure>\(failureChart.svg)<figcaption>Programs that failed, by kind. None of them has a score or enters an \
      island.</figcaption></figure>
      \(examples.joined("\n"))
      """
  }

  private var costSection: HTML {
    let cost = course.outcomes
    let evaluations = Double(max(1, cost.evaluations))
    let failed = cost.cpuMicroseconds > 0 ? Double(cost.failedMicroseconds) / Double(cost.cpuMicroseconds) : 0
    let rate = elapsedSeconds > 0 ? Double(steps) / elapsedSeconds : 0
    let table = HTMLTable.pairs([
      ("evaluations", "\(ReportNumber.count(cost.evaluations))"),
      ("outcomes taken from earlier evaluations", "\(ReportNumber.count(cost.reused))"),
      ("duplicates drawn again before evaluation", "\(ReportNumber.count(cost.redraws))"),
      ("CPU in evaluations", "\(ReportNumber.duration(Double(cost.cpuMicroseconds) * 1e-6))"),
      ("of it for programs that failed", "\(ReportNumber.percent(failed))"),
      ("CPU per evaluation", "\(ReportNumber.microseconds(Double(cost.cpuMicroseconds) / evaluations))"),
      ("longest evaluation", "\(ReportNumber.microseconds(Double(cost.longestMicroseconds)))"),
      ("running time", "\(ReportNumber.duration(elapsedSeconds))"),
      ("steps per second", rate > 0 ? "\(ReportNumber.count(Int(rate)))" : "–"),
    ])
    return models.map { table + "<h3>Language models</h3>\n" + $0.html } ?? table
  }

  private var configurationSection: HTML {
    let events = events.map { event -> [HTML] in
      ["\(event.kind.rawValue)", "\(UTCTime.text(event.wallTime))", "\(event.detail)"]
    }
    let source: HTML =
      specification.map {
        "<details><summary>specification.py as the run used it</summary>\(PythonSource.html($0))</details>"
      } ?? ""
    return """
      \(HTMLTable.pairs(environment.map { ($0.name, "<code>\(ReportText.shortened($0.value))</code>" as HTML) }))
      <h3>Sessions</h3>
      \(HTMLTable(["what", "when (UTC)", "detail"], events).html)
      <details><summary>Every setting</summary>\
      \(HTMLTable.pairs(settings.map { ($0.key, "<code>\(ReportText.shortened($0.value))</code>" as HTML) }))</details>
      \(source)
      """
  }
}
