import PythonSyntax
import Synchronization

/// What a sequence parameter was given while the specification's own program ran: sequences of small whole numbers.
package struct ObservedRows: Sendable {
  /// The parameter's name.
  package let parameter: String
  /// At least two different sequences, none empty, with entries from 0 to 63.
  package let rows: [[Int]]

  /// Nil for rows that are not of this kind.
  package init?(parameter: String, rows: [[Int]]) {
    guard let first = rows.first, rows.contains(where: { $0 != first }),
      rows.allSatisfy({ (2...64).contains($0.count) && $0.allSatisfy { (0..<64).contains($0) } })
    else { return nil }
    self.parameter = parameter
    self.rows = rows
  }
}

/// The features of the sequences that an evolved function is given, and their values on those.
final class FeatureFamily: Sendable {
  /// A feature's values, one a row.
  struct Column: Sendable {
    let values: [Int]
    /// One more than the largest.
    let range: Int
  }

  let parameter: String
  let features: [Feature]
  /// Those that stay the same when the sequence is turned: a table over them does so too.
  let turned: [Feature]
  private let rows: [[Int]]
  private let columns = Mutex<[Feature: Column]>([:])
  private let expressions = Mutex<[[Expression]: [Expression: Feature]]>([:])

  init(_ observed: ObservedRows) {
    parameter = observed.parameter
    rows = observed.rows
    features = Self.features(of: observed.rows)
    turned = features.filter(\.staysWhenTurned)
  }

  func column(_ feature: Feature) -> Column {
    if let known = columns.withLock({ $0[feature] }) { return known }
    let values = rows.map(feature.value)
    let column = Column(values: values, range: (values.max() ?? 0) + 1)
    columns.withLock { $0[feature] = column }
    return column
  }

  /// The cells of a table over these features that the rows fall into, ascending; the first feature counts most.
  func cells(_ features: [Feature]) -> [Int] {
    var cells = [Int](repeating: 0, count: rows.count)
    for feature in features {
      let column = column(feature)
      let (range, values) = (column.range, column.values)
      for row in cells.indices { cells[row] = cells[row] &* range &+ values[row] }
    }
    var isMet = [Bool](repeating: false, count: (cells.max() ?? 0) + 1)
    for cell in cells { isMet[cell] = true }
    return isMet.indices.filter { isMet[$0] }
  }

  /// The features by the expressions they are written as, `el` being the sequence's name and `n` its length.
  func byExpression(_ el: Expression, _ n: Expression) -> [Expression: Feature] {
    expressions.withLock { known in
      if let found = known[[el, n]] { return found }
      let made = Dictionary(features.map { ($0.expression(el, n), $0) }) { first, _ in first }
      known[[el, n]] = made
      return made
    }
  }

  /// How many cells a table over these features has.
  func size(_ features: [Feature]) -> Int {
    features.reduce(1) { $0.multipliedReportingOverflow(by: column($1).range).partialValue }
  }

  private static func features(of rows: [[Int]]) -> [Feature] {
    let length = rows.map(\.count).min() ?? 2
    let isFixed = rows.allSatisfy { $0.count == length }
    let values = Set(rows.joined()).sorted()
    let alphabet = (values.last ?? 0) + 1
    let few = values.prefix(6)
    let moduli = Set([2, 3, max(alphabet, 2)]).sorted()
    let spacings = [2, 3, 4].filter { $0 <= length }
    let distances = 1...max(1, length / 2)
    let axes = 0..<length
    var features = few.map(Feature.count) + moduli.map { .sum(modulo: $0) }
    features += distances.map { .equal(distance: $0) }
    features += distances.flatMap { distance in few.map { .both($0, distance: distance) } }
    features += axes.map { .mirrored(axis: $0) }
    for modulo in moduli {
      features += distances.map { .products(distance: $0, modulo: modulo) }
      features += axes.map { .mirroredProducts(axis: $0, modulo: modulo) }
      features += distances.map { .differences(distance: $0, modulo: modulo) }
      features.append(.squares(modulo: modulo))
    }
    for modulo in spacings {
      features += few.map { .places(of: $0, modulo: modulo) }
      features += few.flatMap { value in
        (0..<modulo).map { .spaced(value, remainder: $0, modulo: modulo) }
      }
    }
    let places = 0..<min(length, 16)
    features += places.map(Feature.entry)
    features += places.flatMap { one in places.filter { $0 > one }.map { .pair(one, $0) } }
    if isFixed, alphabet > 2 {
      features += (2..<min(alphabet, 16)).map { .linear(base: $0, modulo: alphabet, length: length) }
    }
    return features
  }
}
