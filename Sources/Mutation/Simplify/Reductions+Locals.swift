import PythonSyntax

extension Reductions {
  /// The body with one assignment left out and its value in place of the local, where the local is used once or its
  /// value is a name or a literal.
  static func withoutLocals(_ body: [Statement]) -> [[Statement]] {
    var uses: [String: Int] = [:]
    let function = FunctionDefinition(name: "", parameters: Parameters(), body: body)
    for case .name(let name) in function.subexpressions { uses[name, default: 0] += 1 }
    return inlined(body, uses)
  }

  private static func inlined(_ block: [Statement], _ uses: [String: Int]) -> [[Statement]] {
    var result: [[Statement]] = []
    for (index, statement) in block.enumerated() {
      if case .assign(let targets, let value) = statement, targets.count == 1,
        case .name(let name) = targets[0],
        uses[name] == 2 || value.children.isEmpty
      {
        let rest = block[(index + 1)...].map { $0.replacing(name, by: value) }
        result.append(Array(block[..<index] + rest))
      }
      let blocks = statement.innerBlocks
      for place in blocks.indices {
        result += inlined(blocks[place], uses).map {
          block.replacing(index, with: statement.with(innerBlocks: blocks.replacing(place, with: $0)))
        }
      }
    }
    return result
  }
}

extension Statement {
  /// The statement with an expression wherever the name is read; a program in which the name is bound once more
  /// becomes another one, or none, and is found out when it is evaluated.
  fileprivate func replacing(_ name: String, by value: Expression) -> Statement {
    let result = self.value.map { with(value: $0.replacing(name, by: value)) } ?? self
    let blocks = result.innerBlocks
    return blocks.isEmpty
      ? result : result.with(innerBlocks: blocks.map { $0.map { $0.replacing(name, by: value) } })
  }
}

extension Expression {
  fileprivate func replacing(_ name: String, by value: Expression) -> Expression {
    self == .name(name) ? value : mapChildren { $0.replacing(name, by: value) }
  }
}
