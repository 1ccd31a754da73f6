import ArgumentParser
import Experiment
import FunSearch

struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score one program in the sandbox and check it with the verifier.",
    discussion: """
      FILE holds the evolved function, with imports, helpers and module code beside it if it needs them, or a \
      whole program of the problem. Its parameters may have other names. Evaluator and verifier are always the \
      problem's own.

        funsearch evaluate cap-set my_priority.py
        funsearch evaluate cap-set my_priority.py --inputs 6,7 --json
        funsearch evaluate bin-packing-or-scalar Results/bin-packing-or-scalar/0001/best.py --inputs test

      Exit code 0 when it has a score, 1 when it fails.
      """
  )

  @Argument(help: "A problem's name, its folder, or a specification file.")
  var problem: String

  @Argument(help: "The Python file with the program.", completion: .file(extensions: ["py"]))
  var file: String

  @OptionGroup var evaluation: EvaluationOptions

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let appraisal = try await evaluation.appraisal(problem: problem, file: file)
    if json {
      try Output.json(OutcomeObject(appraisal))
    } else {
      Output.line(appraisal.text)
    }
    if case .failed = appraisal.outcome { throw ExitCode(1) }
  }
}
