import PythonSyntax
import Testing

@testable import Mutation

@Suite("The inspector")
struct InspectorTests {
  private static let el = Expression.name("el")

  private static func returns(_ value: Expression) -> [Statement] { [.returning(value)] }

  @Test("finds nothing in harmless programs")
  func harmless() {
    #expect(Example.doubts(Example.body).isEmpty)
    #expect(Example.doubts(Example.other).isEmpty)
  }

  static let doubtful: [(Doubts.Kind, [Statement])] = [
    (.name, returns(.name("a"))),
    (
      .name,
      [
        .conditional(
          .compare(.name("n"), .less, .whole(1)),
          then: [.assign([.name("a")], .whole(1))],
          otherwise: []
        ),
        .returning(.name("a")),
      ]
    ),
    (.index, returns(.element(of: el, at: .whole(3)))),
    (.index, returns(.element(of: el, at: .name("n")))),
    (.divisor, returns(.binary(.real(1), .divide, .name("n")))),
    (.divisor, returns(.binary(.name("n"), .modulo, .whole(0)))),
    (.type, returns(.binary(el, .multiply, .real(2)))),
    (.type, returns(.element(of: el, at: .real(0)))),
    (.growth, returns(.binary(.name("n"), .power, .name("n")))),
    (.growth, returns(.binary(.name("n"), .power, .real(0.5)))),
    (.foreign, returns(.call("open", .constant(.string("x"))))),
    (.shape, [.assign([.name("a")], .whole(1))]),
    (.shape, returns(el)),
    (.idle, returns(.binary(.name("n"), .subtract, .name("n")))),
    (
      .growth,
      [
        .assign([.name("a")], .real(2)),
        .forLoop(
          .name("i"),
          in: .call("range", Example.length),
          body: [.augmented(.name("a"), .multiply, .binary(.name("a"), .add, .name("i")))],
          otherwise: []
        ),
        .returning(.name("a")),
      ]
    ),
  ]

  @Test("doubts what may fail", arguments: doubtful.indices)
  func doubts(index: Int) {
    let (kind, body) = Self.doubtful[index]
    #expect(Example.doubts(body)[kind] > 0, "\(kind)")
  }

  static let safeIndices: [Expression] = [
    .whole(0), .whole(-1), .name("i"), .unary(.minus, .name("i")),
    .binary(.whole(-1), .subtract, .name("i")), .binary(.name("i"), .subtract, .whole(1)),
    .binary(.binary(Example.length, .subtract, .whole(1)), .subtract, .name("i")),
    .binary(.name("n"), .modulo, Example.length),
  ]

  @Test("knows indices that lie within a sequence", arguments: safeIndices)
  func index(index: Expression) {
    let term = Expression.generator(
      .element(of: Self.el, at: index),
      [Generator(.name("i"), in: .call("range", Example.length))]
    )
    #expect(Example.doubts(Self.returns(.call("sum", term)))[.index] == 0)
  }
}
