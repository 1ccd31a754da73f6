import FunSearch
import PythonSyntax

extension Grammar {
  /// The length of a sequence: a parameter that is known to equal it, else `len(…)`.
  func length(_ sequence: String, _ scope: Scope) -> Expression {
    let known = scope.variables.first { $0.role == .length(of: sequence) }
    return known.map { .name($0.name) } ?? .call("len", .name(sequence))
  }

  /// `el[…]` at an index that lies within the sequence.
  func element(of sequence: String, _ scope: Scope, _ random: inout RandomStream) -> Expression {
    .element(of: .name(sequence), at: index(of: sequence, scope, &random))
  }

  /// An index of a sequence: constant, of a loop around it, shifted, scaled or mirrored, always within.
  func index(of sequence: String, _ scope: Scope, _ random: inout RandomStream) -> Expression {
    let length = length(sequence, scope)
    func wrapped(_ value: Expression) -> Expression { .binary(value, .modulo, length) }
    func small(_ lowest: Int) -> Expression { .whole(lowest + random.geometric(0.55, limit: 7)) }
    let loops = scope.variables.filter { $0.role == .index(of: sequence) }
    guard !loops.isEmpty else {
      switch random.index(weights: [1.5, 1.5, 3, 2]) {
      case 0: return .whole(0)
      case 1: return .whole(-1)
      case 2: return wrapped(.whole(1 + random.integer(below: 8)))
      default: return wrapped(.whole(-2 - random.integer(below: 5)))
      }
    }
    let i = Expression.name(random.element(of: loops).name)
    let j = Expression.name(random.element(of: loops).name)
    switch random.index(weights: [5, 1, 4, 1.5, 0.8, 0.6, loops.count > 1 ? 2 : 0, 0.5, 0.3]) {
    case 0: return i
    case 1: return .unary(.minus, i)
    case 2: return wrapped(.binary(i, .add, small(1)))
    case 3: return .binary(.whole(-1), .subtract, i)
    case 4: return wrapped(.binary(i, .multiply, small(2)))
    case 5: return wrapped(.binary(.binary(i, .multiply, small(2)), .add, small(1)))
    case 6: return i == j ? wrapped(.binary(i, .multiply, .whole(2))) : wrapped(.binary(i, .add, j))
    case 7: return .binary(i, .subtract, .whole(1))
    default: return .whole(random.chance(0.5) ? 0 : -1)
    }
  }

  /// `el.count(…)`, `sum(el)` or `len(el)`.
  func summary(_ scope: Scope, _ random: inout RandomStream) -> Expression? {
    guard let sequence = scope.sequence(&random, where: { $0 != .unknown && $0 != .string }) else {
      return nil
    }
    let name = Expression.name(sequence.name)
    switch random.index(weights: [4, 1.5, 0.5, 0.2]) {
    case 0: return .call(name, "count", [elementValue(scope, &random)])
    case 1: return .call("sum", name)
    case 2: return length(sequence.name, scope)
    default: return .call(random.chance(0.5) ? "max" : "min", name)
    }
  }

  /// What an element may be equal to: a small whole number, or another element.
  func elementValue(_ scope: Scope, _ random: inout RandomStream) -> Expression {
    if random.chance(0.08), let other = scope.sequence(&random, where: { $0 != .string && $0 != .unknown }) {
      return element(of: other.name, scope, &random)
    }
    return .whole(random.index(weights: [4, 3, 3, 0.5, 0.3]))
  }

  /// `sum(… for j in range(len(el)))`, with a term or a test as what is summed up.
  func comprehension(_ scope: Scope, _ depth: Int, _ random: inout RandomStream) -> Expression? {
    guard scope.depth < 2, let sequence = scope.sequence(&random, where: { $0 != .unknown }) else {
      return nil
    }
    let name = freshName(["i", "j", "k", "l"], scope)
    var inner = scope
    inner.depth += 1
    inner.define(name, .int, .index(of: sequence.name))
    let range = Expression.call("range", length(sequence.name, scope))
    let counts = random.chance(0.4)
    func drawn() -> Expression {
      counts ? test(inner, depth - 1, &random) : number(inner, depth - 1, &random)
    }
    var term = drawn()
    for _ in 0..<4 where !term.mentions(name) { term = drawn() }
    let conditions = random.chance(0.2) ? [test(inner, 0, &random)] : []
    return .call("sum", .generator(term, [Generator(.name(name), in: range, where: conditions)]))
  }
}
