import FunSearch
import PythonSyntax

/// A program that looks a sequence's features up in a table: what a greedy skeleton sees of it is the order of the
/// table's cells alone.
///
/// ```python
/// a = el.count(0)
/// b = sum(el[i] == el[(i + 3) % n] for i in range(n))
/// return float((0, 7, 3, …)[(a * 9 + b) % 81])
/// ```
struct FeatureTable: Equatable, Sendable {
  private static let names = ["a", "b", "c", "d", "e"]

  let features: [Feature]
  /// The cells that the rows fall into, the one of highest value first.
  let order: [Int]
}

extension FeatureTable {
  /// The function's body; the number of features is at most five.
  func body(_ family: FeatureFamily, _ el: Expression, _ n: Expression, avoiding taken: [String])
    -> [Statement]
  {
    let names = Self.names(avoiding: taken)
    var body: [Statement] = []
    var index: Expression?
    for (feature, name) in zip(features, names) {
      body.append(.assign([.name(name)], feature.expression(el, n)))
      let digit = Expression.name(name)
      index =
        index.map {
          .binary(.binary($0, .multiply, .whole(family.column(feature).range)), .add, digit)
        } ?? digit
    }
    let size = family.size(features)
    var values = [Int](repeating: 0, count: size)
    for (place, cell) in order.enumerated() { values[cell] = order.count - 1 - place }
    let entry = Expression.element(
      of: .tuple(values.map(Expression.whole)),
      at: .binary(index ?? .whole(0), .modulo, .whole(size))
    )
    return body + [.returning(.call("float", entry))]
  }

  /// Reads a table back from a body that ``body(_:_:_:avoiding:)`` made, docstring or not; nil for any other.
  init?(
    _ body: [Statement],
    _ family: FeatureFamily,
    _ el: Expression,
    _ n: Expression,
    avoiding taken: [String]
  ) {
    let code = body.dropFirst(body.docstring.count)
    let known = family.byExpression(el, n)
    guard case .returning(.call(.name("float"), let arguments)?)? = code.last, arguments.count == 1,
      case .element(of: .tuple(let entries), at: _)? = arguments[0].plain
    else { return nil }
    var features: [Feature] = []
    for statement in code.dropLast() {
      guard case .assign(_, let value) = statement, let feature = known[value] else { return nil }
      features.append(feature)
    }
    guard (1...Self.names.count).contains(features.count), entries.count == family.size(features) else {
      return nil
    }
    let values = entries.compactMap(\.wholeLiteral)
    guard values.count == entries.count else { return nil }
    let order = family.cells(features).sorted { (values[$1], $0) < (values[$0], $1) }
    self.init(features: features, order: order)
    guard Array(code) == self.body(family, el, n, avoiding: taken) else { return nil }
  }

  private static func names(avoiding taken: [String]) -> [String] {
    names.map { name in taken.contains(name) ? name + "_" : name }
  }
}

extension FeatureTable {
  /// The same table with one to three cells moved to other places, rather to the front, where a greedy skeleton
  /// decides most.
  func reordered(_ random: inout RandomStream) -> FeatureTable {
    guard order.count > 1 else { return self }
    var order = order
    let moves = 1 + (random.chance(0.8) ? 1 : 0) + (random.chance(0.5) ? 1 : 0)
    for _ in 0..<moves {
      let cell = order.remove(at: random.integer(below: order.count))
      let unit = random.unit()
      order.insert(cell, at: min(Int(unit * unit * Double(order.count + 1)), order.count))
    }
    return FeatureTable(features: features, order: order)
  }
}
