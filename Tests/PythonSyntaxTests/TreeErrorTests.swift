import PythonSyntax
import Testing

@Suite("The JSON form of a tree")
struct TreeErrorTests {
  @Test("comes back as the same tree")
  func roundTrip() throws {
    // Python's own trees hold no negative literals.
    var function = Examples.function
    function.parameters.positional[1].defaultValue = .unary(.minus, .constant(.int(3)))
    #expect(try FunctionDefinition(json: function.json) == function)
  }

  @Test(
    "is refused with the path of the faulty node",
    arguments: [
      (#"["Name"]"#, "tree, at Name: expected 1 fields, found 0"),
      (#"["BinOp",["Name","a"],"Plus",["Name","b"]]"#, "tree, at BinOp.op: unknown operator 'Plus'"),
      (#"["List",[["Name","a"],["Name","1"]]]"#, "tree, at List.elts[1]/Name.id: '1' is not a Python name"),
      (
        #"["UnaryOp","USub",["Constant","int","-1"]]"#,
        "tree, at UnaryOp.operand/Constant.value: '-1' is not a non-negative decimal integer"
      ),
      (#"["Yield",null]"#, "tree: 'Yield' is no expression of the model"),
      (
        #"["Compare",["Name","a"],[],[]]"#,
        "tree, at Compare.ops: expected one operator for each of 0 comparators"
      ),
      (#"["Opaque","stmt","x"]"#, "tree, at Opaque.kind: expected an opaque expr"),
      ("3", "tree: expected a node [type, field, …], found the number 3"),
    ]
  )
  func refusal(text: String, message: String) throws {
    let json = try JSONValue(parsing: text)
    let error = try #require(throws: TreeError.self) { try Expression(json: json) }
    #expect(error.description == message)
  }

  @Test("nests as deeply as the JSON may, and no reader overflows the stack")
  func depth() throws {
    var text = #"["Name","x"]"#
    for _ in 0..<900 { text = #"["UnaryOp","USub",\#(text)]"# }
    let expression = try Expression(json: try JSONValue(parsing: text))
    #expect(expression.source.utf8.count == 901)
    let function = FunctionDefinition(name: "f", parameters: Parameters(), body: [.expression(expression)])
    #expect(try FunctionDefinition(encoded: function.canonical.encoded()) == function.canonical)
  }
}
