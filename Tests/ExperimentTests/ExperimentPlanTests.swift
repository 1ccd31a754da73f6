import Experiment
import FunSearch
import ProblemFiles
import Testing

@Suite("The plan of an experiment")
struct ExperimentPlanTests {
  private static func plan(_ yaml: String) throws -> ExperimentPlan {
    try ExperimentPlan(
      try ExperimentFile(yaml: yaml, path: "e.yaml"),
      seconds: { $0 == "10m" ? "600" : $0 },
      jobs: 2,
      results: "R"
    )
  }

  @Test("has every method with every seed, seed by seed, and the settings in order")
  func cells() throws {
    let plan = try Self.plan(
      """
      problem: cap-set
      seeds: 2-3
      steps: 50
      max_time: 10m
      islands: 8
      settings: {lag: 8}
      methods:
        - offline
        - {name: single, method: one-island, settings: {search.temperature: 2}}
      """
    )
    #expect(plan.cells.map(\.run) == ["offline-2", "single-2", "offline-3", "single-3"])
    let settings = plan.cells[1].settings.map { "\($0.key)=\($0.value)" }
    #expect(
      settings == [
        "search.lag=8", "search.islands=8", "run.steps=50", "run.max_seconds=600", "search.islands=1",
        "search.temperature=2", "search.seed=2",
      ]
    )
    try plan.check()
  }

  @Test("knows methods whose settings can all be set")
  func methods() throws {
    #expect(Set(ComparedMethod.all.map(\.method.name)).count == ComparedMethod.all.count)
    for (method, meaning) in ComparedMethod.all {
      #expect(!meaning.isEmpty)
      for setting in method.settings {
        #expect(try ExperimentPlan.checked(setting.key, setting.value) == setting)
      }
    }
    let error = #expect(throws: RunError.self) { try ComparedMethod.named("hil-climb") }
    #expect(error?.description == "unknown method \"hil-climb\"; did you mean \"hill-climb\"?")
  }

  @Test(
    "names file and line of what is wrong",
    arguments: [
      ("problem: p\nsteps: many", "e.yaml:2: run.steps=many"),
      (
        "problem: p\nsettings:\n  lga: 4",
        "e.yaml:3: unknown setting \"search.lga\"; did you mean \"search.lag\"?"
      ),
      ("problem: p\nmethods:\n  - ofline", "e.yaml:3: unknown method \"ofline\"; did you mean \"offline\"?"),
      ("problem: p\nseeds: none", "e.yaml:2: seeds none: write how many"),
      ("problem: p\njobs: 0", "e.yaml:2: \"jobs\" must be a whole number"),
      ("problem: p\nsettings:\n  search.seed: 4", "e.yaml:3: search.seed=4: the seeds of an experiment"),
      (
        "problem: p\nmethods:\n  - method: offline\n    settings: {run.workers: x}",
        "e.yaml:4: run.workers=x"
      ),
    ]
  )
  func wrong(_ yaml: String, _ message: String) throws {
    let error = #expect(throws: SettingError.self) { try Self.plan(yaml) }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    #expect(error?.isInFile == true)
  }

  @Test("has a folder that depends on what is asked, and not on how long or how often")
  func folderName() throws {
    var plan = try Self.plan("problem: p")
    #expect(plan.folderName(problem: "p") == "p")
    plan.settings = [.init("run.steps", "5"), .init("run.workers", "2")]
    plan.seeds = [5]
    #expect(plan.folderName(problem: "p") == "p")
    plan.inputs = .values(["6"])
    let name = plan.folderName(problem: "p")
    #expect(name.wholeMatch(of: /p-[0-9a-f]{6}/) != nil)
    plan.seeds = [1, 2]
    plan.settings = [.init("run.steps", "9")]
    #expect(plan.folderName(problem: "p") == name)
    plan.settings.append(.init("search.lag", "8"))
    #expect(plan.folderName(problem: "p") != name)
    plan.name = "mine"
    #expect(plan.folderName(problem: "p") == "mine")
  }

  @Test("refuses what cannot be run")
  func check() throws {
    let plan = try Self.plan("problem: p")
    var other = plan
    other.methods = []
    #expect(throws: RunError.self) { try other.check() }
    other = plan
    other.methods += [plan.methods[0]]
    #expect(throws: RunError.self) { try other.check() }
    other = plan
    other.name = "a/b"
    #expect(throws: RunError.self) { try other.check() }
    other = plan
    other.jobs = 0
    #expect(throws: RunError.self) { try other.check() }
  }
}
