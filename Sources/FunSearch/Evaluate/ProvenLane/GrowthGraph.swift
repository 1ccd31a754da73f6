import PythonSyntax

/// Which names' values are made from which, to find values that square or double themselves in a loop.
struct GrowthGraph {
  private var sources: [String: Set<String>] = [:]
  private var suspects: [(targets: [String], left: Set<String>, right: Set<String>)] = []

  /// Notes that the value of `name` is made from `expression`.
  mutating func depend(_ name: String, on expression: Expression) {
    sources[name, default: []].formUnion(expression.names)
  }

  /// Notes an operation in a loop, whose result has the size of both operands together or more.
  mutating func suspect(_ targets: [String], _ left: Expression, _ right: Expression) {
    let (first, second) = (left.names, right.names)
    if !first.isEmpty && !second.isEmpty { suspects.append((targets, first, second)) }
  }

  /// - Throws: ``Refusal`` when both operands of a suspect are made from what it makes.
  func check() throws(Refusal) {
    for suspect in suspects {
      for target in suspect.targets
      where suspect.left.contains(where: { reaches($0, target) })
        && suspect.right.contains(where: { reaches($0, target) })
      {
        throw Refusal("\(target) may grow without bound in a loop")
      }
    }
  }

  /// True when the value of `name` may be made from that of `target`.
  private func reaches(_ name: String, _ target: String) -> Bool {
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
