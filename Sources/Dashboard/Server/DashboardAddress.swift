/// Where the dashboard listens.
package struct DashboardAddress: Hashable, Sendable {
  /// This machine only: runs are nobody else's business.
  package static let host = "127.0.0.1"
  package let port: Int

  /// - Parameter port: 0 for any that is free.
  package init(port: Int) {
    self.port = port
  }

  /// What a browser opens.
  package var url: String { "http://\(Self.host):\(port)/" }

  /// Whether a request with this Host is meant for this server.
  ///
  /// A page from elsewhere can give its own name the address 127.0.0.1 and let the browser read what is answered
  /// there; the name it asks for then betrays it.
  package func answers(to host: String?) -> Bool {
    guard let host else { return false }
    let names = [Self.host, "localhost", "[::1]"]
    let isDefaultPort = port == 80
    return names.contains {
      host.lowercased() == "\($0):\(port)" || (isDefaultPort && host.lowercased() == $0)
    }
  }
}

/// A dashboard that could not be started or had to end.
package struct DashboardError: Error, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
