import FunSearch
import PythonSyntax

/// Replaces an expression by one of the same type from another version.
struct CrossoverSubtreeOperator: MutationOperator {
  let name = "crossover-subtree"
  let defaultWeight = 1.2

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    guard !draft.donors.isEmpty else { return nil }
    let donor = random.integer(below: draft.donors.count)
    guard let site = draft.site(&random, where: { $0.role == .value }) else { return nil }
    guard let given = draft.inspection(ofDonor: donor) else { return nil }
    let fitting = given.expressions.filter { $0.role == .value && $0.type.fits(site.type) }
    guard !fitting.isEmpty else { return nil }
    let chosen = random.element(of: fitting)
    let scope = draft.scope(site)
    let adapted = chosen.expression.adapted(from: given.scopes[chosen.scope], to: scope, &random)
    return adapted.flatMap { draft.replacing(site, with: $0) }.map { Change(body: $0, donor: donor) }
  }
}

extension Draft {
  /// What the mutator knows of another version.
  func inspection(ofDonor donor: Int) -> Inspection? {
    donors[donor].inspection(from: start, grammar.vocabulary)
  }
}

extension Expression {
  /// This expression with names that mean nothing in the other scope replaced by some that do; nil where none do.
  func adapted(from old: Scope, to new: Scope, _ random: inout RandomStream) -> Expression? {
    guard let names = old.renaming(to: new, &random, for: { self.mentions($0) }) else { return nil }
    return names.isEmpty ? self : renamed(names)
  }

  /// This expression under other names.
  func renamed(_ names: [String: String]) -> Expression {
    mapped { expression in
      guard let name = expression.ownName, let other = names[name] else { return expression }
      if case .call(.attribute(_, let member), let arguments) = expression {
        return .call(.attribute(.name(other), member), arguments)
      }
      return .name(other)
    }
  }
}

extension Scope {
  /// New names for the loop variables and locals of this scope that another scope does not have.
  func renaming(
    to other: Scope,
    _ random: inout RandomStream,
    assigns: Bool = false,
    for isUsed: (String) -> Bool
  ) -> [String: String]? {
    var names: [String: String] = [:]
    for variable in variables where variable.role != .parameter && isUsed(variable.name) {
      if let same = other[variable.name], same.role == variable.role, same.type.fits(variable.type) {
        continue
      }
      let fitting = other.variables.filter {
        $0.type.fits(variable.type) && ($0.role == variable.role || variable.role == .local && !assigns)
      }
      guard !fitting.isEmpty else { return nil }
      names[variable.name] = random.element(of: fitting).name
    }
    return names
  }
}
