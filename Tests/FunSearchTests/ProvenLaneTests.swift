import PythonSyntax
import Testing

@testable import FunSearch

@Suite("The proven lane")
struct ProvenLaneTests {
  private static let el = Expression.name("el")
  private static let x = Expression.name("x")
  private static let one = Expression.constant(.int(1))

  /// A specification of `f(el: …, n: int)` that imports math and numpy.
  private static func specification(el: Expression? = .element(of: .name("tuple"), at: .name("int")))
    -> Specification
  {
    let function = FunctionDefinition(
      name: "f",
      parameters: Parameters(positional: [
        Parameter("el", annotation: el), Parameter("n", annotation: .name("int")),
      ]),
      body: [.returning(.constant(.float(0)))]
    )
    return Specification(
      path: "s.py",
      source: "",
      evolve: function,
      evolveLines: 1...2,
      run: "run",
      verify: nil,
      imports: [
        SpecificationImport(module: "math", alias: "math", line: 1),
        SpecificationImport(module: "numpy", alias: "np", line: 2),
        SpecificationImport(module: "os", alias: "os", line: 3),
      ],
      module: [.assign([.name("TABLE")], .list([]))],
      functionLines: ["f": 4...5, "helper": 6...7]
    )
  }

  private static func refusal(
    _ body: [Statement],
    el: Expression? = .element(of: .name("tuple"), at: .name("int"))
  ) -> String? {
    let code = ProgramCode(
      function: FunctionDefinition(
        name: "f",
        parameters: Parameters(positional: [Parameter("el"), Parameter("n")]),
        body: body
      )
    )
    return ProvenLane(specification(el: el)).refusal(of: code)
  }

  private static func call(_ name: String, _ arguments: Expression...) -> Expression {
    .call(.name(name), arguments.map { .positional($0) })
  }

  private static func method(_ value: Expression, _ name: String, _ arguments: Expression...) -> Expression {
    .call(.attribute(value, name), arguments.map { .positional($0) })
  }

  private static func loop(_ body: Statement...) -> Statement {
    .forLoop(.name("i"), in: call("range", .name("n")), body: body, otherwise: [])
  }

  private static let array = Expression.attribute(.name("np"), "ndarray")

  @Test(
    "admits ordinary arithmetic",
    arguments: [
      [.returning(.binary(call("sum", el), .add, method(el, "count", one)))],
      [
        .assign([x], .constant(.float(0))), loop(.augmented(x, .add, .element(of: el, at: .name("i")))),
        .returning(x),
      ],
      [.returning(method(.name("math"), "sqrt", call("abs", .name("n"))))],
      [.returning(method(.name("np"), "maximum", .name("n"), one))],
      [.returning(.attribute(.name("math"), "pi"))],
      [.returning(.binary(.name("n"), .power, .constant(.int(3))))],
      [
        .assign([x], .list([])),
        loop(.expression(method(x, "append", .binary(.name("i"), .multiply, .name("i"))))),
        .returning(call("len", x)),
      ],
      [
        .returning(
          .call(
            .name("sorted"),
            [
              .positional(el),
              .keyword("key", .lambda(Parameters(positional: [Parameter("v")]), .unary(.minus, .name("v")))),
            ]
          )
        )
      ],
      [
        .returning(
          .call(
            .name("sum"),
            [
              .positional(
                .generator(
                  .binary(.name("v"), .multiply, .name("i")),
                  [
                    Generator(.tuple([.name("i"), .name("v")]), in: call("enumerate", el))
                  ]
                )
              )
            ]
          )
        )
      ],
      [
        .assign([x], .binary(.list([.constant(.int(0))]), .multiply, call("len", el))),
        .assign([.element(of: x, at: one)], one),
      ],
      [
        .assign([x], .constant(.float(0))),
        loop(
          .assign([.name("d")], call("abs", .element(of: el, at: .name("i")))),
          .assign([.name("w")], .binary(.name("i"), .add, one)),
          .augmented(x, .add, .binary(.name("d"), .multiply, .name("w")))
        ),
        .returning(x),
      ],
    ] as [[Statement]]
  )
  func admits(body: [Statement]) {
    #expect(Self.refusal(body) == nil)
  }

  @Test(
    "refuses what could reach out of the function",
    arguments: [
      ([.returning(.attribute(el, "__class__"))], "attribute"),
      ([.returning(method(.attribute(.name("np"), "random"), "index"))], "attribute"),
      ([.returning(method(el, "clear"))], "method"),
      ([.returning(call("open", el))], "calls open"),
      ([.returning(call("getattr", el, one))], "calls getattr"),
      ([.returning(call("f", el, one))], "calls f"),
      ([.returning(call("helper", el))], "calls helper"),
      ([.returning(call("el", one))], "calls el"),
      ([.returning(.name("TABLE"))], "TABLE"),
      ([.returning(.name("np"))], "np"),
      ([.returning(method(.name("os"), "getpid"))], "getpid"),
      ([.returning(method(.name("np"), "load", one))], "np.load"),
      ([.returning(method(.name("np"), "maximum", el, one, el))], "3 values"),
      ([.returning(.call(.attribute(.name("np"), "sum"), [.positional(el), .keyword("out", el)]))], "out="),
      ([.returning(.generator(x, [Generator(x, in: el)]))], "generator"),
      ([.returning(.lambda(Parameters(), one))], "lambda"),
      ([.returning(.opaque("(yield)"))], "not known"),
      ([.opaque("class A: pass")], "not known"),
      ([.whileLoop(one, body: [.pass], otherwise: [])], "while"),
      ([.importing([ImportAlias("os")])], "import"),
      ([.global(["TABLE"])], "global"),
      ([.tryBlock(body: [.pass], handlers: [], otherwise: [], finally: [.pass], star: false)], "try"),
      ([.function(FunctionDefinition(name: "g", parameters: Parameters(), body: [.pass]))], "function"),
      ([.assign([.name("__builtins__")], one)], "reserved"),
      ([.assign([.name("max")], one), .returning(call("max", el))], "calls max"),
      ([.assign([.attribute(el, "a")], one)], "assigns"),
    ] as [([Statement], String)]
  )
  func refuses(body: [Statement], reason: String) throws {
    #expect(try #require(Self.refusal(body)).contains(reason))
  }

  @Test(
    "refuses to change what belongs to the caller, by whatever name",
    arguments: [
      [.augmented(el, .add, el)],
      [.assign([.element(of: el, at: one)], one)],
      [.assign([x], el), .augmented(x, .add, one)],
      [
        .assign([x], .element(of: el, at: .slice(lower: one, upper: nil, step: nil))),
        .augmented(x, .add, one),
      ],
      [.assign([x], .element(of: el, at: one)), .augmented(x, .add, one)],
      [.assign([x], .conditional(test: one, body: el, otherwise: one)), .augmented(x, .add, one)],
      [.assign([x], .boolean(.or, [el, one])), .augmented(x, .add, one)],
      [.assign([x], call("max", el, one)), .augmented(x, .add, one)],
      [.assign([x], .list([el])), .augmented(.element(of: x, at: one), .add, one)],
      [
        .forLoop(
          x,
          in: call("zip", el, el),
          body: [.augmented(.element(of: x, at: one), .add, one)],
          otherwise: []
        )
      ],
      [.forLoop(x, in: el, body: [.augmented(x, .add, one)], otherwise: [])],
      [
        .assign([x], .list([one])), .assign([.name("y")], .list([x])),
        .assign([.element(of: x, at: one)], el),
      ],
      [.expression(method(el, "append", one))],
      [.assign([x], .list([])), .expression(method(x, "append", el))],
      [.assign([.tuple([x, .name("y")])], .tuple([el, one])), .augmented(x, .add, one)],
    ] as [[Statement]]
  )
  func keepsArguments(body: [Statement]) {
    #expect(Self.refusal(body, el: nil) != nil)
    #expect(Self.refusal(body, el: .element(of: .name("list"), at: .name("list"))) != nil)
  }

  @Test("admits changes of an array that is a result, and refuses those of the caller's own")
  func arrays() {
    let half = Expression.binary(Self.el, .multiply, .constant(.float(0.5)))
    let mask = Expression.element(of: Self.x, at: .comparison(Self.el, [Comparison(.greater, Self.one)]))
    let shift = Expression.element(of: Self.x, at: .slice(lower: Self.one, upper: nil, step: nil))
    for target in [mask, shift, Self.x] {
      #expect(
        Self.refusal([.assign([Self.x], half), .augmented(target, .multiply, Self.one)], el: Self.array)
          == nil
      )
      #expect(
        Self.refusal([.assign([Self.x], Self.el), .augmented(target, .multiply, Self.one)], el: Self.array)
          != nil
      )
    }
  }

  @Test(
    "refuses values that square or double themselves in a loop",
    arguments: [
      .assign([x], .binary(x, .multiply, x)),
      .augmented(x, .multiply, x),
      .augmented(x, .power, .constant(.int(2))),
      .assign([x], .binary(.binary(x, .add, one), .multiply, .binary(one, .add, x))),
    ] as [Statement]
  )
  func growth(statement: Statement) {
    #expect(Self.refusal([.assign([Self.x], .name("n")), Self.loop(statement)])?.contains("grow") == true)
    let twice: [Statement] = [
      .assign([.name("y")], Self.x), .assign([Self.x], .binary(.name("y"), .multiply, Self.x)),
    ]
    let loop = Statement.forLoop(.name("i"), in: Self.el, body: twice, otherwise: [])
    #expect(Self.refusal([.assign([Self.x], .name("n")), loop]) != nil)
  }

  @Test(
    "refuses lists that grow in their own loop, tuples that double and texts as wide as they like",
    arguments: [
      [.assign([x], .list([one])), own(.name("v"), in: x, .expression(method(x, "append", .name("v"))))],
      [
        .assign([x], .list([one])), .assign([.name("y")], x),
        own(.name("v"), in: .name("y"), .augmented(x, .add, .list([one]))),
      ],
      [
        .assign([x], .list([one])),
        own(
          .tuple([.name("i"), .name("v")]),
          in: call("enumerate", x),
          .expression(method(x, "append", .name("v")))
        ),
      ],
      [.assign([x], .tuple([])), loop(.assign([x], .tuple([x, x])))],
      [.assign([x], .list([])), loop(.assign([x], .list([x, one, x])))],
      [.returning(.binary(.constant(.string("%99999999d")), .modulo, .name("n")))],
      [
        .assign([x], .constant(.string("%99999999d"))), .assign([.name("y")], x),
        .returning(.binary(.name("y"), .modulo, .name("n"))),
      ],
    ] as [[Statement]]
  )
  func openLoops(body: [Statement]) {
    #expect(Self.refusal(body) != nil)
  }

  @Test("still admits loops over what is given, and pairs that are exchanged")
  func closedLoops() {
    let append = Statement.expression(Self.method(Self.x, "append", .name("v")))
    let empty = Statement.assign([Self.x], .list([]))
    #expect(Self.refusal([empty, Self.own(.name("v"), in: Self.el, append)]) == nil)
    #expect(Self.refusal([empty, Self.own(.name("v"), in: Self.call("sorted", Self.x), append)]) == nil)
    let swap = Statement.assign(
      [.tuple([Self.x, .name("y")])],
      .tuple([.name("y"), .binary(Self.x, .add, .name("y"))])
    )
    let start = Statement.assign([.tuple([Self.x, .name("y")])], .tuple([Self.one, Self.one]))
    #expect(Self.refusal([start, Self.loop(swap)]) == nil)
  }

  private static func own(_ target: Expression, in source: Expression, _ body: Statement...) -> Statement {
    .forLoop(target, in: source, body: body, otherwise: [])
  }

  @Test("gives up on what would keep it busy")
  func busy() {
    var nested = Self.el
    for _ in 0..<28 {
      nested = .listComprehension(
        .name("v"),
        [Generator(.tuple([.name("i"), .name("v")]), in: Self.call("enumerate", nested))]
      )
    }
    #expect(Self.refusal([.returning(nested)]) != nil)
    let many = (0..<5_000).map { Statement.assign([.name("a\($0)")], Self.one) }
    #expect(Self.refusal(many) != nil)
  }

  @Test("refuses towers and long repetitions")
  func size() {
    let n = Expression.name("n")
    for value: Expression in [
      .binary(n, .power, n), .binary(n, .power, .constant(.int(1000))), .binary(Self.one, .leftShift, n),
      .binary(.list([Self.one]), .multiply, .constant(.int(1 << 40))),
      .binary(.constant(.string("a")), .multiply, .binary(n, .multiply, n)),
      .constant(.bigInt("1" + String(repeating: "0", count: 30))),
    ] {
      #expect(Self.refusal([.returning(value)]) != nil, "\(value)")
    }
  }

  @Test("refuses code beside the function, decorators, and parameters that hide something")
  func frame() {
    let lane = ProvenLane(Self.specification())
    let body = [Statement.returning(Self.one)]
    func refusal(_ parameters: Parameters, decorators: [Expression] = [], support: [Statement] = [])
      -> String?
    {
      lane.refusal(
        of: ProgramCode(
          function: FunctionDefinition(name: "f", parameters: parameters, decorators: decorators, body: body),
          support: support
        )
      )
    }
    #expect(refusal(Parameters()) == nil)
    #expect(refusal(Parameters(), support: [.pass]) != nil)
    #expect(refusal(Parameters(), decorators: [.name("cache")]) != nil)
    #expect(refusal(Parameters(positional: [Parameter("a", annotation: Self.call("print"))])) != nil)
    #expect(refusal(Parameters(positional: [Parameter("a", defaultValue: Self.call("print"))])) != nil)
    #expect(refusal(Parameters(variadic: Parameter("a"))) != nil)
  }

  @Test("does not trust a parameter's hint when its place changed")
  func swapped() {
    let code = ProgramCode(
      function: FunctionDefinition(
        name: "f",
        parameters: Parameters(positional: [Parameter("n"), Parameter("el")]),
        body: [.augmented(Self.el, .add, Self.one)]
      )
    )
    #expect(ProvenLane(Self.specification(el: Self.array)).refusal(of: code) != nil)
  }
}
