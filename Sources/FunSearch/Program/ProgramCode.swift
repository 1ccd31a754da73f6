package import PythonSyntax

/// The evolved function of one program, and module code beside it where a model or a user wrote some.
///
/// Here and below, classes hold values that never change and are handed on often: that costs one reference.
package final class ProgramCode: Hashable, Sendable {
  package let function: FunctionDefinition
  /// Imports, helpers and constants that stand before the function; empty for what the mutator makes.
  package let support: [Statement]

  package init(function: FunctionDefinition, support: [Statement] = []) {
    self.function = function
    self.support = support
  }

  package static func == (one: ProgramCode, other: ProgramCode) -> Bool {
    one.function == other.function && one.support == other.support
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(support)
  }
}

/// A program in the database: kept small, so that 10⁵ of them fit in memory; the tree is decoded when drawn.
package final class Program: Sendable {
  package let id: ProgramID
  /// Binary form of the function's tree.
  package let encodedFunction: [UInt8]
  package let encodedSupport: [UInt8]
  /// Bytes of the function's source; shorter programs are preferred within a cluster.
  package let length: Int
  package let scores: Scores

  package init(id: ProgramID, encodedFunction: [UInt8], encodedSupport: [UInt8], length: Int, scores: Scores)
  {
    self.id = id
    self.encodedFunction = encodedFunction
    self.encodedSupport = encodedSupport
    self.length = length
    self.scores = scores
  }
}
