package import FunSearch

/// A program that became a run's best.
package struct Improvement: Sendable {
  package let program: ProgramID
  package let island: Int
  /// The island's own step.
  package let step: Int
  package let score: Double
  package let verified: Bool
  package let operators: [String]
  /// Its text, and that of its first parent where it has one and the text is at hand; read when asked for.
  package let source: @Sendable () -> String?
  package let parentSource: @Sendable () -> String?
}
