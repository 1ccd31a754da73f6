#if Network
  package import Experiment
  import Foundation
  package import Hummingbird
  import Logging
  import NIOCore
  import Synchronization

  /// The dashboard over HTTP, on this machine only.
  package struct DashboardServer: Sendable {
    private let address: DashboardAddress
    private let routes: DashboardRoutes
    private let place: BoundPlace
    private let started: @Sendable (DashboardAddress) -> Void

    /// - Parameters:
    ///   - results: the folder that holds all runs.
    ///   - address: where to listen.
    ///   - interval: how often a run that is watched is looked at.
    ///   - started: told the address with its port when requests are answered.
    package init(
      _ results: ResultsFolder,
      address: DashboardAddress,
      interval: Duration = .seconds(1),
      started: @escaping @Sendable (DashboardAddress) -> Void = { _ in }
    ) {
      self.address = address
      self.started = started
      place = BoundPlace(address)
      routes = DashboardRoutes(site: Site(catalog: RunCatalog(results)), place: place, interval: interval)
    }

    /// The server as an application, for tests that bring their own socket or none.
    package var application: Application<RouterResponder<BasicRequestContext>> {
      var logger = Logger(label: "funsearch.dashboard")
      logger.logLevel = .critical
      return Application(
        router: routes.router,
        configuration: ApplicationConfiguration(
          address: .hostname(DashboardAddress.host, port: address.port),
          serverName: nil
        ),
        onServerRunning: { [place, started] channel in
          guard let port = channel.localAddress?.port else { return }
          let address = DashboardAddress(port: port)
          place.set(address)
          started(address)
        },
        logger: logger
      )
    }

    /// Serves until the task is cancelled.
    ///
    /// - Throws: ``DashboardError`` when the port is taken or may not be had.
    package func run() async throws {
      do {
        try await application.run()
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        throw DashboardError(
          "port \(address.port) of \(DashboardAddress.host) is in use; choose another with --port, or --port 0 "
            + "for any that is free"
        )
      } catch let error as IOError where error.errnoCode == EACCES {
        throw DashboardError(
          "port \(address.port) of \(DashboardAddress.host) may not be had by this user; choose one from 1024 "
            + "with --port"
        )
      }
    }
  }

  /// The address that is listened on, known once it is.
  final class BoundPlace: Sendable {
    private let address: Mutex<DashboardAddress>

    init(_ address: DashboardAddress) {
      self.address = Mutex(address)
    }

    var current: DashboardAddress { address.withLock { $0 } }

    func set(_ new: DashboardAddress) {
      address.withLock { $0 = new }
    }
  }
#endif
