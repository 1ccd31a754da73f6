package import PythonSyntax

extension FunctionDefinition {
  /// The docstring's text, where there is one.
  package var docstring: String? {
    if case .expression(.constant(.string(let text)))? = body.first { text } else { nil }
  }

  /// The same function without its docstring; `pass` where nothing else is left.
  package var withoutDocstring: FunctionDefinition {
    guard docstring != nil else { return self }
    var result = self
    result.body.removeFirst()
    if result.body.isEmpty { result.body = [.pass] }
    return result
  }

  /// The same function with calls of `name` made calls of `newName`; other uses of the name stay.
  package func renamingCalls(of name: String, to newName: String) -> FunctionDefinition {
    mapChildren(
      expression: { $0.renamingCalls(of: name, to: newName) },
      statement: { $0.renamingCalls(of: name, to: newName) }
    )
  }
}

extension Statement {
  func renamingCalls(of name: String, to newName: String) -> Statement {
    mapChildren(
      expression: { $0.renamingCalls(of: name, to: newName) },
      statement: { $0.renamingCalls(of: name, to: newName) }
    )
  }
}

extension Expression {
  fileprivate func renamingCalls(of name: String, to newName: String) -> Expression {
    let inside = mapChildren { $0.renamingCalls(of: name, to: newName) }
    if case .call(.name(name), let arguments) = inside { return .call(.name(newName), arguments) }
    return inside
  }
}
