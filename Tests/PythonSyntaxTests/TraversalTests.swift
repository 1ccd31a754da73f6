import PythonSyntax
import Testing

@Suite("Walking a tree")
struct TraversalTests {
  private let function = Examples.function

  @Test("meets every expression once, in preorder")
  func preorder() {
    let all = function.subexpressions
    #expect(all.count == function.expressionCount)
    #expect(all.first == .name("tuple"))
    #expect(function.subexpression(at: all.count) == nil)
    let sum = Expression.binary(.name("a"), .add, .unary(.minus, .name("b")))
    #expect(sum.subexpressions == [sum, .name("a"), .unary(.minus, .name("b")), .name("b")])
    #expect(sum.nodeCount == 4)
  }

  @Test("replaces just the expression asked for")
  func replacement() {
    let all = function.subexpressions
    for index in all.indices {
      let marker = Expression.name("marker")
      let changed = function.replacingSubexpression(at: index, with: marker)
      #expect(changed.subexpression(at: index) == marker)
      #expect(changed.expressionCount == function.expressionCount - all[index].nodeCount + 1)
      #expect(changed.replacingSubexpression(at: index, with: all[index]) == function)
    }
    #expect(function.replacingSubexpression(at: all.count, with: .name("x")) == function)
  }

  @Test("maps children in the order in which it lists them")
  func mapping() {
    for expression in function.subexpressions {
      var met: [Expression] = []
      let same = expression.mapChildren { child in
        met.append(child)
        return child
      }
      #expect(same == expression)
      #expect(met == expression.children)
    }
  }

  @Test("counts statements and expressions")
  func counting() {
    #expect(Statement.pass.nodeCount == 1)
    #expect(Statement.returning(.name("x")).nodeCount == 2)
    #expect(function.nodeCount == function.expressionCount + 15)
  }

  @Test("tells the names a function needs from those it binds")
  func names() {
    #expect(function.boundNames == ["el", "n", "k", "score", "i", "v", "e", "f", "p"])
    #expect(function.freeNames == ["tuple", "float", "enumerate", "E", "open", "C"])
  }
}
