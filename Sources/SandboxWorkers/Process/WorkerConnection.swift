import CSandboxShims

/// A running worker and the two byte streams to it.
///
/// Blocks; belongs to one thread.
struct WorkerConnection {
  /// What ended an exchange of frames.
  enum Stop: Hashable {
    case complete
    /// No reply in time to the first request without one.
    case timedOut
    /// The stream ended or broke while that request was in work.
    case lost(String)
  }

  let child: ChildProcess
  /// The end of what it wrote to its standard error.
  private(set) var complaints: [UInt8] = []
  private var received = FrameBuffer()
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var pace = ReplyPace()

  init(_ child: ChildProcess) {
    self.child = child
  }

  /// Writes `requests` (whole frames) while reading replies, so that neither side can wait for the other
  /// for ever; hands each reply to `accept`, which throws ``UnreadableReply`` for one that makes no sense.
  ///
  /// - Parameters:
  ///   - requests: as many as replies are expected, less `unasked`.
  ///   - unasked: replies that come without a request.
  ///   - milliseconds: time for each reply, counted from the one before it.
  ///   - accept: takes one reply.
  /// - Returns: why it ended.
  mutating func exchange(
    _ requests: ArraySlice<[UInt8]>,
    unasked: Int = 0,
    within milliseconds: Int64,
    accept: (ArraySlice<UInt8>) throws(UnreadableReply) -> Void
  ) -> Stop {
    // What came without being asked for must not be taken for an answer.
    if received.isWithinFrame { return .lost("sent more than it was asked for") }
    var waiting = Window(requests)
    var missing = requests.count + unasked
    var deadline = fs_monotonic_milliseconds() + milliseconds
    pace.begin(missing)
    defer { pace.end(missing: missing) }
    while missing > 0 {
      waiting.fill(&outgoing, &sent, missing: missing)
      if sent == outgoing.count { pace.nap(missing: missing) }
      let left = deadline - fs_monotonic_milliseconds()
      let ready =
        left < 0
        ? 0 : fs_wait_ready(sent < outgoing.count ? child.input : -1, child.output, child.errors, left)
      if ready == 0 { return .timedOut }
      if ready & Int32(fs_can_read_errors) != 0 { readComplaints() }
      if ready & Int32(fs_can_write) != 0 { send() }
      guard ready & Int32(fs_can_read) != 0 else { continue }
      let open = receive()
      let before = missing
      if let fault = take(&missing, accept) { return .lost(fault) }
      if missing < before { deadline = fs_monotonic_milliseconds() + milliseconds }
      if !open && missing > 0 { return .lost(received.isWithinFrame ? "ended within a reply" : "ended") }
    }
    return .complete
  }

  /// Takes whole frames out of what arrived; the fault, if one is wrong.
  private mutating func take(
    _ missing: inout Int,
    _ accept: (ArraySlice<UInt8>) throws(UnreadableReply) -> Void
  ) -> String? {
    do {
      while missing > 0, let payload = try received.next() {
        try accept(payload)
        missing -= 1
      }
    } catch let error as FrameTooLong {
      return "announced a reply of \(error.announced) bytes; the limit is \(FrameBuffer.limit)"
    } catch {
      return "sent a reply that cannot be read: \(error)"
    }
    return nil
  }

  /// Reads once; false at the end of the stream.
  private mutating func receive() -> Bool {
    if case .closed = read(child.output, into: &received.bytes, limit: 1 << 12) { return false }
    return true
  }

  private mutating func send() {
    switch write(child.input, outgoing, from: sent) {
    case .bytes(let count): sent += count
    case .notReady: break
    // Whatever the reason, the end of the other stream tells.
    case .closed: sent = outgoing.count
    }
  }

  /// Reads what there is on standard error, and keeps the last 4 KiB.
  private mutating func readComplaints() {
    if case .bytes = read(child.errors, into: &complaints, limit: 4096), complaints.count > 4096 {
      complaints.removeFirst(complaints.count - 4096)
    }
  }

  /// Ends the process; a sentence on how it ended and what it said last.
  mutating func end() -> String {
    let ending = child.end()
    readComplaints()
    let lines = String(decoding: complaints, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.last.map { "\(ending): \($0)" } ?? "\(ending)"
  }
}

/// The requests not yet put in line, fed so that at most 64 are unanswered.
private struct Window {
  private var requests: ArraySlice<[UInt8]>
  private static let width = 64

  init(_ requests: ArraySlice<[UInt8]>) {
    self.requests = requests
  }

  mutating func fill(_ outgoing: inout [UInt8], _ sent: inout Int, missing: Int) {
    if sent == outgoing.count {
      outgoing.removeAll(keepingCapacity: true)
      sent = 0
    }
    while let request = requests.first, missing - requests.count < Self.width {
      outgoing += request
      requests.removeFirst()
    }
  }
}
