import PythonSyntax

/// Which names' values are made from which, to find values that square or double themselves in a loop.
struct GrowthGraph {
  /// What each name's values are made from; looked into only when there is a suspect.
  private var sources: [(name: String, expression: Expression)] = []
  private var suspects: [(targets: [String], left: Expression, right: Expression)] = []

  /// Notes that the value of `name` is made from `expression`.
  mutating func depend(_ name: String, on expression: Expression) {
    sources.append((name, expression))
  }

  /// Notes an operation in a loop, whose result has the size of both operands together or more.
  mutating func suspect(_ targets: [String], _ left: Expression, _ right: Expression) {
    suspects.append((targets, left, right))
  }

  /// - Throws: ``Refusal`` when both operands of a suspect are made from what it makes.
  func check() throws(Refusal) {
    guard !suspects.isEmpty else { return }
    var names: [String: Set<String>] = [:]
    for source in sources { names[source.name, default: []].formUnion(source.expression.names) }
    for suspect in suspects {
      for target in suspect.targets
      where Self.reach(suspect.left, target, names) && Self.reach(suspect.right, target, names) {
        throw Refusal("\(target) may grow without bound in a loop")
      }
    }
  }

  /// True when a value in the expression may be made from that of `target`.
  private static func reach(
    _ expression: Expression,
    _ target: String,
    _ sources: [String: Set<String>]
  ) -> Bool {
    expression.names.contains { reaches($0, target, sources) }
  }

  /// True when the value of `name` may be made from that of `target`.
  private static func reaches(_ name: String, _ target: String, _ sources: [String: Set<String>]) -> Bool {
    var seen: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      if next == target { return true }
      if seen.insert(next).inserted { open += sources[next] ?? [] }
    }
    return false
  }
}

extension Expression {
  /// Every name in it.
  var names: Set<String> {
    var result: Set<String> = []
    collectNames(into: &result)
    return result
  }

  private func collectNames(into result: inout Set<String>) {
    if case .name(let name) = self { result.insert(name) }
    forEachChild { $0.collectNames(into: &result) }
  }
}
