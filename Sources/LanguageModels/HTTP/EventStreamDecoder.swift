/// Reads a stream of server-sent events from its bytes.
///
/// Lines end with LF, CR or CRLF and with nothing else: other line separators of Unicode stand unescaped in the
/// JSON of real servers. Source: WHATWG HTML, "Server-sent events".
package struct EventStreamDecoder: Sendable {
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithReturn = false
  private var isAtStart = true
  /// Lines that belong to no event: servers report errors so, in the middle of a stream.
  private(set) package var stray: [UInt8] = []

  package init() {}

  /// Takes the next piece of the stream.
  ///
  /// - Returns: the data of the events that ended in it.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for byte in bytes {
      let follows = endedWithReturn
      endedWithReturn = false
      switch byte {
      case UInt8(ascii: "\n"):
        if !follows { endLine(&events) }
      case UInt8(ascii: "\r"):
        endLine(&events)
        endedWithReturn = true
      default: line.append(byte)
      }
    }
    return events
  }

  /// Ends the stream.
  ///
  /// - Returns: the data of the last event, when no empty line ended it.
  package mutating func finish() -> [[UInt8]] {
    var events: [[UInt8]] = []
    if !line.isEmpty { endLine(&events) }
    endEvent(&events)
    return events
  }

  private mutating func endLine(_ events: inout [[UInt8]]) {
    defer { line.removeAll(keepingCapacity: true) }
    if isAtStart {
      isAtStart = false
      if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
    }
    guard !line.isEmpty else { return endEvent(&events) }
    guard line[0] != UInt8(ascii: ":") else { return }
    if let value = Self.value(of: Self.dataField, in: line) {
      if hasData { data.append(UInt8(ascii: "\n")) }
      data.append(contentsOf: value)
      hasData = true
    } else if !Self.otherFields.contains(where: { Self.value(of: $0, in: line) != nil }) {
      stray.append(contentsOf: line)
      stray.append(UInt8(ascii: "\n"))
    }
  }

  private mutating func endEvent(_ events: inout [[UInt8]]) {
    guard hasData else { return }
    events.append(data)
    data = []
    hasData = false
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let dataField = Array("data".utf8)
  private static let otherFields = ["event", "id", "retry"].map { Array($0.utf8) }

  /// What stands behind `field:` and one space; nil when the line is of another field.
  private static func value(of field: [UInt8], in line: [UInt8]) -> ArraySlice<UInt8>? {
    guard line.starts(with: field) else { return nil }
    guard line.count > field.count else { return [] }
    guard line[field.count] == UInt8(ascii: ":") else { return nil }
    let value = line[(field.count + 1)...]
    return value.first == UInt8(ascii: " ") ? value.dropFirst() : value
  }
}
