package import FunSearch
package import PythonSyntax

/// What a model's reply became.
package enum Extraction: Sendable {
  case candidate(ExtractedProgram)
  case discarded(Discard)
}

/// The program that a reply holds.
package struct ExtractedProgram: Sendable {
  /// The evolved function under its name, and what of the reply it needs beside it; what the specification defines
  /// itself is left out.
  package let code: ProgramCode
  /// A module that stands alone: the function with everything it needs, also what the specification defines.
  package let module: [Statement]
  /// What was done to the reply, in no order: words of Documentation/Models.md such as `renamed` or `trimmed`.
  package let marks: [String]

  package init(code: ProgramCode, module: [Statement], marks: [String]) {
    self.code = code
    self.module = module
    self.marks = marks
  }

  /// The module as text, with empty lines before functions.
  package var source: String {
    module.enumerated().map { place, statement in
      if case .function = statement, place > 0 { "\n\n" + statement.source() } else { statement.source() }
    }.joined()
  }
}

/// Why a reply is no candidate.
package struct Discard: Hashable, Sendable {
  package let kind: DiscardKind
  /// What was found and what was looked for, fit to be shown to a person or a model.
  package let message: String

  package init(_ kind: DiscardKind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

/// Every way in which a reply is no candidate; each is counted (Documentation/Models.md says when which is given).
package enum DiscardKind: String, Hashable, Sendable, CaseIterable {
  /// The reply has no text.
  case empty
  /// The server withheld the answer.
  case blocked
  /// The model declines in words.
  case refused
  /// Nothing came after the thoughts.
  case thinkingOnly = "thinking only"
  /// Words without Python that could be the function.
  case noCode = "no code"
  /// The function is there, and Python cannot read it.
  case syntax
  /// The function is cut off where nothing usable is left.
  case truncated
  /// Functions are there, but none is the one that was asked for.
  case wrongName = "wrong name"
  /// The function needs other arguments than it is called with.
  case signature
  /// The body does nothing.
  case emptyBody = "empty body"
  /// The function never returns a value.
  case noValue = "no value"
  /// The function uses a name that nobody defines, or that programs may not see.
  case unresolvedName = "unresolved name"
  /// A form that cannot be made the function: a coroutine, a class that wants arguments.
  case unsupportedForm = "unsupported form"
  /// A diff or search-and-replace edit that fits no version.
  case edit
  /// The program is one of those in the prompt.
  case sameAsParent = "same as parent"
  /// The reply is longer than replies are read.
  case tooLong = "too long"
  /// Reading the reply took too much time, memory or depth.
  case tooComplex = "too complex"
}
