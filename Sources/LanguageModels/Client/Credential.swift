import Foundation

/// What shows a server who asks.
package enum Credential: Sendable {
  case none
  case key(Secret)
  case token(TokenSource)

  /// Finds the key of a model, or prepares the command for its tokens.
  ///
  /// - Parameters:
  ///   - configuration: the model.
  ///   - environment: the variables of the process.
  ///   - tokens: runs a command and reads the token that it prints.
  ///   - timer: for the age of tokens.
  /// - Returns: the credential.
  /// - Throws: ``ModelConfigurationError`` that names what to set, when there is no key.
  package static func find(
    for configuration: ModelConfiguration,
    environment: [String: String],
    tokens: @escaping TokenReader,
    timer: any CallTimer
  ) throws(ModelConfigurationError) -> Credential {
    let source = configuration.key
    if let file = source.file { return .key(try read(file, configuration)) }
    for variable in source.variables {
      guard let value = environment[variable], !value.trimmed.isEmpty else { continue }
      return .key(try checked(Secret(value), "the variable \(variable)", configuration))
    }
    if configuration.provider == .vertex {
      return .token(TokenSource(command: configuration.tokenCommand, read: tokens, timer: timer))
    }
    guard source.isRequired else { return .none }
    let variables = source.variables.joined(separator: " or ")
    throw ModelConfigurationError(
      "the model \(configuration.name) needs a key: set the environment variable \(variables), or name a file "
        + "that holds it with key_file in a file of models"
    )
  }

  private static func read(
    _ path: String,
    _ configuration: ModelConfiguration
  ) throws(ModelConfigurationError) -> Secret {
    let expanded = NSString(string: path).expandingTildeInPath
    guard let data = FileManager.default.contents(atPath: expanded), data.count <= 1 << 16 else {
      throw ModelConfigurationError(
        "the key of the model \(configuration.name) cannot be read; put it alone into the file \(path)"
      )
    }
    return try checked(Secret(String(decoding: data, as: UTF8.self)), "the file \(path)", configuration)
  }

  /// A key goes into a header field, where other characters would break out.
  private static func checked(
    _ key: Secret,
    _ place: String,
    _ configuration: ModelConfiguration
  ) throws(ModelConfigurationError) -> Secret {
    guard !key.isEmpty, key.revealed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw ModelConfigurationError(
        "\(place) holds no key for the model \(configuration.name): a key is one word of ASCII"
      )
    }
    return key
  }
}

/// Runs a command and reads the token that it prints.
package typealias TokenReader = @Sendable (_ command: [String]) async throws(ModelError) -> Secret

/// Tokens of a command, kept until they are old or refused; asked for once at a time.
package actor TokenSource {
  private let command: [String]
  private let read: TokenReader
  private let timer: any CallTimer
  private var kept: (token: Secret, since: Duration)?
  private var isReading = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// Tokens live an hour; the command may print one that is not new.
  private static let longest = Duration.seconds(2700)

  package init(command: [String], read: @escaping TokenReader, timer: any CallTimer) {
    (self.command, self.read, self.timer) = (command, read, timer)
  }

  /// A token other than `refused`, when one was.
  package func token(other refused: Secret? = nil) async throws(ModelError) -> Secret {
    while true {
      if let kept, kept.token != refused, timer.now - kept.since < Self.longest { return kept.token }
      guard isReading else { break }
      await withCheckedContinuation { waiting.append($0) }
      guard !Task.isCancelled else { throw ModelError(.cancelled, "the call was given up") }
    }
    isReading = true
    defer {
      isReading = false
      for waiter in waiting { waiter.resume() }
      waiting = []
    }
    let token = try await read(command)
    kept = (token, timer.now)
    return token
  }
}
