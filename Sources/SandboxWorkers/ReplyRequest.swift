import PythonSyntax

/// A model's reply, to be made a program by the interpreter that would run it.
package struct ReplyRequest: Hashable, Sendable {
  package let text: String
  /// The version that was asked for.
  package let version: Int
  /// The code of the versions in the prompt, under their names there.
  package let shown: String
  /// What edits are meant for before anything else; nil for none.
  package let against: String?
  /// Whether the limit of tokens ended the reply.
  package let isCut: Bool

  package init(text: String, version: Int, shown: String = "", against: String? = nil, isCut: Bool = false) {
    self.text = text
    self.version = version
    self.shown = shown
    self.against = against
    self.isCut = isCut
  }
}
