#if Network
  import Experiment
  import Foundation
  import FunSearch
  import Hummingbird
  import HummingbirdTesting
  import NIOCore
  import RunJournal
  import Testing

  @testable import Dashboard

  @Suite("Routes of the dashboard")
  struct DashboardRouteTests {
    /// Asks without a socket; the test client says it wants localhost, without a port.
    private func ask(
      _ results: ToyResults,
      _ uri: String,
      method: HTTPRequest.Method = .get
    ) async throws -> (status: Int, headers: HTTPFields, text: String) {
      let server = DashboardServer(results.folder, address: DashboardAddress(port: 80))
      return try await server.application.test(.router) { client in
        try await client.execute(uri: uri, method: method) { response in
          (response.status.code, response.headers, String(buffer: response.body))
        }
      }
    }

    /// Every address there is.
    private static let pages = [
      "/", "/?search=toy&order=best", "/runs/toy/0001", "/runs/toy/0001/live", "/runs/toy/0001/programs",
      "/runs/toy/0001/programs?island=1&order=best&outcome=scored", "/runs/toy/0001/programs?after=40",
      "/runs/toy/0001/programs/0", "/runs/toy/0001/programs/6", "/runs/toy/0001/programs/200",
      "/compare?run=toy/0001&run=toy/0001", "/assets/style.css", "/assets/live.js", "/assets/icon.svg",
      "/favicon.ico",
    ]
    private static let objects = [
      "/api/v1", "/api/v1/runs", "/api/v1/runs/toy/0001", "/api/v1/runs/toy/0001/programs?order=slowest",
      "/api/v1/runs/toy/0001/programs/6", "/api/v1/runs/toy/0001/programs/0", "/api/v1/compare?run=toy/0001",
    ]

    @Test("answer with everything that keeps a browser safe, to GET and to HEAD", arguments: pages + objects)
    func headers(uri: String) async throws {
      let results = try ToyResults()
      _ = try results.make()
      let (status, headers, text) = try await ask(results, uri)
      #expect(status == 200, "\(text.prefix(500))")
      let policy = try #require(headers[.contentSecurityPolicy])
      #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(headers[.xContentTypeOptions] == "nosniff")
      let referrer = try #require(HTTPFields.Element.Name("Referrer-Policy"))
      #expect(headers[referrer] == "no-referrer")
      #expect(headers[.contentLength] == String(text.utf8.count))
      let head = try await ask(results, uri, method: .head)
      #expect(head.status == 200 && head.text.isEmpty)
      #expect(head.headers[.contentLength] == headers[.contentLength])
      // In JSON that is told to be nothing else, such text does no harm.
      guard headers[.contentType]?.hasPrefix("text/html") == true else { return }
      #expect(!text.contains("<script>") && !text.contains(" style=\"") && !text.contains("onerror=\""))
    }

    @Test("answer as JSON that is JSON", arguments: objects)
    func json(uri: String) async throws {
      let results = try ToyResults()
      _ = try results.make()
      let (_, headers, text) = try await ask(results, uri)
      #expect(headers[.contentType] == "application/json; charset=utf-8")
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test(
      "show hostile text as text",
      arguments: ["/runs/toy/0001/programs/6", "/runs/toy/0001/programs?limit=500"]
    )
    func hostile(uri: String) async throws {
      let results = try ToyResults()
      _ = try results.make()
      let (_, _, text) = try await ask(results, uri)
      #expect(text.contains("&lt;script&gt;alert"))
      #expect(!text.contains("<script>alert") && !text.contains("<img"))
    }

    @Test("show what a model was asked and replied as text, and what it cost")
    func models() async throws {
      let results = try ToyResults()
      let run = try results.make(steps: 60)
      let asked = (0..<60).filter(ToyRun.asksModel)
      let page = try await ask(results, "/runs/toy/0001/programs/6").text
      #expect(page.contains("Prompt and reply") && page.contains("sys 6"))
      #expect(page.contains("&lt;i&gt;better?") && page.contains("Reply 6: &lt;/pre&gt;&lt;script&gt;alert"))
      #expect(page.contains("$0.25") && !page.contains("\u{202E}"))
      #expect(try await !ask(results, "/runs/toy/0001/programs/1").text.contains("Prompt and reply"))

      let object = try await object(results, "/api/v1/runs/toy/0001/programs/6")
      let exchange = try #require(object["exchange"] as? [String: Any])
      #expect(
        exchange["reply"] as? String == "Reply 6: \(ToyRun.hostile)" && exchange["usd"] as? Double == 0.25
      )
      #expect((exchange["question"] as? [[String: String]])?.map { $0["role"] } == ["system", "user"])
      #expect(try await self.object(results, "/api/v1/runs/toy/0001/programs/1")["exchange"] == nil)

      for _ in 0..<2 {
        let text = try await ask(results, "/runs/toy/0001").text
        #expect(text.contains("stub&lt;b&gt;") && text.contains("for \(asked.count) requests to models"))
        let models = try #require(
          try await self.object(results, "/api/v1/runs/toy/0001")["models"] as? [String: Any]
        )
        let total = try #require(models["total"] as? [String: Any])
        #expect(total["requests"] as? Int == asked.count && total["steps"] as? Int == asked.count)
        #expect(total["usd"] as? Double == 0.25 * Double(asked.count))
        let scored = run.steps.enumerated().count {
          ToyRun.asksModel($0.offset) && $0.element.outcome.total != nil
        }
        #expect(total["scored"] as? Int == scored && total["accepted"] as? Int == scored)
      }
    }

    private func object(_ results: ToyResults, _ uri: String) async throws -> [String: Any] {
      let text = try await ask(results, uri).text
      return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("show a hostile name of a folder as text, and find it by that name")
    func hostileName() async throws {
      let results = try ToyResults()
      let name = "<img src=x onerror=alert(1)> %2e \"'"
      _ = try results.make("toy", name, steps: 5)
      let list = try await ask(results, "/").text
      #expect(list.contains("&lt;img src=x") && !list.contains("<img"))
      let address = "/runs/toy/" + SitePath.segment(name)
      #expect(list.contains("href=\"\(address)\""))
      #expect(try await ask(results, address).status == 200)
    }

    @Test(
      "say what is not there, as a page and as JSON",
      arguments: [
        ("/runs/toy/0002", 404), ("/runs/toy/0001/programs/9999", 404), ("/runs/toy/0001/programs/-1", 400),
        ("/runs/toy/0001/programs/x", 400), ("/runs/toy/0001/programs/99999999999999999999", 400),
        ("/runs/toy/0001/programs?island=9", 400), ("/runs/toy/0001/programs?outcome=good", 400),
        ("/runs/toy/0001/programs?after=999", 400), ("/runs/toy/0001/programs?nonsense=1", 400),
        ("/runs/toy/0001?x=1", 400), ("/compare", 400), ("/compare?run=toy", 400),
        ("/compare?run=toy/9", 404),
        ("/nothing", 404), ("/runs/toy", 404), ("/runs/..%2f..%2fetc/passwd", 404),
        ("/runs/%2e%2e/%2e%2e", 404),
        ("/runs/../../etc/passwd", 404), ("/runs/toy/%00", 404), ("/runs/toy/%zz", 400),
        ("/runs/toy/%ff", 400),
        ("/assets/../../Package.swift", 404), ("/assets/%2e%2e%2fPackage.swift", 404),
      ]
    )
    func refusals(path: String, status: Int) async throws {
      let results = try ToyResults()
      _ = try results.make()
      let page = try await ask(results, path)
      #expect(page.status == status)
      #expect(page.text.contains("<h1>"))
      #expect(page.headers[.contentSecurityPolicy] != nil)
      guard path.hasPrefix("/runs") || path.hasPrefix("/compare") else { return }
      let object = try await ask(results, "/api/v1" + path)
      #expect(object.status == status)
      let members = try JSONSerialization.jsonObject(with: Data(object.text.utf8)) as? [String: Any]
      #expect(members?["status"] as? Int == status)
      #expect((members?["error"] as? String)?.isEmpty == false)
    }

    @Test("are read only", arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options])
    func methods(method: HTTPRequest.Method) async throws {
      let results = try ToyResults()
      _ = try results.make(steps: 5)
      let (status, headers, _) = try await ask(results, "/", method: method)
      #expect(status == 405)
      #expect(headers[.allow] == "GET, HEAD")
    }

    @Test("show a damaged run as such, and the others as ever")
    func damaged() async throws {
      let results = try ToyResults()
      _ = try results.make("toy", "0001", steps: 20)
      for (name, bytes) in [("empty", Data()), ("text", Data("hello".utf8))] {
        let folder = "\(results.path)/toy/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: folder + "/run.sqlite"))
      }
      let cut = try results.make("toy", "cut", steps: 200)
      try cut.finish()
      let whole = try Data(contentsOf: URL(fileURLWithPath: cut.folder.journal))
      // The first page is whole, with the tables' names, and what they hold is not.
      var broken = whole
      for place in 4096..<whole.count { broken[place] = UInt8(truncatingIfNeeded: place &* 31) }
      try broken.write(to: URL(fileURLWithPath: cut.folder.journal))
      let list = try await ask(results, "/")
      #expect(list.status == 200)
      #expect(list.text.contains("the file is empty") && list.text.contains("not an SQLite file"))
      #expect(list.text.components(separatedBy: "unreadable").count == 4)
      for path in ["", "/live", "/programs", "/programs?order=best", "/programs/3"] {
        #expect(try await ask(results, "/runs/toy/cut" + path).status == 500)
        #expect(try await ask(results, "/runs/toy/0001" + path).status == 200)
      }
      #expect(try await ask(results, "/runs/toy/empty").status == 500)
      #expect(try await ask(results, "/api/v1/runs").text.contains("\"state\":\"unreadable\""))
    }

    @Test("follow the links of pages to further pages as the journal orders them")
    func links() async throws {
      let results = try ToyResults()
      _ = try results.make(steps: 130)
      var next: String? = "/api/v1/runs/toy/0001/programs?outcome=scored&order=best&limit=20"
      var scores: [Double] = []
      while let address = next {
        let text = try await ask(results, address).text
        let page = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let programs = try #require(page["programs"] as? [[String: Any]])
        scores += programs.compactMap { $0["score"] as? Double }
        next = page["next"] as? String
        if next == nil { #expect(page["count"] as? Int == scores.count) }
      }
      #expect(scores == scores.sorted(by: >))
      #expect(scores.count > 50)
    }
  }
#endif
