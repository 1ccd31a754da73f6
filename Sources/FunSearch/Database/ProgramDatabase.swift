package import PythonSyntax

/// All islands of a run, and their common founder.
package struct ProgramDatabase: Sendable {
  package internal(set) var configuration: SearchConfiguration
  package let founder: Program
  private let founderHash: TreeHash
  package private(set) var islands: [Island]
  /// Counts the resets so far.
  package private(set) var epoch = 0
  /// By island; kept where models are chosen by them.
  private var answers: [ModelAnswers]
  /// Of all programs registered, where ``answers`` are kept.
  private var scores: [ProgramID: Double]

  package init(founder: Program, hash: TreeHash, configuration: SearchConfiguration) {
    self.configuration = configuration
    self.founder = founder
    founderHash = hash
    answers = Array(repeating: ModelAnswers(), count: configuration.islands)
    scores = [founder.id: founder.scores.total]
    islands = (0..<configuration.islands).map {
      Island(IslandID($0), founder: founder, hash: hash, configuration: configuration)
    }
  }

  /// The prompt of a step, drawn from its island as it stands now.
  package func prompt(for step: StepID, scoreUnit: Double) -> Prompt {
    climbingPrompt(for: step) ?? bestShotPrompt(for: step, scoreUnit: scoreUnit)
  }

  /// The prompt of a step that does not climb.
  package func bestShotPrompt(for step: StepID, scoreUnit: Double) -> Prompt {
    let island = step.island.number
    var stream = stream(for: step, .prompt)
    let temperature = configuration.temperature(programs: islands[island].registered) * scoreUnit
    let versions = islands[island].draw(configuration.parents, temperature: temperature, from: &stream)
    return Prompt(
      step: step,
      epoch: epoch,
      versions: versions,
      failures: islands[island].failures,
      answers: answers[island]
    )
  }

  /// The prompt of a step that climbs; nil for the others.
  private func climbingPrompt(for step: StepID) -> Prompt? {
    guard configuration.climbShare > 0 else { return nil }
    let island = step.island.number
    var stream = stream(for: step, .climb)
    let share = epoch < 2 ? configuration.climbShare : configuration.climbShareLater
    guard stream.chance(share) else { return nil }
    let best = islands[island].best
    return islands[island].climbs.prompt(for: step, epoch: epoch, best: best, configuration, from: &stream)
  }

  private func stream(for step: StepID, _ purpose: RandomPurpose) -> RandomStream {
    RandomStream(seed: configuration.seed, island: step.island.number, step: step.step, purpose: purpose)
  }

  /// Takes a committed step into its island's climb, if it belongs to one.
  ///
  /// `program` is nil for a candidate that failed or that the island had proposed before.
  package mutating func noteClimb(
    operators: [String],
    parents: [ProgramID],
    _ program: Program?,
    at step: StepID
  ) {
    guard let move = ClimbStep(operators: operators, parents: parents) else { return }
    islands[step.island.number].climbs.note(move, program, configuration)
  }

  /// Remembers the failure of a committed step, for prompts that tell of it.
  package mutating func noteFailure(of outcome: Outcome, parents: [ProgramID], at step: StepID) {
    guard case .failed(let failure) = outcome else { return }
    islands[step.island.number].failures.note(failure, parents: parents)
  }

  /// Remembers how a model's answer turned out, where later models are chosen by that.
  package mutating func noteAnswer(_ record: StepRecord) {
    guard configuration.models.choice == .bandit else { return }
    var score: Double?
    if case .scored(let found) = record.outcome, record.registration != .duplicate {
      score = found.total
      scores[record.step.program(islands: islands.count)] = found.total
    }
    guard let model = Candidate.model(of: record.operators) else { return }
    let shown = record.parents.compactMap { scores[$0] }.max()
    let isBetter = score.map { score in shown.map { score > $0 } ?? false } ?? false
    answers[record.step.island.number].note(model, isBetter: isBetter)
  }

  /// Registers a scored program in its island.
  package mutating func register(_ program: Program, at step: StepID) -> Registration {
    islands[step.island.number].register(program, at: step.step)
  }

  /// Notes a proposal; false when its island had proposed the same program before.
  package mutating func propose(_ hash: TreeHash, in island: IslandID) -> Bool {
    islands[island.number].propose(hash)
  }

  /// Empties the worse half of the islands and founds each again (Methods, "Islands").
  ///
  /// Islands of equal best score are ordered by a random draw. One of the emptied islands starts again from
  /// the specification's own program when the configuration says so, which the paper does not do: it keeps a
  /// path open that no survivor took (reference: measured on n = 6 and 7 cap sets).
  package mutating func reset() -> ResetRecord {
    epoch += 1
    var stream = RandomStream(seed: configuration.seed, island: 0, step: epoch, purpose: .reset)
    let shuffled = stream.shuffled(islands).enumerated().map { (place: $0, island: $1) }
    let order = shuffled.sorted {
      ($0.island.best.scores.total, $0.place) < ($1.island.best.scores.total, $1.place)
    }.map(\.island.id)
    let emptied = order.prefix(islands.count / 2)
    let survivors = order.dropFirst(islands.count / 2).sorted()
    var foundings: [Founding] = []
    for (place, island) in emptied.sorted().enumerated() {
      let again = place == 0 && configuration.refound && emptied.count > 1
      let source = again ? nil : stream.element(of: survivors)
      let program = source.map { islands[$0.number].best } ?? founder
      foundings.append(Founding(island: island, from: source, founder: program.id))
    }
    apply(foundings)
    return ResetRecord(epoch: epoch, foundings: foundings)
  }

  private mutating func apply(_ foundings: [Founding]) {
    Climbs.share(&islands)
    ModelAnswers.share(&answers)
    for founding in foundings {
      let program = founding.from.map { islands[$0.number].best } ?? founder
      islands[founding.island.number] = Island(
        founding.island,
        founder: program,
        hash: founderHash,
        configuration: configuration,
        climbs: islands[founding.island.number].climbs
      )
    }
  }
}
