/// What the runs of one method came to.
package struct MethodSummary: Sendable {
  package let method: ComparedMethod
  package let runs: Int
  package let scores: SampleStatistics
  /// Runs that reached the target, the share they are, and where that share lies; nil without a target.
  package let success: (reached: Int, rate: Double, interval: SampleStatistics.Interval)?
  /// Different programs until the target; infinite for runs that did not reach it.
  package let evaluationsToTarget: SampleStatistics?
  /// Evaluations of all runs for each that reached the target; infinite where none did.
  package let expectedEvaluations: Double?
  /// By name of the set, of the runs whose program has a score there.
  package let heldOut: [String: SampleStatistics]
  package let evaluations: Int
  package let cpuSeconds: Double
  package let wallSeconds: Double

  /// Nil for no runs.
  init?(_ method: ComparedMethod, _ runs: [ComparedRun], hasTarget: Bool) {
    guard let scores = SampleStatistics(runs.map(\.score)) else { return nil }
    self.method = method
    self.runs = runs.count
    self.scores = scores
    let reached = runs.count { $0.toTarget != nil }
    let evaluations = runs.map(\.evaluations).reduce(0, +)
    self.evaluations = evaluations
    if hasTarget {
      let rate = Double(reached) / Double(runs.count)
      success = (reached, rate, Bootstrap.share(runs.map { $0.toTarget != nil }))
      evaluationsToTarget = SampleStatistics(
        runs.map { $0.toTarget.map { Double($0.evaluations) } ?? .infinity }
      )
      let spent = runs.map { $0.toTarget?.evaluations ?? $0.evaluations }.reduce(0, +)
      expectedEvaluations = reached == 0 ? .infinity : Double(spent) / Double(reached)
    } else {
      (success, evaluationsToTarget, expectedEvaluations) = (nil, nil, nil)
    }
    var heldOut: [String: SampleStatistics] = [:]
    for name in Set(runs.flatMap { $0.heldOut.sets.keys }) {
      heldOut[name] = SampleStatistics(runs.compactMap { $0.heldOut.sets[name]?.score })
    }
    self.heldOut = heldOut
    cpuSeconds = runs.map(\.cpuSeconds).reduce(0, +)
    wallSeconds = runs.map(\.wallSeconds).reduce(0, +)
  }
}
