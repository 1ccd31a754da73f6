import PythonSyntax

/// What servers say of an error, in all the shapes in which they say it.
struct ErrorBody {
  var message = ""
  /// A word for the error: `code`, `status` and `type` of the many shapes.
  var words: [String] = []
  /// The status inside the body; nil when there is none.
  var code: Int?
  /// The parameters it names.
  var names: [String] = []
  var retryDelay: Duration?
  var quotaIDs: [String] = []
  var quotaValues: [String] = []

  /// Reads the body of an answer.
  init(_ bytes: [UInt8]) {
    if let json = LenientJSON.value(bytes) {
      self.init(json)
    } else {
      self.init(message: Self.readable(String(decoding: bytes.prefix(20_000), as: UTF8.self)))
    }
  }

  private init(message: String) {
    self.message = message
  }

  /// Reads an error, in a list of one or in an object, as an object or as a text.
  init(_ json: JSONValue) {
    let json = json.array?.first ?? json
    let error = json["error"] ?? json
    if let text = error.string { message = text }
    message = error["message"]?.string ?? json["message"]?.string ?? message
    for key in ["code", "status", "type", "reason"] {
      if let word = error[key]?.string { words.append(word) }
    }
    code = error["code"]?.count ?? error["status"]?.int
    if let name = error["param"]?.string { names.append(name) }
    for detail in error["details"]?.array ?? [] { read(detail) }
    readValidation(json["detail"])
    if let raw = error["metadata"]?["raw"]?.string { message += " (\(raw.prefix(300)))" }
    if message.isEmpty { message = Self.readable(String(decoding: json.serialized, as: UTF8.self)) }
  }

  /// A detail of Google's errors.
  private mutating func read(_ detail: JSONValue) {
    if let delay = detail.member("retryDelay")?.string { retryDelay = Duration(written: delay) }
    if let reason = detail["reason"]?.string { words.append(reason) }
    for violation in detail["violations"]?.array ?? [] {
      if let quota = violation.member("quotaId")?.string { quotaIDs.append(quota) }
      if let value = violation.member("quotaValue")?.scalarText { quotaValues.append(value) }
    }
    for violation in detail.member("fieldViolations")?.array ?? [] {
      if let field = violation["field"]?.string { names.append(field) }
      if let text = violation["description"]?.string, !message.contains(text) { message += " " + text }
    }
  }

  /// The `detail` of servers built on FastAPI: a text, or a list of places and messages.
  private mutating func readValidation(_ detail: JSONValue?) {
    if let text = detail?.string, message.isEmpty { message = text }
    for item in detail?.array ?? [] {
      if let place = item["loc"]?.array?.last?.string { names.append(place) }
      if let text = item["msg"]?.string { message += (message.isEmpty ? "" : "; ") + text }
    }
  }

  /// The status of an error that came under a good status; nil where the words do not tell.
  var statusCode: Int? {
    if let code, (400...599).contains(code) { return code }
    let statuses = [
      "INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403,
      "NOT_FOUND": 404, "RESOURCE_EXHAUSTED": 429, "INTERNAL": 500, "UNAVAILABLE": 503,
      "DEADLINE_EXCEEDED": 504, "insufficient_quota": 429, "rate_limit_exceeded": 429,
      "invalid_request_error": 400, "exceed_context_size_error": 400, "authentication_error": 401,
      "overloaded_error": 529,
    ]
    return words.compactMap { statuses[$0] }.first
  }

  /// The first readable words of a page or a text.
  private static func readable(_ text: String) -> String {
    var shown = ""
    var isTag = false
    let page = text.firstRange(of: "<title>").map { text[$0.upperBound...] } ?? text[...]
    for character in page {
      if shown.count >= 200 { break }
      switch character {
      case "<":
        // A title is enough of a page.
        if text.count != page.count { return shown.trimmed }
        isTag = true
      case ">": isTag = false
      case let character where character.isNewline || character == "\t":
        shown += shown.hasSuffix(" ") ? "" : " "
      case let character where !isTag: shown.append(character)
      default: break
      }
    }
    return shown.trimmed
  }
}
