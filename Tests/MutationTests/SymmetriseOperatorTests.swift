import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The symmetrise operator")
struct SymmetriseOperatorTests {
  @Test("adds the counterpart of a term")
  func effect() throws {
    let children = try Example.children(by: "symmetrise")
    #expect(children.count > 50)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(
        child.body.skeleton == Example.body.skeleton && child.body.nodeCount > Example.body.nodeCount,
        "\(child.code.function.source())"
      )
    }
  }
}
