import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The hoist operator")
struct HoistOperatorTests {
  @Test("makes programs smaller")
  func effect() throws {
    let children = try Example.children(by: "hoist")
    #expect(children.count > 80)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.body.nodeCount < Example.body.nodeCount, "\(child.code.function.source())")
    }
  }
}
