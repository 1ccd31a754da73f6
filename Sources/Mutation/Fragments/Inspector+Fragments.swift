import PythonSyntax

extension Inspector {
  /// The type of an expression that is one of the vocabulary whose author vouches for it; nil for any other.
  mutating func trusted(_ expression: Expression, _ index: Int) -> ValueType? {
    for fragment in vocabulary.fragments.trusted {
      guard case .expression(let shape, let type) = fragment.shape,
        fragment.isUsable(in: found.scopes[index]),
        expression.isMade(of: shape)
      else { continue }
      look(at: expression, shape, fragment, index)
      return type
    }
    return nil
  }

  /// Numbers the parts of the expression, and looks at what fills holes.
  private mutating func look(
    at expression: Expression,
    _ shape: Expression,
    _ fragment: Fragment,
    _ index: Int
  ) {
    for (part, wanted) in zip(expression.parts, shape.parts) {
      if case .name(let name) = wanted, let hole = fragment.holes.first(where: { $0.name == name }) {
        check(part, hole, index)
      } else {
        number += 1
        look(at: part, wanted, fragment, index)
      }
    }
  }

  private mutating func check(_ filling: Expression, _ hole: Fragment.Hole, _ index: Int) {
    switch hole.kind {
    case .value(let wanted):
      guard hole.inner.isEmpty else { return skip(filling) }
      if !type(of: filling, .value, index).fits(wanted) { doubt(.type) }
    case .constant:
      if !type(of: filling, .value, index).isNumber || filling.literal == nil { doubt(.type) }
    case .modulus:
      _ = type(of: filling, .divisor, index)
      if (filling.wholeLiteral ?? 0) < 2 { doubt(.divisor) }
    case .divisor:
      _ = type(of: filling, .divisor, index)
      divisor(filling, index)
    case .index(let sequence):
      _ = type(of: filling, .index(of: sequence), index)
      if !indexIsSafe(filling, of: sequence, found.scopes[index]) { doubt(.index) }
    case .target: doubt(.foreign)
    }
  }
}

extension Expression {
  /// Whether this is the shape of a fragment with its holes filled.
  fileprivate func isMade(of shape: Expression) -> Bool {
    if shape.holeName != nil { return true }
    let (own, wanted) = (parts, shape.parts)
    guard own.count == wanted.count else { return false }
    if own.isEmpty { return self == shape }
    let blank = [Expression](repeating: .constant(.none), count: own.count)
    return with(parts: blank) == shape.with(parts: blank) && zip(own, wanted).allSatisfy { $0.isMade(of: $1) }
  }

  private var holeName: String? {
    guard case .name(let name) = self, name.hasPrefix("hole_"), name.hasSuffix("__") else { return nil }
    return name
  }
}
