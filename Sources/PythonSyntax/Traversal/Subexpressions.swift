extension FunctionDefinition {
  /// Every expression of the function in preorder: each before those inside it, in source order.
  ///
  /// Targets, annotations and decorators are among them. The place in this list is the index that
  /// ``replacingSubexpression(at:with:)`` takes.
  public var subexpressions: [Expression] {
    var result: [Expression] = []
    forEachChild(
      expression: { $0.collect(into: &result) },
      statement: { $0.collect(into: &result) }
    )
    return result
  }

  /// The expression at an index of ``subexpressions``; nil beyond its end.
  public func subexpression(at index: Int) -> Expression? {
    let all = subexpressions
    return all.indices.contains(index) ? all[index] : nil
  }

  /// The function with the expression at an index of ``subexpressions`` replaced, all else shared.
  ///
  /// An index outside the list leaves the function as it is.
  public func replacingSubexpression(at index: Int, with replacement: Expression) -> FunctionDefinition {
    var replacer = Replacer(remaining: index, replacement: replacement)
    return mapChildren(expression: { replacer.visit($0) }, statement: { replacer.visit($0) })
  }
}

extension Expression {
  /// This expression and every one inside it, in preorder.
  public var subexpressions: [Expression] {
    var result: [Expression] = []
    collect(into: &result)
    return result
  }

  /// The expression with the one at an index of ``subexpressions`` replaced; 0 is the expression itself.
  public func replacingSubexpression(at index: Int, with replacement: Expression) -> Expression {
    var replacer = Replacer(remaining: index, replacement: replacement)
    return replacer.visit(self)
  }

  fileprivate func collect(into result: inout [Expression]) {
    result.append(self)
    forEachChild { $0.collect(into: &result) }
  }
}

extension Statement {
  fileprivate func collect(into result: inout [Expression]) {
    forEachChild(
      expression: { $0.collect(into: &result) },
      statement: { $0.collect(into: &result) }
    )
  }
}

/// Walks in preorder, rebuilding only the nodes on the way to the one to replace.
private struct Replacer {
  /// Expressions still to pass before the one to replace; negative once it is behind.
  var remaining: Int
  let replacement: Expression

  mutating func visit(_ expression: Expression) -> Expression {
    guard remaining >= 0 else { return expression }
    if remaining == 0 {
      remaining = -1
      return replacement
    }
    let count = expression.nodeCount
    guard remaining < count else {
      remaining -= count
      return expression
    }
    remaining -= 1
    return expression.mapChildren { visit($0) }
  }

  mutating func visit(_ statement: Statement) -> Statement {
    guard remaining >= 0 else { return statement }
    let count = statement.expressionCount
    guard remaining < count else {
      remaining -= count
      return statement
    }
    return statement.mapChildren(expression: { visit($0) }, statement: { visit($0) })
  }
}
