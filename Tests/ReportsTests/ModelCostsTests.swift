import FunSearch
import Reports
import RunJournal
import Testing

@Suite("Models in a report")
struct ModelCostsTests {
  private static let hostile = "</pre><script>alert(1)</script>\u{1B}[2J\u{202E}"

  private func row(_ name: String) -> ModelCosts.Row {
    var row = ModelCosts.Row(name)
    row.requests = 1204
    row.answered = 1200
    row.unanswered = 4
    row.promptTokens = 1_234_567
    row.outputTokens = 89_000
    row.cost = 2.5
    row.possibleCost = 0.01
    row.waitSeconds = 2400
    row.steps = 1200
    row.scored = 1000
    row.accepted = 50
    row.discards = ["no code": 150, Self.hostile: 1]
    row.failures = ["timeout": 49]
    row.improvements = 4
    return row
  }

  @Test("are told by calls, tokens, money, and what each gain cost")
  func table() {
    let costs = ModelCosts(rows: [row("one"), row(Self.hostile)], total: row("all"))
    let text = costs.html.text
    for part in [
      "1,204", "1,234,567", "$2.50", "$0.05", "$0.625", "2.0 s", "no code", "150", "timeout", "12 %",
      "4 requests are under way or were cut off", "$0.01",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(!text.contains("<script") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
    let lines = costs.table.split(separator: "\n", omittingEmptySubsequences: true)
    #expect(lines.first?.split(separator: ",").map(String.init) == ModelCosts.columns)
    #expect(
      lines[1].hasPrefix("one,1204,1200,0,0,4,1234567,0,89000,0,false,2.5,1200,1000,50,0,151,49,4,0.05,0.625")
    )
  }

  @Test("have no money where a price is not known, and none for what was not gained")
  func unknown() {
    var row = ModelCosts.Row("free")
    row.cost = nil
    row.improvements = 2
    row.requests = 7
    #expect(row.costPerImprovement == nil && row.priceText == "7 requests")
    row.cost = 0
    #expect(row.costPerImprovement == 0 && row.costPerAccepted == nil && row.priceText == "$0")
    #expect(ModelCosts(rows: [row], total: row).html.text.contains("$0"))
  }

  private func call(_ state: JournaledCall.State, request: String, answer: String?) -> JournaledCall {
    JournaledCall(
      question: ModelQuestion(
        step: StepID(island: IslandID(0), step: 3),
        attempt: 1,
        model: "stub",
        key: String(repeating: "0", count: 64),
        request: request
      ),
      state: state,
      answer: answer.map {
        ModelAnswer(text: $0, thoughts: "", finish: "length", version: "stub-2", waitMicroseconds: 2_000_000)
      },
      failure: answer == nil ? ModelFailure(kind: "unavailable", message: Self.hostile) : nil,
      spend: ModelSpend(promptTokens: 12, outputTokens: 34, isEstimated: true)
    )
  }

  @Test("show question and reply as text, however hostile or long")
  func exchange() {
    let request = #"{"system":"S<b>","turns":[{"role":"user","text":"U\u001b</pre>"}]}"#
    let long = Self.hostile + String(repeating: "a\u{301}", count: 50_000)
    let exchange = ModelExchange(call(.answered, request: request, answer: long))
    #expect(exchange.question.map(\.role) == ["system", "user"])
    let text = exchange.html(id: "x").text
    #expect(text.contains("S&lt;b&gt;") && text.contains("U\u{FFFD}&lt;/pre&gt;"))
    #expect(text.contains("&lt;script&gt;alert(1)") && !text.contains("<script") && !text.contains("\u{1B}"))
    #expect(text.contains("more characters are in the journal") && text.utf8.count < 200_000)
    for part in [
      "stub (stub-2)", "asked 2 times", "34 out (estimated)", "price not known", "ended by length",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(
      ModelExchange(call(.answered, request: "{}", answer: "a\r\nb")).html(id: "x").text.contains("a\nb")
    )
    let failed = ModelExchange(call(.failed, request: "no JSON <b>", answer: nil)).html(id: "x").text
    #expect(failed.contains("There is no answer: unavailable") && failed.contains("no JSON &lt;b&gt;"))
    #expect(!failed.contains("<script"))
  }
}
