import PythonSyntax

/// Evaluations that wait for a worker, oldest step first, so that islands advance side by side.
struct ReadyQueue: Sendable {
  /// Descending, so that the oldest is last.
  private var entries: [(step: StepID, hash: TreeHash, job: EvaluationJob)] = []

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  mutating func insert(_ hash: TreeHash, _ job: EvaluationJob, for step: StepID) {
    var place = entries.count
    while place > 0, entries[place - 1].step < step { place -= 1 }
    entries.insert((step, hash, job), at: place)
  }

  mutating func takeFirst(_ count: Int) -> (hashes: [TreeHash], jobs: [EvaluationJob]) {
    let taken = entries.suffix(count).reversed()
    entries.removeLast(min(count, entries.count))
    return (taken.map(\.hash), taken.map(\.job))
  }

  mutating func removeAll() {
    entries.removeAll()
  }
}
