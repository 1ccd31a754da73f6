extension Expression {
  /// The number of expression nodes, this one included; opaque text counts as one.
  package var nodeCount: Int {
    var count = 1
    forEachChild { count += $0.nodeCount }
    return count
  }
}

extension Statement {
  /// The number of statement and expression nodes, this one included; opaque text counts as one.
  package var nodeCount: Int {
    var count = 1
    forEachChild(expression: { count += $0.nodeCount }, statement: { count += $0.nodeCount })
    return count
  }

  /// The number of expression nodes alone.
  package var expressionCount: Int {
    var count = 0
    forEachChild(expression: { count += $0.nodeCount }, statement: { count += $0.expressionCount })
    return count
  }
}

extension [Statement] {
  /// The number of statement and expression nodes.
  package var nodeCount: Int {
    reduce(0) { $0 + $1.nodeCount }
  }
}

extension FunctionDefinition {
  /// The number of statement and expression nodes, the `def` included.
  package var nodeCount: Int {
    Statement.function(self).nodeCount
  }

  /// The number of expression nodes alone: how many ``subexpressions`` there are.
  package var expressionCount: Int {
    Statement.function(self).expressionCount
  }
}
