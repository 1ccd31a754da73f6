import PythonSyntax

/// Makes a reply, or the fault, of what came back.
struct AnswerReader {
  let format: any WireFormat
  let isStream: Bool

  /// A reply, and whether the server told its tokens.
  struct Reading {
    var reply: ModelReply
    let hasUsage: Bool
  }

  /// Reads a whole answer with a good status.
  func read(_ answer: HTTPAnswer) throws(ServerFault) -> Reading {
    let (messages, isOpenEnded) = try messages(answer)
    let reply = try format.reply(messages, isStream: isOpenEnded)
    return Reading(reply: reply, hasUsage: format.usage(messages) != nil)
  }

  /// The tokens that what has come of an answer tells; nil when it tells none.
  func usage(of partial: HTTPAnswer?) -> TokenUsage? {
    guard let partial, isStream, let (messages, _) = try? messages(partial) else { return nil }
    return format.usage(messages)
  }

  /// The messages of an answer, and whether their own words must say that they are complete.
  private func messages(_ answer: HTTPAnswer) throws(ServerFault) -> ([JSONValue], isOpenEnded: Bool) {
    let isEvents = answer.fields["content-type"]?.lowercased().contains("text/event-stream") == true
    if isStream, isEvents || !Self.isJSON(answer.body) { return try events(answer.body) }
    guard let json = LenientJSON.value(answer.body) else { throw Self.unreadable(answer.body) }
    // The pieces of a stream come in a list from servers that do not know events.
    if let pieces = json.array { return (pieces, true) }
    return ([json], false)
  }

  private func events(_ bytes: [UInt8]) throws(ServerFault) -> ([JSONValue], isOpenEnded: Bool) {
    var decoder = EventStreamDecoder()
    var events = decoder.take(bytes)
    events += decoder.finish()
    var messages: [JSONValue] = []
    var isOpenEnded = true
    for event in events {
      if event == Self.done {
        isOpenEnded = false
        break
      }
      // The last event may be cut in the middle; what the others say is decided without it.
      guard let message = LenientJSON.value(event) else { break }
      messages.append(message)
    }
    if let stray = LenientJSON.value(decoder.stray) { messages += stray.array ?? [stray] }
    guard !messages.isEmpty else { throw Self.unreadable(bytes) }
    return (messages, isOpenEnded)
  }

  private static let done = Array("[DONE]".utf8)

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private static func unreadable(_ bytes: [UInt8]) -> ServerFault {
    let said = bytes.isEmpty ? "is empty" : "is no JSON: \(ErrorBody(bytes).message.prefix(120))"
    return ServerFault(.malformed, "the answer " + said, .backOff)
  }
}
