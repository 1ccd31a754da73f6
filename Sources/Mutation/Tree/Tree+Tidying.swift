import PythonSyntax

extension [Statement] {
  /// These statements without those that cannot matter: assignments that nothing reads, and empty blocks.
  ///
  /// Only for programs without side effects. What differs in such statements alone is the same program, and
  /// they would crowd out the ones that matter.
  var tidied: [Statement] {
    var body = self
    while true {
      var read: Set<String> = []
      body.collectReads(into: &read)
      let next = body.without { name in !read.contains(name) }.withoutEmptyBlocks.withoutOverwritten
      if next.size == body.size { return body }
      body = next
    }
  }

  private func collectReads(into names: inout Set<String>) {
    for statement in self {
      for part in statement.parts { part.collectNames(into: &names) }
      for block in statement.blocks { block.collectReads(into: &names) }
    }
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
        return blocks.count == 2 ? statement.with(blocks[0].without(isUnused), blocks[1].without(isUnused)) : statement
      }
    }
  }

  /// Without assignments whose value the next statement replaces unread.
  private var withoutOverwritten: [Statement] {
    var result: [Statement] = []
    for statement in self {
      if case .assign(let targets, let value) = statement, targets.count == 1, case .name(let name) = targets[0],
        !value.mentions(name)
      {
        while result.last?.onlySets(name) == true { result.removeLast() }
      }
      let blocks = statement.blocks
      result.append(
        blocks.count == 2 ? statement.with(blocks[0].withoutOverwritten, blocks[1].withoutOverwritten) : statement)
    }
    return result
  }
}

extension Statement {
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
  fileprivate func collectNames(into names: inout Set<String>) {
    if case .name(let name) = self { names.insert(name) }
    for part in parts { part.collectNames(into: &names) }
  }
}
