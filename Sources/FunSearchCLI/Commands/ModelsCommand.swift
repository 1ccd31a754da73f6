import ArgumentParser
import Experiment
import Foundation
import LanguageModels

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List language models: whose they are, whether their key is there, what they cost and take.",
    discussion: """
      Without options the models that are known by name; with --model or --models-file those. Nothing is sent: \
      funsearch doctor --model NAME asks one. Prices are US dollars per million tokens, of today, and change; a price \
      in a file of models goes before them.

        funsearch models
        funsearch models --model qwen3-coder --api-base http://127.0.0.1:11434/v1
        funsearch models --models-file models.yaml --json
      """
  )

  @OptionGroup var choice: ModelChoiceOptions

  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  func run() throws {
    let selected = try choice.selected()
    let views = try ModelView.all(selected, environment: ProcessInfo.processInfo.environment)
    if json { return try Output.json(views.map(ModelObject.init)) }
    let rows = views.map { view in
      [
        view.name, view.provider, view.key,
        view.price.map { "\(numberText($0.input)) / \(numberText($0.output))" }
          ?? "not known", view.capability,
      ]
    }
    Output.line(TextTable(["model", "provider", "key", "USD in / out", "takes"]).text(rows))
  }
}

/// A model in `models --json`.
private struct ModelObject: Encodable {
  let name: String
  let provider: String
  let host: String
  let weight: Double
  let keyPresent: Bool
  let keyRequired: Bool
  let key: String
  let price: PriceObject?
  let known: Bool
  let maxInputTokens: Int?
  let maxOutputTokens: Int?
  let parameters: [String]

  enum CodingKeys: String, CodingKey {
    case name, provider, host, weight, key, price, known, parameters
    case keyPresent = "key_present"
    case keyRequired = "key_required"
    case maxInputTokens = "max_input_tokens"
    case maxOutputTokens = "max_output_tokens"
  }

  struct PriceObject: Encodable {
    let input: Double
    let output: Double
    let cached: Double?
  }

  init(_ view: ModelView) {
    name = view.name
    provider = view.provider
    host = view.host
    weight = view.weight
    keyPresent = view.hasKey
    keyRequired = view.needsKey
    key = view.key
    price = view.price.map { PriceObject(input: $0.input, output: $0.output, cached: $0.cached) }
    known = view.isKnown
    maxInputTokens = view.maximumInput
    maxOutputTokens = view.maximumOutput
    parameters = view.parameters
  }
}
