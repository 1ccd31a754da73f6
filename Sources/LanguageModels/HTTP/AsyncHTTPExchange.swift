#if Network
  import AsyncHTTPClient
  import Foundation
  import NIOCore
  import NIOHTTP1
  import NIOPosix
  import Synchronization

  /// Exchanges over real connections.
  package final class AsyncHTTPExchange: HTTPExchange {
    private let client: HTTPClient

    /// - Parameters:
    ///   - connect: how long a connection may take to stand.
    ///   - connections: how many connections one server may have.
    package init(connect: Duration, connections: Int) {
      var configuration = HTTPClient.Configuration(
        redirectConfiguration: .disallow,
        timeout: .init(connect: TimeAmount(connect))
      )
      configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, connections)
      configuration.connectionPool.retryConnectionEstablishment = false
      client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    package func close() async {
      // It fails only when it was shut down before, and then there is nothing left to close.
      _ = try? await client.shutdown()
    }

    package func send(_ request: HTTPRequest, within limits: HTTPLimits) async throws(HTTPFault) -> HTTPAnswer
    {
      let progress = ExchangeProgress()
      let outcome = await withTaskGroup(of: Result<HTTPAnswer, HTTPFault>?.self) { group in
        group.addTask { await self.exchange(request, within: limits, progress) }
        group.addTask { await Self.watch(progress, limits) }
        defer { group.cancelAll() }
        while let outcome = await group.next() {
          if let outcome { return outcome }
        }
        return Result<HTTPAnswer, HTTPFault>.failure(HTTPFault(.cancelled, "cancelled"))
      }
      if Task.isCancelled, case .failure = outcome { throw HTTPFault(.cancelled, "cancelled") }
      return try outcome.get()
    }

    private func exchange(
      _ request: HTTPRequest,
      within limits: HTTPLimits,
      _ progress: ExchangeProgress
    ) async -> Result<HTTPAnswer, HTTPFault>? {
      var message = HTTPClientRequest(url: request.url)
      message.method = .POST
      for field in request.fields { message.headers.add(name: field.name, value: field.text) }
      message.body = .bytes(ByteBuffer(bytes: request.body))
      do {
        let answer = try await client.execute(message, deadline: .now() + TimeAmount(limits.total))
        progress.head(answer)
        for try await piece in answer.body {
          guard progress.piece(piece, limit: limits.answerBytes) else {
            return .failure(HTTPFault(.tooLong, "the answer is longer than \(limits.answerBytes) bytes"))
          }
        }
        return .success(progress.answer ?? HTTPAnswer(status: Int(answer.status.code)))
      } catch {
        // What the watch ended, it also tells.
        return Task.isCancelled ? nil : .failure(Self.fault(error, partial: progress.answer))
      }
    }

    /// Waits until a limit of time is reached; nil when the exchange ended before.
    private static func watch(
      _ progress: ExchangeProgress,
      _ limits: HTTPLimits
    ) async -> Result<HTTPAnswer, HTTPFault>? {
      let end = progress.start + limits.total
      while true {
        let (last, hasHead) = progress.last
        let next = min(end, last + (hasHead ? limits.idle : limits.firstByte))
        let now = ContinuousClock.now
        guard now < next else {
          return .failure(progress.fault(isEnd: next == end, hasHead: hasHead, limits))
        }
        // The head may come while this sleeps, and then a shorter limit holds.
        let wake = min(next, now + min(limits.idle, limits.firstByte))
        guard (try? await Task.sleep(until: wake, clock: .continuous)) != nil else { return nil }
      }
    }

    /// Errors of the system that say that nothing was sent.
    private static let unreachable: Set<CInt> = [
      ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EADDRNOTAVAIL, ETIMEDOUT,
    ]

    private static func fault(_ error: any Error, partial: HTTPAnswer?) -> HTTPFault {
      if let error = error as? HTTPClientError {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
          return HTTPFault(.noConnection, "no connection in time")
        case .invalidURL, .emptyHost, .emptyScheme:
          return HTTPFault(.badAddress, "the address is not one of http or https")
        case .deadlineExceeded: return HTTPFault(.firstByteLate, "no answer in time")
        case .cancelled: return HTTPFault(.cancelled, "cancelled")
        case .remoteConnectionClosed:
          return HTTPFault(.broken, "the server closed the connection", partial: partial)
        default: return HTTPFault(.broken, error.shortDescription, partial: partial)
        }
      }
      if let error = error as? NIOConnectionError {
        let reason = error.connectionErrors.first.map { "\($0.error)" } ?? error.dnsAError.map { "\($0)" }
        return HTTPFault(.noConnection, reason ?? "the host \(error.host) is not known")
      }
      if let error = error as? IOError, unreachable.contains(error.errnoCode) {
        return HTTPFault(.noConnection, "\(error)")
      }
      if let error = error as? ChannelError, case .connectTimeout = error {
        return HTTPFault(.noConnection, "no connection in time")
      }
      if error is CancellationError { return HTTPFault(.cancelled, "cancelled") }
      return HTTPFault(.broken, "the connection broke: \(error)", partial: partial)
    }
  }

  /// How far an exchange is, shared by the one that reads and the one that watches.
  private final class ExchangeProgress: Sendable {
    let start = ContinuousClock.now
    private let state: Mutex<(last: ContinuousClock.Instant, answer: HTTPAnswer?)>

    init() {
      state = Mutex((start, nil))
    }

    /// When something came last, and whether the head has.
    var last: (ContinuousClock.Instant, hasHead: Bool) {
      state.withLock { ($0.last, $0.answer != nil) }
    }

    var answer: HTTPAnswer? { state.withLock { $0.answer } }

    func head(_ answer: HTTPClientResponse) {
      var fields: [String: String] = [:]
      for (name, value) in answer.headers { fields[name.lowercased()] = value }
      let now = ContinuousClock.now
      let head = HTTPAnswer(status: Int(answer.status.code), fields: fields, firstByte: now - start)
      state.withLock { $0 = (now, head) }
    }

    /// Whether the answer is within its limit still.
    func piece(_ piece: ByteBuffer, limit: Int) -> Bool {
      state.withLock {
        $0.last = ContinuousClock.now
        $0.answer?.body.append(contentsOf: piece.readableBytesView)
        return ($0.answer?.body.count ?? 0) <= limit
      }
    }

    func fault(isEnd: Bool, hasHead: Bool, _ limits: HTTPLimits) -> HTTPFault {
      if isEnd { return HTTPFault(.late, "no whole answer within \(limits.total)", partial: answer) }
      return hasHead
        ? HTTPFault(.stalled, "the answer stopped for \(limits.idle)", partial: answer)
        : HTTPFault(.firstByteLate, "no answer within \(limits.firstByte)")
    }
  }
#endif
