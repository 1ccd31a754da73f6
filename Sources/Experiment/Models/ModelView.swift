package import LanguageModels

/// What is known of a model before it is asked.
package struct ModelView: Sendable {
  package let name: String
  package let provider: String
  package let host: String
  package let weight: Double
  /// Where its key is, or what to set.
  package let key: String
  package let hasKey: Bool
  package let needsKey: Bool
  /// US dollars per million tokens, today; nil where not known.
  package let price: ModelPrice?
  /// Whether the table describes the model.
  package let isKnown: Bool
  package let maximumInput: Int?
  package let maximumOutput: Int?
  /// What it takes beside the question, sorted.
  package let parameters: [String]

  /// One line: what it takes.
  package var capability: String {
    guard isKnown else { return "not described; asked with the least its server takes" }
    return parameters.joined(separator: ", ")
  }

  init(_ model: ModelConfiguration, environment: [String: String]) {
    name = model.name
    provider = model.provider.rawValue
    host = model.host
    weight = model.weight
    let variables = model.key.variables
    let found = variables.first { !(environment[$0] ?? "").isEmpty }
    needsKey = model.key.isRequired
    hasKey = model.key.file != nil || found != nil
    key =
      if let file = model.key.file {
        "in \(file)"
      } else if let found {
        "in \(found)"
      } else if model.provider == .vertex {
        "by \(model.tokenCommand.joined(separator: " "))"
      } else {
        model.key.isRequired ? "missing: set \(variables.joined(separator: " or "))" : "not needed"
      }
    price = model.price(on: ModelAccess.today)
    let capability = model.capability
    isKnown = capability.isKnown
    maximumInput = capability.maximumInput
    maximumOutput = capability.maximumOutput
    parameters = capability.parameters.map(\.rawValue).sorted()
  }

  /// Names that say whose model they are, and that have a price.
  private static let known = [
    "gemini-3.8-flash", "gemini-3.7-flash", "gemini-3.6-flash", "gemini-3.5-flash", "gemini-3.5-flash-lite",
    "gemini-2.5-pro", "gemini-2.5-flash", "gpt-6.1-sol", "gpt-6-astra",
  ]

  /// The models given; without any, those that are known by name.
  ///
  /// - Parameters:
  ///   - models: how they are configured.
  ///   - environment: the variables of the process, in which keys are looked for.
  /// - Returns: a view of each, in their order.
  /// - Throws: `ModelConfigurationError`, never for the known ones.
  package static func all(
    _ models: [ModelConfiguration],
    environment: [String: String]
  ) throws -> [ModelView] {
    let models = try models.isEmpty ? known.map { try ModelConfiguration(named: $0) } : models
    return models.map { ModelView($0, environment: environment) }
  }
}
