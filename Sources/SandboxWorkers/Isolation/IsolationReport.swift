/// What isolates candidates on this machine, and what would make it better: for `doctor`.
package struct IsolationReport: Hashable, Sendable {
  /// The greeting of a worker that was started to see; nil when none could be.
  package let greeting: Greeting?
  /// What keeps the machine from better isolation, with what to do about it.
  package let findings: [IsolationFinding]

  /// Each layer, and whether it is active.
  package let layers: [IsolationLayer]

  /// True when candidates can be run with the isolation asked for.
  package var isUsable: Bool { greeting != nil }

  /// Starts a worker and asks it.
  package static func make(
    python: PythonInterpreter,
    sandboxFolder: String,
    choice: IsolationChoice
  ) async -> IsolationReport {
    do {
      let plan = try await IsolationPlan.make(python: python, sandboxFolder: sandboxFolder, choice: choice)
      let reader = try SourceReader(plan: plan)
      do {
        let greeting = try await reader.greeting()
        await reader.stop()
        let layers = IsolationLayer.all(of: greeting, plan)
        return IsolationReport(greeting: greeting, findings: plan.findings, layers: layers)
      } catch {
        await reader.stop()
        return IsolationReport(greeting: nil, findings: plan.findings + [.refused("\(error)")], layers: [])
      }
    } catch {
      return IsolationReport(greeting: nil, findings: [.refused("\(error)")], layers: [])
    }
  }
}
