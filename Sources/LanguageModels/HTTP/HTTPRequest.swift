/// A `POST` of JSON to a model's server.
package struct HTTPRequest: Sendable {
  package var url: String
  package var fields: [HTTPField]
  package var body: [UInt8]

  package init(url: String, fields: [HTTPField] = [], body: [UInt8] = []) {
    self.url = url
    self.fields = fields
    self.body = body
  }
}

/// A header field of a request.
package struct HTTPField: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case plain(String)
    /// Never shown.
    case secret(Secret)
  }

  package let name: String
  package let value: Value

  package init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  /// What is sent.
  package var text: String {
    switch value {
    case .plain(let text): text
    case .secret(let secret): secret.revealed
    }
  }
}

/// What a server sent back.
package struct HTTPAnswer: Sendable, Hashable {
  package var status: Int
  /// Names in lower case; of repeated fields the last.
  package var fields: [String: String]
  package var body: [UInt8]
  /// From sending the request to the head of the answer; nil where nobody measured.
  package var firstByte: Duration?

  package init(status: Int, fields: [String: String] = [:], body: [UInt8] = [], firstByte: Duration? = nil) {
    self.status = status
    self.fields = fields
    self.body = body
    self.firstByte = firstByte
  }
}

/// How long and how large an exchange may be.
package struct HTTPLimits: Sendable, Hashable {
  /// Until the connection stands.
  package var connect: Duration
  /// From sending the request to the head of the answer.
  package var firstByte: Duration
  /// Between two pieces of the answer.
  package var idle: Duration
  /// The whole exchange.
  package var total: Duration
  /// Of the answer's body.
  package var answerBytes: Int

  package init(
    connect: Duration,
    firstByte: Duration,
    idle: Duration,
    total: Duration,
    answerBytes: Int = 32 << 20
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
    self.answerBytes = answerBytes
  }
}
