import Experiment
import FunSearch
import PythonSyntax
import Reports

/// One program in the JSON of `top` and `show`.
struct ProgramObject: Encodable {
  let program: Int
  let outcome: String
  let score: Double?
  let scores: [Double]?
  let verified: Bool?
  let kind: String?
  let message: String?
  let line: Int?
  let island: Int?
  let step: Int?
  let epoch: Int?
  let parents: [Int]
  let operators: [String]
  let registration: String?
  let hash: String?
  let source: String
  /// What a model was asked and answered; absent where none was, and in lists.
  let exchange: ExchangeObject?

  init(_ view: ProgramView, _ exchange: ModelExchange? = nil) {
    self.exchange = exchange.map(ExchangeObject.init)
    program = view.program.number
    source = view.source
    switch view.outcome {
    case .scored(let result):
      outcome = "scored"
      score = result.total
      scores = result.perInput
      verified = view.claim?.verified
      (kind, message, line) = (nil, nil, nil)
    case .failed(let failure):
      outcome = "failed"
      (score, scores, verified) = (nil, nil, nil)
      kind = failure.kind.rawValue
      message = failure.message
      line = failure.line
    }
    island = view.step?.step.island.number
    step = view.step?.step.step
    epoch = view.step?.epoch
    parents = view.step?.parents.map(\.number) ?? []
    operators = view.step?.operators ?? []
    registration = view.step?.registration.rawValue
    hash = view.step?.hash.description
  }
}
