/// Parameters of functions (with annotations) and of lambdas (without).
extension SourcePrinter {
  mutating func print(_ parameters: Parameters, annotated: Bool) {
    var first = true
    for parameter in parameters.positionalOnly { print(parameter, "", annotated, &first) }
    if !parameters.positionalOnly.isEmpty { put(", /") }
    for parameter in parameters.positional { print(parameter, "", annotated, &first) }
    if let variadic = parameters.variadic {
      print(variadic, "*", annotated, &first)
    } else if !parameters.keywordOnly.isEmpty {
      put(first ? "*" : ", *")
      first = false
    }
    for parameter in parameters.keywordOnly { print(parameter, "", annotated, &first) }
    if let keywords = parameters.keywords { print(keywords, "**", annotated, &first) }
  }

  private mutating func print(
    _ parameter: Parameter,
    _ stars: String,
    _ annotated: Bool,
    _ first: inout Bool
  ) {
    if !first { put(", ") }
    first = false
    put(stars)
    put(parameter.name)
    let annotation = annotated ? parameter.annotation : nil
    if let annotation {
      put(": ")
      print(annotation, atLeast: .test)
    }
    guard let value = parameter.defaultValue else { return }
    put(annotation == nil ? "=" : " = ")
    print(value, atLeast: .test)
  }
}

extension Parameters {
  /// Whether there is no parameter at all.
  package var isEmpty: Bool {
    positionalOnly.isEmpty && positional.isEmpty && variadic == nil && keywordOnly.isEmpty
      && keywords == nil
  }

  /// All parameters in the order they are written.
  package var all: [Parameter] {
    var result = positionalOnly + positional
    if let variadic { result.append(variadic) }
    result += keywordOnly
    if let keywords { result.append(keywords) }
    return result
  }
}
