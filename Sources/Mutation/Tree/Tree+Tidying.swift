import PythonSyntax

extension [Statement] {
  /// These statements without those that cannot matter: assignments that nothing reads, and empty blocks.
  ///
  /// Only for programs without side effects. What differs in such statements alone is the same program, and
  /// they would crowd out the ones that matter.
  var tidied: [Statement] {
    var body = self
    while true {
      var read: [String] = []
      body.collectReads(into: &read)
      if body.assignedNames.contains(where: { !read.contains($0) }) {
        let next = body.without { !read.contains($0) }.withoutEmptyBlocks
        if next == body { return body }
        body = next
      } else if body.hasOverwritten {
        body = body.withoutOverwritten.withoutEmptyBlocks
      } else {
        return body
      }
    }
  }

  private func collectReads(into names: inout [String]) {
    for statement in self {
      statement.part?.collectNames(into: &names)
      statement.forEachBlock { $0.collectReads(into: &names) }
    }
  }

  /// True when a value is replaced unread by the next statement.
  private var hasOverwritten: Bool {
    for (index, statement) in enumerated() {
      if index > 0, let name = statement.nameSetAnew, self[index - 1].onlySets(name) { return true }
      var found = false
      statement.forEachBlock { if $0.hasOverwritten { found = true } }
      if found { return true }
    }
    return false
  }

  /// Without assignments to names that pass the test.
  private func without(_ isUnused: (String) -> Bool) -> [Statement] {
    compactMap { statement in
      switch statement {
      case .assign(let targets, _):
        let names = targets.flatMap(\.boundNames)
        return !names.isEmpty && names.allSatisfy(isUnused) ? nil : statement
      case .augmented(.name(let name), _, _), .augmented(.element(.name(let name), _), _, _):
        return isUnused(name) ? nil : statement
      default:
        let blocks = statement.blocks
        return blocks.count == 2
          ? statement.with(blocks[0].without(isUnused), blocks[1].without(isUnused)) : statement
      }
    }
  }

  /// Without assignments whose value the next statement replaces unread.
  private var withoutOverwritten: [Statement] {
    var result: [Statement] = []
    for statement in self {
      if let name = statement.nameSetAnew {
        while result.last?.onlySets(name) == true { result.removeLast() }
      }
      let blocks = statement.blocks
      result.append(
        blocks.count == 2
          ? statement.with(blocks[0].withoutOverwritten, blocks[1].withoutOverwritten) : statement
      )
    }
    return result
  }
}

extension Statement {
  /// The name this statement gives a value that does not depend on its old one.
  fileprivate var nameSetAnew: String? {
    guard case .assign(let targets, let value) = self, targets.count == 1, case .name(let name) = targets[0],
      !value.mentions(name)
    else { return nil }
    return name
  }

  /// True for a statement that does nothing but give this variable a value.
  fileprivate func onlySets(_ name: String) -> Bool {
    switch self {
    case .assign(let targets, _): targets == [.name(name)]
    case .augmented(.name(name), _, _): true
    default: false
    }
  }
}

extension Expression {
  fileprivate func collectNames(into names: inout [String]) {
    if let name = ownName, !names.contains(name) { names.append(name) }
    forEachPart { $0.collectNames(into: &names) }
  }
}
