import PythonSyntax
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  @Test(
    "comes back from its text",
    arguments: [
      "null", "true", "-7", "[1,[],{}]", #"{"a":1,"b":[1.5,"x\n\"\\"]}"#, "1e309", "123456789012345678901",
      #""é\u0001""#,
    ])
  func roundTrip(text: String) throws {
    #expect(String(decoding: try JSONValue(parsing: text).serialized, as: UTF8.self) == text)
  }
}
