package import PythonSyntax

/// What the user writes: a Python file with one function to evolve and one entry point that scores it.
package struct Specification: Sendable {
  /// As shown in messages, such as `Problems/cap-set/specification.py`.
  package let path: String
  package let source: String
  /// The function whose body is searched, with its first body; markers and decorators left out.
  package let evolve: FunctionDefinition
  /// Name of the evolved function.
  package var evolveName: String { evolve.name }
  /// Decorators of the evolved function other than our markers, as source.
  package let decorators: [String]
  /// 1-based, first decorator to last body line, of the evolved function in ``source``.
  package let evolveLines: ClosedRange<Int>
  /// Name of the entry point.
  package let run: String
  /// Name of the exact verifier, where there is one.
  package let verify: String?
  /// Name of the function that makes inputs of a file's text, where there is one.
  package let inputs: String?
  package let imports: [SpecificationImport]
  /// The whole module as a tree: what a grammar may read names and literals from.
  package let module: [Statement]
  /// 1-based first and last lines of the top-level functions, decorators included, by name.
  package let functionLines: [String: ClosedRange<Int>]

  package init(
    path: String,
    source: String,
    evolve: FunctionDefinition,
    decorators: [String] = [],
    evolveLines: ClosedRange<Int>,
    run: String,
    verify: String?,
    inputs: String? = nil,
    imports: [SpecificationImport],
    module: [Statement],
    functionLines: [String: ClosedRange<Int>]
  ) {
    self.path = path
    self.source = source
    self.evolve = evolve
    self.decorators = decorators
    self.evolveLines = evolveLines
    self.run = run
    self.verify = verify
    self.inputs = inputs
    self.imports = imports
    self.module = module
    self.functionLines = functionLines
  }
}

/// One imported module of a specification.
package struct SpecificationImport: Hashable, Sendable {
  package let module: String
  /// The name it has in the file, such as `np`.
  package let alias: String
  package let line: Int

  package init(module: String, alias: String, line: Int) {
    self.module = module
    self.alias = alias
    self.line = line
  }
}
