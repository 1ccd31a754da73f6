import PythonSyntax

/// A frame arrived whose content is not what the protocol asks for.
struct UnreadableReply: Error, Hashable, CustomStringConvertible {
  let description: String
}

extension JSONValue {
  /// The value of a frame.
  init(reply payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    do {
      self = try JSONValue(parsing: Array(payload))
    } catch {
      throw UnreadableReply(description: "\(error)")
    }
  }
}

extension JSONMembers {
  /// The object of a frame.
  init(reply payload: ArraySlice<UInt8>) throws(UnreadableReply) {
    do {
      try self.init(parsing: Array(payload))
    } catch {
      throw UnreadableReply(description: "\(error)")
    }
  }
}
