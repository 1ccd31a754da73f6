import Yams

extension YAMLReader {
  /// `instructions` and `template`.
  func prompt(_ node: Node) throws(ProblemFilesError) -> PromptDescription {
    let known = ["instructions", "template"]
    guard let mapping = node.mapping else {
      throw invalid(node, "\"prompt\" must be a mapping with keys of \(known.joined(separator: ", "))")
    }
    var prompt = PromptDescription()
    for (key, value) in mapping {
      let name = try self.name(key)
      switch name {
      case "instructions": prompt.instructions = try text(value, "prompt.instructions")
      case "template": prompt.template = try file(value, "prompt.template")
      default: throw unknown(key, name, known: known)
      }
    }
    return prompt
  }
}
