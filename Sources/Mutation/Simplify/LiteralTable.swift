import PythonSyntax

/// A tuple or list of many numbers, as a program looks things up in: simplified entry by entry and value by value.
struct LiteralTable {
  /// Shorter ones are expressions as any other.
  private static let shortest = 6

  private let values: [Double]
  private let isList: Bool
  private let isWhole: Bool

  /// Nil for anything else.
  init?(_ expression: Expression) {
    let entries: [Expression]
    switch expression {
    case .tuple(let all): (entries, isList) = (all, false)
    case .list(let all): (entries, isList) = (all, true)
    default: return nil
    }
    guard entries.count >= Self.shortest else { return nil }
    var values: [Double] = []
    for entry in entries {
      guard let value = entry.literal, value.isFinite else { return nil }
      values.append(value)
    }
    self.values = values
    isWhole = entries.allSatisfy { $0.wholeLiteral != nil } && values.allSatisfy { abs($0) < 0x1p53 }
  }

  /// The tables one step simpler: values numbered from 0 in their order, runs of entries made 0, and runs of
  /// neighbouring values made one; long runs before short ones.
  var simpler: [Expression] {
    var result: [[Double]] = []
    let distinct = Set(values).sorted()
    func mapped(_ change: (Int) -> Int) -> [Double] {
      let numbers = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices.map(change)))
      return values.map { Double(numbers[$0] ?? 0) }
    }
    result.append(mapped { $0 })
    let filled = values.indices.filter { values[$0] != 0 }
    for piece in Reductions.pieces(of: filled.indices) {
      var changed = values
      for place in filled[piece] { changed[place] = 0 }
      result.append(changed)
    }
    // A piece of the values from the second on takes the value before it; what is above comes down.
    for piece in Reductions.pieces(of: 1..<max(1, distinct.count)) {
      result.append(
        mapped { rank in
          if piece.contains(rank) { return piece.lowerBound - 1 }
          return rank < piece.lowerBound ? rank : rank - piece.count
        }
      )
    }
    return result.map(expression)
  }

  private func expression(_ values: [Double]) -> Expression {
    let entries = values.map { value in
      // A number stays whole or not; what was numbered anew is whole.
      isWhole || value == value.rounded() && abs(value) < 0x1p53
        ? Expression.whole(Int(value)) : .real(value)
    }
    return isList ? .list(entries) : .tuple(entries)
  }
}
