public import PythonSyntax

/// The evolved function of one program, and module code beside it where a model or a user wrote some.
///
/// Here and below, classes hold values that never change and are handed on often: that costs one reference.
public final class ProgramCode: Hashable, Sendable {
  /// The evolved function.
  public let function: FunctionDefinition
  /// Imports, helpers and constants that stand before the function; empty for what the mutator makes.
  public let support: [Statement]

  /// A function, and the code that goes before it.
  public init(function: FunctionDefinition, support: [Statement] = []) {
    self.function = function
    self.support = support
  }

  /// Whether both have the same trees.
  public static func == (one: ProgramCode, other: ProgramCode) -> Bool {
    one.function == other.function && one.support == other.support
  }

  /// Feeds the trees to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(support)
  }
}

/// A program in the database: kept small, so that 10⁵ of them fit in memory; the tree is decoded when drawn.
public final class Program: Sendable {
  /// Its number in the run.
  public let id: ProgramID
  /// Binary form of the function's tree.
  package let encodedFunction: [UInt8]
  package let encodedSupport: [UInt8]
  /// Bytes of the function's source; shorter programs are preferred within a cluster.
  public let length: Int
  /// What it scored.
  public let scores: Scores

  package init(id: ProgramID, encodedFunction: [UInt8], encodedSupport: [UInt8], length: Int, scores: Scores)
  {
    self.id = id
    self.encodedFunction = encodedFunction
    self.encodedSupport = encodedSupport
    self.length = length
    self.scores = scores
  }
}
