#if Network
  import Hummingbird
  import NIOCore
  import Synchronization

  /// Server-sent events of one run: `run` when it was opened, and whenever it has changed since.
  struct LiveStream: Sendable {
    let board: RunBoard
    let interval: Duration

    /// Looks between two signs of life, which find out that nobody listens any more.
    private static let looksPerSign = 10

    /// - Throws: ``RequestError`` when too many listen already.
    func response(_ streams: StreamCount) throws -> Response {
      guard streams.enter() else {
        throw HTTPError(
          .serviceUnavailable,
          message: "\(StreamCount.most) listeners are too many; close some"
        )
      }
      let lease = StreamLease(streams)
      return Response(
        status: .ok,
        headers: [.contentType: "text/event-stream; charset=utf-8"],
        body: ResponseBody { writer in
          try await write(&writer)
          withExtendedLifetime(lease) {}
        }
      )
    }

    @concurrent
    private func write(_ writer: inout any ResponseBodyWriter) async throws {
      var last: RunBoard.Pulse?
      var looks = 0
      while !Task.isCancelled {
        if try await board.pulse() != last {
          let snapshot = try await board.snapshot()
          let data = try SiteJSON.text(PulseObject(snapshot))
          last = RunBoard.Pulse(snapshot)
          try await writer.write(ByteBuffer(string: "event: run\ndata: \(data)\n\n"))
        } else if looks % Self.looksPerSign == 0 {
          try await writer.write(ByteBuffer(string: ": nothing new\n\n"))
        }
        looks += 1
        try await Task.sleep(for: interval)
      }
      try await writer.finish(nil)
    }
  }

  /// How many listen, so that forgotten pages do not pile up.
  final class StreamCount: Sendable {
    static let most = 64
    private let count = Mutex(0)

    /// Takes a place; false when there is none.
    func enter() -> Bool {
      count.withLock { count in
        guard count < Self.most else { return false }
        count += 1
        return true
      }
    }

    func leave() {
      count.withLock { $0 -= 1 }
    }
  }

  /// A place among those who listen, given back when the answer is done with, however it ended.
  private final class StreamLease: Sendable {
    private let streams: StreamCount

    init(_ streams: StreamCount) {
      self.streams = streams
    }

    deinit { streams.leave() }
  }
#endif
