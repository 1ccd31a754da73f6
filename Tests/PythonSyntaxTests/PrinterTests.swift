import PythonSyntax
import Testing

@Suite("The printer")
struct PrinterTests {
  private static let (a, b, c) = (Expression.name("a"), Expression.name("b"), Expression.name("c"))
  private static let one = Expression.constant(.int(1))

  private static let expressions: [(Expression, String)] = [
    (.binary(.binary(a, .add, b), .multiply, c), "(a + b) * c"),
    (.binary(a, .subtract, .binary(b, .subtract, c)), "a - (b - c)"),
    (.binary(.unary(.minus, one), .power, one), "(-1) ** 1"),
    (.unary(.minus, .binary(one, .power, one)), "-1 ** 1"),
    (.binary(.constant(.int(-2)), .power, one), "(-2) ** 1"),
    (.binary(a, .power, .unary(.minus, b)), "a ** -b"),
    (.binary(.binary(a, .power, b), .power, c), "(a ** b) ** c"),
    (
      .unary(.not, .comparison(a, [Comparison(.less, b), Comparison(.notContained, c)])), "not a < b not in c"
    ),
    (.unary(.minus, .unary(.not, a)), "-(not a)"),
    (.boolean(.and, [.boolean(.or, [a, b]), c]), "(a or b) and c"),
    (.attribute(one, "real"), "(1).real"),
    (.attribute(.constant(.float(1)), "real"), "1.0.real"),
    (.attribute(.constant(.int(-1)), "real"), "(-1).real"),
    (.tuple([a]), "a,"),
    (.list([.tuple([a]), .tuple([])]), "[(a,), ()]"),
    (.element(of: a, at: .tuple([.slice(lower: nil, upper: b, step: c), one])), "a[:b:c, 1]"),
    (.element(of: a, at: .tuple([.starred(b)])), "a[(*b,)]"),
    (
      .conditional(test: .conditional(test: a, body: b, otherwise: c), body: a, otherwise: b),
      "a if (b if a else c) else b"
    ),
    (.call(a, [.positional(.generator(b, [Generator(.tuple([b, c]), in: a)]))]), "a(b for b, c in a)"),
    (
      .call(a, [.positional(.starred(b)), .keyword("k", .lambda(Parameters(), c)), .doubleStarred(c)]),
      "a(*b, k=lambda: c, **c)"
    ),
    (
      .listComprehension(
        a,
        [
          Generator(
            b,
            in: .conditional(test: a, body: b, otherwise: c),
            where: [
              .lambda(Parameters(positional: [Parameter("x")]), a)
            ]
          )
        ]
      ), "[a for b in (b if a else c) if (lambda x: a)]"
    ),
    (.constant(.float(.infinity)), "1e309"),
    (.constant(.string("it's\n\"\u{0}é")), #"'it\'s\n"\x00é'"#),
    (.constant(.string("it's")), #""it's""#),
    (.constant(.bytes([0, 65, 200, 39])), #"b"\x00A\xc8'""#),
    (.set([]), "{*()}"),
    (.opaque("await x"), "(await x)"),
    (.opaque("f'{a}'"), "f'{a}'"),
    (.opaque("'a' + 'b'"), "('a' + 'b')"),
  ]

  @Test("writes parentheses where Python needs them, and no others", arguments: expressions)
  func expression(case example: (Expression, String)) {
    #expect(example.0.source == example.1)
  }

  @Test("indents blocks, joins elif and keeps the lines of docstrings")
  func function() {
    let function = FunctionDefinition(
      name: "f",
      parameters: Parameters(
        positionalOnly: [Parameter("a")],
        positional: [Parameter("b", annotation: .name("int"), defaultValue: Self.one)],
        keywordOnly: [Parameter("k", defaultValue: Self.a)],
        keywords: Parameter("rest")
      ),
      returns: .name("float"),
      decorators: [.name("cached")],
      body: [
        .expression(.constant(.string("One \"word\".\n\n  More\\"))),
        .conditional(
          Self.a,
          then: [.pass],
          otherwise: [
            .conditional(Self.b, then: [.returning(.tuple([Self.a, Self.b]))], otherwise: [.returning(nil)])
          ]
        ),
      ]
    )
    #expect(
      function.source(indentation: 4, level: 1) == #"""
            @cached
            def f(a, /, b: int = 1, *, k=a, **rest) -> float:
                """One "word".

          More\\"""
                if a:
                    pass
                elif b:
                    return a, b
                else:
                    return

        """#
    )
  }

  @Test("moves opaque statements in without touching their strings")
  func opaque() {
    let text = "class C:\n    x = '''a\n  b'''\n\n    def m(self):  # it's\n        return \"\\\"\"\n"
    let source = Statement.conditional(Self.a, then: [.opaque(text)], otherwise: []).source()
    #expect(
      source
        == "if a:\n  class C:\n      x = '''a\n  b'''\n\n      def m(self):  # it's\n          return \"\\\"\"\n"
    )
  }

  @Test("gives single tuple contexts their own parentheses")
  func withTuple() {
    let statement = Statement.with([WithItem(.tuple([Self.a, Self.b]))], body: [.pass])
    #expect(statement.source() == "with ((a, b)):\n  pass\n")
  }
}
