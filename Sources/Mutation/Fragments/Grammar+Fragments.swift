import FunSearch
import PythonSyntax

extension Grammar {
  /// An expression of the problem's vocabulary that fits the type, now and then; nil without a vocabulary.
  func fragment(
    _ type: ValueType,
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> Expression? {
    let all = vocabulary.fragments.expressions
    guard !all.isEmpty, random.chance(depth > 0 ? 0.2 : 0.1) else { return nil }
    let fitting = all.filter { fragment in
      guard case .expression(_, let own) = fragment.shape, own.fits(type) else { return false }
      return (depth > 0 || fragment.holes.isEmpty) && fragment.isUsable(in: scope)
    }
    guard !fitting.isEmpty else { return nil }
    let fragment = random.element(of: fitting)
    guard case .expression(let value, _) = fragment.shape else { return nil }
    let names = fresh(fragment, scope)
    let fillings = fillings(of: fragment, names, scope, depth, &random)
    return value.withBound(names).renamed(names).filled(fillings)
  }

  /// A statement of the problem's vocabulary, now and then; nil without one, or with nothing to change.
  func statementFragment(_ scope: Scope, _ random: inout RandomStream) -> Statement? {
    guard !vocabulary.fragments.statements.isEmpty, random.chance(0.25) else { return nil }
    let wanted: ValueType = vocabulary.returns.isArray ? .floatArray : .float
    let fitting = vocabulary.fragments.statements.filter { $0.isUsable(in: scope) }
    guard !fitting.isEmpty,
      case .name(let target)? = variable(scope, &random, where: { $0.role == .local && $0.type == wanted })
    else { return nil }
    let fragment = random.element(of: fitting)
    guard case .statement(let statement) = fragment.shape else { return nil }
    var names = fresh(fragment, scope)
    let fillings = fillings(of: fragment, names, scope, 2, &random)
    for hole in fragment.holes where hole.kind == .target { names[hole.name] = target }
    return statement.withBound(names).renamed(names).mapped { $0.filled(at: fillings) }
  }

  /// Names that mean nothing in the scope for the fragment's own that do.
  private func fresh(_ fragment: Fragment, _ scope: Scope) -> [String: String] {
    var names: [String: String] = [:]
    var taken = scope
    for name in fragment.bound {
      if taken[name] != nil {
        let other = freshName(["i", "j", "k", "l"].filter { !fragment.bound.contains($0) } + ["m"], taken)
        names[name] = other
      }
      taken.define(names[name] ?? name, .unknown, .counter)
    }
    return names
  }

  private func fillings(
    of fragment: Fragment,
    _ names: [String: String],
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> [String: Expression] {
    var fillings: [String: Expression] = [:]
    for hole in fragment.holes {
      var inner = scope
      for variable in hole.inner {
        inner.define(names[variable.name] ?? variable.name, variable.type, variable.role)
      }
      if !hole.inner.isEmpty { inner.depth += 1 }
      switch hole.kind {
      case .value(let type): fillings[hole.name] = expression(type, inner, depth - 1, &random)
      case .constant: fillings[hole.name] = literal(&random)
      case .modulus: fillings[hole.name] = .whole(modulus(&random))
      case .divisor: fillings[hole.name] = divisor(inner, 0, &random)
      case .index(let sequence): fillings[hole.name] = index(of: sequence, inner, &random)
      case .target: break
      }
    }
    return fillings
  }
}

extension Fragment {
  /// Whether all it uses means in the scope what it meant when it was checked.
  func isUsable(in scope: Scope) -> Bool {
    guard scope.depth + depth <= 2 else { return false }
    if isTrusted, bound.contains(where: { scope[$0] != nil }) { return false }
    return parameters.allSatisfy { scope[$0.name]?.type == $0.type }
  }
}

extension Expression {
  /// The expression with names for what they stand for.
  func filled(_ fillings: [String: Expression]) -> Expression {
    mapped { $0.filled(at: fillings) }
  }

  fileprivate func filled(at fillings: [String: Expression]) -> Expression {
    if case .name(let name) = self { fillings[name] ?? self } else { self }
  }

  /// The expression with other names for the targets of its comprehensions.
  fileprivate func withBound(_ names: [String: String]) -> Expression {
    guard !names.isEmpty else { return self }
    return mapped { expression in
      func renamed(_ generators: [Generator]) -> [Generator] {
        generators.map { Generator($0.target.renamed(names), in: $0.source, where: $0.conditions) }
      }
      switch expression {
      case .generator(let element, let generators): return .generator(element, renamed(generators))
      case .listComprehension(let element, let generators):
        return .listComprehension(element, renamed(generators))
      default: return expression
      }
    }
  }
}

extension Statement {
  fileprivate func withBound(_ names: [String: String]) -> Statement {
    names.isEmpty ? self : mapped { $0.withBound(names) }
  }
}
