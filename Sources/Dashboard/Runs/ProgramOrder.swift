/// The programs of a run in the order of a value, kept while the run grows.
struct ProgramOrder: Sendable {
  /// What programs are ordered by; of equal ones the lower number comes first.
  enum Key: Hashable, Sendable {
    /// Best first; failures last.
    case score
    /// Longest first.
    case cpu
  }

  let key: Key
  private(set) var programs: [UInt32] = []

  init(_ key: Key) {
    self.key = key
  }

  /// Takes programs that were added to the index since.
  mutating func take(_ fresh: [UInt32], of index: ProgramIndex) {
    guard !fresh.isEmpty else { return }
    let sorted = fresh.sorted { precedes($0, $1, index) }
    var merged: [UInt32] = []
    merged.reserveCapacity(programs.count + sorted.count)
    var (i, j) = (0, 0)
    while i < programs.count, j < sorted.count {
      if precedes(sorted[j], programs[i], index) {
        merged.append(sorted[j])
        j += 1
      } else {
        merged.append(programs[i])
        i += 1
      }
    }
    merged.append(contentsOf: programs[i...])
    merged.append(contentsOf: sorted[j...])
    programs = merged
  }

  /// The place of the first program that does not come before `program`.
  func place(of program: Int, _ index: ProgramIndex) -> Int {
    var (low, high) = (0, programs.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(programs[middle], UInt32(clamping: program), index) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private func precedes(_ a: UInt32, _ b: UInt32, _ index: ProgramIndex) -> Bool {
    switch key {
    case .score:
      let (one, other) = (index.total[Int(a)], index.total[Int(b)])
      if one.isNaN || other.isNaN { return one.isNaN == other.isNaN ? a < b : other.isNaN }
      return one == other ? a < b : one > other
    case .cpu:
      let (one, other) = (index.cpu[Int(a)], index.cpu[Int(b)])
      return one == other ? a < b : one > other
    }
  }
}
