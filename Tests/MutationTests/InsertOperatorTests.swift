import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The insert operator")
struct InsertOperatorTests {
  @Test("adds a statement, at times in place of one whose value it replaces")
  func effect() throws {
    let children = try Example.children(by: "insert")
    #expect(children.count > 80)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.body.statementCount >= Example.body.statementCount, "\(child.code.function.source())")
    }
  }
}
