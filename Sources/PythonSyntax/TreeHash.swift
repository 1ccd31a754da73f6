/// The 128-bit canonical hash of a tree: equal for programs that differ in local names only.
package struct TreeHash: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}
