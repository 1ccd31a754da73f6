/// The seeds of an experiment.
package enum SeedList {
  private static let limit = 10_000

  /// Reads `10` (the seeds 1 to 10), `3-7`, or several such parts with commas between, of which a single number is
  /// then the seed itself.
  ///
  /// - Throws: ``RunError`` that says what a list of seeds is.
  package static func parse(_ text: String) throws(RunError) -> [UInt64] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.filter { !$0.isWhitespace })
    }
    var seeds: [UInt64] = []
    for part in parts {
      guard let range = range(part, isAlone: parts.count == 1), range.count <= limit else {
        throw RunError(
          "seeds \(text): write how many, as in 10, a range, as in 3-7, or a list, as in 1,5,9",
          in: .usage
        )
      }
      for seed in range where !seeds.contains(seed) { seeds.append(seed) }
    }
    return seeds
  }

  private static func range(_ part: String, isAlone: Bool) -> ClosedRange<UInt64>? {
    let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
    guard let first = ends.first ?? nil, first <= UInt64(Int.max) else { return nil }
    if ends.count == 1 {
      guard isAlone else { return first...first }
      return first > 0 ? 1...first : nil
    }
    guard ends.count == 2, let last = ends[1], first <= last, last <= UInt64(Int.max),
      last - first < UInt64(limit)
    else { return nil }
    return first...last
  }
}
