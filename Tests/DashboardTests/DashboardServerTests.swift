#if Network
  import Experiment
  import Foundation
  import Hummingbird
  import HummingbirdTesting
  import NIOCore
  import RunJournal
  import Testing

  @testable import Dashboard

  @Suite("The dashboard's server", .timeLimit(.minutes(1)))
  struct DashboardServerTests {
    @Test("tells a listener when a run has grown, and only then")
    func live() async throws {
      let results = try ToyResults()
      let run = try results.make(steps: 30)
      let board = try RunBoard(run.folder)
      let stream = LiveStream(board: board, interval: .milliseconds(1))
      let response = try stream.response(StreamCount())
      #expect(response.headers[.contentType] == "text/event-stream; charset=utf-8")
      let (events, continuation) = AsyncStream<String>.makeStream()
      var iterator = events.makeAsyncIterator()
      let task = Task { try await response.body.write(EventWriter(continuation: continuation)) }
      let first = try #require(await iterator.next())
      #expect(try steps(first) == 30)
      try run.grow(to: 75)
      let second = try #require(await iterator.next())
      #expect(try steps(second) == 75)
      task.cancel()
      _ = await task.result
    }

    private func steps(_ event: String) throws -> Int? {
      #expect(event.hasPrefix("event: run\ndata: {") && event.hasSuffix("}\n\n"))
      let data = event.dropFirst("event: run\ndata: ".count)
      let members = try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any]
      return members?["steps"] as? Int
    }

    @Test("has room for so many listeners, and again when one has gone")
    func listeners() throws {
      let streams = StreamCount()
      let results = try ToyResults()
      let stream = LiveStream(board: try RunBoard(try results.make(steps: 3).folder), interval: .seconds(1))
      var open: [Response] = []
      for _ in 0..<StreamCount.most { open.append(try stream.response(streams)) }
      #expect(throws: HTTPError.self) { _ = try stream.response(streams) }
      open.removeLast()
      open.append(try stream.response(streams))
      #expect(open.count == StreamCount.most)
    }

    @Test("says which port is in use")
    func port() async throws {
      let results = try ToyResults()
      let other = DashboardServer(results.folder, address: DashboardAddress(port: 0))
      try await other.application.test(.live) { client in
        let port = try #require(client.port)
        let server = DashboardServer(results.folder, address: DashboardAddress(port: port))
        await #expect(
          throws: DashboardError(
            "port \(port) of 127.0.0.1 is in use; choose another with --port, or --port 0 for any that is free"
          )
        ) { try await server.run() }
      }
    }
  }

  /// Hands on what a stream writes, event by event.
  private struct EventWriter: ResponseBodyWriter {
    let continuation: AsyncStream<String>.Continuation

    func write(_ buffer: ByteBuffer) async throws {
      let text = String(buffer: buffer)
      // A sign of life is no event.
      if !text.hasPrefix(":") { continuation.yield(text) }
    }

    func finish(_ trailers: HTTPFields?) async throws {
      continuation.finish()
    }
  }
#endif
