import Foundation
import PythonSyntax
import Testing

extension ProductRunTests {
  @Suite("A run with a language model")
  struct ModelTests {
    private static func arguments(_ name: String, steps: Int = 40) -> [String] {
      [
        "run", "cap-set", "--inputs", "3", "--islands", "3", "--steps", "\(steps)", "--seed", "5", "--json",
        "--workers", "2", "--set", "search.epoch_steps=8", "--name", name,
      ]
    }

    /// Runs with the key in the environment.
    private static func run(_ arguments: [String], in folder: Folder) async throws -> Finished {
      try await Product.run(
        tool: "FUNSEARCH_API_KEY=\(ModelServer.key)",
        [Product.path] + arguments,
        in: folder
      )
    }

    private static func start(_ arguments: [String], in folder: Folder) throws -> Running {
      try Running(
        "/usr/bin/env",
        ["FUNSEARCH_API_KEY=\(ModelServer.key)", Product.path] + arguments,
        in: folder.path
      )
    }

    /// Calls of a run's journal by state.
    private static func calls(_ name: String, in folder: Folder) async throws -> [String: Int] {
      let status = try await Product.run("status", "cap-set/\(name)", "--json", in: folder)
      let total = try #require(try status.json["models"]?["total"], "\(status)")
      return try Dictionary(
        uniqueKeysWithValues: ["requests", "answered", "failed", "refused", "unanswered"].map {
          ($0, try #require(total[$0]?.int))
        }
      )
    }

    @Test("asks, records, and is made again from the record without key or server")
    func recorded() async throws {
      let folder = try Folder()
      let server = try ModelServer(in: folder)
      let run = try await Self.run(Self.arguments("live") + server.arguments, in: folder)
      #expect(run.status == 0, "\(run)")
      let models = try #require(try run.last["models"]?["total"])
      let requests = try server.requests
      #expect(requests.count == models["requests"]?.int && models["answered"] == models["requests"])
      #expect(requests.allSatisfy { $0["key"]?.string == "Bearer \(ModelServer.key)" })
      #expect((models["discarded"]?["no code"]?.int ?? 0) + (models["discarded"]?["refused"]?.int ?? 0) > 0)
      #expect(try #require(models["scored"]?.int) > 0 && models["steps"]?.int == 40)
      server.stop()

      let equal = try await Product.run("replay", "cap-set/live", "--json", in: folder)
      #expect(try equal.status == 0 && equal.digest == run.digest, "\(equal)")
      for workers in ["1", "4"] {
        let again = try await Product.run(
          Self.arguments("again-\(workers)") + ["--workers", workers, "--replay", "cap-set/live"],
          in: folder
        )
        #expect(try again.status == 0 && again.digest == run.digest, "\(again)")
        // Nothing was paid for it.
        #expect(try again.last["models"]?["total"]?["requests"]?.int == 0)
      }
      #expect(try server.requests.count == requests.count)
      #expect(try Self.filesWithKey(in: folder).isEmpty)

      let longer = try await Product.run(
        Self.arguments("longer", steps: 90) + ["--replay", "cap-set/live"],
        in: folder
      )
      #expect(longer.status == 1 && longer.errors.contains("holds no answer to the request of"), "\(longer)")
      // The nearest request it has: another question, or the same one of another step.
      let differences = ["turns[0].text", "the same request was recorded for"]
      #expect(differences.contains { longer.errors.contains($0) }, "\(longer)")
    }

    @Test("shows cost, prompts and replies in report, watch, show and dashboard, replies as text")
    func shown() async throws {
      let folder = try Folder()
      let hostile = "</pre><img src=x onerror=alert(1)>\u{1B}[2J\u{202E}"
      let server = try ModelServer("--words", hostile, in: folder)
      try folder.write(
        "models:\n  - {name: priced, model: stub, api_base: \"\(server.address)\", price: {input: 1, output: 2}}\n",
        to: "models.yaml"
      )
      let run = try await Self.run(Self.arguments("priced") + ["--models-file", "models.yaml"], in: folder)
      try #require(run.status == 0, "\(run)")
      let total = try #require(try run.last["models"]?["total"])
      let cost = try #require(total["usd"]?.double)
      #expect(cost > 0)
      let page = String(decoding: try folder.bytes(of: "Results/cap-set/priced/report.html"), as: UTF8.self)
      #expect(
        page.contains("<h3>Language models</h3>") && page.contains("The prompt, and what priced replied")
      )
      #expect(
        page.contains("&lt;/pre&gt;&lt;img src=x onerror=alert(1)&gt;") && page.contains("cost of one best")
      )
      #expect(!page.contains("<img") && !page.contains("\u{1B}") && !page.contains("\u{202E}"))
      #expect(page.contains("for \(try #require(total["requests"]?.int)) requests to models"))
      #expect(folder.holds("Results/cap-set/priced/report/models.csv"))

      let watch = try await Product.run("watch", "cap-set/priced", "--once", in: folder)
      let line = try #require(watch.output.split(separator: "\n").first { $0.hasPrefix("models $") })
      #expect(line.contains("calls, 0 under way") && line.count < 80, "\(watch)")

      let top = try await Product.run("top", "cap-set/priced", "--limit", "9", "--json", in: folder)
      let programs = try #require(try top.json.array)
      let made = try #require(programs.first { $0["operators"]?.array?.first?.string == "model:priced" })
      let number = "\(try #require(made["program"]?.int))"
      let show = try await Product.run("show", number, "cap-set/priced", "--json", in: folder)
      let exchange = try #require(try show.json["exchange"], "\(show)")
      #expect(
        exchange["reply"]?.string?.hasPrefix(hostile) == true && exchange["question"]?.array?.count == 2
      )
      let text = try await Product.run("show", number, "cap-set/priced", "--exchange", in: folder)
      #expect(text.output.contains("  asked: priced") && text.output.contains("--- asked, user"), "\(text)")
      let compared = try await Product.run("compare", "cap-set/priced", in: folder)
      #expect(compared.output.contains("models"), "\(compared)")
    }

    /// Files of runs that hold the key anywhere; the server's own log does.
    private static func filesWithKey(in folder: Folder) throws -> [String] {
      let root = folder.file("Results")
      let files = try #require(FileManager.default.enumerator(atPath: root))
      let key = Data(ModelServer.key.utf8)
      return files.compactMap { $0 as? String }.filter { name in
        guard let data = FileManager.default.contents(atPath: "\(root)/\(name)") else { return false }
        return data.range(of: key) != nil
      }
    }

    @Test("that was killed pays for no answer twice, and comes to the end that its record has")
    func killed() async throws {
      let folder = try Folder()
      let server = try ModelServer("--delay", "0.02", in: folder)
      let first = try Self.start(Self.arguments("unlucky") + server.arguments, in: folder)
      first.read(lines: 2)
      first.kill(SIGKILL)
      _ = try first.finish()
      for _ in 0..<4 {
        let before = try server.requests.count
        let running = try Self.start(["resume", "cap-set/unlucky", "--json"], in: folder)
        while try server.requests.count < before + 3, running.isRunning { usleep(2000) }
        running.kill(SIGKILL)
        _ = try running.finish()
      }
      let end = try await Self.run(["resume", "cap-set/unlucky", "--json"], in: folder)
      #expect(end.status == 0, "\(end)")
      let calls = try await Self.calls("unlucky", in: folder)
      let paid = try server.requests.count
      #expect(calls["answered"]! + calls["unanswered"]! == calls["requests"]!)
      // Of those without an answer some were noted and not sent any more.
      #expect((calls["answered"]!...calls["requests"]!).contains(paid), "\(paid) of \(calls)")
      server.stop()
      let again = try await Product.run(
        Self.arguments("again") + ["--replay", "cap-set/unlucky"],
        in: folder
      )
      #expect(try again.digest == end.digest, "\(again)")
      let verify = try await Product.run("verify", "cap-set/unlucky", "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
    }

    @Test("stops at its budget of requests, to the last one, and goes on with a larger")
    func budget() async throws {
      let folder = try Folder()
      let server = try ModelServer(in: folder)
      let short = try await Self.run(
        Self.arguments("short") + server.arguments + ["--max-requests", "17"],
        in: folder
      )
      #expect(try short.status == 0 && short.last["ending"]?.string == "request budget", "\(short)")
      #expect(short.errors.contains("14 of 17 requests are used"), "\(short)")
      #expect(try server.requests.count == 17)
      let rest = try await Self.run(
        ["resume", "cap-set/short", "--json", "--max-requests", "unlimited"],
        in: folder
      )
      #expect(try rest.status == 0 && rest.last["ending"]?.string == "finished", "\(rest)")
      let calls = try await Self.calls("short", in: folder)
      #expect(try calls["answered"] == server.requests.count)
      let again = try await Product.run(Self.arguments("again") + ["--replay", "cap-set/short"], in: folder)
      #expect(try again.digest == rest.digest, "\(again)")
    }

    @Test("refuses a budget of money where the price is not known")
    func money() async throws {
      let folder = try Folder()
      let run = try await Product.run(
        Self.arguments("poor") + [
          "--model", "stub", "--api-base", "http://127.0.0.1:9/v1", "--max-usd", "5",
        ],
        in: folder
      )
      #expect(run.status == 64 && run.errors.contains("price of stub is not known"), "\(run)")
      #expect(!folder.holds("Results"))
    }

    @Test("mixes answers of the model with programs of the mutator")
    func hybrid() async throws {
      let folder = try Folder()
      let server = try ModelServer(in: folder)
      let run = try await Self.run(
        Self.arguments("mixed", steps: 150) + server.arguments
          + ["--proposer", "hybrid", "--set", "models.samples=2"],
        in: folder
      )
      #expect(run.status == 0, "\(run)")
      let asked = try #require(try run.last["models"]?["total"]?["steps"]?.int)
      #expect((2...60).contains(asked), "\(asked)")
      let equal = try await Product.run("replay", "cap-set/mixed", "--json", in: folder)
      #expect(try equal.status == 0 && equal.digest == run.digest, "\(equal)")
      let fork = try await Product.run(
        "fork",
        "cap-set/mixed",
        "--at",
        "60",
        "--steps",
        "60",
        "--name",
        "forked",
        in: folder
      )
      #expect(fork.status == 0, "\(fork)")
    }

    @Test("ends with a message when the key is refused, and goes on later")
    func refused() async throws {
      let folder = try Folder()
      let server = try ModelServer("--gone-after", "12", in: folder)
      let run = try await Self.run(Self.arguments("locked") + server.arguments, in: folder)
      #expect(try run.status == 1 && run.last["ending"]?.string == "model error", "\(run)")
      #expect(run.errors.contains("credentials") && run.errors.contains("funsearch resume"), "\(run)")
      let other = try ModelServer(in: folder)
      let rest = try await Self.run(
        ["resume", "cap-set/locked", "--json", "--api-base", other.address],
        in: folder
      )
      #expect(try rest.status == 0 && rest.last["steps"]?.int == 40, "\(rest)")
      let equal = try await Product.run("replay", "cap-set/locked", "--json", in: folder)
      #expect(try equal.status == 0 && equal.digest == rest.digest, "\(equal)")
    }

    @Test("does not wait for a server that is dead when it is asked to end, and goes on later")
    func interrupted() async throws {
      let folder = try Folder()
      let server = try ModelServer("--dead-after", "20", in: folder)
      let running = try Self.start(Self.arguments("hasty") + server.arguments, in: folder)
      // The server keeps what follows for ever; the client would wait for five minutes.
      while try server.requests.count < 22, running.isRunning { usleep(2000) }
      running.kill(SIGINT)
      let asked = ContinuousClock.now
      let end = try running.finish()
      #expect(ContinuousClock.now - asked < .seconds(60))
      #expect(try end.status == 130 && end.last["ending"]?.string == "interrupted", "\(end)")
      let total = try #require(try end.last["models"]?["total"])
      #expect(total["answered"] == 20 && total["unanswered"]?.int ?? 0 >= 2, "\(end)")
      #expect(total["possibly_spent"]?["requests"] == total["unanswered"])
      #expect(try #require(total["possibly_spent"]?["tokens"]?.int) > 0)
      let other = try ModelServer(in: folder)
      let rest = try await Self.run(
        ["resume", "cap-set/hasty", "--json", "--api-base", other.address],
        in: folder
      )
      #expect(try rest.status == 0 && rest.last["steps"]?.int == 40, "\(rest)")
    }

    @Test("ends at its budget of time although the server is dead")
    func timeUp() async throws {
      let folder = try Folder()
      let server = try ModelServer("--dead-after", "5", in: folder)
      let run = try await Self.run(
        Self.arguments("slow") + server.arguments + ["--max-time", "1"],
        in: folder
      )
      #expect(try run.last["ending"]?.string == "time budget", "\(run)")
    }

    @Test("asks the models that its problem describes, if it is to ask any")
    func described() async throws {
      let folder = try Folder()
      let server = try ModelServer(in: folder)
      try folder.write(
        """
        title: Toy
        inputs: [3]
        models:
          - {name: near, model: m1, api_base: "\(server.address)"}
          - {name: far, model: m2, api_base: "\(server.address)", weight: 2}
        """,
        to: "toy/problem.yaml"
      )
      try folder.write(
        """
        import funsearch


        @funsearch.run
        def evaluate(n: int) -> float:
          return float(sum(priority((i % 3, i % 2), n) for i in range(9)))


        @funsearch.evolve
        def priority(el: tuple[int, ...], n: int) -> float:
          return 0.0
        """,
        to: "toy/specification.py"
      )
      func run(_ more: [String]) async throws -> JSONValue {
        let arguments = ["run", "./toy", "--islands", "2", "--steps", "12", "--workers", "1", "--json"]
        let run = try await Self.run(arguments + more, in: folder)
        #expect(run.status == 0, "\(run)")
        return try run.last
      }
      func asked(_ last: JSONValue) -> [String] {
        (last["models"]?["by_model"]?.array ?? []).compactMap { $0["name"]?.string }
      }
      #expect(try asked(await run([])).isEmpty && server.requests.isEmpty)
      #expect(
        try await asked(run(["--proposer", "model", "--set", "models.choice=bandit"])) == ["far", "near"]
      )
      #expect(try await asked(run(["--model", "far:0.5"])) == ["far"])
      #expect(try Set(server.requests.compactMap { $0["model"]?.string }) == ["m1", "m2"])
    }

    @Test("tells before it starts what is missing: a model, a key")
    func missing() async throws {
      let folder = try Folder()
      let none = try await Product.run(Self.arguments("none") + ["--proposer", "model"], in: folder)
      #expect(none.status == 64 && none.errors.contains("add --model NAME"), "\(none)")
      let key = try await Product.run(
        tool: "-u",
        ["GEMINI_API_KEY", "-u", "GOOGLE_API_KEY", Product.path] + Self.arguments("key")
          + ["--model", "gemini-3.8-flash"],
        in: folder
      )
      #expect(key.status != 0 && key.errors.contains("GEMINI_API_KEY"), "\(key)")
    }
  }

  @Suite("What is said of models")
  struct ModelVerbTests {
    @Test("models lists them with key, price and what they take; nothing is sent")
    func models() async throws {
      let folder = try Folder()
      let all = try await Product.run("models", "--json", in: folder)
      let known = try #require(try all.json.array, "\(all)")
      let gemini = try #require(known.first { $0["name"]?.string == "gemini-3.8-flash" })
      #expect(gemini["provider"]?.string == "gemini" && gemini["key_required"]?.bool == true)
      #expect(gemini["price"]?["output"]?.double == 3.75)
      let own = try await Product.run(
        "models",
        "--model",
        "stub:3",
        "--api-base",
        "http://127.0.0.1:9/v1",
        "--json",
        in: folder
      )
      let stub = try #require(try own.json.array?.first, "\(own)")
      #expect(stub["weight"]?.double == 3 && stub["price"] == nil && stub["key_required"]?.bool == false)
    }

    @Test("doctor asks a model for one word, and says what is wrong")
    func doctor() async throws {
      let folder = try Folder()
      let server = try ModelServer("--gone-after", "1", in: folder)
      let fine = try await Product.run(["doctor", "--json"] + server.arguments, in: folder)
      let model = try #require(try fine.json["models"]?.array?.first, "\(fine)")
      #expect(fine.status == 0 && model["ok"]?.bool == true && model["tokens"]?["output"]?.int == 40)
      #expect(try server.requests.count == 1)
      let refused = try await Product.run(["doctor", "--json"] + server.arguments, in: folder)
      let trial = try #require(try refused.json["models"]?.array?.first, "\(refused)")
      #expect(refused.status == 1 && trial["ok"]?.bool == false)
      #expect(trial["error"]?.string?.hasPrefix("credentials") == true, "\(refused)")
    }

    @Test("estimate counts calls, tokens and money before any call")
    func estimate() async throws {
      let folder = try Folder()
      let run = try await Product.run(
        "estimate",
        "cap-set",
        "--model",
        "gemini-3.8-flash:3",
        "--model",
        "gpt-6-sol",
        "--steps",
        "4000",
        "--json",
        in: folder
      )
      let json = try run.json
      #expect(run.status == 0 && json["calls"]?.int == 4000, "\(run)")
      let rows = try #require(json["models"]?.array)
      #expect(rows.map { $0["calls"]?.int } == [3000, 1000])
      let tokens = try #require(json["tokens_per_question"]?.int)
      let answer = try #require(json["tokens_per_answer"]?.int)
      // By hand, from the published prices of gemini-3.8-flash: 0.75 and 3.75 dollars per million.
      let expected = 3000 * (Double(tokens) * 0.75 + Double(answer) * 3.75) / 1e6
      #expect(abs(try #require(rows[0]["usd"]?.double) - expected) < 1e-9)
    }
  }
}
