import PythonSyntax
import Testing

@Suite("The binary form of a tree")
struct TreeEncodingTests {
  @Test("comes back as the same tree")
  func roundTrip() throws {
    let function = Examples.function
    #expect(try FunctionDefinition(encoded: function.encoded()) == function)
    #expect(try [Statement](encoded: function.body.encoded()) == function.body)
    #expect(try [Statement](encoded: [Statement]().encoded()) == [])
  }

  @Test("numbers many names and long texts")
  func manyNames() throws {
    let names = (0..<300).map { Expression.name("name\($0 % 150)") }
    let body: [Statement] = [
      .expression(.tuple(names)), .expression(.constant(.string(String(repeating: "é", count: 500)))),
    ]
    #expect(try [Statement](encoded: body.encoded()) == body)
  }

  @Test("has errors, not traps, for broken bytes")
  func fuzz() throws {
    let bytes = Examples.function.encoded()
    for index in bytes.indices {
      #expect(throws: TreeError.self) { try FunctionDefinition(encoded: Array(bytes[..<index])) }
      for step in 1..<256 {
        var broken = bytes
        broken[index] = broken[index] &+ UInt8(step)
        if let tree = try? FunctionDefinition(encoded: broken) { _ = tree.source() }
      }
    }
    #expect(throws: TreeError.self) { try FunctionDefinition(encoded: bytes + [0]) }
    #expect(throws: TreeError.self) { try [Statement](encoded: bytes) }
  }

  @Test("refuses to nest without end")
  func depth() {
    let bytes: [UInt8] = [1, UInt8(ascii: "S"), 1, 0] + [UInt8](repeating: 0x23, count: 100_000) + [0x80]
    #expect(throws: TreeError.self) { try [Statement](encoded: bytes) }
  }

  @Test("is the documented one")
  func layout() {
    let function = FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [Parameter("x")]),
      body: [.returning(.binary(.name("x"), .add, .constant(.int(2))))]
    )
    #expect(
      function.encoded() == [
        1, 0x46, 0, 1, 0x66, 0, 1, 0, 1, 0x78, 0, 0, 0, 0, 0, 0, 1, 10, 1, 0x30, 0x41, 0x82,
      ]
    )
  }
}
