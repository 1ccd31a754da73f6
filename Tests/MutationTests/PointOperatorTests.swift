import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The point operator")
struct PointOperatorTests {
  @Test("keeps the statements, but those that nothing needs any more")
  func effect() throws {
    let children = try Example.children(by: "point")
    #expect(children.count > 100)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.body.statementCount <= Example.body.statementCount, "\(child.code.function.source())")
    }
  }
}
