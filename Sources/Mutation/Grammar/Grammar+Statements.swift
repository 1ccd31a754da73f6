import FunSearch
import PythonSyntax

extension Grammar {
  /// A random body: an accumulator, some statements that change it, and its return; or one return alone.
  func program(_ scope: Scope, _ random: inout RandomStream) -> [Statement] {
    let arrays = vocabulary.returns == .array || vocabulary.returns == .floatArray
    if !arrays && vocabulary.returns != .float || random.chance(0.25) {
      return [
        .returning(arrays ? ownArray(scope, &random) : expression(vocabulary.returns, scope, 3, &random))
      ]
    }
    let name = freshName(Self.accumulators, scope)
    var inner = scope
    var body: [Statement]
    if arrays {
      body = [.assign([.name(name)], ownArray(scope, &random))]
      inner.define(name, .floatArray, .local)
    } else {
      body = [.assign([.name(name)], .real(0))]
      inner.define(name, .float, .local)
    }
    for _ in 0...random.geometric(0.5, limit: 3) { body.append(statement(&inner, &random)) }
    return body + [.returning(.name(name))]
  }

  static let accumulators = ["score", "total", "result"]
  static let auxiliaries = ["a", "b", "c", "d"]

  /// A body of one return of a literal, or of an argument times a literal.
  func trivial(_ scope: Scope, _ random: inout RandomStream) -> Statement {
    guard vocabulary.returns.isArray else {
      return .returning(vocabulary.returns == .int ? wholeLiteral(&random) : literal(&random))
    }
    return .returning(.binary(array(scope, 0, &random), .multiply, literal(&random)))
  }

  /// A new array of floats that may be changed in place.
  private func ownArray(_ scope: Scope, _ random: inout RandomStream) -> Expression {
    .binary(array(scope, 2, &random), .multiply, .real(random.chance(0.5) ? 1 : -1))
  }

  /// A statement that changes what the program adds up; adds to the scope what it defines.
  func statement(_ scope: inout Scope, _ random: inout RandomStream) -> Statement {
    if let fragment = statementFragment(scope, &random) { return fragment }
    if vocabulary.returns.isArray, random.chance(0.85), let statement = arrayStatement(scope, &random) {
      return statement
    }
    let loops = scope.hasNumbers && scope.depth < 2 ? (scope.depth == 0 ? 4.0 : 1) : 0
    switch random.index(weights: [4, loops * 1, 1.5, 0.5, 0.15]) {
    case 0: return accumulation(&scope, &random)
    case 1: return loop(&scope, &random)
    case 2: return .conditional(test(scope, 1, &random), then: block(scope, &random), otherwise: [])
    case 3:
      return .conditional(
        test(scope, 1, &random),
        then: block(scope, &random),
        otherwise: block(scope, &random)
      )
    default: return auxiliary(&scope, &random)
    }
  }

  /// One or two statements inside another.
  private func block(_ scope: Scope, _ random: inout RandomStream) -> [Statement] {
    var inner = scope
    let first = random.chance(0.6) ? accumulation(&inner, &random) : statement(&inner, &random)
    return random.chance(0.15) ? [first, accumulation(&inner, &random)] : [first]
  }

  /// `for i in range(len(el)): …`.
  private func loop(_ scope: inout Scope, _ random: inout RandomStream) -> Statement {
    guard let sequence = scope.sequence(&random, where: { $0 != .unknown }) else {
      return accumulation(&scope, &random)
    }
    let name = freshName(["i", "j", "k", "l"], scope)
    // Without a number to add to inside the loop, nothing would come of it.
    var inner = scope
    inner.depth += 1
    inner.growing += inner.variables.filter { $0.role == .local && $0.type.isNumber }.map(\.name)
    inner.define(name, .int, .index(of: sequence.name))
    let range = Expression.call("range", length(sequence.name, scope))
    var body = block(inner, &random)
    for _ in 0..<4 where !body.reads(name) { body = block(inner, &random) }
    return .forLoop(.name(name), in: range, body: body, otherwise: [])
  }

  /// `score += …` and its like; `a = …` where nothing is there to add to.
  func accumulation(_ scope: inout Scope, _ random: inout RandomStream) -> Statement {
    guard let target = variable(scope, &random, where: { $0.role == .local && $0.type == .float }) else {
      return auxiliary(&scope, &random)
    }
    switch random.index(weights: [6, 3, scope.depth < 2 ? 1 : 0, 0.3, 0.5]) {
    case 0: return .augmented(target, .add, number(scope, 3, &random))
    case 1: return .augmented(target, .subtract, number(scope, 3, &random))
    case 2: return .augmented(target, .multiply, number(scope.withoutGrowing, 1, &random))
    case 3: return .augmented(target, .modulo, divisor(scope, 0, &random))
    default: return .assign([target], number(scope, 3, &random))
    }
  }

  /// `a = …`, a new variable or a new value for one.
  private func auxiliary(_ scope: inout Scope, _ random: inout RandomStream) -> Statement {
    let name = freshName(Self.auxiliaries, scope)
    let value = number(scope, 3, &random)
    scope.define(name, .float, .local)
    return .assign([.name(name)], value)
  }
}

extension Scope {
  /// This scope without what the loops around it change.
  var withoutGrowing: Scope {
    guard !growing.isEmpty else { return self }
    var scope = self
    scope.variables.removeAll { growing.contains($0.name) }
    return scope
  }
}
