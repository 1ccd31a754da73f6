package import PythonSyntax

extension ProgramCode {
  /// The module text that defines the function, support code first.
  package var source: String {
    let text = function.source()
    return support.isEmpty ? text : support.source() + "\n\n" + text
  }

  /// Binary form of the support code; empty when there is none.
  package var encodedSupport: [UInt8] {
    support.isEmpty ? [] : support.encoded()
  }

  /// Reads a stored program back.
  /// - Throws: ``TreeError`` when the bytes are not a tree.
  package init(_ program: Program) throws(TreeError) {
    self.init(
      function: try FunctionDefinition(encoded: program.encodedFunction),
      support: program.encodedSupport.isEmpty ? [] : try [Statement](encoded: program.encodedSupport))
  }
}
