import FunSearch
import PythonSyntax

/// Joins a term with its counterpart at mirrored or shifted indices: `el[i]` becomes `el[i] + el[-1 - i]`.
struct SymmetriseOperator: MutationOperator {
  let name = "symmetrise"
  let defaultWeight = 0.6

  func apply(to draft: Draft, _ random: inout RandomStream) -> Change? {
    let wanted: (ExpressionSite) -> Bool = { site in
      site.role == .value && site.type.isNumber
        && site.expression.contains {
          if case .element(.name, let at) = $0, !at.isSlice { true } else { false }
        }
    }
    guard let site = draft.site(&random, where: wanted) else { return nil }
    let mirrors = random.chance(0.5)
    let step = random.integer(in: 1...3)
    let counterpart = site.expression.mapped { expression in
      guard case .element(.name(let name), let place) = expression, !place.isSlice else { return expression }
      return .element(
        of: .name(name),
        at: mirrors ? place.mirrored(in: name) : place.shifted(by: step, in: name)
      )
    }
    let joined: Expression =
      site.type == .bool
      ? .boolean(random.chance(0.5) ? .and : .or, [site.expression, counterpart])
      : .binary(site.expression, random.element(of: [.add, .add, .multiply, .subtract]), counterpart)
    return draft.replacing(site, with: joined).map { Change(body: $0) }
  }
}

extension Expression {
  var isSlice: Bool { if case .slice = self { true } else { false } }

  /// The index as far from the end as this one is from the start.
  fileprivate func mirrored(in sequence: String) -> Expression {
    switch self {
    case .binary(let value, .modulo, let length):
      .binary(.binary(.whole(-1), .subtract, value), .modulo, length)
    case .binary(let one, .subtract, let value) where one.wholeLiteral == -1: value
    case .name: .binary(.whole(-1), .subtract, self)
    default:
      if let literal = wholeLiteral, literal == 0 || literal == -1 {
        .whole(-1 - literal)
      } else {
        .binary(.binary(.whole(-1), .subtract, self), .modulo, .call("len", .name(sequence)))
      }
    }
  }
}
