import PythonSyntax

extension Inspector {
  /// Doubts a divisor unless it cannot be zero; true when it is doubted.
  @discardableResult
  mutating func divisor(_ value: Expression, _ index: Int) -> Bool {
    if isNonZero(value, found.scopes[index]) { return false }
    doubt(.divisor)
    return true
  }

  private func isNonZero(_ value: Expression, _ scope: Scope) -> Bool {
    if let literal = value.literal { return literal != 0 }
    if isLength(value, of: nil, scope) { return true }
    // `1 + abs(x)`, with a positive literal on either side.
    guard case .binary(let left, .add, let right) = value else { return false }
    return (left.literal ?? 0) > 0 && right.isAbsolute || (right.literal ?? 0) > 0 && left.isAbsolute
  }

  /// True for the length of the named sequence, or of any: `len(el)`, or a parameter known to equal it.
  ///
  /// Sequences that reach an evolved function are taken not to be empty.
  func isLength(_ value: Expression, of sequence: String?, _ scope: Scope) -> Bool {
    switch value {
    case .name(let name):
      guard case .length(let other) = scope[name]?.role else { return false }
      return sequence == nil || sequence == other
    case .call(.name("len"), let arguments):
      guard arguments.count == 1, case .name(let name) = arguments[0].plain else { return false }
      return sequence == nil || sequence == name
    default: return false
    }
  }

  /// True for a loop variable that runs through the indices of the sequence.
  private func isIndex(_ value: Expression, of sequence: String, _ scope: Scope) -> Bool {
    guard case .name(let name) = value else { return false }
    return scope[name]?.role == .index(of: sequence)
  }

  /// True for an index that lies within a sequence of any length from 1.
  func indexIsSafe(_ place: Expression, of sequence: String, _ scope: Scope) -> Bool {
    if let literal = place.wholeLiteral { return literal == 0 || literal == -1 }
    if isIndex(place, of: sequence, scope) { return true }
    switch place {
    case .unary(.minus, let operand): return isIndex(operand, of: sequence, scope)
    case .binary(_, .modulo, let right): return isLength(right, of: sequence, scope)
    case .binary(let left, .subtract, let right):
      if isIndex(right, of: sequence, scope) {
        // i - j, -1 - i, and n - 1 - i
        if isIndex(left, of: sequence, scope) || left.wholeLiteral == -1 { return true }
        guard case .binary(let length, .subtract, let one) = left else { return false }
        return one.wholeLiteral == 1 && isLength(length, of: sequence, scope)
      }
      return isIndex(left, of: sequence, scope) && right.wholeLiteral == 1
    default: return false
    }
  }

  /// True when a power neither overflows nor is complex nor divides by zero.
  func powerIsSafe(_ base: Expression, _ exponent: Expression, _ index: Int) -> Bool {
    let scope = found.scopes[index]
    if let literal = exponent.literal {
      guard literal > 0, literal <= 4, isBounded(base, scope) else { return false }
      return literal == literal.rounded() || base.isAbsolute || (base.literal ?? -1) >= 0
    }
    guard let literal = base.literal, literal > 0, literal <= 4 else { return false }
    guard case .binary(_, .modulo, let right) = exponent, let modulus = right.literal else { return false }
    return modulus > 0 && modulus <= 10
  }

  /// True for a value that does not grow with what the program has added up so far.
  func isBounded(_ value: Expression, _ scope: Scope) -> Bool {
    if case .binary(_, .modulo, let right) = value, right.literal != nil { return true }
    return !value.contains {
      switch $0 {
      case .name(let name): scope[name]?.role == .local && scope[name]?.type.isArray != true
      case .binary(_, .power, _): true
      default: false
      }
    }
  }
}

extension Expression {
  /// True for `abs(x)`, also of a module.
  var isAbsolute: Bool {
    switch self {
    case .call(.name("abs"), _), .call(.attribute(_, "abs"), _): true
    default: false
    }
  }
}
