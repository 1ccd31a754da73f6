import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The constant operator")
struct ConstantOperatorTests {
  @Test("changes literals and nothing else")
  func effect() throws {
    let children = try Example.children(by: "constant")
    #expect(children.count > 100)
    for child in children {
      #expect(child.body != Example.body)
      #expect(Example.doubts(child.body).isEmpty, "\(child.code.function.source())")
      #expect(child.body.withoutLiterals == Example.body.withoutLiterals, "\(child.code.function.source())")
    }
  }
}

extension [Statement] {
  /// The body with every literal number replaced by `0`.
  fileprivate var withoutLiterals: [Statement] {
    mapped { expression in
      if case .unary(.minus, .constant) = expression { return .whole(0) }
      return expression.literal == nil ? expression : .whole(0)
    }
  }
}
