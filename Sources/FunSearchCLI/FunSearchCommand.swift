import ArgumentParser
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
      RunCommand.self, ResumeCommand.self, WatchCommand.self, ForkCommand.self, ExperimentCommand.self,
      ListCommand.self,
      TopCommand.self,
      ShowCommand.self, LineageCommand.self, DiffCommand.self, HistoryCommand.self, ExportCommand.self,
      ReportCommand.self, CompareCommand.self, ReplayCommand.self,
      VerifyCommand.self, RecordCommand.self, SimplifyCommand.self, PromptCommand.self, EvaluateCommand.self,
      ValidateCommand.self, DoctorCommand.self,
      SettingsCommand.self, CompletionsCommand.self,
    ]
  )

  static func main() async {
    do {
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
}
