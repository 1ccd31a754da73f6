package import FunSearch
import PythonSyntax

/// All programs that are one step simpler than a program, in a fixed order: the larger steps first.
///
/// What one step is: leave out statements of a block, or put the inside of an `if` or a loop in its place
/// (Reductions+Statements.swift); put the value of a local where the local is used (Reductions+Locals.swift); replace
/// an expression by a number, or by an expression inside it, leave out an argument, operand or condition, work a
/// literal operation out (Reductions+Expressions.swift); set entries of a table to 0, give neighbouring values of a
/// table the same number, and number its values anew (Reductions+Tables.swift); leave out support code.
/// Whether a program still does what it did is not known here: that is what it is evaluated for.
package enum Reductions {
  /// The programs, each smaller than this one and none twice.
  package static func of(_ code: ProgramCode) -> [ProgramCode] {
    let size = ProgramSize(code)
    var seen: Set<ProgramCode> = [code]
    var result: [ProgramCode] = []
    func add(_ candidate: ProgramCode) {
      if seen.insert(candidate).inserted, ProgramSize(candidate) < size { result.append(candidate) }
    }
    for range in pieces(of: code.support.indices) {
      add(ProgramCode(function: code.function, support: code.support.removing(range)))
    }
    let body = code.function.body
    for changed in shorter(body) + withoutLocals(body) + simpler(body) {
      var function = code.function
      function.body = changed.isEmpty ? [.pass] : changed
      add(ProgramCode(function: function, support: code.support))
    }
    return result
  }

  /// Parts of a range: the whole, its halves, their halves, down to single places.
  static func pieces(of range: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var length = range.count
    while length > 0 {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: length) {
        result.append(start..<min(start + length, range.upperBound))
      }
      length = length == 1 ? 0 : (length + 1) / 2
    }
    return result
  }
}

extension Array {
  func removing(_ range: Range<Int>) -> [Element] {
    Array(self[..<range.lowerBound] + self[range.upperBound...])
  }

  func replacing(_ index: Int, with element: Element) -> [Element] {
    var result = self
    result[index] = element
    return result
  }
}
