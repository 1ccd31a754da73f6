import ArgumentParser
import Experiment
import FunSearch

@main
struct FunSearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "funsearch",
    abstract: "Search for programs that solve problems which are easy to check and hard to solve.",
    discussion: """
      A problem is a Python file with a trusted evaluate() and one function to evolve. A run breeds programs \
      for that function on islands, scores each in a sandbox, and keeps everything in Results/PROBLEM/RUN.

        funsearch run cap-set --islands 8
        funsearch top
        funsearch verify

      Commands that take a run use the newest one unless you name another: a folder, or PROBLEM/RUN.
      """,
    version: funsearchVersion,
    subcommands: [
      RunCommand.self,
      ResumeCommand.self,
      WatchCommand.self,
      ForkCommand.self,
      ExperimentCommand.self,
      ListCommand.self,
      TopCommand.self,
      ShowCommand.self,
      LineageCommand.self,
      DiffCommand.self,
      HistoryCommand.self,
      ExportCommand.self,
      ReportCommand.self,
      CompareCommand.self,
      ServeCommand.self,
      ReplayCommand.self,
      VerifyCommand.self,
      RecordCommand.self,
      SimplifyCommand.self,
      PromptCommand.self,
      ExtractCommand.self,
      EvaluateCommand.self,
      ValidateCommand.self,
      DoctorCommand.self,
      StatusCommand.self,
      ModelsCommand.self,
      EstimateCommand.self,
      SettingsCommand.self,
      CompletionsCommand.self,
    ]
  )

  static func main() async {
    do {
      try checkName(CommandLine.arguments.dropFirst().first)
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard let status = ExitStatus.of(error) else { exit(withError: error) }
      Output.note("Error: \(error)")
      exit(withError: status)
    }
  }

  /// Refuses a first word that is no command, with the nearest that is one.
  private static func checkName(_ word: String?) throws(RunError) {
    guard let word, !word.hasPrefix("-") else { return }
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    guard !names.contains(word) else { return }
    let hint = nearestName(to: word, in: names).map { "did you mean \($0)?" } ?? "see 'funsearch --help'"
    throw RunError("\(word): there is no such command; \(hint)", in: .usage)
  }
}
