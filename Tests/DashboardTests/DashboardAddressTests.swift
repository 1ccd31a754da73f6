import Foundation
import Testing

@testable import Dashboard

@Suite("The dashboard's address")
struct DashboardAddressTests {
  @Test(
    "answers to names of this machine with its port, and to nothing else",
    arguments: [
      ("127.0.0.1:8080", true), ("localhost:8080", true), ("LOCALHOST:8080", true), ("[::1]:8080", true),
      ("127.0.0.1", false), ("localhost", false), ("127.0.0.1:80", false), ("127.0.0.1:8081", false),
      ("evil.example:8080", false), ("127.0.0.1.evil.example:8080", false),
      ("localhost:8080@evil.example", false),
      ("", false), ("127.0.0.1:8080 ", false), ("0.0.0.0:8080", false), ("[::1%25lo]:8080", false),
    ]
  )
  func hosts(host: String, isAnswered: Bool) {
    #expect(DashboardAddress(port: 8080).answers(to: host) == isAnswered)
  }

  @Test("may leave out the port only where it is that of HTTP")
  func defaultPort() {
    #expect(DashboardAddress(port: 80).answers(to: "localhost"))
    #expect(DashboardAddress(port: 80).answers(to: "127.0.0.1:80"))
    #expect(!DashboardAddress(port: 8080).answers(to: nil))
  }

  @Test(
    "writes names so that they stay one part of an address",
    arguments: ["..", ".", "a/b", "a b", "é%", "%2e%2E"]
  )
  func segments(name: String) {
    let segment = SitePath.segment(name)
    #expect(segment.removingPercentEncoding == name)
    #expect(segment.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "%-_~.".contains($0)) })
    #expect(segment != "." && segment != "..")
  }

  @Test("reads parameters as forms write them")
  func query() throws {
    let parameters = try SiteQuery.parameters("search=cap+set&order=&x%3D=1%262&flag")
    #expect(parameters.map(\.name) == ["search", "order", "x=", "flag"])
    #expect(parameters.map(\.value) == ["cap set", "", "1&2", ""])
    #expect(throws: RequestError.self) { _ = try SiteQuery.parameters("a=%zz") }
    #expect(throws: RequestError.self) { _ = try SiteQuery.parameters("a=%ff") }
  }
}
