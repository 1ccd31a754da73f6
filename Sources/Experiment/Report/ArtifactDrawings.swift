import FunSearch
import ProblemFiles
package import Reports
import RunJournal
import SandboxWorkers

/// Has a problem's view draw what the best program found.
package enum ArtifactDrawings {
  /// The most inputs that are drawn.
  private static let most = 4

  /// A drawing for each of the first inputs; none where the problem has no view or the program no artifacts.
  ///
  /// - Parameters:
  ///   - claim: of the program.
  ///   - problem: what it was scored on.
  ///   - view: the text of the problem's `view.py`.
  ///   - pool: processes of the problem.
  /// - Returns: drawings that were let through, or why there is none.
  static func make(
    _ claim: Claim,
    of problem: Problem,
    view: String,
    _ pool: SandboxPool
  ) async -> [RunReport.Drawing] {
    // Of a noisy problem the claim holds evidence, not objects.
    guard problem.noise == nil else { return [] }
    var drawings: [RunReport.Drawing] = []
    for (place, artifact) in claim.artifacts.prefix(most).enumerated() {
      guard artifact != "null", problem.inputs.indices.contains(place) else { continue }
      let content = await draw(view, place, artifact, pool)
      drawings.append(RunReport.Drawing(input: problem.inputs[place].json, content: content))
    }
    return drawings
  }

  private static func draw(
    _ view: String,
    _ input: Int,
    _ artifact: String,
    _ pool: SandboxPool
  ) async -> RunReport.Drawing.Content {
    do {
      switch try await pool.draw((ProblemFile.viewName, view), input: input, artifact: artifact) {
      case .svg(let text): return .svg(try DrawingFilter.safe(text))
      case .failed(let message): return .message(message)
      }
    } catch {
      return .message("\(ProblemFile.viewName): \(error)")
    }
  }

  /// The same for a run that has ended, in processes of its own; none where the problem has no view.
  ///
  /// What is wrong with the machine or the frozen problem is said in the place of a drawing.
  package static func make(_ stored: StoredRun, installation: Installation) async -> [RunReport.Drawing] {
    guard let view = (try? ProblemFolder(stored.folder.frozenProblem))?.view else { return [] }
    do {
      guard let claim = try claim(stored), !claim.artifacts.isEmpty else { return [] }
      let opened = try await stored.open(installation: installation)
      let pool = try opened.pool(workers: 1)
      let drawings = await make(claim, of: opened.problem, view: view, pool)
      await pool.stop()
      return drawings
    } catch {
      return [RunReport.Drawing(input: "", content: .message("\(error)"))]
    }
  }

  /// That of the best program so far.
  private static func claim(_ stored: StoredRun) throws -> Claim? {
    try stored.reader.bestClaim(length: try stored.historyLength)
  }
}
