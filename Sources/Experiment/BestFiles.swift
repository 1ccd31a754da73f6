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
    var modules = ["funsearch.py": try String(contentsOfFile: "\(sandbox)/funsearch.py", encoding: .utf8)]
    for file in opened.folder?.modules ?? [] { modules[file.name] = file.text }
    let code = try ProgramView.program(certificate.program, in: self).code
    let text = BestProgram.text(
      code,
      specification: problem.specification,
      inputs: problem.inputs,
      modules: modules,
      summary: [
        "Program \(certificate.program) of a search on \(problem.name): score \(certificate.score).",
        "Plain Python runs it and prints its score on each input; best.json is its certificate.",
      ]
    )
    try write(text, to: bestProgram)
  }
}
