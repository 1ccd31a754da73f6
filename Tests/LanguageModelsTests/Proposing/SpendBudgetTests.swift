import FunSearch
import LanguageModels
import Testing

@Suite("A budget for models")
struct SpendBudgetTests {
  private func amount(_ tokens: Int) -> ModelSpending {
    ModelSpending(requests: 1, usage: TokenUsage(prompt: tokens, output: 0))
  }

  @Test("lets a call wait for those under way, which may take less than was set aside")
  func waits() async {
    let budget = SpendBudget(limits: SpendLimits(tokens: 100)) { _ in }
    #expect(await budget.reserve(amount(60)) == nil)
    async let second = budget.reserve(amount(60))
    await Task.yield()
    await budget.settle(amount(60), spent: amount(30))
    #expect(await second == nil)
    await budget.settle(amount(60), spent: amount(60))
    #expect(await budget.reserve(amount(60)) == .tokens)
    // It stays used up, also for what would fit.
    #expect(await budget.reserve(amount(1)) == .tokens)
  }

  @Test(
    "never spends more than it has where calls take no more than was set aside",
    arguments: 0..<UInt64(20)
  )
  func bound(seed: UInt64) async {
    var stream = RandomStream(seed: seed, island: 0, step: 0, purpose: .tool)
    let calls = (0..<200).map { _ in
      let reserved = stream.integer(in: 1...50)
      return (reserved: reserved, spent: stream.integer(in: 0...reserved))
    }
    let budget = SpendBudget(limits: SpendLimits(requests: 150, tokens: 1000)) { _ in }
    let spent = await withTaskGroup(of: Int?.self) { group in
      for call in calls {
        group.addTask {
          guard await budget.reserve(amount(call.reserved)) == nil else { return nil }
          for _ in 0..<call.spent { await Task.yield() }
          await budget.settle(amount(call.reserved), spent: amount(call.spent))
          return call.spent
        }
      }
      var spent: [Int] = []
      for await tokens in group { if let tokens { spent.append(tokens) } }
      return spent
    }
    #expect(spent.count <= 150 && spent.reduce(0, +) <= 1000, "\(spent.count) calls")
    #expect(spent.reduce(0, +) > 900 || spent.count == 150)
  }

  @Test("counts what earlier sessions took")
  func earlier() async {
    let budget = SpendBudget(
      limits: SpendLimits(requests: 3),
      spent: ModelSpending(requests: 2)
    ) { _ in }
    #expect(await budget.reserve(amount(1)) == nil)
    await budget.settle(amount(1), spent: amount(1))
    #expect(await budget.reserve(amount(1)) == .requests)
  }
}
