import PythonSyntax
import Testing

extension ProductRunTests {
  @Suite("A noisy problem")
  struct NoiseTests {
    private static let yaml = """
      title: Demand
      inputs: [10, 20]
      noise: {repeats: 6, confidence: 0.9}
      search: {islands: 3}
      """

    private static let specification = """
      import os
      import random

      import funsearch


      @funsearch.run
      def evaluate(n: int) -> float:
          stock = min(1e6, max(0.0, float(order(n, 2))))
          demand = random.gauss(n, 2.0)
          return min(stock, demand) - 0.4 * stock + random.gauss(0.0, 0.5)


      @funsearch.evolve
      def order(mean: int, spread: int) -> float:
          return mean * 0.5
      """

    /// A folder with the problem, its specification and description changed.
    private static func folder(
      _ specification: (String, String) = ("", ""),
      yaml: (String, String) = ("", "")
    ) throws -> Folder {
      let folder = try Folder()
      let changed = Self.yaml.replacing(yaml.0.isEmpty ? "\u{0}" : yaml.0, with: yaml.1)
      try folder.write(changed + "\n", to: "demand/problem.yaml")
      let text = Self.specification.replacing(
        specification.0.isEmpty ? "\u{0}" : specification.0,
        with: specification.1
      )
      try folder.write(text + "\n", to: "demand/specification.py")
      return folder
    }

    private static func run(_ workers: Int, steps: Int = 60, in folder: Folder) async throws -> Finished {
      try await Product.run(
        [
          "run", "./demand", "--steps", "\(steps)", "--seed", "3", "--workers", "\(workers)", "--json",
          "--name", "w\(workers)",
        ],
        in: folder
      )
    }

    @Test("has one history whatever the number of workers, which is made again and verified")
    func oneHistory() async throws {
      let folder = try Self.folder()
      var digests: Set<String> = []
      for workers in [1, 2, 8] {
        let run = try await Self.run(workers, in: folder)
        try #require(run.status == 0, "\(run)")
        digests.insert(try run.digest)
      }
      #expect(digests.count == 1, "\(digests)")
      for flags in [[], ["--evaluate"]] {
        let replay = try await Product.run(["replay", "demand/w2", "--json"] + flags, in: folder)
        #expect(replay.status == 0, "\(replay)")
        #expect(try replay.json["equal"]?.bool == true)
      }
      let verify = try await Product.run("verify", "demand/w8", "--json", in: folder)
      #expect(verify.status == 0, "\(verify)")
      let checks = try verify.json["checks"]?.array ?? []
      #expect(checks.contains { $0["name"]?.string == "noise" && $0["holds"]?.bool == true }, "\(verify)")
      let alone = try await Product.run("verify", "Results/demand/w8/best.json", "--json", in: folder)
      #expect(alone.status == 0, "\(alone)")
    }

    @Test("ranks by the lower bound, and says so")
    func saysBound() async throws {
      let folder = try Self.folder()
      try folder.write("def order(mean, spread):\n    return mean * 0.9\n", to: "p.py")
      let json = try await Product.run("evaluate", "./demand", "p.py", "--json", in: folder)
      let object = try json.json
      let mean = try #require(object["noise"]?["mean"]?.double, "\(json)")
      let score = try #require(object["score"]?.double)
      #expect(score < mean && mean < 20)
      #expect(object["noise"]?["samples"]?["10"]?.array?.count == 6)
      #expect(object["noise"]?["again"]?["20"]?.array?.count == 6)
      let text = try await Product.run("evaluate", "./demand", "p.py", in: folder)
      #expect(text.output.contains("the lower bound of the mean"), "\(text)")
    }

    @Test("whose evaluator draws from elsewhere is refused unless it says so")
    func otherDraws() async throws {
      let entropy = ("random.gauss(0.0, 0.5)", "random.Random(os.urandom(8)).gauss(0.0, 0.5)")
      let refused = try await Self.run(2, in: try Self.folder(entropy))
      #expect(refused.status == 65, "\(refused)")
      #expect(refused.errors.contains("seeded: false"), "\(refused)")

      let folder = try Self.folder(entropy, yaml: ("confidence: 0.9", "seeded: false"))
      let run = try await Self.run(2, in: folder)
      try #require(run.status == 0, "\(run)")
      let replay = try await Product.run("replay", "demand/w2", "--json", in: folder)
      #expect(try replay.json["equal"]?.bool == true && replay.status == 0, "\(replay)")
      #expect(try replay.json["digest"] == run.last["digest"])
      let evaluated = try await Product.run("replay", "demand/w2", "--evaluate", in: folder)
      #expect(evaluated.status == 65 && evaluated.errors.contains("not seeded"), "\(evaluated)")
    }

    @Test("whose claim was changed is found out")
    func changedClaim() async throws {
      let folder = try Self.folder()
      let run = try await Self.run(1, in: folder)
      try #require(run.status == 0, "\(run)")
      let claim = try #require(try folder.json(of: "Results/demand/w1/best.json").object)
      let score = try #require(claim["score"]?.double)
      let changes: [[String: JSONValue]] = [
        ["score": .double(score + 0.001)], ["noise": ["repeats": 5, "confidence": 0.9, "seeded": true]],
        ["noise": ["repeats": 6, "confidence": 0.5, "seeded": true]],
        ["program": "def order(mean, spread):\n  return 1.0\n"], ["artifacts": []],
      ]
      for change in changes {
        let changed = JSONValue.object(claim.merging(change) { $1 })
        try folder.write(String(decoding: changed.serialized, as: UTF8.self), to: "changed.json")
        let verify = try await Product.run("verify", "changed.json", "--json", in: folder)
        #expect(verify.status == 1, "\(change): \(verify)")
      }
    }
  }
}
