import Foundation
import FunSearch
import PythonSyntax

extension RunFolder {
  /// Writes `best.py` and `best.json` from the journal.
  func writeBest(_ opened: OpenProblem, sandbox: String, history: HistorySummary) throws {
    let problem = opened.problem
    let certificate = try Certificate(try StoredRun(self), problem: problem, history: history)
    try write(certificate.text, to: self.certificate)
    let code = try ProgramView.program(certificate.program, in: self).code
    let text = try certificate.standAlone(code, problem, sandbox: sandbox)
    try write(text, to: bestProgram)
  }
}

extension Certificate {
  /// The text of `best.py`, `code` being the certificate's program and `sandbox` the folder of the Python side.
  func standAlone(_ code: ProgramCode, _ problem: Problem, sandbox: String) throws -> String {
    BestProgram.text(
      code,
      specification: problem.specification,
      inputs: problem.inputs,
      module: try String(contentsOfFile: "\(sandbox)/funsearch.py", encoding: .utf8),
      summary: [
        "Program \(program) of a search on \(problem.name): score \(score).",
        "Plain Python runs it and prints its score on each input; best.json is its certificate.",
      ]
    )
  }
}
