import LanguageModels
import PythonSyntax
import Synchronization

/// A server in a list: each request takes the next step, the last again and again.
final class FakeExchange: HTTPExchange {
  typealias Step = Result<HTTPAnswer, HTTPFault>

  private let steps: [Step]
  private let received = Mutex<[HTTPRequest]>([])

  init(_ steps: [Step]) {
    self.steps = steps
  }

  var requests: [HTTPRequest] { received.withLock { $0 } }

  /// The bodies of the requests as JSON.
  var bodies: [JSONValue] { requests.compactMap { try? JSONValue(parsing: $0.body) } }

  func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPFault) -> HTTPAnswer {
    let index = received.withLock { received in
      received.append(request)
      return received.count - 1
    }
    return try steps[min(index, steps.count - 1)].get()
  }

  func close() async {}
}

extension HTTPAnswer {
  static func json(_ status: Int, _ body: String, _ fields: [String: String] = [:]) -> HTTPAnswer {
    HTTPAnswer(
      status: status,
      fields: fields.merging(["content-type": "application/json"]) { first, _ in first },
      body: Array(body.utf8)
    )
  }

  static func text(_ status: Int, _ body: String, type: String) -> HTTPAnswer {
    HTTPAnswer(status: status, fields: ["content-type": type], body: Array(body.utf8))
  }

  /// A chat completion that says `text`.
  static func chat(_ text: String) -> HTTPAnswer {
    .json(
      200,
      """
      {"model":"m-1","choices":[{"message":{"role":"assistant","content":"\(text)"},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
      """
    )
  }
}

/// A service of models whose servers are fake and whose time is manual.
struct FakeWorld {
  let timer = ManualTimer()
  let notices = Notices()

  final class Notices: Sendable {
    private let all = Mutex<[String]>([])
    var texts: [String] { all.withLock { $0 } }
    func add(_ notice: ModelNotice) { all.withLock { $0.append(notice.description) } }
  }

  func service(
    _ configurations: [ModelConfiguration],
    described: [ModelConfiguration] = [],
    environment: [String: String] = ["OPENAI_API_KEY": FakeWorld.key, "GEMINI_API_KEY": FakeWorld.key],
    learned: LearnedCapabilities = LearnedCapabilities(),
    draw: @escaping @Sendable () -> Double = { 0.5 },
    tokens: @escaping TokenReader = { _ in Secret("token") },
    _ exchange: @escaping (String) -> any HTTPExchange
  ) throws -> ModelService {
    try ModelService(
      configurations,
      described: described,
      environment: environment,
      learned: learned,
      world: CallWorld(timer: timer, draw: draw, notice: { [notices] in notices.add($0) }),
      tokens: tokens
    ) { configuration in exchange(configuration.name) }
  }

  static let key = "sk-test-0123456789abcdef"

  static let question = [ModelTurn(role: .user, text: "How large is a cap set?")]
}
