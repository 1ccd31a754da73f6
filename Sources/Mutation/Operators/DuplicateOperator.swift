import FunSearch
import PythonSyntax

/// Repeats a statement behind itself, with an index moved on in the copy.
struct DuplicateOperator: MutationOperator {
  let name = "duplicate"
  let defaultWeight = 1.0

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    guard let (block, index) = draft.statement(&random) else { return nil }
    let original = block.statements[index]
    if case .assign(let targets, _) = original, case .name(let name)? = targets.first {
      let scope = draft.inspection.scopes[block.scopes[index]]
      // The first assignment of a name, repeated, only replaces its value.
      if scope[name] == nil { return nil }
    }
    let step = random.integer(in: 1...3)
    var statements = block.statements
    statements.insert(original.mapped { shifted($0, by: step) }, at: index + 1)
    return draft.replacing(block, with: statements).map { Change(body: $0) }
  }

  /// `el[i]` as `el[(i + 1) % len(el)]`, and `el[2 % len(el)]` as `el[3 % len(el)]`.
  private func shifted(_ expression: Expression, by step: Int) -> Expression {
    guard case .element(.name(let name), let place) = expression else { return expression }
    return .element(of: .name(name), at: place.shifted(by: step, in: name))
  }
}

extension Expression {
  /// An index of the sequence moved on by `step`, around its end.
  func shifted(by step: Int, in sequence: String) -> Expression {
    switch self {
    case .slice: return self
    case .binary(let value, .modulo, let length):
      if let literal = value.wholeLiteral { return .binary(.whole(literal &+ step), .modulo, length) }
      if case .binary(let base, .add, let shift) = value, let literal = shift.wholeLiteral {
        return .binary(.binary(base, .add, .whole(literal &+ step)), .modulo, length)
      }
      return .binary(.binary(value, .add, .whole(step)), .modulo, length)
    default:
      let length = Expression.call("len", .name(sequence))
      if let literal = wholeLiteral { return .binary(.whole(literal &+ step), .modulo, length) }
      return .binary(.binary(self, .add, .whole(step)), .modulo, length)
    }
  }
}
