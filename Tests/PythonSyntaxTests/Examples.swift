import PythonSyntax

/// Trees for tests.
enum Examples {
  /// A function with a bit of everything.
  static let function = FunctionDefinition(
    name: "priority",
    parameters: Parameters(
      positional: [
        Parameter("el", annotation: .name("tuple")), Parameter("n", defaultValue: .constant(.int(-3))),
      ],
      keywordOnly: [Parameter("k", defaultValue: .constant(.bigInt("12345678901234567890")))]
    ),
    returns: .name("float"),
    body: [
      .expression(.constant(.string("Docstring."))),
      .assign([.name("score")], .constant(.float(0.5))),
      .forLoop(
        .tuple([.name("i"), .name("v")]),
        in: .call(.name("enumerate"), [.positional(.name("el"))]),
        body: [
          .conditional(
            .comparison(.name("v"), [Comparison(.equal, .constant(.int(1000)))]),
            then: [
              .augmented(.name("score"), .add, .binary(.name("i"), .multiply, .constant(.imaginary(2))))
            ],
            otherwise: [.continueLoop]
          ),
          .tryBlock(
            body: [.delete([.name("i")])],
            handlers: [ExceptionHandler(.name("E"), as: "e", body: [.raising(.name("e"), from: nil)])],
            otherwise: [],
            finally: [.pass],
            star: false
          ),
        ],
        otherwise: []
      ),
      .with([WithItem(.call(.name("open"), []), as: .name("f"))], body: [.opaque("class C:\n    pass")]),
      .importingFrom(module: "os", [ImportAlias("path", as: "p")], level: 0),
      .returning(
        .dictionaryComprehension(
          key: .name("x"),
          value: .lambda(
            Parameters(positional: [Parameter("y")]),
            .set([.name("y"), .constant(.bytes([1, 255]))])
          ),
          [
            Generator(
              .name("x"),
              in: .element(of: .name("el"), at: .slice(lower: nil, upper: .name("n"), step: nil))
            )
          ]
        )
      ),
    ]
  )
}
