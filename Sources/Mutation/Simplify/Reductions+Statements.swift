import PythonSyntax

extension Reductions {
  /// The block with statements left out, or with the inside of one in its place, here and in the blocks inside.
  static func shorter(_ block: [Statement]) -> [[Statement]] {
    var result = pieces(of: block.indices).map(block.removing)
    for (index, statement) in block.enumerated() {
      for inner in statement.innerBlocks where !inner.isEmpty {
        result.append(Array(block[..<index] + inner + block[(index + 1)...]))
      }
      for changed in shorterInside(statement) { result.append(block.replacing(index, with: changed)) }
    }
    return result
  }

  /// The statement with one of its blocks shorter; a block that must not be empty gets a `pass`.
  private static func shorterInside(_ statement: Statement) -> [Statement] {
    let blocks = statement.innerBlocks
    return blocks.indices.flatMap { place in
      shorter(blocks[place]).map { statement.with(innerBlocks: blocks.replacing(place, with: $0)) }
    }
  }

  /// The block with one expression of one of its statements simpler, here and in the blocks inside.
  static func simpler(_ block: [Statement]) -> [[Statement]] {
    block.enumerated().flatMap { index, statement in
      simpler(statement).map { block.replacing(index, with: $0) }
    }
  }

  private static func simpler(_ statement: Statement) -> [Statement] {
    var result: [Statement] = []
    if let value = statement.value {
      result = simpler(value).map(statement.with(value:))
    }
    if case .annotated(let target, _, let value?, _) = statement {
      result.append(.assign([target], value))
    }
    let blocks = statement.innerBlocks
    for place in blocks.indices {
      result += simpler(blocks[place]).map { statement.with(innerBlocks: blocks.replacing(place, with: $0)) }
    }
    return result
  }
}

extension Statement {
  /// The blocks inside this statement, in the order of ``with(innerBlocks:)``.
  var innerBlocks: [[Statement]] {
    switch self {
    case .conditional(_, let then, let otherwise): [then, otherwise]
    case .forLoop(_, _, let body, let otherwise), .whileLoop(_, let body, let otherwise): [body, otherwise]
    case .with(_, let body): [body]
    case .tryBlock(let body, let handlers, let otherwise, let finally, _):
      [body] + handlers.map(\.body) + [otherwise, finally]
    case .function(let function): [function.body]
    default: []
    }
  }

  /// The same statement with other blocks: as many as ``innerBlocks``.
  func with(innerBlocks blocks: [[Statement]]) -> Statement {
    func filled(_ block: [Statement]) -> [Statement] { block.isEmpty ? [.pass] : block }
    switch self {
    case .conditional(let test, _, _):
      return .conditional(test, then: filled(blocks[0]), otherwise: blocks[1])
    case .forLoop(let target, let source, _, _):
      return .forLoop(target, in: source, body: filled(blocks[0]), otherwise: blocks[1])
    case .whileLoop(let test, _, _):
      return .whileLoop(test, body: filled(blocks[0]), otherwise: blocks[1])
    case .with(let items, _): return .with(items, body: filled(blocks[0]))
    case .tryBlock(_, let handlers, _, _, let star):
      return .tryBlock(
        body: filled(blocks[0]),
        handlers: zip(handlers, blocks.dropFirst()).map {
          ExceptionHandler($0.type, as: $0.name, body: filled($1))
        },
        otherwise: blocks[blocks.count - 2],
        finally: blocks[blocks.count - 1],
        star: star
      )
    case .function(var function):
      function.body = filled(blocks[0])
      return .function(function)
    default: return self
    }
  }

  /// The expression that this statement works out, not those of the blocks inside it.
  var value: Expression? {
    if case .whileLoop(let test, _, _) = self { test } else { part }
  }

  func with(value: Expression) -> Statement {
    if case .whileLoop(_, let body, let otherwise) = self {
      .whileLoop(value, body: body, otherwise: otherwise)
    } else {
      with(part: value)
    }
  }
}
