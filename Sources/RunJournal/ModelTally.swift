import FunSearch
import GRDB

/// What a run's calls took, kept up to date while the run goes on by reading only what may have changed.
package struct ModelTally: Sendable {
  /// By model and state, sorted; taken-over calls left out.
  package private(set) var totals: [ModelTotal] = []
  /// Of the calls up to ``last``, all of which have come to their end.
  private var settled: [ModelTotal] = []
  private var last = 0

  package init() {}

  /// Reads what was added or has come to its end since.
  ///
  /// - Throws: ``JournalError`` when the file is damaged.
  package mutating func update(_ reader: RunReader) throws(JournalError) {
    let (new, end, open) = try reader.modelTotals(after: last)
    settled = Self.merged(settled, new)
    last = end
    totals = Self.merged(settled, open)
  }

  private static func merged(_ one: [ModelTotal], _ other: [ModelTotal]) -> [ModelTotal] {
    var result: [ModelTotal] = []
    for total in (one + other).sorted(by: { ($0.model, $0.state.rawValue) < ($1.model, $1.state.rawValue) }) {
      if let same = result.last, same.model == total.model, same.state == total.state {
        result[result.count - 1] = same + total
      } else {
        result.append(total)
      }
    }
    return result
  }
}

extension ModelTotal {
  /// Both together, of one model and state.
  fileprivate static func + (one: ModelTotal, other: ModelTotal) -> ModelTotal {
    ModelTotal(
      model: one.model,
      state: one.state,
      calls: one.calls + other.calls,
      spend: one.spend + other.spend,
      waitMicroseconds: one.waitMicroseconds + other.waitMicroseconds
    )
  }
}

extension ModelSpend {
  fileprivate static func + (one: ModelSpend, other: ModelSpend) -> ModelSpend {
    ModelSpend(
      promptTokens: one.promptTokens + other.promptTokens,
      cachedTokens: one.cachedTokens + other.cachedTokens,
      outputTokens: one.outputTokens + other.outputTokens,
      thoughtTokens: one.thoughtTokens + other.thoughtTokens,
      isEstimated: one.isEstimated || other.isEstimated,
      cost: one.cost.flatMap { cost in other.cost.map { cost + $0 } }
    )
  }
}
