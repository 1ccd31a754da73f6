import Foundation
import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("Serve")
  struct ServeTests {
    @Test("tells its address, says that a port is in use, and ends at once when it is interrupted")
    func serves() async throws {
      let folder = try Folder()
      try folder.write("", to: "Results/README.md")
      let server = try Product.start(["serve", "--port", "0", "--json"], in: folder)
      server.read(lines: 1)
      let other: Finished
      do {
        defer { server.kill(SIGINT) }
        let url = try #require(try server.json(ofLine: 0)["url"]?.string)
        let port = try #require(url.firstMatch(of: /^http:\/\/127\.0\.0\.1:([0-9]+)\/$/)).1
        other = try await Product.run("serve", "--port", String(port), in: folder)
      }
      #expect(other.status == 1 && other.output == "", "\(other)")
      #expect(other.errors.contains("is in use; choose another with --port"))
      let end = try server.finish()
      #expect(end.status == 130, "\(end)")
    }

    @Test("refuses a port that is none and a folder that is not there")
    func usage() async throws {
      let folder = try Folder()
      let port = try await Product.run("serve", "--port", "65536", in: folder)
      #expect(port.status == 64 && port.errors.contains("--port 65536"), "\(port)")
      let results = try await Product.run("serve", "--results", "nowhere", in: folder)
      #expect(results.status == 64 && results.errors.contains("--results nowhere"), "\(results)")
    }
  }
}
