package import RunJournal

/// Everything a run's report shows, read and ready to be drawn.
package struct RunReport: Sendable {
  package var problem: String
  package var title: String
  package var run: String
  /// As `funsearch` is given it in commands.
  package var path: String
  /// `running`, `finished` and so on.
  package var state: String
  package var best: Best
  package var target: Double?
  package var knownBest: Double?
  package var seed: String
  package var steps: Int
  package var evaluations: Int
  package var duplicates: Int
  package var digest: String
  package var course: RunCourse
  /// The best first.
  package var programs: [Program]
  package var drawings: [Drawing]
  package var lineage: LineageView
  package var changes: [Change]
  package var failures: [FailureExample]
  package var commands: [(purpose: String, command: String)]
  package var settings: [(key: String, value: String)]
  package var environment: [(name: String, value: String)]
  package var events: [RunEvent]
  package var elapsedSeconds: Double
  /// Nil for a run without language models.
  package var models: ModelCosts?
  /// The problem's source, shown in a part that is closed at first.
  package var specification: String?

  package init(
    problem: String,
    title: String,
    run: String,
    path: String,
    state: String,
    best: Best,
    target: Double?,
    knownBest: Double?,
    seed: String,
    steps: Int,
    evaluations: Int,
    duplicates: Int,
    digest: String,
    course: RunCourse,
    programs: [Program],
    drawings: [Drawing],
    lineage: LineageView,
    changes: [Change],
    failures: [FailureExample],
    commands: [(purpose: String, command: String)],
    settings: [(key: String, value: String)],
    environment: [(name: String, value: String)],
    events: [RunEvent],
    elapsedSeconds: Double,
    models: ModelCosts?,
    specification: String?
  ) {
    self.problem = problem
    self.title = title
    self.run = run
    self.path = path
    self.state = state
    self.best = best
    self.target = target
    self.knownBest = knownBest
    self.seed = seed
    self.steps = steps
    self.evaluations = evaluations
    self.duplicates = duplicates
    self.digest = digest
    self.course = course
    self.programs = programs
    self.drawings = drawings
    self.lineage = lineage
    self.changes = changes
    self.failures = failures
    self.commands = commands
    self.settings = settings
    self.environment = environment
    self.events = events
    self.elapsedSeconds = elapsedSeconds
    self.models = models
    self.specification = specification
  }

  /// The best program.
  package struct Best: Hashable, Sendable {
    package let program: Int
    package let score: Double
    package let verified: Bool
    /// JSON texts.
    package let inputs: [String]
    /// One for each input.
    package let scores: [Double]

    package init(program: Int, score: Double, verified: Bool, inputs: [String], scores: [Double]) {
      self.program = program
      self.score = score
      self.verified = verified
      self.inputs = inputs
      self.scores = scores
    }
  }

  /// One of the best programs.
  package struct Program: Hashable, Sendable {
    package let program: Int
    package let score: Double
    /// Nil where it was no best of its island, and so never checked.
    package let verified: Bool?
    /// Such as `island 3, step 120`.
    package let place: String
    package let operators: [String]
    package let source: String
    /// Nil where no model wrote it.
    package let exchange: ModelExchange?

    package init(
      program: Int,
      score: Double,
      verified: Bool?,
      place: String,
      operators: [String],
      source: String,
      exchange: ModelExchange?
    ) {
      self.program = program
      self.score = score
      self.verified = verified
      self.place = place
      self.operators = operators
      self.source = source
      self.exchange = exchange
    }
  }

  /// The artifact of the best program on one input, as the problem's view draws it.
  package struct Drawing: Hashable, Sendable {
    /// JSON text.
    package let input: String
    package let content: Content

    /// A drawing, or why there is none.
    package enum Content: Hashable, Sendable {
      case svg(HTML)
      case message(String)
    }

    package init(input: String, content: Content) {
      self.input = input
      self.content = content
    }
  }

  /// A step of the best program's main line, from the parent to the child.
  package struct Change: Hashable, Sendable {
    package let from: Int
    package let to: Int
    package let score: Double?
    /// The score above the parent's.
    package let gain: Double?
    package let operators: [String]
    package let diff: UnifiedDiff
    /// Programs of the main line between the two that are not shown, since the score stayed as it was.
    package let skipped: Int

    package init(
      from: Int,
      to: Int,
      score: Double?,
      gain: Double?,
      operators: [String],
      diff: UnifiedDiff,
      skipped: Int
    ) {
      self.from = from
      self.to = to
      self.score = score
      self.gain = gain
      self.operators = operators
      self.diff = diff
      self.skipped = skipped
    }
  }

  /// A reason for failures with the first program that has it.
  package struct FailureExample: Hashable, Sendable {
    package let reason: FailureCount
    package let source: String

    package init(reason: FailureCount, source: String) {
      self.reason = reason
      self.source = source
    }
  }
}
