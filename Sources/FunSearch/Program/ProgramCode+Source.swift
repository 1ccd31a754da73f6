public import PythonSyntax

extension ProgramCode {
  /// The module text that defines the function, support code first.
  public var source: String {
    let text = function.source()
    return support.isEmpty ? text : support.source() + "\n\n" + text
  }

  /// Binary form of the support code; empty when there is none.
  package var encodedSupport: [UInt8] {
    support.isEmpty ? [] : support.encoded()
  }

  /// Reads a program's binary form back; no bytes of support code are none.
  /// - Throws: `TreeError` when the bytes are not a tree.
  package convenience init(encodedFunction: [UInt8], encodedSupport: [UInt8]) throws(TreeError) {
    self.init(
      function: try FunctionDefinition(encoded: encodedFunction),
      support: encodedSupport.isEmpty ? [] : try [Statement](encoded: encodedSupport)
    )
  }

  /// Reads a stored program back.
  /// - Throws: `TreeError` when the bytes are not a tree.
  public convenience init(_ program: Program) throws(TreeError) {
    try self.init(encodedFunction: program.encodedFunction, encodedSupport: program.encodedSupport)
  }
}
