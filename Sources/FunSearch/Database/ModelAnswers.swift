/// How the latest answers of language models turned out in one island: better than the versions shown, or not.
///
/// Islands tell each other of theirs when they meet at a reset.
package struct ModelAnswers: Sendable {
  /// Answers of a model that count; older ones do not, since what was easy once may not be any more.
  static let most = 64

  /// By model; those of all islands up to their last meeting, oldest first.
  private var shared: [String: [Bool]] = [:]
  /// Those of this island since then.
  private var own: [String: [Bool]] = [:]

  package init() {}

  /// Takes the next answer of a model.
  package mutating func note(_ model: String, isBetter: Bool) {
    own[model, default: []].append(isBetter)
    if own[model, default: []].count > Self.most { own[model]?.removeFirst() }
  }

  /// How many of a model's latest answers were better than what was shown, and how many were not.
  package func latest(of model: String) -> (better: Int, others: Int) {
    let latest = ((shared[model] ?? []) + (own[model] ?? [])).suffix(Self.most)
    let better = latest.count { $0 }
    return (better, latest.count - better)
  }

  /// Lets islands know of each other's answers.
  static func share(_ islands: inout [ModelAnswers]) {
    guard var shared = islands.first?.shared else { return }
    // In the order of islands, and of names within one: the sums do not depend on it, what is cut off does.
    for island in islands {
      for (model, answers) in island.own.sorted(by: { $0.key < $1.key }) {
        shared[model] = Array(((shared[model] ?? []) + answers).suffix(most))
      }
    }
    for index in islands.indices {
      islands[index].shared = shared
      islands[index].own = [:]
    }
  }
}
