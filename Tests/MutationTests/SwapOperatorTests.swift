import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The swap operator")
struct SwapOperatorTests {
  @Test("keeps the statements in another order")
  func effect() throws {
    let children = try Example.children(by: "swap")
    #expect(children.count > 50)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(Set(child.body) == Set(Example.body), "\(child.code.function.source())")
    }
  }
}
