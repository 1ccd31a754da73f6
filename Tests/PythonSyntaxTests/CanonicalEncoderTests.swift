import Testing

@testable import PythonSyntax

@Suite("The canonical encoder")
struct CanonicalEncoderTests {
  private static func function(_ body: [Statement], returns: Expression? = nil) -> FunctionDefinition {
    FunctionDefinition(
      name: "priority",
      parameters: Parameters(positional: [Parameter("el", annotation: .name("tuple")), Parameter("n")]),
      returns: returns,
      body: body
    )
  }

  private static func sum(_ element: Expression, over target: String, in source: Expression) -> Expression {
    .call(
      .name("sum"),
      [.positional(.generator(element, [Generator(.name(target), in: source, where: [.name(target)])]))]
    )
  }

  /// A docstring, a `pass`, a loop, comprehensions whose source has the name of their target, an annotation.
  private static let usual: [Statement] = [
    .expression(.constant(.string("Text."))),
    .assign([.name("score"), .element(of: .name("el"), at: .constant(.int(0)))], .constant(.float(0.5))),
    .annotated(.name("b"), annotation: .name("int"), value: .name("n"), simple: true),
    .forLoop(
      .tuple([.name("i"), .starred(.name("x"))]),
      in: .call(.attribute(.name("el"), "items"), []),
      body: [.pass],
      otherwise: [.pass, .breakLoop]
    ),
    .whileLoop(
      .boolean(.and, [.name("x"), .unary(.not, .name("free"))]),
      body: [
        .augmented(
          .name("score"),
          .add,
          sum(.binary(.name("el"), .multiply, .name("i")), over: "el", in: .name("el"))
        ),
        .conditional(
          .comparison(.name("i"), [Comparison(.less, .name("score"))]),
          then: [.continueLoop],
          otherwise: []
        ),
      ],
      otherwise: []
    ),
    .assign([.name("y")], sum(.name("k"), over: "k", in: .name("y"))),
    .returning(.conditional(test: .name("y"), body: .list([.name("b")]), otherwise: .name("score"))),
  ]

  @Test("writes the usual function as the long way does")
  func usualFunctions() throws {
    // An annotated assignment is left to the long way; without it the short way is taken.
    let plain = Self.usual.filter { if case .annotated = $0 { false } else { true } }
    for body in [plain, [.pass], [.returning(nil)]] {
      let function = Self.function(body, returns: .name("float"))
      let bytes = try #require(CanonicalEncoder.bytes(of: function))
      #expect(bytes == function.canonical.encoded())
    }
    let annotated = Self.function(Self.usual)
    #expect(annotated.contentHash == TreeHash(hashing: annotated.canonical.encoded()))
  }

  @Test(
    "leaves what needs another way to it",
    arguments: [
      .name("v0"), .name("f"), .call(.name("priority"), []), .call(.name("locals"), []),
      .call(.name("g"), [.keyword("el", .name("n"))]), .opaque("el.x"), .lambda(Parameters(), .name("n")),
      .assignment(target: "z", value: .name("n")), .constant(.float(-1)), .constant(.bigInt("007")),
      .call(.name("g"), [.doubleStarred(.name("n"))]),
      sum(sum(.name("j"), over: "j", in: .name("i")), over: "i", in: .name("el")),
    ] as [Expression]
  )
  func unusual(_ expression: Expression) {
    let function = Self.function([.returning(expression)])
    #expect(CanonicalEncoder.bytes(of: function) == nil)
    #expect(function.contentHash == TreeHash(hashing: function.canonical.encoded()))
  }
}
