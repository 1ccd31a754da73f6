package import PythonSyntax

/// A Python file as its interpreter read it, without running it: what a specification is made of.
package struct SpecificationDescription: Sendable {
  /// Those at the top level, in source order.
  package let functions: [DescribedFunction]
  package let imports: [SpecificationImport]
  /// The whole module as a tree.
  package let statements: [Statement]
  package let docstring: String?

  package init(
    functions: [DescribedFunction],
    imports: [SpecificationImport],
    statements: [Statement],
    docstring: String?
  ) {
    self.functions = functions
    self.imports = imports
    self.statements = statements
    self.docstring = docstring
  }
}

/// One top-level function of a Python file.
package struct DescribedFunction: Sendable {
  package let name: String
  /// 1-based line of its `def`.
  package let line: Int
  /// 1-based line of its first decorator, or of its `def`.
  package let firstLine: Int
  package let lastLine: Int
  /// The `X` of its `@funsearch.X` decorators, in order.
  package let markers: [String]
  /// Its other decorators, as source.
  package let decorators: [String]
  package let parameters: [DescribedParameter]
  /// Its return annotation, as source.
  package let returns: String?
  package let docstring: String?
  package let isAsync: Bool
  /// The function as a tree, markers left out; nil for what is outside the model, such as `async def`.
  package let definition: FunctionDefinition?

  package init(
    name: String,
    line: Int,
    firstLine: Int,
    lastLine: Int,
    markers: [String] = [],
    decorators: [String] = [],
    parameters: [DescribedParameter] = [],
    returns: String? = nil,
    docstring: String? = nil,
    isAsync: Bool = false,
    definition: FunctionDefinition?
  ) {
    self.name = name
    self.line = line
    self.firstLine = firstLine
    self.lastLine = lastLine
    self.markers = markers
    self.decorators = decorators
    self.parameters = parameters
    self.returns = returns
    self.docstring = docstring
    self.isAsync = isAsync
    self.definition = definition
  }
}

/// One parameter of a function, of whatever group.
package struct DescribedParameter: Hashable, Sendable {
  package let name: String
  /// As source.
  package let annotation: String?

  package init(_ name: String, annotation: String? = nil) {
    self.name = name
    self.annotation = annotation
  }
}
