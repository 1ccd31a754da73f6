#if Network
  import Foundation
  import NIOCore
  import NIOPosix
  import Synchronization

  /// A server of models on 127.0.0.1 that does what it is told, down to the bytes.
  package final class StubServer: Sendable {
    /// What it does with a request.
    package typealias Behaviour = @Sendable (StubRequest) -> StubAnswer

    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let log: StubLog

    /// Starts a server on a port of the system's choice, or a given one.
    package static func start(
      port: Int = 0,
      gathering: Int = 1,
      _ behaviour: @escaping Behaviour
    ) async throws -> StubServer {
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      let log = StubLog(gathering: gathering)
      let bootstrap = ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 1024)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(StubHandler(behaviour, log))
          }
        }
      let channel = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
      return StubServer(channel, group, log)
    }

    private init(_ channel: any Channel, _ group: MultiThreadedEventLoopGroup, _ log: StubLog) {
      (self.channel, self.group, self.log) = (channel, group, log)
    }

    package var port: Int { channel.localAddress?.port ?? 0 }

    /// Without a path.
    package var address: String { "http://127.0.0.1:\(port)" }

    /// Requests that have come.
    package var count: Int { log.state.withLock { $0.requests } }

    /// The most requests that were under way at once.
    package var peak: Int { log.state.withLock { $0.peak } }

    /// Connections that are open.
    package var connections: Int { log.state.withLock { $0.connections } }

    /// Waits until it is stopped from outside.
    package func serve() async throws { try await channel.closeFuture.get() }

    package func stop() async throws {
      try await channel.close()
      try await group.shutdownGracefully()
    }
  }

  /// What a server saw, shared by its connections.
  private final class StubLog: Sendable {
    struct State {
      var requests = 0
      var connections = 0
      var underWay = 0
      var peak = 0
      var gathered: [@Sendable () -> Void] = []
    }

    let state = Mutex(State())
    let gathering: Int

    init(gathering: Int) { self.gathering = gathering }

    func nextIndex() -> Int {
      state.withLock {
        $0.requests += 1
        $0.underWay += 1
        $0.peak = max($0.peak, $0.underWay)
        return $0.requests - 1
      }
    }

    func answered() { state.withLock { $0.underWay -= 1 } }

    /// Goes on when enough requests are gathered.
    func gather(_ goOn: @escaping @Sendable () -> Void) {
      let all = state.withLock { state -> [@Sendable () -> Void] in
        state.gathered.append(goOn)
        guard state.gathered.count >= gathering else { return [] }
        defer { state.gathered = [] }
        return state.gathered
      }
      for goOn in all { goOn() }
    }
  }

  /// One connection.
  private final class StubHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let behaviour: StubServer.Behaviour
    private let log: StubLog
    private var reader = StubRequestReader()

    init(_ behaviour: @escaping StubServer.Behaviour, _ log: StubLog) {
      (self.behaviour, self.log) = (behaviour, log)
    }

    func channelActive(context: ChannelHandlerContext) { log.state.withLock { $0.connections += 1 } }

    func channelInactive(context: ChannelHandlerContext) { log.state.withLock { $0.connections -= 1 } }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      reader.take(unwrapInboundIn(data).readableBytesView)
      while let request = reader.next(index: { log.nextIndex() }) {
        perform(behaviour(request).steps[...], on: context.channel)
      }
    }

    private func perform(_ steps: ArraySlice<StubAnswer.Step>, on channel: any Channel) {
      Self.perform(steps, on: channel, log)
    }

    private static func perform(_ steps: ArraySlice<StubAnswer.Step>, on channel: any Channel, _ log: StubLog)
    {
      for (index, step) in zip(steps.indices, steps) {
        switch step {
        case .send(let bytes): channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        case .stall: return log.answered()
        case .close:
          channel.close(promise: nil)
          return log.answered()
        case .reset:
          _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
          channel.close(promise: nil)
          return log.answered()
        case .gather:
          let rest = steps[(index + 1)...]
          return log.gather { channel.eventLoop.execute { Self.perform(rest, on: channel, log) } }
        }
      }
      log.answered()
    }
  }
#endif
