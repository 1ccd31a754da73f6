import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax

extension RunFolder {
  /// Writes `best.py` and `best.json` from the journal.
  func writeBest(_ opened: OpenProblem, sandbox: String, history: HistorySummary) throws {
    let problem = opened.problem
    let files = opened.folder?.certified ?? [:]
    let certificate = try Certificate(try StoredRun(self), problem: problem, files: files, history: history)
    try write(certificate.text, to: self.certificate)
    let code = try ProgramView.program(certificate.program, in: self).code
    let text = try certificate.standAlone(code, opened, sandbox: sandbox)
    try write(text, to: bestProgram)
  }
}

extension Certificate {
  /// The text of `best.py`, `code` being the certificate's program and `sandbox` the folder of the Python side.
  func standAlone(_ code: ProgramCode, _ opened: OpenProblem, sandbox: String) throws -> String {
    var modules = ["funsearch.py": try String(contentsOfFile: "\(sandbox)/funsearch.py", encoding: .utf8)]
    for file in opened.folder?.modules ?? [] { modules[file.name] = file.text }
    return BestProgram.text(
      code,
      specification: opened.problem.specification,
      inputs: opened.problem.inputs,
      modules: modules,
      summary: [
        "Program \(program) of a search on \(problem): score \(score).",
        "Plain Python runs it and prints its score on each input; best.json is its certificate.",
      ]
    )
  }
}
