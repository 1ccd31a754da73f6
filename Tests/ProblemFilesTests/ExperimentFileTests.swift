import Testing

@testable import ProblemFiles

@Suite("The file of an experiment")
struct ExperimentFileTests {
  @Test("is read in full")
  func full() throws {
    let file = try ExperimentFile(
      yaml: """
        problem: cap-set
        name: sixes
        inputs: [6, {b: 1, a: [2]}]
        seeds: 3-7
        steps: 20_000
        max_time: 10m
        target: 112
        islands: 8
        workers: 1
        jobs: 2
        settings:
          search: {lag: 8}
        methods:
          - random
          - name: hot
            method: offline
            settings: {search.temperature: 2}
        """,
      path: "e.yaml"
    )
    #expect(file.problem == .init(text: "cap-set", line: 1) && file.name?.text == "sixes")
    #expect(file.inputs == ["6", #"{"a":[2],"b":1}"#])
    #expect(file.seeds == .init(text: "3-7", line: 4) && file.steps?.text == "20_000")
    #expect(file.maxTime?.text == "10m" && file.target?.text == "112" && file.islands?.text == "8")
    #expect(file.workers?.text == "1" && file.jobs == .init(text: "2", line: 10))
    #expect(file.settings == [SearchSetting(key: "search.lag", value: "8", line: 12)])
    #expect(
      file.methods == [
        .init(name: "random", base: "random", settings: [], line: 14),
        .init(
          name: "hot",
          base: "offline",
          settings: [SearchSetting(key: "search.temperature", value: "2", line: 17)],
          line: 15
        ),
      ]
    )
  }

  @Test("needs a problem only")
  func short() throws {
    let file = try ExperimentFile(yaml: "problem: p\nseeds: [1, 5]", path: "e.yaml")
    #expect(file.methods.isEmpty && file.inputs == nil && file.seeds?.text == "1,5")
  }

  @Test(
    "tells what is wrong, and where",
    arguments: [
      ("", "e.yaml:1: the file must have keys"),
      ("- a", "e.yaml:1: the file must have keys"),
      ("steps: 5", "e.yaml:1: the key \"problem\" is missing"),
      ("problem: p\nmethod: offline", "e.yaml:2: unknown key \"method\"; did you mean \"methods\"?"),
      ("problem: p\nseed: 3", "e.yaml:2: unknown key \"seed\"; did you mean \"seeds\"?"),
      ("problem: p\nmethods: offline", "e.yaml:2: \"methods\" must be a list"),
      ("problem: p\nmethods: []", "e.yaml:2: \"methods\" must be a list"),
      ("problem: p\nmethods:\n  - a\n  - a", "e.yaml:4: two methods are named \"a\""),
      ("problem: p\nmethods:\n  - name: a", "e.yaml:3: the key \"method\" is missing"),
      (
        "problem: p\nmethods:\n  - method: a\n    setting: {}",
        "e.yaml:4: unknown key \"setting\"; did you mean \"settings\"?"
      ),
      ("problem: p\nsettings: 5", "e.yaml:2: \"settings\" must map"),
      ("problem: p\ninputs: 5", "e.yaml:2: \"inputs\" must be a list"),
      ("problem: p\nproblem: q", "e.yaml:2: key \"problem\" appears twice"),
      ("problem: p\nsettings: {search.lag: 4, search: {lag: 5}}", "is given twice"),
    ]
  )
  func wrong(_ text: String, _ message: String) {
    let error = #expect(throws: ProblemFilesError.self) { try ExperimentFile(yaml: text, path: "e.yaml") }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test("is missed by its name")
  func missing() {
    #expect(throws: ProblemFilesError.self) { try ExperimentFile(reading: "/nowhere/e.yaml") }
  }
}
