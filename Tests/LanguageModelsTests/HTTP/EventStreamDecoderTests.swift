import LanguageModels
import Testing

@Suite("A decoder of event streams")
struct EventStreamDecoderTests {
  private func texts(_ bytes: [UInt8], cutAt cuts: [Int] = []) -> [String] {
    var decoder = EventStreamDecoder()
    var events: [[UInt8]] = []
    var start = 0
    for cut in cuts + [bytes.count] {
      events += decoder.take(bytes[start..<cut])
      start = cut
    }
    events += decoder.finish()
    return events.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "reads what the standard's examples mean",
    arguments: [
      ("data: a\n\n", ["a"]),
      ("data:a\r\n\r\ndata:  b\r\r", ["a", " b"]),
      ("data: YHOO\ndata: +2\ndata: 10\n\n", ["YHOO\n+2\n10"]),
      (
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        ["first event", "second event", " third event"]
      ),
      ("data\n\ndata\ndata\n\ndata:", ["", "\n", ""]),
      ("\u{FEFF}data: mark\n\n", ["mark"]),
      ("data: no end", ["no end"]),
      ("", []),
      (": OPENROUTER PROCESSING\n\n", []),
      ("event: ping\ndata: {}\n\n", ["{}"]),
    ]
  )
  func examples(stream: String, events: [String]) {
    #expect(texts(Array(stream.utf8)) == events)
  }

  @Test("ends lines with LF, CR and CRLF only")
  func separators() {
    let text = "a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f"
    #expect(texts(Array("data: \(text)\n\ndata: next\n\n".utf8)) == [text, "next"])
  }

  @Test("gives the same events wherever the stream is cut", arguments: ["\n", "\r", "\r\n"])
  func cuts(end: String) {
    let lines = [
      ": hello", "", "data: {\"text\":\"caf\u{E9} \u{2028} \u{1F600}\"}", "", "data: two", "data:lines", "",
      "data: [DONE]", "", "",
    ]
    let bytes = Array(lines.joined(separator: end).utf8)
    let whole = texts(bytes)
    #expect(whole.count == 3)
    for first in 0...bytes.count {
      #expect(texts(bytes, cutAt: [first]) == whole, "cut at \(first)")
      #expect(texts(bytes, cutAt: [first / 2, first]) == whole, "cut at \(first / 2) and \(first)")
    }
    #expect(texts(bytes, cutAt: Array(0...bytes.count)) == whole, "byte by byte")
  }

  @Test("keeps what is of no event, where servers report errors")
  func stray() {
    var decoder = EventStreamDecoder()
    _ = decoder.take(Array("data: a\n\n{\n  \"error\": {\"code\": 503}\n}\n".utf8))
    _ = decoder.finish()
    #expect(String(decoding: decoder.stray, as: UTF8.self).contains("\"error\": {\"code\": 503}"))
  }
}
