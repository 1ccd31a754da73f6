import ArgumentParser
import Experiment

struct PromptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt",
    abstract: "Show the best-shot prompt of an island as it stands now.",
    discussion:
      "It holds the versions drawn for the island's next step, worst first, and asks for a better one."
  )

  @OptionGroup var selection: RunSelection

  @Option(help: ArgumentHelp("The island, from 0.", valueName: "n"))
  var island = 0

  func run() async throws {
    Output.line(
      try await PromptView.text(
        of: island,
        in: try selection.folder(),
        installation: try Installation.find()
      )
    )
  }
}
