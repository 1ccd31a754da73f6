package import FunSearch
package import PythonSyntax

/// A program someone wrote, on its way to be one candidate of a problem.
package enum CandidateFile {
  /// The evolved function of a module, and what of the module it may need.
  ///
  /// The module may hold the function alone, under its own name or as its only function, with imports, helpers and
  /// constants beside it; or be a whole program of the problem, whose other parts are then the specification's.
  /// Entry point and verifier stay the specification's whatever the module says of them.
  ///
  /// - Parameters:
  ///   - module: the file as a tree.
  ///   - specification: what the program is for.
  ///   - file: name of the file, for messages.
  /// - Returns: the function under its name in the specification, and its support code.
  /// - Throws: ``RunError`` when no function is the evolved one.
  package static func candidate(
    _ module: [Statement],
    specification: Specification,
    file: String
  ) throws(RunError) -> ProgramCode {
    let places = try places(module, specification: specification, file: file)
    let function = renamed(places.definition, specification)
    return ProgramCode(function: function, support: places.support.map { module[$0] })
  }

  /// Where in the module its evolved function and its support code stand.
  struct Places: Hashable {
    let function: Int
    let definition: FunctionDefinition
    let support: [Int]
    /// Both, in the order of the module.
    var all: [Int] { (support + [function]).sorted() }
  }

  /// The places that ``candidate(_:specification:file:)`` takes its parts from.
  static func places(
    _ module: [Statement],
    specification: Specification,
    file: String
  ) throws(RunError) -> Places {
    let functions = module.indices.compactMap { place -> (place: Int, definition: FunctionDefinition)? in
      if case .function(let function) = module[place] { (place, function) } else { nil }
    }
    let name = specification.evolve.name
    let own = functions.filter { !$0.definition.isMarked("run") && !$0.definition.isMarked("verify") }
    let marked = own.filter { $0.definition.isMarked("evolve") }
    // A later definition of a name replaces the earlier one, as in Python.
    guard
      let chosen = marked.last ?? own.last(where: { $0.definition.name == name })
        ?? (own.count == 1 ? own[0] : nil)
    else {
      let found = own.map(\.definition.name).joined(separator: ", ")
      throw RunError(
        "\(file) defines no function \(name)" + (found.isEmpty ? "" : " (it has \(found))")
          + "; name the function to evaluate \(name), or mark it @funsearch.evolve"
      )
    }
    let support = module.indices.filter {
      $0 != chosen.place && isNeeded(module[$0], besides: chosen.definition, specification)
    }
    return Places(function: chosen.place, definition: chosen.definition, support: support)
  }

  /// Whether a statement of the module is the candidate's own and not the specification's.
  private static func isNeeded(
    _ statement: Statement,
    besides chosen: FunctionDefinition,
    _ specification: Specification
  ) -> Bool {
    switch statement {
    case .function(let function):
      if function == chosen || function.isMarked("run") || function.isMarked("verify") { return false }
      if function.name == specification.run || function.name == specification.verify { return false }
      return !specification.module.contains(statement)
    case .expression(.constant(.string)): return false
    case .conditional(.comparison(.name("__name__"), _), _, _): return false
    case .importing(let names) where names.allSatisfy({ $0.name == "funsearch" }): return false
    default: return !specification.module.contains(statement)
    }
  }

  private static func renamed(_ function: FunctionDefinition, _ specification: Specification)
    -> FunctionDefinition
  {
    let name = specification.evolve.name
    var result = function.name == name ? function : function.renamingCalls(of: function.name, to: name)
    result.name = name
    result.decorators = function.decorators.filter {
      !$0.isMarker && !specification.decorators.contains($0.source)
    }
    return result.withoutDocstring
  }
}

extension FunctionDefinition {
  fileprivate func isMarked(_ marker: String) -> Bool {
    decorators.contains { $0.marker == marker }
  }
}

extension Expression {
  /// The X of `funsearch.X` or `funsearch.X(…)`.
  fileprivate var marker: String? {
    switch self {
    case .attribute(.name("funsearch"), let name): name
    case .call(let function, _): function.marker
    default: nil
    }
  }

  fileprivate var isMarker: Bool { marker != nil }
}
