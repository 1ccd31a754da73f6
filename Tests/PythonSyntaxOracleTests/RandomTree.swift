import PythonSyntax

/// Draws trees that Python's grammar can express, from a seed.
struct RandomTree {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  mutating func draw(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }

  mutating func name() -> String {
    ["a", "b", "value", "é", "x_1"][draw(5)]
  }

  mutating func constant() -> Constant {
    switch draw(10) {
    case 0: .none
    case 1: .bool(draw(2) == 0)
    case 2: .float([0, 0.1, 1e16, 1e-7, .leastNonzeroMagnitude, .infinity, 1.5][draw(7)])
    case 3: .string(["", "'", "\"'", "a\\n\n\t\r\u{0}\u{7f}é🙂", "\u{1b}\u{2028}"][draw(5)])
    case 4: .bytes([UInt8(draw(256)), 39, 34, 92, 10])
    case 5: .bigInt("123456789012345678901234567890")
    case 6: .imaginary(2.5)
    case 7: .ellipsis
    default: .int(draw(300))
    }
  }

  mutating func expression(_ depth: Int) -> Expression {
    guard depth > 0 else { return draw(2) == 0 ? .name(name()) : .constant(constant()) }
    let next = depth - 1 - draw(2)
    switch draw(16) {
    case 0, 1, 2:
      return .binary(expression(next), BinaryOperator.allCases[draw(13)], expression(next))
    case 3, 4: return .unary(UnaryOperator.allCases[draw(4)], expression(next))
    case 5: return .boolean(draw(2) == 0 ? .and : .or, expressions(2 + draw(2), next))
    case 6: return .comparison(expression(next), comparisons(1 + draw(2), next))
    case 7:
      return .conditional(
        test: expression(next),
        body: expression(next),
        otherwise: expression(next)
      )
    case 8: return .lambda(parameters(next, annotated: false), expression(next))
    case 9: return .attribute(expression(next), name())
    case 10: return .element(of: expression(next), at: index(next))
    case 11: return call(next)
    case 12: return .assignment(target: name(), value: expression(next))
    case 13: return comprehension(next)
    default: return display(next)
    }
  }

  private mutating func expressions(_ count: Int, _ depth: Int) -> [Expression] {
    (0..<count).map { _ in expression(depth) }
  }

  private mutating func comparisons(_ count: Int, _ depth: Int) -> [Comparison] {
    (0..<count).map { _ in Comparison(ComparisonOperator.allCases[draw(10)], expression(depth)) }
  }

  private mutating func items(_ depth: Int) -> [Expression] {
    (0..<draw(4)).map { _ in draw(5) == 0 ? .starred(expression(depth)) : expression(depth) }
  }

  private mutating func display(_ depth: Int) -> Expression {
    switch draw(4) {
    case 0: .tuple(items(depth))
    case 1: .list(items(depth))
    case 2: .set(items(depth) + [expression(depth)])
    default:
      .dictionary(
        (0..<draw(3)).map { _ in
          draw(4) == 0 ? .unpacked(expression(depth)) : .pair(expression(depth), expression(depth))
        }
      )
    }
  }

  private mutating func slice(_ depth: Int) -> Expression {
    .slice(
      lower: draw(2) == 0 ? nil : expression(depth),
      upper: draw(2) == 0 ? nil : expression(depth),
      step: draw(2) == 0 ? nil : expression(depth)
    )
  }

  private mutating func index(_ depth: Int) -> Expression {
    switch draw(4) {
    case 0: slice(depth)
    case 1: .tuple([slice(depth), expression(depth)])
    case 2: .tuple(items(depth))
    default: expression(depth)
    }
  }

  private mutating func call(_ depth: Int) -> Expression {
    var arguments: [Argument] = items(depth).map { .positional($0) }
    if draw(3) == 0 { arguments.append(.keyword("key", expression(depth))) }
    if draw(4) == 0 { arguments.append(.doubleStarred(expression(depth))) }
    return .call(expression(depth), arguments)
  }

  private mutating func target() -> Expression {
    switch draw(6) {
    case 0: .tuple([target(), .starred(.name(name()))])
    case 1: .attribute(.name(name()), name())
    case 2: .element(of: .name(name()), at: .constant(.int(draw(3))))
    case 3: .list([target()])
    default: .name(name())
    }
  }

  private mutating func comprehension(_ depth: Int) -> Expression {
    let generators = (0..<1 + draw(2)).map { _ in
      Generator(target(), in: expression(depth), where: expressions(draw(3), depth))
    }
    return switch draw(4) {
    case 0: .listComprehension(expression(depth), generators)
    case 1: .setComprehension(expression(depth), generators)
    case 2: .generator(expression(depth), generators)
    default:
      .dictionaryComprehension(key: expression(depth), value: expression(depth), generators)
    }
  }

  private mutating func parameters(_ depth: Int, annotated: Bool) -> Parameters {
    var result = Parameters()
    func annotation(_ tree: inout RandomTree) -> Expression? {
      annotated && tree.draw(2) == 0 ? tree.expression(depth) : nil
    }
    if draw(3) == 0 { result.positionalOnly = [Parameter("p", annotation: annotation(&self))] }
    for number in 0..<draw(3) {
      result.positional.append(Parameter("q\(number)", annotation: annotation(&self)))
    }
    if draw(3) == 0 {
      result.positional.append(
        Parameter("r", annotation: annotation(&self), defaultValue: expression(depth))
      )
    }
    if draw(3) == 0 { result.variadic = Parameter("rest", annotation: annotation(&self)) }
    if draw(3) == 0 {
      result.keywordOnly = [
        Parameter("k", annotation: annotation(&self)),
        Parameter("l", annotation: annotation(&self), defaultValue: expression(depth)),
      ]
    }
    if draw(3) == 0 { result.keywords = Parameter("more", annotation: annotation(&self)) }
    return result
  }

  mutating func statement(_ depth: Int) -> Statement {
    switch draw(depth > 0 ? 18 : 9) {
    case 0: .expression(expression(2))
    case 1: .assign([target()] + (draw(3) == 0 ? [target()] : []), expression(2))
    case 2: .augmented(.name(name()), BinaryOperator.allCases[draw(13)], expression(2))
    case 3: annotated()
    case 4: .returning(draw(4) == 0 ? nil : expression(3))
    case 5: draw(2) == 0 ? .raising(nil, from: nil) : .raising(expression(1), from: expression(1))
    case 6: .assertion(expression(2), message: draw(2) == 0 ? nil : expression(1))
    case 7: .delete([.tuple([.name(name())]), .attribute(expression(1), name())])
    case 8: [.pass, .breakLoop, .continueLoop, .global(["g", "h"]), .nonlocal(["n"]), imports()][draw(6)]
    case 9, 10:
      .conditional(expression(2), then: block(depth), otherwise: draw(2) == 0 ? [] : block(depth))
    case 11:
      .forLoop(target(), in: expression(2), body: block(depth), otherwise: draw(3) == 0 ? block(depth) : [])
    case 12: .whileLoop(expression(2), body: block(depth), otherwise: draw(3) == 0 ? block(depth) : [])
    case 13: with(depth)
    case 14: tryBlock(depth)
    default: .function(function(depth - 1))
    }
  }

  private mutating func annotated() -> Statement {
    let target: Expression = draw(2) == 0 ? .name(name()) : .attribute(.name(name()), name())
    let isName = if case .name = target { true } else { false }
    return .annotated(
      target,
      annotation: expression(1),
      value: draw(2) == 0 ? nil : expression(2),
      simple: isName && draw(2) == 0
    )
  }

  private mutating func imports() -> Statement {
    draw(2) == 0
      ? .importing([ImportAlias("os.path"), ImportAlias("math", as: "m")])
      : .importingFrom(module: draw(2) == 0 ? nil : "os", [ImportAlias("path")], level: 1 + draw(3))
  }

  private mutating func with(_ depth: Int) -> Statement {
    let items = (0..<1 + draw(2)).map { _ in
      WithItem(expression(2), as: draw(2) == 0 ? nil : target())
    }
    return .with(items, body: block(depth))
  }

  private mutating func tryBlock(_ depth: Int) -> Statement {
    let handlers = (0..<draw(3)).map { _ in
      ExceptionHandler(expression(1), as: draw(2) == 0 ? nil : name(), body: block(depth))
    }
    let otherwise = handlers.isEmpty || draw(2) == 0 ? [] : block(depth)
    let finally = handlers.isEmpty || draw(2) == 0 ? block(depth) : []
    return .tryBlock(
      body: block(depth),
      handlers: handlers,
      otherwise: otherwise,
      finally: finally,
      star: false
    )
  }

  private mutating func block(_ depth: Int) -> [Statement] {
    (0..<1 + draw(2)).map { _ in statement(depth - 1) }
  }

  mutating func function(_ depth: Int) -> FunctionDefinition {
    FunctionDefinition(
      name: name(),
      parameters: parameters(1, annotated: true),
      returns: draw(2) == 0 ? nil : expression(1),
      decorators: (0..<draw(2)).map { _ in expression(1) },
      body: (0..<1 + draw(3)).map { _ in statement(depth) }
    )
  }
}
