/// How a prompt is put to a model.
package enum PromptForm: String, Hashable, Sendable, CaseIterable {
  /// The published text and nothing else, as one turn of the user.
  case paper
  /// A system instruction, and a turn that tells of the problem, the versions and their scores.
  case chat
}
