package import FunSearch
import PythonSyntax

/// A search for the smallest program that does what a program does: delta debugging on its tree.
///
/// It says which candidates to try next and is told which of them do the same; the first that does takes the place
/// of the program. It ends when none of ``Reductions`` of what is left does the same. Ask and answer are in a fixed
/// order, so the result does not depend on how many are tried at once.
package struct Simplifier: Sendable {
  /// The smallest program found so far.
  package private(set) var program: ProgramCode
  /// The candidates that were taken.
  package private(set) var accepted = 0
  private var candidates: [ProgramCode]
  /// The first candidate that was not tried.
  private var next = 0
  /// Whether one was taken since the pass over all candidates began.
  private var hasChanged = false
  /// Those that do something else.
  private var refused: Set<ProgramCode> = []
  private var asked: [Int] = []

  package init(_ program: ProgramCode) {
    self.program = program
    candidates = Reductions.of(program)
  }

  /// Up to `count` candidates to try, in order of preference; none at the end.
  package mutating func ask(_ count: Int) -> [ProgramCode] {
    asked = []
    while asked.isEmpty {
      while next < candidates.count, asked.count < count {
        if !refused.contains(candidates[next]) { asked.append(next) }
        next += 1
      }
      guard asked.isEmpty else { break }
      guard hasChanged else { return [] }
      (next, hasChanged) = (0, false)
    }
    return asked.map { candidates[$0] }
  }

  /// Takes the answer to ``ask(_:)``: for each candidate whether it does the same.
  package mutating func answer(_ isSame: [Bool]) {
    let first = isSame.firstIndex(of: true)
    for (place, isSame) in zip(asked, isSame) where !isSame { refused.insert(candidates[place]) }
    guard let first else { return }
    // Candidates of what is left are about those that follow here, so that the pass goes on in its place.
    next = asked[first]
    program = candidates[asked[first]]
    candidates = Reductions.of(program)
    accepted += 1
    hasChanged = true
  }
}
