package import FunSearch
import PythonSyntax
import RunJournal

/// One program of a run, as `top` and `show` present it.
package struct ProgramView: Sendable {
  package let program: ProgramID
  package let source: String
  package let outcome: Outcome
  package let claim: Claim?
  /// Nil for the specification's own program.
  package let step: StepRecord?

  init(_ record: StepRecord, islands: Int) {
    program = record.step.program(islands: islands)
    source = record.source
    outcome = record.outcome
    claim = record.claim
    step = record
  }

  init(_ founder: FounderRecord) {
    program = .founder
    source = founder.source
    outcome = .scored(founder.scores)
    claim = founder.claim
    step = nil
  }

  /// The program with this number.
  package static func program(_ id: ProgramID, in folder: RunFolder) throws -> ProgramView {
    let reader = try RunReader(folder.journal)
    if id == .founder, let founder = try reader.founder() { return ProgramView(founder) }
    guard let record = try reader.step(id) else {
      throw RunError(
        "\(folder.path) has no program \(id); its programs are 0 to \(try reader.count())",
        in: .usage
      )
    }
    return ProgramView(record, islands: reader.islands)
  }

  /// The program's tree.
  /// - Parameter founder: the specification's own function.
  /// - Returns: the function, and module code beside it.
  /// - Throws: ``TreeError`` when the stored bytes are not a tree.
  func code(founder: FunctionDefinition) throws -> ProgramCode {
    guard let step else { return ProgramCode(function: founder.withoutDocstring) }
    return try ProgramCode(encodedFunction: step.encodedFunction, encodedSupport: step.encodedSupport)
  }

  /// The best programs, best first, of equal ones the earlier first; each program's text once.
  package static func top(_ limit: Int, in folder: RunFolder) throws -> [ProgramView] {
    let reader = try RunReader(folder.journal)
    let steps = try reader.top(limit).map { ProgramView($0, islands: reader.islands) }
    guard steps.count < limit, let founder = try reader.founder() else { return steps }
    return steps + [ProgramView(founder)]
  }
}
