import ArgumentParser
import Experiment
import FunSearch

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one program of a run: how it was made, what came of it, and its text.",
    discussion: """
      Programs are numbered by their step: 0 is the specification's own, then step 0 of every island, then \
      step 1 of every island, and so on.
      """
  )

  @Argument(help: "The program's number.")
  var program: Int

  @OptionGroup var selection: RunSelection

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let view = try ProgramView.program(ProgramID(program), in: try selection.folder())
    if json { return try Output.json(ProgramObject(view)) }
    Output.line("program \(view.program)")
    if let step = view.step {
      Output.line("  \(step.step), epoch \(step.epoch), \(step.redraws) duplicates drawn before it")
      let parents = step.parents.map(\.description).joined(separator: ", ")
      Output.line("  from program \(parents) by \(step.operators.joined(separator: ", "))")
      Output.line("  in its island: \(step.registration.rawValue)")
    }
    switch view.outcome {
    case .scored(let scores):
      let each = scores.perInput.map(numberText).joined(separator: ", ")
      Output.line("  score \(numberText(scores.total)) (\(each))")
      if let claim = view.claim {
        Output.line("  a best of its island, \(claim.verified ? "verified" : "unverified")")
      }
    case .failed(let failure):
      let place = failure.line.map { " in line \($0)" } ?? ""
      Output.line("  failed\(place), \(failure.kind.rawValue): \(failure.message)")
    }
    Output.line("")
    Output.line(view.source)
  }
}
