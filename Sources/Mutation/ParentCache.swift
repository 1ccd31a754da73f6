import FunSearch
import PythonSyntax
import Synchronization

/// The programs a proposer met last, decoded and inspected: a search draws the same good ones again and again.
///
/// What it answers is a function of the program alone, so that it changes no history.
final class ParentCache: Sendable {
  /// A program as the mutator sees it.
  struct Parent: Sendable {
    let code: ProgramCode
    /// What has a value at the start of its function.
    let start: Scope
    let inspection: Inspection
    let nodeCount: Int
    /// What it is when it is a table over features.
    var table: FeatureTable?
  }

  private struct Entry {
    let encodedFunction: [UInt8]
    let encodedSupport: [UInt8]
    let parent: Parent
  }

  private static let limit = 512
  private let vocabulary: Vocabulary
  private let tables: TableMaker?
  private let entries = Mutex<[ProgramID: Entry]>([:])

  init(_ vocabulary: Vocabulary, tables: TableMaker? = nil) {
    self.vocabulary = vocabulary
    self.tables = tables
  }

  /// The program, decoded and inspected now or before.
  ///
  /// - Throws: `TreeError` for a program that cannot be decoded.
  func parent(_ program: Program) throws -> Parent {
    let known = entries.withLock { $0[program.id] }
    if let known, known.encodedFunction == program.encodedFunction,
      known.encodedSupport == program.encodedSupport
    {
      return known.parent
    }
    var parent = try Self.parent(program, vocabulary)
    parent.table = tables?.table(of: parent)
    entries.withLock { entries in
      if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
      entries[program.id] = Entry(
        encodedFunction: program.encodedFunction,
        encodedSupport: program.encodedSupport,
        parent: parent
      )
    }
    return parent
  }

  /// The program, decoded and inspected; whether it is a table is not looked at.
  ///
  /// - Throws: `TreeError` for a program that cannot be decoded.
  static func parent(_ program: Program, _ vocabulary: Vocabulary) throws -> Parent {
    let code = try ProgramCode(program)
    let start = vocabulary.scope(of: code.function)
    return Parent(
      code: code,
      start: start,
      inspection: Inspector.inspect(code.function.body, start, vocabulary),
      nodeCount: code.function.body.nodeCount
    )
  }
}
