import FunSearch
import RunJournal
import Synchronization

/// A journal that keeps nothing: it compares what a search does with what a run did, in canonical order.
final class HistoryComparison: Journal {
  /// What is compared of each program of the run, from 1: fingerprints of the lines of its digest.
  private let expected: [UInt64]
  private let expectedResets: [Int: ResetRecord]
  private let islands: Int
  private let state: Mutex<State>

  private struct State {
    var order: CanonicalOrder
    /// Programs found equal.
    var equal = 0
    var epoch = 0
    var difference: Replay.Difference?
  }

  /// A comparison with the run of `reader`, of which the first `length` programs are the history.
  init(_ reader: RunReader, length: Int) throws {
    var expected: [UInt64] = []
    expected.reserveCapacity(length)
    var resets: [Int: ResetRecord] = [:]
    try reader.history(length: length) { event in
      switch event {
      case .founded: break
      case .committed(let record): expected.append(Self.fingerprint(record))
      case .reset(let record): resets[record.epoch] = record
      }
    }
    self.expected = expected
    expectedResets = resets
    islands = reader.islands
    state = Mutex(State(order: CanonicalOrder(islands: reader.islands)))
  }

  /// Programs found equal, up to the first difference.
  var equal: Int { state.withLock { $0.equal } }

  /// The first difference in canonical order: where it is, and what was done instead.
  var difference: Replay.Difference? { state.withLock { $0.difference } }

  func append(_ events: [SearchEvent]) throws {
    state.withLock { state in
      for event in events { state.order.add(event) }
      while state.difference == nil, state.equal < expected.count, let (record, reset) = state.order.next() {
        compare(record, reset, &state)
      }
    }
  }

  func flush() throws {}

  private func compare(_ record: StepRecord, _ found: ResetRecord?, _ state: inout State) {
    let was = expectedResets[record.epoch]
    if record.epoch > state.epoch, was != found {
      state.difference = Replay.Difference(record, islands: islands, reset: (was: was, is: found))
    } else if Self.fingerprint(record) != expected[state.equal] {
      state.difference = Replay.Difference(record, islands: islands, reset: nil)
    } else {
      state.equal += 1
      state.epoch = record.epoch
    }
  }

  /// 64 bits of everything a history says of a step, and whether it was a claim (FNV-1a).
  private static func fingerprint(_ record: StepRecord) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in HistoryDigest.line(record) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (hash ^ (record.claim == nil ? 0 : 1)) &* 0x100_0000_01b3
  }
}
