import PythonSyntax
import Testing

@Suite("A random tree")
struct RandomTreeTests {
  @Test("is read by Python as it was printed")
  func expressions() throws {
    try check(
      (0..<4000 as Range<UInt64>).map { seed in
        var tree = RandomTree(seed: seed)
        return .expression(.tuple([tree.expression(1 + Int(seed % 4)), .name("end")]))
      }
    )
  }

  @Test("of statements is read by Python as it was printed")
  func statements() throws {
    try check(
      (0..<1000 as Range<UInt64>).map { seed in
        var tree = RandomTree(seed: seed)
        return .function(tree.function(3))
      }
    )
  }

  private func check(_ statements: [Statement]) throws {
    let python = try PythonProcess(script: "answers.py", [])
    let questions = statements.map { JSONValue.array([.string($0.source()), [$0].json]) }
    try python.write(JSONValue.object(["read": .array(questions)]).serialized)
    let line = try #require(try python.readLine())
    #expect(try python.finish() == 0)
    let wrong = try #require(try JSONValue(parsing: line).array)
    #expect(wrong.isEmpty, "\(wrong.first?.string ?? "")")
    #expect(try [Statement](encoded: statements.encoded()) == statements)
    #expect(try [Statement](json: statements.json) == statements)
  }
}
