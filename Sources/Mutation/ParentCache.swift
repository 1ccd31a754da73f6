import FunSearch
import PythonSyntax
import Synchronization

/// The programs a proposer met last, decoded, and inspected where that was asked for: a search draws the same good
/// ones again and again.
///
/// What it answers is a function of the program alone, so that it changes no history.
final class ParentCache: Sendable {
  /// A program as the mutator sees it.
  final class Parent: Sendable {
    let code: ProgramCode
    /// What has a value at the start of its function.
    let start: Scope
    /// What it is when it is a table over features.
    let table: FeatureTable?
    private let vocabulary: Vocabulary
    private let inspected = Mutex<Inspection?>(nil)

    init(_ code: ProgramCode, _ vocabulary: Vocabulary, tables: TableMaker?) {
      self.code = code
      start = vocabulary.scope(of: code.function)
      table = tables?.table(of: code, start)
      self.vocabulary = vocabulary
    }

    /// Made when it is first asked for: a table that is climbed from does without.
    var inspection: Inspection {
      inspected.withLock { value in
        if let value { return value }
        let inspection = Inspector.inspect(code.function.body, start, vocabulary)
        value = inspection
        return inspection
      }
    }
  }

  private struct Entry {
    let program: Program
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

  /// The program, decoded now or before.
  ///
  /// - Throws: `TreeError` for a program that cannot be decoded.
  func parent(_ program: Program) throws -> Parent {
    let known = entries.withLock { $0[program.id] }
    if let known, known.program.hasCode(of: program) { return known.parent }
    let parent = Parent(try ProgramCode(program), vocabulary, tables: tables)
    entries.withLock { entries in
      if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
      entries[program.id] = Entry(program: program, parent: parent)
    }
    return parent
  }
}

extension Program {
  fileprivate func hasCode(of other: Program) -> Bool {
    self === other || encodedFunction == other.encodedFunction && encodedSupport == other.encodedSupport
  }
}
