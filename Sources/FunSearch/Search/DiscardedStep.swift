package import PythonSyntax

/// A step whose answer held no program.
final class DiscardedStep: Sendable {
  private let prompt: Prompt
  private let answer: DiscardedAnswer
  /// Counts the duplicates drawn before.
  private let attempt: Int

  init(prompt: Prompt, answer: DiscardedAnswer, attempt: Int) {
    self.prompt = prompt
    self.answer = answer
    self.attempt = attempt
  }

  var record: StepRecord {
    StepRecord(
      step: prompt.step,
      epoch: prompt.epoch,
      redraws: attempt,
      parents: answer.parents,
      operators: answer.operators,
      hash: answer.hash,
      source: answer.text,
      encodedFunction: [],
      encodedSupport: [],
      outcome: .failed(Failure(.discarded, answer.message, limit: answer.kind)),
      reused: false,
      registration: .failed,
      claim: nil,
      cpuMicroseconds: 0,
      wallMicroseconds: 0
    )
  }
}

extension DiscardedAnswer {
  /// Stands for the answer in a history.
  package static func hash(ofText text: String) -> TreeHash {
    TreeHash(hashing: Array("discarded\n".utf8) + Array(text.utf8))
  }

  var hash: TreeHash { Self.hash(ofText: text) }
}
