package import FunSearch
package import PythonSyntax

/// Puts prompts into words: what is said is a function of the prompt alone, which is the state of an island.
package struct PromptWriter: Sendable {
  private let form: PromptForm
  private let failures: Int
  private let problem: ProblemWords
  private let skeleton: Skeleton
  private let evolve: FunctionDefinition
  private let template: PromptTemplate

  /// - Parameters:
  ///   - form: the published text, or the template.
  ///   - failures: how many of the lineage's last failures are told at most.
  ///   - problem: what its author says of it.
  ///   - specification: the program around the function.
  ///   - template: of the chat form.
  package init(
    form: PromptForm,
    failures: Int,
    problem: ProblemWords,
    specification: Specification,
    template: PromptTemplate
  ) {
    self.form = form
    self.failures = failures
    self.problem = problem
    skeleton = Skeleton(specification)
    evolve = specification.evolve
    self.template = template
  }

  /// What is sent for a prompt.
  /// - Throws: ``TreeError`` when a stored tree cannot be read.
  package func message(for prompt: Prompt) throws(TreeError) -> PromptMessage {
    let published = try prompt.text(skeleton: skeleton, evolve: evolve)
    switch form {
    case .paper:
      return PromptMessage(system: nil, turns: [ModelTurn(role: .user, text: published)])
    case .chat:
      let values = values(of: prompt, published)
      let system = template.text(.system, values)
      return PromptMessage(
        system: system.isEmpty ? nil : system,
        turns: [ModelTurn(role: .user, text: template.text(.user, values))]
      )
    }
  }

  private func values(of prompt: Prompt, _ published: String) -> [PromptTemplate.Place: String] {
    let next = "\(evolve.name)_v\(prompt.versions.count)"
    let failures = prompt.failures.last(failures, of: prompt.versions.map(\.id))
    return [
      .title: problem.title,
      .description: problem.description,
      .instructions: problem.instructions,
      .function: evolve.name,
      .next: next,
      .signature: "`\(signature(of: next))`",
      .code: published.trimmingEnd,
      .scores: prompt.versions.enumerated().map { index, version in
        "- `\(evolve.name)_v\(index)`: \(Self.scoreText(version.scores))"
      }.joined(separator: "\n"),
      .failures: failures.map { "- \($0.kind.rawValue): \(Self.oneLine($0.message))" }.joined(
        separator: "\n"
      ),
      .fence: Self.fence(around: published),
    ]
  }

  /// The header of the next version, as in `def priority_v2(el: tuple[int, ...], n: int) -> float`.
  private func signature(of name: String) -> String {
    var header = evolve
    header.name = name
    header.decorators = []
    header.body = [.pass]
    return String(header.source().dropLast(":\n  pass\n".count))
  }

  private static func scoreText(_ scores: Scores) -> String {
    guard scores.perInput.count > 1, scores.perInput.count <= 20 else {
      return "score \(number(scores.total))"
    }
    return "score \(number(scores.total)), by input \(scores.perInput.map(number).joined(separator: ", "))"
  }

  /// Whole numbers without a fraction; the same text on every machine.
  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }

  /// A fence that nothing in the text can close: longer than any run of backticks in it.
  private static func fence(around text: String) -> String {
    var longest = 2
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return String(repeating: "`", count: longest + 1)
  }

  /// A program's own words as one line that cannot pass for anything else in the prompt.
  private static func oneLine(_ message: String) -> String {
    let plain = message.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "`": "'"
      case _ where scalar.properties.isWhitespace || scalar.properties.generalCategory == .control: " "
      default: Character(scalar)
      }
    }
    let words = String(plain).split(separator: " ").joined(separator: " ")
    return words.count <= 300 ? words : words.prefix(300) + "…"
  }
}

/// What a problem's author says of it to a model.
package struct ProblemWords: Hashable, Sendable {
  package let title: String
  package let description: String
  package let instructions: String

  package init(title: String, description: String = "", instructions: String = "") {
    self.title = title
    self.description = description
    self.instructions = instructions
  }
}

/// What is sent to a model for one prompt.
package struct PromptMessage: Hashable, Sendable {
  package let system: String?
  package let turns: [ModelTurn]

  package init(system: String?, turns: [ModelTurn]) {
    self.system = system
    self.turns = turns
  }

  /// A guess at the tokens of it all: one for 3.5 bytes of ASCII, one for every other character, 4 for each turn.
  ///
  /// Models count in their own ways; a server's count replaces it where there is one.
  package var estimatedTokens: Int {
    let texts = (system.map { [$0] } ?? []) + turns.map(\.text)
    return texts.reduce(0) { sum, text in
      var ascii = 0
      var others = 0
      for scalar in text.unicodeScalars {
        if scalar.isASCII { ascii += 1 } else { others += 1 }
      }
      return sum + 4 + (2 * ascii + 6) / 7 + others
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == "\n" || text.last == " " { text.removeLast() }
    return text
  }
}
