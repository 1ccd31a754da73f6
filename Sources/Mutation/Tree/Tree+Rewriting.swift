import PythonSyntax

extension Expression {
  /// Number of expressions in this one that the mutator sees, itself included.
  var size: Int {
    var size = 1
    forEachPart { size += $0.size }
    return size
  }

  /// This expression with the one of number `target` replaced, counting itself and then its parts in order.
  ///
  /// Counts `target` down by the expressions passed; nil when the number lies beyond this expression.
  func replacing(_ target: inout Int, with change: (Expression) -> Expression) -> Expression? {
    if target == 0 { return change(self) }
    let size = size
    guard target < size else {
      target -= size
      return nil
    }
    target -= 1
    var parts = self.parts
    for index in parts.indices {
      if let part = parts[index].replacing(&target, with: change) {
        parts[index] = part
        return with(parts: parts)
      }
    }
    return nil
  }

  /// The same change made to every expression inside, innermost first.
  func mapped(_ change: (Expression) -> Expression) -> Expression {
    let parts = self.parts
    return change(parts.isEmpty ? self : with(parts: parts.map { $0.mapped(change) }))
  }

  /// True when `test` holds for this expression or one inside it.
  func contains(where test: (Expression) -> Bool) -> Bool {
    if test(self) { return true }
    var found = false
    forEachPart { part in
      if !found { found = part.contains(where: test) }
    }
    return found
  }

  /// True when the name occurs where the mutator can see it.
  func mentions(_ name: String) -> Bool {
    contains { $0.ownName == name }
  }
}

extension [Statement] {
  /// This block with the expression of number `target` replaced; numbers go statement by statement, each
  /// statement's own expressions before its blocks.
  func replacing(_ target: inout Int, with change: (Expression) -> Expression) -> [Statement]? {
    for index in indices {
      if let statement = self[index].replacing(&target, with: change) {
        var block = self
        block[index] = statement
        return block
      }
    }
    return nil
  }

  /// This block with the block of number `target` replaced: 0 is this one, then those inside, in order.
  func replacingBlock(_ target: inout Int, with change: ([Statement]) -> [Statement]) -> [Statement]? {
    if target == 0 { return change(self) }
    target -= 1
    for index in indices {
      let blocks = self[index].blocks
      guard blocks.count == 2 else { continue }
      if let first = blocks[0].replacingBlock(&target, with: change) {
        var block = self
        block[index] = self[index].with(first, blocks[1])
        return block
      }
      if let second = blocks[1].replacingBlock(&target, with: change) {
        var block = self
        block[index] = self[index].with(blocks[0], second)
        return block
      }
    }
    return nil
  }

  /// The same change made to every expression of every statement inside.
  func mapped(_ change: (Expression) -> Expression) -> [Statement] {
    map { $0.mapped(change) }
  }

  /// Names assigned by these statements and those inside them, loop variables included; each once.
  var assignedNames: [String] {
    var names: [String] = []
    collectAssignedNames(into: &names)
    return names
  }

  private func collectAssignedNames(into names: inout [String]) {
    for statement in self {
      switch statement {
      case .assign(let targets, _): for target in targets { target.collectBoundNames(into: &names) }
      case .augmented(let target, _, _), .annotated(let target, _, _, _), .forLoop(let target, _, _, _):
        target.collectBoundNames(into: &names)
      case .expression, .returning, .pass, .conditional, .breakLoop, .continueLoop: break
      default: for name in statement.localNames where !names.contains(name) { names.append(name) }
      }
      statement.forEachBlock { $0.collectAssignedNames(into: &names) }
    }
  }
}

extension Statement {
  /// As of a block, for one statement.
  func replacing(_ target: inout Int, with change: (Expression) -> Expression) -> Statement? {
    if let part, let changed = part.replacing(&target, with: change) {
      return with(part: changed)
    }
    let blocks = self.blocks
    guard blocks.count == 2 else { return nil }
    if let first = blocks[0].replacing(&target, with: change) { return with(first, blocks[1]) }
    if let second = blocks[1].replacing(&target, with: change) { return with(blocks[0], second) }
    return nil
  }

  /// The same change made to every expression inside.
  func mapped(_ change: (Expression) -> Expression) -> Statement {
    var statement = self
    if let part { statement = statement.with(part: part.mapped(change)) }
    let blocks = self.blocks
    guard blocks.count == 2 else { return statement }
    return statement.with(blocks[0].mapped(change), blocks[1].mapped(change))
  }
}

extension Expression {
  /// Names that an assignment to this target binds.
  var boundNames: [String] {
    var names: [String] = []
    collectBoundNames(into: &names)
    return names
  }

  fileprivate func collectBoundNames(into names: inout [String]) {
    switch self {
    case .name(let name): if !names.contains(name) { names.append(name) }
    case .tuple(let elements), .list(let elements):
      for element in elements { element.collectBoundNames(into: &names) }
    case .starred(let value): value.collectBoundNames(into: &names)
    default: break
    }
  }
}

extension Expression {
  /// The name this expression reads by itself, not through its parts: a name, or the owner of a called method.
  var ownName: String? {
    switch self {
    case .name(let name), .call(.attribute(.name(let name), _), _): name
    default: nil
    }
  }
}
