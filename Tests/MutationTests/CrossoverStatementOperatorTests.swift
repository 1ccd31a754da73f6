import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The crossover-statement operator")
struct CrossoverStatementOperatorTests {
  @Test("takes a statement of another version, and names both")
  func effect() throws {
    let children = try Example.children(by: "crossover-statement")
    #expect(children.count > 80)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.parents.map(\.number) == [2, 1], "\(child.code.function.source())")
    }
  }
}
