import PythonSyntax

/// Finds marked functions below the top level of a module.
struct InnerMarkers {
  /// Names the marking module has in the file.
  let modules: Set<String>

  /// The first marker on an inner function, and the function's name.
  func first(in module: [Statement]) -> (marker: String, name: String)? {
    for statement in module {
      if case .opaque(let source) = statement, let found = marked(in: source, from: 1) { return found }
      for block in Self.blocks(statement) {
        for inner in block {
          if let found = marked(inner) ?? first(in: [inner]) { return found }
        }
      }
    }
    return nil
  }

  private func marked(_ statement: Statement) -> (marker: String, name: String)? {
    if case .opaque(let source) = statement { return marked(in: source, from: 0) }
    guard case .function(let function) = statement else { return nil }
    for decorator in function.decorators {
      if let marker = marker(decorator) { return (marker, function.name) }
    }
    return nil
  }

  /// The first marker in source outside the model, such as a class, on lines indented by `indent` at least.
  private func marked(in source: String, from indent: Int) -> (marker: String, name: String)? {
    let lines = source.split(separator: "\n")
    for (index, line) in lines.enumerated() where line.prefix(while: \.isWhitespace).count >= indent {
      let text = line.drop(while: \.isWhitespace)
      for module in modules.sorted() where text.hasPrefix("@\(module).") {
        let marker = text.dropFirst(module.count + 2).prefix { $0.isLetter || $0 == "_" }
        let definition = lines[index...].first { $0.contains("def ") }?.split(separator: " ")
        let name = definition?.last { $0.contains("(") }?.prefix { $0 != "(" } ?? "a function"
        return (String(marker), String(name))
      }
    }
    return nil
  }

  private func marker(_ decorator: Expression) -> String? {
    switch decorator {
    case .attribute(.name(let module), let marker) where modules.contains(module): marker
    case .call(let function, _): marker(function)
    default: nil
    }
  }

  private static func blocks(_ statement: Statement) -> [[Statement]] {
    switch statement {
    case .function(let function): [function.body]
    case .conditional(_, let then, let otherwise): [then, otherwise]
    case .forLoop(_, _, let body, let otherwise), .whileLoop(_, let body, let otherwise): [body, otherwise]
    case .with(_, let body): [body]
    case .tryBlock(let body, let handlers, let otherwise, let finally, _):
      [body] + handlers.map(\.body) + [otherwise, finally]
    case .expression, .assign, .augmented, .annotated, .returning, .raising, .assertion, .importing,
      .importingFrom, .delete, .global, .nonlocal, .pass, .breakLoop, .continueLoop, .opaque:
      []
    }
  }
}
