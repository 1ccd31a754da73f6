package import PythonSyntax

/// The versions of a prompt as they are written into it: v0 … vk-1 under these names, with what each has beside it.
package struct ShownVersions: Sendable {
  package struct Version: Sendable {
    /// Imports, helpers and constants that no version before it has shown.
    package let support: [Statement]
    /// Named such as `priority_v1`, with the docstring a prompt gives it.
    package let function: FunctionDefinition
  }

  package let versions: [Version]
  /// The header that asks for the next version: its docstring is all of its body.
  package let next: FunctionDefinition

  /// - Parameters:
  ///   - codes: the programs, worst first.
  ///   - evolve: the specification's function, which gives name, signature and first docstring.
  package init(_ codes: [ProgramCode], evolve: FunctionDefinition) {
    var shown: [Statement] = []
    var versions: [Version] = []
    for (index, code) in codes.enumerated() {
      let code = code.renamingClashes(with: shown, suffix: "_v\(index)", keeping: evolve.name)
      let support = code.support.filter { !shown.contains($0) }
      shown += support
      let name = "\(evolve.name)_v\(index)"
      versions.append(
        Version(
          // A helper may call the function, too.
          support: support.map { $0.renamingCalls(of: evolve.name, to: name) },
          function: Self.version(index, of: code.function, evolve)
        )
      )
    }
    self.versions = versions
    var next = Self.version(codes.count, of: evolve, evolve)
    next.body = [.expression(.constant(.string(Self.improvement(of: codes.count - 1, evolve.name))))]
    self.next = next
  }

  /// The versions as text, without the header that follows.
  package var source: String {
    versions.map { version in
      let support = version.support.isEmpty ? "" : version.support.source() + "\n\n"
      return support + version.function.source() + "\n\n"
    }.joined()
  }

  private static func version(
    _ index: Int,
    of function: FunctionDefinition,
    _ evolve: FunctionDefinition
  ) -> FunctionDefinition {
    let name = "\(evolve.name)_v\(index)"
    var result = function.renamingCalls(of: evolve.name, to: name)
    result.name = name
    result.decorators = []
    let docstring = index == 0 ? evolve.docstring : improvement(of: index - 1, evolve.name)
    if result.docstring != nil { result.body.removeFirst() }
    if let docstring { result.body.insert(.expression(.constant(.string(docstring))), at: 0) }
    return result
  }

  private static func improvement(of version: Int, _ name: String) -> String {
    "Improved version of `\(name)_v\(version)`."
  }
}

extension Prompt {
  /// The versions as they are written into the prompt.
  /// - Throws: ``TreeError`` when a stored tree cannot be read.
  package func shown(evolve: FunctionDefinition) throws(TreeError) -> ShownVersions {
    var codes: [ProgramCode] = []
    for version in versions { codes.append(try ProgramCode(version)) }
    return ShownVersions(codes, evolve: evolve)
  }
}

extension ProgramCode {
  /// The same program with a suffix to the names of its helpers that other statements give another meaning.
  fileprivate func renamingClashes(
    with shown: [Statement],
    suffix: String,
    keeping kept: String
  ) -> ProgramCode {
    let taken = Set(shown.flatMap(\.definedNames))
    let own = support.filter { !shown.contains($0) }
    let clashing = Set(own.flatMap(\.definedNames)).intersection(taken).subtracting([kept])
    guard !clashing.isEmpty else { return self }
    func changed(_ name: String) -> String { clashing.contains(name) ? name + suffix : name }
    return ProgramCode(
      function: function.renamingNames(changed),
      support: support.map { $0.renamingNames(changed) }
    )
  }
}

extension Statement {
  /// Names that a helper may be known by; those of imports, which mean the same everywhere, are left out.
  fileprivate var definedNames: [String] {
    switch self {
    case .function(let function): [function.name]
    case .assign(let targets, _):
      targets.compactMap { if case .name(let name) = $0 { name } else { nil } }
    default: []
    }
  }

  fileprivate func renamingNames(_ change: (String) -> String) -> Statement {
    var result = mapChildren(
      expression: { $0.renamingNames(change) },
      statement: { $0.renamingNames(change) }
    )
    if case .function(var function) = result {
      function.name = change(function.name)
      result = .function(function)
    }
    return result
  }
}

extension FunctionDefinition {
  fileprivate func renamingNames(_ change: (String) -> String) -> FunctionDefinition {
    mapChildren(
      expression: { $0.renamingNames(change) },
      statement: { $0.renamingNames(change) }
    )
  }
}

extension Expression {
  fileprivate func renamingNames(_ change: (String) -> String) -> Expression {
    let inside = mapChildren { $0.renamingNames(change) }
    if case .name(let name) = inside { return .name(change(name)) }
    return inside
  }
}
