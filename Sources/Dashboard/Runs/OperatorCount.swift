import PythonSyntax

/// How an operator fared in a run.
package struct OperatorCount: Hashable, Sendable {
  package let name: String
  /// Programs it had a part in.
  package let programs: Int
  /// Programs among them that became a best of their island.
  package let bests: Int
}

extension ProgramIndex {
  /// The names of a list of operators as it stands in the journal.
  static func operators(of text: String) -> Set<String> {
    Set(((try? JSONValue(parsing: text))?.array ?? []).compactMap(\.string))
  }

  /// All operators of the run, those with most programs first.
  ///
  /// - Parameter bests: programs that became a best of their island.
  /// - Returns: a count for each operator.
  package func operatorCounts(bests: some Sequence<Int>) -> [OperatorCount] {
    var programs: [String: Int] = [:]
    var winners: [String: Int] = [:]
    for (names, count) in zip(makerNames, makers.counts) {
      for name in names { programs[name, default: 0] += count }
    }
    for program in bests where holds(program) {
      for name in makerNames[Int(maker[program])] { winners[name, default: 0] += 1 }
    }
    return programs.map { OperatorCount(name: $0.key, programs: $0.value, bests: winners[$0.key] ?? 0) }
      .sorted { ($0.programs, $1.name) > ($1.programs, $0.name) }
  }
}
