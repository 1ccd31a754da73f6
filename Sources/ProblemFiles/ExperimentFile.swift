/// What the file of an experiment says: which methods are compared, on what, and with what budget.
package struct ExperimentFile: Sendable {
  /// As shown in messages.
  package let path: String
  /// A problem's name, folder or specification.
  package internal(set) var problem: Entry
  package internal(set) var name: Entry?
  /// JSON texts to score on instead of the problem's own.
  package internal(set) var inputs: [String]?
  /// Such as `10` or `3-7`.
  package internal(set) var seeds: Entry?
  package internal(set) var steps: Entry?
  package internal(set) var maxTime: Entry?
  package internal(set) var target: Entry?
  package internal(set) var islands: Entry?
  package internal(set) var workers: Entry?
  package internal(set) var jobs: Entry?
  /// Settings of every method, in the order of the file.
  package internal(set) var settings: [SearchSetting] = []
  package internal(set) var methods: [Method] = []

  /// A value and the line it stands in.
  package struct Entry: Hashable, Sendable {
    package let text: String
    /// 1-based.
    package let line: Int
  }

  /// One method, perhaps with settings of its own.
  package struct Method: Hashable, Sendable {
    /// What it is called in the experiment.
    package let name: String
    /// The method it is made from.
    package let base: String
    package let settings: [SearchSetting]
    /// 1-based.
    package let line: Int
  }
}
