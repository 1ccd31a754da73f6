import FunSearch
import Reports
import Testing

@Suite("The live view")
struct LiveViewTests {
  /// A state of any kind, hostile names included.
  private func state(_ random: inout RandomStream) -> LiveState {
    func number(_ limit: Int) -> Int { random.integer(below: limit) }
    let names = [
      "cap-set/0001", "a\u{1B}[2J\n\r\tb/1", "名前/\u{202E}x", String(repeating: "long-", count: 40),
    ]
    let scores = [0, 448, -3.812_345, 1e300, .infinity, 1e-12]
    var state = LiveState(
      run: names[number(names.count)],
      best: scores[number(scores.count)],
      program: number(1_000_000_000),
      verified: number(2) == 0,
      curve: (0..<number(30)).map { ChartPoint(Double($0 * 7), Double($0 * $0)) },
      steps: number(100_000_000),
      evaluations: number(100_000_000),
      islands: (0..<number(200)).map { _ in
        LiveState.Island(best: scores[number(scores.count)], founded: number(1000), age: number(1_000_000))
      }
    )
    if number(2) == 0 { state.target = scores[number(scores.count)] }
    if number(2) == 0 { state.stepBudget = number(1_000_000) }
    if number(2) == 0 { state.secondBudget = Double(number(100_000)) }
    if number(2) == 0 { state.rates = LiveState.Rates(steps: Double(number(100_000)), evaluations: 0.01) }
    if number(2) == 0 { state.models = models(&random) }
    state.failures = FailureKind.allCases.prefix(number(12)).map { ($0.rawValue, number(1_000_000)) }
    state.elapsedSeconds = Double(number(1_000_000))
    return state
  }

  private func models(_ random: inout RandomStream) -> LiveState.Models {
    let costs = [nil, 0, 1e-9, 0.0123456, 1234.5678, .infinity]
    return LiveState.Models(
      calls: random.integer(below: 100_000_000),
      underWay: random.integer(below: 1000),
      promptTokens: random.integer(below: 1_000_000_000_000),
      outputTokens: random.integer(below: 10_000),
      cost: costs[random.integer(below: costs.count)]
    )
  }

  @Test("is never wider or higher than the terminal, and moves no cursor")
  func fits() {
    for seed in 0..<400 {
      var random = RandomStream(seed: UInt64(seed), island: 0, step: 0, purpose: .tool)
      let state = state(&random)
      let view = LiveView(
        columns: 1 + random.integer(below: 200),
        rows: 1 + random.integer(below: 60),
        isPlain: random.integer(below: 2) == 0
      )
      let lines = view.lines(state)
      #expect(!lines.isEmpty && lines.count <= max(1, view.rows - 1), "seed \(seed)")
      for line in lines {
        #expect(line.width <= max(1, view.columns - 1), "seed \(seed): \(line.plain)")
        #expect(line.plain.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "seed \(seed)")
        #expect(!line.plain.unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
        let coloured = line.rendered(colour: true).replacing(/\u{1B}\[[0-9]+m/, with: "")
        #expect(coloured == line.plain, "colour adds nothing else")
        if view.isPlain { #expect(!line.plain.contains("█") && !line.plain.contains("…")) }
      }
    }
  }

  @Test("shows best, curve, budget, rates, failures and islands")
  func content() {
    var state = LiveState(
      run: "cap-set/0001",
      best: 448,
      program: 4511,
      verified: true,
      curve: [ChartPoint(0, 256), ChartPoint(1000, 400), ChartPoint(4000, 448)],
      steps: 5000,
      evaluations: 4800,
      islands: [.init(best: 448, founded: 0, age: 12), .init(best: 400, founded: 2, age: 1340)]
    )
    state.target = 512
    state.stepBudget = 10_000
    state.elapsedSeconds = 50
    state.rates = LiveState.Rates(steps: 100, evaluations: 96)
    state.failures = [("timeout", 2), ("exception", 90)]
    state.duplicates = 1234
    state.epoch = 2
    let lines = LiveView(columns: 80, rows: 24).lines(state).map(\.plain)
    #expect(
      lines == [
        "cap-set/0001  best 448 verified  target 512",
        lines[1],
        "████████░░░░░░░░ 50 %  5,000 of 10,000 steps  50 s, about 50 s left",
        "100 steps/s, 96 evaluations/s  epoch 2  1,234 duplicates",
        "failed 92 (1.8 %): 90 exception, 2 timeout",
        "islands: best, epoch of founding, steps since it got better",
        "0 448 e0    12 │ 1 400 e2 1,340",
      ]
    )
    #expect(lines[1].hasSuffix("  program 4511, 1,000 steps ago") && lines[1].hasPrefix("▁▁▁▁"))
  }

  @Test("tells an improvement with its change in one line")
  func improvement() {
    #expect(
      ChangeLine.text(from: "def f(n):\n  return n + 1\n", to: "def f(n):\n  return n * 2\n")
        == "…n + 1 → …n * 2"
    )
    #expect(ChangeLine.text(from: "a\nb\n", to: "a\nx\ny\n") == "-1 +2 lines: + x")
    #expect(ChangeLine.text(from: "a\n", to: "a\n") == nil)
    #expect(ChangeLine.text(from: "a\nb\n", to: "a\n") == "-1 lines: - b")
    let line = LiveView(columns: 60).improvement(
      score: 81,
      program: 95,
      island: 4,
      operators: ["hoist", "\u{1B}]0;x\u{7}"],
      verified: false,
      change: "a → b"
    )
    #expect(line.plain == "best 81  program 95  island 4  hoist + ?]0;x?  (unverified…")
  }
}
