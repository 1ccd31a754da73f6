import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The duplicate operator")
struct DuplicateOperatorTests {
  @Test("adds a copy of a statement")
  func effect() throws {
    let children = try Example.children(by: "duplicate")
    #expect(children.count > 80)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.body.statementCount > Example.body.statementCount, "\(child.code.function.source())")
    }
  }
}
