/// Where the dashboard listens.
package struct DashboardAddress: Hashable, Sendable {
  /// This machine only: runs are nobody else's business.
  package static let host = "127.0.0.1"
  package let port: Int

  /// - Parameter port: 0 for any that is free.
  package init(port: Int) {
    self.port = port
  }
}
