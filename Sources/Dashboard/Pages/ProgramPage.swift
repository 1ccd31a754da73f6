import Experiment
import FunSearch
import PythonSyntax
import Reports
import RunJournal

/// One program: its text, what came of it, where it came from, and what was changed in its parent.
struct ProgramPage {
  let folder: RunFolder
  let detail: ProgramDetail

  private var view: ProgramView { detail.view }

  var html: String {
    var parts = facts + SitePage.section("Program", PythonSource.html(view.source))
    if let parent = detail.parent {
      parts =
        parts
        + SitePage.section(
          "Changed in program \(parent.program)",
          DiffView.html(from: parent.source, to: view.source)
        )
    }
    if let exchange = detail.exchange {
      parts = parts + SitePage.section("Prompt and reply", exchange.html(id: "exchange"))
    }
    parts = parts + SitePage.section("Lineage", lineage) + artifacts
    let number = view.program.number
    return SitePage(
      title: "Program \(number)",
      trail: [
        ("\(folder.problem)/\(folder.name)", SitePath.run(folder)), ("Programs", SitePath.programs(folder)),
      ],
      subtitle: summary,
      json: SitePath.json(SitePath.program(folder, number)),
      body: neighbours + parts
    ).document
  }

  private var summary: HTML {
    switch view.outcome {
    case .failed(let failure):
      let line = failure.line.map { " in line \($0)" } ?? ""
      return "<span class=\"bad\">\(failure.kind.rawValue)\(line)</span>: \(failure.message)"
    case .scored(let scores):
      let claim = view.claim.map { $0.verified ? ", verified" : ", unverified" } ?? ""
      return "score \(ReportNumber.score(scores.total))\(claim)"
    }
  }

  private var neighbours: HTML {
    let number = view.program.number
    var links: [HTML] = []
    if number > 0 {
      links.append("<a href=\"\(SitePath.program(folder, number - 1))\">program \(number - 1)</a>")
    }
    if number < detail.lastProgram {
      links.append("<a href=\"\(SitePath.program(folder, number + 1))\">program \(number + 1)</a>")
    }
    return "<div class=\"links\">\(links.joined("\n"))</div>"
  }

  private var facts: HTML {
    var pairs: [(name: String, value: HTML)] = []
    if let step = view.step {
      pairs.append(("place", "\(step.step.description), epoch \(step.epoch)"))
      pairs.append(("made by", "\(step.operators.joined(separator: " + "))"))
      pairs.append(("parents", step.parents.map(link).joined(" ")))
      pairs.append(("in its island", "\(step.registration.rawValue)"))
      pairs.append(("duplicates drawn before it", "\(step.redraws)"))
      let times =
        "\(ReportNumber.microseconds(Double(step.cpuMicroseconds))) CPU, "
        + "\(ReportNumber.microseconds(Double(step.wallMicroseconds))) by the clock"
      pairs.append(("evaluation", step.reused ? "outcome reused" : "\(times)"))
    } else {
      pairs.append(("place", "the specification's own program"))
    }
    if case .scored(let scores) = view.outcome {
      let each = scores.perInput.prefix(200).map(ReportNumber.score).joined(separator: ", ")
      let rest = scores.perInput.count > 200 ? " … (\(scores.perInput.count) inputs)" : ""
      pairs.append(("score of each input", "\(each)\(rest)"))
      if let behaviour = scores.behaviour { pairs.append(("behaviour", "<code>\(behaviour)</code>")) }
    }
    if case .failed(let failure) = view.outcome, let input = failure.input {
      pairs.append(("failed on input", "\(input)"))
    }
    pairs.append(("hash", "<code>\(view.hash.description)</code>"))
    return SitePage.section("Facts", HTMLTable.pairs(pairs))
  }

  private var lineage: HTML {
    let line = detail.line
    var items = line.enumerated().map { place, row -> HTML in
      let parent = place + 1 < line.count ? line[place + 1].outcome.total : founderScore(behind: row)
      let text = row.outcome.total.map(ReportNumber.score) ?? "failed"
      return """
        <li>\(link(row.program)): \(text)\(change(row.outcome.total, parent)) by \
        \(row.operators.joined(separator: " + ")), island \(row.step.island.number)</li>
        """
    }
    if line.last?.parents.first == .founder || line.isEmpty {
      let score = detail.founderScore.map(ReportNumber.score) ?? "–"
      items.append("<li>\(link(.founder)): \(score), the specification's own</li>")
    } else if line.count == ProgramDetail.mostGenerations {
      items.append("<li class=\"muted\">and further back</li>")
    }
    return """
      <p>The program, the first program it was made from, the first that was made from, and so on.</p>
      <ol class="line">\(items.joined("\n"))</ol>
      """
  }

  private func founderScore(behind row: StepRow) -> Double? {
    row.parents.first == .founder ? detail.founderScore : nil
  }

  private func change(_ score: Double?, _ parent: Double?) -> HTML {
    guard let score, let parent, score != parent else { return "" }
    let text = (score > parent ? "+" : "") + ReportNumber.score(score - parent)
    return " <span class=\"\(score > parent ? "up" : "down")\">(\(text))</span>"
  }

  private var artifacts: HTML {
    guard let artifacts = view.claim?.artifacts, !artifacts.isEmpty else { return "" }
    let items = artifacts.enumerated().map { place, json in
      """
      <details id="artifact-\(place)"><summary>input \(place), \(ReportNumber.count(json.utf8.count)) bytes</summary>\
      <pre><code>\(ReportText.shortened(json, to: 4000))</code></pre></details>
      """ as HTML
    }
    return SitePage.section("Objects found", items.joined("\n"))
  }

  private func link(_ program: ProgramID) -> HTML {
    "<a href=\"\(SitePath.program(folder, program.number))\">\(program.number)</a>"
  }
}
