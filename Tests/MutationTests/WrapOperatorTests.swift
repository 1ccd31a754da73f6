import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The wrap operator")
struct WrapOperatorTests {
  @Test("makes programs larger")
  func effect() throws {
    let children = try Example.children(by: "wrap")
    #expect(children.count > 100)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.body.nodeCount > Example.body.nodeCount, "\(child.code.function.source())")
    }
  }
}
