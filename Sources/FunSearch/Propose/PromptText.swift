package import PythonSyntax

extension Prompt {
  /// The published best-shot prompt: the preface, versions v0 … vk-1, and the header of the next one.
  ///
  /// Source: programs_database.py, Island._generate_prompt. Calls of a version to itself are renamed with it.
  /// - Throws: ``TreeError`` when a stored tree cannot be read.
  package func text(skeleton: Skeleton, evolve: FunctionDefinition) throws(TreeError) -> String {
    var parts = [skeleton.preface]
    for (index, version) in versions.enumerated() {
      let function = try FunctionDefinition(encoded: version.encodedFunction)
      parts.append(renamed(function, to: index, from: evolve).source() + "\n\n\n")
    }
    var next = renamed(evolve, to: versions.count, from: evolve)
    next.body = [.expression(.constant(.string(Self.improvement(of: versions.count - 1, evolve.name))))]
    parts.append(next.source() + "\n")
    return parts.joined()
  }

  private func renamed(
    _ function: FunctionDefinition,
    to version: Int,
    from evolve: FunctionDefinition
  ) -> FunctionDefinition {
    let name = "\(evolve.name)_v\(version)"
    var result = function.renamingCalls(of: evolve.name, to: name)
    result.name = name
    result.decorators = []
    let docstring = version == 0 ? evolve.docstring : Self.improvement(of: version - 1, evolve.name)
    if result.docstring != nil { result.body.removeFirst() }
    if let docstring { result.body.insert(.expression(.constant(.string(docstring))), at: 0) }
    return result
  }

  private static func improvement(of version: Int, _ name: String) -> String {
    "Improved version of `\(name)_v\(version)`."
  }
}
