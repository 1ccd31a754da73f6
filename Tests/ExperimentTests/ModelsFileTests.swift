import Experiment
import Foundation
import LanguageModels
import ProblemFiles
import Testing

@Suite("A file of models")
struct ModelsFileTests {
  @Test("describes models in a list or by name, with the line of what is wrong")
  func reading() throws {
    let list = """
      models:
        - name: fast
          model: gemini-3.8-flash
          temperature: 0.7
          price: {input: 0.75, output: 3.75}
        - {name: local, model: qwen3, api_base: "http://127.0.0.1:11434/v1", concurrency: 2}
      """
    let models = try ModelsFile.models(yaml: list, path: "models.yaml")
    #expect(models.map(\.name) == ["fast", "local"])
    #expect(models[0].givenPrice == ModelPrice(input: 0.75, output: 3.75))
    #expect(models[1].concurrency == 2)
    let byName = "models:\n  fast: {model: gemini-3.8-flash}\n  strong: gpt-4o\n"
    #expect(try ModelsFile.models(yaml: byName, path: "m").map(\.name) == ["fast", "strong"])
  }

  private static func problem(_ section: String, in folder: TemporaryFolder) throws -> ProblemFolder {
    let specification = "import funsearch\n\n\n@funsearch.run\ndef evaluate(n):\n  return f(n)\n\n\n"
      + "@funsearch.evolve\ndef f(n):\n  return 0\n"
    try specification.write(toFile: folder.path + "/specification.py", atomically: true, encoding: .utf8)
    let yaml = "title: Toy\ninputs: [1]\n" + section
    try yaml.write(toFile: folder.path + "/problem.yaml", atomically: true, encoding: .utf8)
    return try ProblemFolder(folder.path)
  }

  @Test("may be a section of problem.yaml, with the same keys")
  func section() throws {
    let folder = try TemporaryFolder()
    #expect(try ModelsFile.models(of: Self.problem("", in: folder)).isEmpty)
    let text = "models:\n  - {name: local, model: qwen3, api_base: \"http://127.0.0.1:1/v1\", weight: 3}\n"
    let models = try ModelsFile.models(of: Self.problem(text, in: folder))
    #expect(models.map(\.name) == ["local"] && models[0].weight == 3)
    #expect(try ModelsFile.models(reading: folder.path + "/problem.yaml") == models)
    let wrong = try Self.problem("models:\n  - model: gpt-4o\n    wieght: 1\n", in: folder)
    let error = #expect(throws: ModelConfigurationError.self) { try ModelsFile.models(of: wrong) }
    #expect(error?.place == folder.path + "/problem.yaml:5")
    #expect(error?.detail == "unknown key \"wieght\"; did you mean \"weight\"?")
  }

  @Test(
    "says file, line and what was meant",
    arguments: [
      (
        "models:\n  - model: gemini-3.8-flash\n    wieght: 1\n",
        "m.yaml:3: unknown key \"wieght\"; did you mean \"weight\"?"
      ),
      ("modles: []\n", "m.yaml:1: unknown key \"modles\"; did you mean \"models\"?"),
      ("models: []\n", "m.yaml:1: \"models\" is empty"),
      ("models:\n  - model: gemini-3.8-flash\n    temperature: hot\n", "m.yaml:3: \"temperature\""),
      ("models: [\n", "m.yaml:"),
      ("", "m.yaml"),
    ]
  )
  func mistakes(text: String, message: String) {
    let error = #expect(throws: (any Error).self) { try ModelsFile.models(yaml: text, path: "m.yaml") }
    #expect(error.map { "\($0)".hasPrefix(message) } == true, "\(String(describing: error))")
  }
}
