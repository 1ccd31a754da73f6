package import PythonSyntax

extension Prompt {
  /// The published best-shot prompt: the preface, versions v0 … vk-1, and the header of the next one.
  ///
  /// Source: programs_database.py, Island._generate_prompt. Calls of a version to itself are renamed with it. What
  /// a version has beside its function stands before it, which the published prompt leaves out.
  /// - Throws: ``TreeError`` when a stored tree cannot be read.
  package func text(skeleton: Skeleton, evolve: FunctionDefinition) throws(TreeError) -> String {
    let shown = try shown(evolve: evolve)
    return skeleton.preface + shown.source + shown.next.source() + "\n"
  }
}
