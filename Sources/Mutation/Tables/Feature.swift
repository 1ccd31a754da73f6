import PythonSyntax

/// A small whole number that a sequence of small whole numbers has: how often something occurs in it, or a sum of its
/// entries modulo a small number.
///
/// The family is made from the type of the input alone (its length and the values of its entries), as one would list
/// the simplest quantities that stay the same under some rearrangement; it knows no problem.
enum Feature: Hashable, Sendable {
  /// How often the value occurs.
  case count(Int)
  /// The sum of the entries.
  case sum(modulo: Int)
  /// Places whose entry equals that so many places on, cyclically.
  case equal(distance: Int)
  /// The same, where both have this value.
  case both(Int, distance: Int)
  /// The sum of products of entries that far apart, cyclically.
  case products(distance: Int, modulo: Int)
  /// Places whose entry equals its mirror image; `axis` is the sum of the two places, cyclically.
  case mirrored(axis: Int)
  case mirroredProducts(axis: Int, modulo: Int)
  /// The sum of the places at which the value stands.
  case places(of: Int, modulo: Int)
  /// How often the value stands at places that leave this remainder.
  case spaced(Int, remainder: Int, modulo: Int)
  /// One entry.
  case entry(Int)
  /// Whether two entries are equal.
  case pair(Int, Int)
  /// The sum of entries times powers of a base, in sequences of one length.
  case linear(base: Int, modulo: Int, length: Int)
  case squares(modulo: Int)
  /// The sum of squared differences of entries that far apart, cyclically.
  case differences(distance: Int, modulo: Int)

  /// Whether it stays the same when the sequence is turned: every entry one place on, the last one to the front.
  var staysWhenTurned: Bool {
    switch self {
    case .count, .sum, .equal, .both, .products, .squares, .differences: true
    case .mirrored, .mirroredProducts, .places, .spaced, .entry, .pair, .linear: false
    }
  }

  /// Its value for a sequence that is not empty, never negative.
  func value(of row: [Int]) -> Int {
    let n = row.count
    switch self {
    case .count(let value): return row.count { $0 == value }
    case .sum(let modulo): return Self.remainder(row.reduce(0, +), modulo)
    case .equal(let distance): return row.indices.count { row[$0] == row[($0 + distance) % n] }
    case .both(let value, let distance):
      return row.indices.count { row[$0] == value && row[($0 + distance) % n] == value }
    case .products(let distance, let modulo):
      return Self.remainder(row.indices.reduce(0) { $0 + row[$1] * row[($1 + distance) % n] }, modulo)
    case .mirrored(let axis): return row.indices.count { row[$0] == row[Self.remainder(axis - $0, n)] }
    case .mirroredProducts(let axis, let modulo):
      let sum = row.indices.reduce(0) { $0 + row[$1] * row[Self.remainder(axis - $1, n)] }
      return Self.remainder(sum, modulo)
    case .places(let value, let modulo):
      return row.indices.reduce(0) { row[$1] == value ? $0 + $1 : $0 } % modulo
    case .spaced(let value, let remainder, let modulo):
      return row.indices.count { $0 % modulo == remainder && row[$0] == value }
    case .entry(let place): return row[place]
    case .pair(let one, let other): return row[one] == row[other] ? 1 : 0
    case .linear(let base, let modulo, let length):
      return zip(row, Self.powers(of: base, modulo, length)).reduce(0) { $0 + $1.0 * $1.1 } % modulo
    case .squares(let modulo): return row.reduce(0) { $0 + $1 * $1 } % modulo
    case .differences(let distance, let modulo):
      let sum = row.indices.reduce(0) { sum, place in
        let difference = row[place] - row[(place + distance) % n]
        return sum + difference * difference
      }
      return sum % modulo
    }
  }

  /// 1, base, base² …, modulo a number.
  static func powers(of base: Int, _ modulo: Int, _ count: Int) -> [Int] {
    var powers: [Int] = []
    for _ in 0..<count { powers.append(((powers.last ?? 1) * (powers.isEmpty ? 1 : base)) % modulo) }
    return powers
  }

  /// The remainder as Python takes it: never negative.
  private static func remainder(_ value: Int, _ modulus: Int) -> Int {
    let remainder = value % modulus
    return remainder < 0 ? remainder + modulus : remainder
  }
}

extension Feature {
  /// The expression of the same value, `el` being the sequence's name and `n` its length.
  func expression(_ el: Expression, _ n: Expression) -> Expression {
    let i = Expression.name("i")
    func at(_ place: Expression) -> Expression { .element(of: el, at: place) }
    func ahead(_ distance: Int) -> Expression {
      at(.binary(.binary(i, .add, .whole(distance)), .modulo, n))
    }
    func mirror(_ axis: Int) -> Expression {
      at(.binary(.binary(.whole(axis), .subtract, i), .modulo, n))
    }
    func sum(_ term: Expression, where test: Expression? = nil) -> Expression {
      let generator = Generator(i, in: .call("range", n), where: test.map { [$0] } ?? [])
      return .call("sum", .generator(term, [generator]))
    }
    func modulo(_ value: Expression, _ modulus: Int) -> Expression {
      .binary(value, .modulo, .whole(modulus))
    }
    func equal(_ left: Expression, _ right: Expression) -> Expression { .compare(left, .equal, right) }
    func squared(_ value: Expression) -> Expression { .binary(value, .multiply, value) }

    switch self {
    case .count(let value): return .call(el, "count", [.whole(value)])
    case .sum(let modulus): return modulo(.call("sum", el), modulus)
    case .equal(let distance): return sum(equal(at(i), ahead(distance)))
    case .both(let value, let distance):
      return sum(
        .comparison(at(i), [Comparison(.equal, ahead(distance)), Comparison(.equal, .whole(value))])
      )
    case .products(let distance, let modulus):
      return modulo(sum(.binary(at(i), .multiply, ahead(distance))), modulus)
    case .mirrored(let axis): return sum(equal(at(i), mirror(axis)))
    case .mirroredProducts(let axis, let modulus):
      return modulo(sum(.binary(at(i), .multiply, mirror(axis))), modulus)
    case .places(let value, let modulus):
      return modulo(sum(i, where: equal(at(i), .whole(value))), modulus)
    case .spaced(let value, let remainder, let modulus):
      return sum(equal(at(i), .whole(value)), where: equal(modulo(i, modulus), .whole(remainder)))
    case .entry(let place): return at(.whole(place))
    case .pair(let one, let other):
      return .call("int", equal(at(.whole(one)), at(.whole(other))))
    case .linear(let base, let modulus, let length):
      let powers = Expression.tuple(Self.powers(of: base, modulus, length).map(Expression.whole))
      return modulo(sum(.binary(at(i), .multiply, .element(of: powers, at: i))), modulus)
    case .squares(let modulus): return modulo(sum(squared(at(i))), modulus)
    case .differences(let distance, let modulus):
      return modulo(sum(squared(.binary(at(i), .subtract, ahead(distance)))), modulus)
    }
  }
}
