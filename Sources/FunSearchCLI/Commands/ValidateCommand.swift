import ArgumentParser
import Experiment
import FunSearch
import Reports
import SandboxWorkers

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a problem: read its files, score its own program, run its verifier and its view.",
    discussion:
      "Exit code 0 when a run could start, 1 when its own program or its view fails, 65 when its files are wrong."
  )

  @Argument(help: "A problem's name, its folder, or a specification file.")
  var problem: String

  @OptionGroup var evaluation: EvaluationOptions

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() async throws {
    let appraisal = try await evaluation.appraisal(problem: problem, file: nil)
    let flaws = appraisal.drawings.compactMap { drawing in
      if case .message(let message) = drawing.content { message } else { nil }
    }
    if json {
      try Output.json(OutcomeObject(appraisal))
    } else {
      let specification = appraisal.problem.specification
      Output.line("\(appraisal.problem.name): \(appraisal.problem.title)")
      Output.line("  evolves \(specification.evolveName), scored by \(specification.run)")
      Output.line("  verifier: \(specification.verify ?? "none, so scores stay unverified")")
      for input in appraisal.problem.inputs {
        let known = appraisal.problem.knownBest[input.json].map { ", best known \(numberText($0))" } ?? ""
        Output.line("  input \(shownInput(input.json))\(known)")
      }
      Output.line("its own program: \(appraisal.text)")
      if !appraisal.drawings.isEmpty, flaws.isEmpty { Output.line("view.py: draws its artifacts") }
      Output.line("isolation: \(appraisal.greeting.isolationText)")
    }
    for flaw in flaws { Output.note("Error: its artifact is not drawn: \(flaw)") }
    if case .failed = appraisal.outcome { throw ExitCode(1) }
    if !flaws.isEmpty { throw ExitCode(1) }
  }
}
