import FunSearch
import PythonSyntax

/// Draws random expressions, statements and programs that cannot fail, typed by what the vocabulary says.
struct Grammar: Sendable {
  let vocabulary: Vocabulary

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
  }

  /// An expression of this type from what has a value in the scope, at most `depth` operations deep.
  func expression(
    _ type: ValueType,
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> Expression {
    switch type {
    case .float, .unknown: number(scope, depth, &random)
    case .int: whole(scope, depth, &random)
    case .bool: test(scope, depth, &random)
    case .array, .floatArray: array(scope, depth, &random)
    case .boolArray: mask(scope, depth, &random)
    case .string: text(scope, &random)
    case .sequence, .mapping, .record, .vector:
      variable(scope, &random) { $0.type == type } ?? .constant(.string(""))
    }
  }

  /// A replacement for an expression with this type and role.
  func replacement(
    for site: ExpressionSite,
    _ scope: Scope,
    _ depth: Int,
    _ random: inout RandomStream
  ) -> Expression? {
    switch site.role {
    case .fixed: nil
    case .index(let sequence): index(of: sequence, scope, &random)
    case .divisor: divisor(scope, depth, &random)
    case .exponent: .whole(random.integer(in: 1...3))
    case .value: expression(site.type, scope, depth, &random)
    }
  }

  /// A name of the scope that passes the test, each equally likely.
  func variable(
    _ scope: Scope,
    _ random: inout RandomStream,
    where test: (Variable) -> Bool
  ) -> Expression? {
    let count = scope.variables.count(where: test)
    guard count > 0 else { return nil }
    var rest = random.integer(below: count)
    for variable in scope.variables where test(variable) {
      if rest == 0 { return .name(variable.name) }
      rest -= 1
    }
    return nil
  }

  /// The first of these names that means nothing yet.
  func freshName(_ candidates: [String], _ scope: Scope) -> String {
    let free = candidates.first { scope[$0] == nil && !vocabulary.globals.contains($0) }
    return free ?? "\(candidates[0])_\(scope.variables.count)"
  }
}

extension Scope {
  /// A sequence of the scope whose elements pass the test.
  func sequence(_ random: inout RandomStream, where test: (ValueType.Element) -> Bool) -> Variable? {
    let fitting = variables.filter {
      if case .sequence(let element) = $0.type { test(element) } else { false }
    }
    return fitting.isEmpty ? nil : random.element(of: fitting)
  }

  /// True when a sequence of numbers is in scope.
  var hasNumbers: Bool { variables.contains { $0.type.isNumberSequence } }
}

extension ValueType {
  /// True for a sequence of numbers.
  var isNumberSequence: Bool { isSequence && (element?.isNumber ?? false) }
}
