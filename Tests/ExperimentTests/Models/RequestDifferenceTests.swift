import Testing

@testable import Experiment

@Suite("The difference of two requests")
struct RequestDifferenceTests {
  private func text(_ recorded: String, _ now: String) -> String? {
    RequestDifference(recorded: recorded, now: now)?.text
  }

  @Test("names the first place, with the line where a text has several")
  func places() {
    #expect(text(#"{"a":1}"#, #"{"a":1}"#) == nil)
    #expect(text(#"{"a":1,"b":2}"#, #"{"a":1,"b":3}"#) == "b was 2 and is 3")
    #expect(text(#"{"a":{"c":1}}"#, #"{"a":{}}"#) == "a.c was 1 and is not there")
    #expect(text(#"{"model":"x"}"#, #"{"model":"y"}"#) == #"model was "x" and is "y""#)
    #expect(
      text(#"{"t":[{"x":"a\nb\nc"}]}"#, #"{"t":[{"x":"a\nB\nc"}]}"#) == #"t[0].x, line 2, was "b" and is "B""#
    )
    #expect(text(#"{"t":["a\nb"]}"#, #"{"t":["a"]}"#) == #"t[0], line 2, was "b" and is at its end"#)
    #expect(text(#"{"t":["a"]}"#, #"{"t":[]}"#) == #"t[0] was "a" and is not there"#)
  }

  @Test("shortens what is long, and takes texts that are no JSON")
  func long() throws {
    let long = String(repeating: "x", count: 500)
    let found = try #require(text(#"{"a":"\#(long)1"}"#, #"{"a":"\#(long)2"}"#))
    #expect(found.count < 260)
    #expect(try #require(text("{", "}")).hasPrefix("the text was"))
  }
}
