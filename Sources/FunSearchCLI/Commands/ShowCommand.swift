import ArgumentParser
import Experiment
import FunSearch
import Reports
import RunJournal

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one program of a run: how it was made, what came of it, and its text.",
    discussion: """
      Programs are numbered by their step: 0 is the specification's own, then step 0 of every island, then \
      step 1 of every island, and so on. --exchange shows what a model was asked and what it replied; with \
      --json that is always there.
      """
  )

  @Argument(help: "The program's number.")
  var program: Int

  @OptionGroup var selection: RunSelection

  @Flag(help: "Show the prompt and the reply too, where a model was asked.")
  var exchange = false

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let folder = try selection.folder()
    let view = try ProgramView.program(ProgramID(program), in: folder)
    let asked = try view.exchange(in: folder)
    if json { return try Output.json(ProgramObject(view, asked)) }
    Output.line("program \(view.program)")
    if let step = view.step {
      Output.line("  \(step.step), epoch \(step.epoch), \(step.redraws) duplicates drawn before it")
      let parents = step.parents.map(\.description).joined(separator: ", ")
      let origin = step.parents.isEmpty ? "" : "from program \(parents) "
      Output.line("  \(origin)by \(step.operators.joined(separator: ", "))")
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
    if let asked { Output.line("  asked: \(asked.summary)") }
    Output.line("")
    Output.line(view.source)
    guard exchange else { return }
    guard let asked else { return Output.note("no model was asked for program \(program)") }
    for message in asked.question { part("asked, \(message.role)", message.text) }
    if let thoughts = asked.answer?.thoughts, !thoughts.isEmpty { part("thoughts", thoughts) }
    part("reply", asked.answer?.text ?? "there is none: \(asked.failure?.message ?? "the call was cut off")")
  }

  private func part(_ title: String, _ text: String) {
    Output.line("--- \(title)")
    Output.line(text)
  }
}
