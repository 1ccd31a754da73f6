import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The restart operator")
struct RestartOperatorTests {
  @Test("makes a random program that has no parents")
  func effect() throws {
    let specification = Example.specification()
    let proposer = MutationProposer(
      specification: specification,
      settings: MutationSettings(randomPrograms: 1),
      seed: 5
    )
    var bodies: Set<[Statement]> = []
    for step in 0..<150 {
      let child = try proposer.propose(
        Example.prompt([Example.body], step: step, of: specification),
        attempt: 0
      )
      #expect(child.parents.isEmpty && child.operators == ["restart"])
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      bodies.insert(child.body)
    }
    #expect(bodies.count > 140)
  }
}
