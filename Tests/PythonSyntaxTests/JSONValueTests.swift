import PythonSyntax
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  @Test(
    "comes back from its text",
    arguments: [
      "null", "true", "-7", "[1,[],{}]", #"{"a":1,"b":[1.5,"x\n\"\\"]}"#, "1e309", "-1e309",
      "123456789012345678901", "-9223372036854775808", "-9223372036854775809", #""é\u0001""#, "0.1", "-0.0",
    ]
  )
  func roundTrip(text: String) throws {
    #expect(String(decoding: try JSONValue(parsing: text).serialized, as: UTF8.self) == text)
  }

  @Test("reads escapes, spaces and surrogate pairs")
  func escapes() throws {
    #expect(try JSONValue(parsing: #" [ "\u00e9\ud83d\ude42\/\b\f" , 1E2 ] "#) == ["é🙂/\u{8}\u{c}", 100.0])
  }

  @Test("has the members of an object, also without a dictionary")
  func members() throws {
    func members(_ text: String) throws -> JSONMembers { try JSONMembers(parsing: Array(text.utf8)) }
    let object = try members(#" {"a":[1,{"a":2}],"\u0062":"x"} "#)
    #expect(object["a"] == [1, ["a": 2]] && object["b"] == "x" && object["c"] == nil)
    #expect(try members("{}")["a"] == nil)
    let refused = [
      "", "[1]", "null", "{,}", #"{"a":1"#, #"{"a":1}x"#, #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":1}"#,
    ]
    for text in refused {
      #expect(throws: TreeError.self, "\(text)") { try members(text) }
    }
  }

  @Test("writes keys in the order of their bytes")
  func keyOrder() {
    let value: JSONValue = ["b": 1, "é": 2, "a": nil, "B": [true]]
    #expect(String(decoding: value.serialized, as: UTF8.self) == #"{"B":[true],"a":null,"b":1,"é":2}"#)
  }

  @Test(
    "refuses what is not JSON, saying where",
    arguments: [
      ("", 0), ("[1,]", 3), ("[1", 2), ("{\"a\" 1}", 5), ("{a:1}", 1), ("01", 2), ("1.", 2), ("-", 1),
      ("nul", 0), ("\"a", 2), ("\"\\x\"", 3), ("\"\\ud800\"", 7), ("\"\n\"", 1), ("NaN", 0), ("1 2", 2),
      ("{\"a\":1,\"a\":2}", 12), ("[1}", 2), ("\"\\u12g4\"", 5), ("1e", 2),
    ]
  )
  func refusal(text: String, offset: Int) throws {
    let error = try #require(throws: TreeError.self) { try JSONValue(parsing: text) }
    guard case .json(let place, let message) = error else {
      Issue.record("not a JSON error: \(error)")
      return
    }
    #expect(place == offset, "\(message)")
  }

  @Test("refuses invalid UTF-8 and too deep nesting")
  func hostile() {
    #expect(throws: TreeError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    let deep = String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000)
    #expect(throws: TreeError.self) { try JSONValue(parsing: deep) }
    #expect(throws: Never.self) { try JSONValue(parsing: deep, depthLimit: 2000) }
  }

  @Test("never traps on broken text")
  func fuzz() {
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",null,true,{"b":[]}],"c":12345678901234567890}"#.utf8)
    for index in text.indices {
      _ = try? JSONValue(parsing: Array(text[..<index]))
      for byte in [0, 0x22, 0x2C, 0x5B, 0x5C, 0x65, 0x7D, 0xFF] as [UInt8] {
        var broken = text
        broken[index] = byte
        _ = try? JSONValue(parsing: broken)
      }
    }
  }
}
