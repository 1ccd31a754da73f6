/// Why a model gave no answer.
package struct ModelError: Error, Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The key is missing, wrong or not allowed to do this.
    case credentials
    /// The server refuses the request itself, whenever it is sent.
    case badRequest = "bad request"
    /// The model or the address is not there.
    case notFound = "not found"
    /// Money or a daily quota is used up.
    case quota
    /// Asked too often, after all retries.
    case rateLimit = "rate limit"
    /// The server failed or was too busy, after all retries.
    case unavailable
    /// The connection could not be made or broke, after all retries.
    case connection
    /// No answer within the total deadline.
    case deadline
    /// The server's answer could not be read.
    case malformed
    /// The question was longer than the model takes.
    case tooLong = "too long"
    /// A budget of the run does not allow the call.
    case budget
    /// A replay lacks the answer.
    case notRecorded = "not recorded"
    /// The call was given up because the run ends.
    case cancelled
  }

  package let kind: Kind
  /// What was wrong, where, and what to do; never a key.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension ModelError: CustomStringConvertible {
  package var description: String { message }
}
