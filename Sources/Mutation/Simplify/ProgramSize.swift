package import FunSearch
import PythonSyntax

/// How large a program is: nodes first, and of equally many nodes what its literals say.
///
/// A reduction always leads to a smaller size, so that a simplification comes to an end.
package struct ProgramSize: Hashable, Comparable, Sendable {
  /// Statements and expressions of the function's body and of its support code.
  package let nodes: Int
  /// Uses of names.
  private var names = 0
  /// Literals other than 0 and False.
  private var literals = 0
  /// Different numbers among the literals.
  private var numbers = 0
  /// Characters of the numbers.
  private var digits = 0
  /// Sum of the absolute values of the numbers.
  private var magnitude = 0.0

  package init(_ code: ProgramCode) {
    let body = code.support + code.function.body
    nodes = body.nodeCount
    var different: Set<Double> = []
    for statement in body { add(statement, &different) }
    numbers = different.count
  }

  package static func < (a: ProgramSize, b: ProgramSize) -> Bool {
    if (a.nodes, a.names, a.literals) != (b.nodes, b.names, b.literals) {
      return (a.nodes, a.names, a.literals) < (b.nodes, b.names, b.literals)
    }
    return (a.numbers, a.digits, a.magnitude) < (b.numbers, b.digits, b.magnitude)
  }

  private mutating func add(_ statement: Statement, _ different: inout Set<Double>) {
    statement.forEachChild(expression: { add($0, &different) }, statement: { add($0, &different) })
  }

  private mutating func add(_ expression: Expression, _ different: inout Set<Double>) {
    switch expression {
    case .name: names += 1
    case .constant(.int(let value)): add(Double(value), characters: String(value).utf8.count, &different)
    case .constant(.float(let value)): add(value, characters: "\(value)".utf8.count, &different)
    case .constant(.bool(false)): break
    case .constant: literals += 1
    default: expression.forEachChild { add($0, &different) }
    }
  }

  private mutating func add(_ value: Double, characters: Int, _ different: inout Set<Double>) {
    different.insert(value)
    digits += characters
    guard value != 0 else { return }
    literals += 1
    magnitude += abs(value)
  }
}
