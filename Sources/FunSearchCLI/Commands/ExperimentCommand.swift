import ArgumentParser
import Experiment
import Foundation

struct ExperimentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Compare methods on a problem: the same budget and seeds for each.",
    discussion: """
      Runs every method with every seed, several runs side by side, and says what came of them: median, quartiles \
      and best of the scores, how many runs reached the target and after how many evaluations, with bootstrap \
      intervals, and what the best programs score on held-out inputs. Each run is an ordinary one, in \
      RESULTS/experiments/NAME/PROBLEM/METHOD-SEED. The same command goes on where it was stopped or killed; with \
      more seeds, steps or methods it adds to what is there.

      Methods:
      \(methods)

        funsearch experiment --problem cap-set --inputs 6 --target 112 --seeds 10 --steps 20000
        funsearch experiment --problem bin-packing-or-scalar --methods offline,paper-random --seeds 3-7
        funsearch experiment comparison.yaml --jobs 4

      A file has the keys problem, name, inputs, seeds, steps, max_time, target, islands, workers, jobs, settings \
      and methods; Documentation/Experiments.md tells more.
      """
  )

  private static var methods: String {
    ComparedMethod.all.map { "  \($0.method.name): \($0.meaning)" }.joined(separator: "\n")
  }

  @Argument(help: "The file of an experiment (YAML).", completion: .file(extensions: ["yaml"]))
  var file: String?

  @OptionGroup var options: ExperimentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let plan = try options.plan(file)
    Interruption.watch()
    let reporter = ExperimentReporter(output)
    let report = try await ExperimentRunner.run(
      plan,
      installation: try Installation.find(),
      isInterrupted: { Interruption.isRequested },
      observer: reporter.show
    )
    reporter.finish(report)
    if !report.isWhole, Interruption.isRequested {
      Output.note("interrupted: the same command goes on")
      throw ExitStatus.interrupted
    }
  }
}
