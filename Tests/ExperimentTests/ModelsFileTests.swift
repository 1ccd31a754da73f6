import Experiment
import LanguageModels
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
