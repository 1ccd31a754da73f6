import Foundation
import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("A problem of several files")
  struct ProblemFileTests {
    private static let specification = """
      import funsearch
      import weights


      @funsearch.run
      def evaluate(choice: dict) -> funsearch.Result:
        found = [guess(i, choice["n"]) for i in range(choice["n"])]
        return funsearch.Result(weights.total(found) - choice["n"], artifact=found)


      @funsearch.verify
      def verify(choice, artifact):
        return weights.total(artifact) - choice["n"]


      @funsearch.inputs
      def read(text, name):
        if not text.strip():
          raise ValueError(name + " is empty")
        return [{"n": int(word)} for word in text.split()]


      @funsearch.evolve
      def guess(i: int, n: int) -> float:
        return 0.0

      """

    private static let weights = """
      from deeper import scale


      def total(values):
        return min(sum(values) * scale.FACTOR, 100.0)

      """

    private static func folder() throws -> Folder {
      let folder = try Folder()
      try folder.write(specification, to: "toy/specification.py")
      try folder.write(weights, to: "toy/weights.py")
      try folder.write("FACTOR = 2\n", to: "toy/deeper/scale.py")
      let yaml = "title: Toy\ninputs: {train: [{n: 3}], test: [{n: 4}, {n: 5}]}\n"
      try folder.write(yaml, to: "toy/problem.yaml")
      return folder
    }

    private static func search(_ folder: Folder, _ more: String...) async throws -> Finished {
      try await Product.run(
        ["run", "toy", "--steps", "40", "--islands", "2", "--workers", "1", "--json", "--quiet"] + more,
        in: folder
      )
    }

    @Test("scores on a file of inputs, and its run goes on and is verified without that file, elsewhere")
    func inputsFile() async throws {
      let folder = try Self.folder()
      try folder.write("6 7\n", to: "some.txt")
      let run = try await Self.search(folder, "--inputs-file", "some.txt")
      #expect(run.status == 0, "\(run)")
      for gone in ["some.txt", "toy"] { try FileManager.default.removeItem(atPath: folder.file(gone)) }
      let there = try Folder()
      try FileManager.default.copyItem(atPath: folder.file("Results"), toPath: there.file("Results"))
      let resumed = try await Product.run("resume", "--steps", "60", "--json", "--quiet", in: there)
      #expect(resumed.status == 0, "\(resumed)")
      #expect(try resumed.last["steps"]?.int == 60)
      let verified = try await Product.run("verify", in: there)
      #expect(verified.status == 0, "\(verified)")
      try FileManager.default.moveItem(
        atPath: there.file("Results/toy/0001/best.json"),
        toPath: there.file("best.json")
      )
      let best = try await Product.run(
        tool: "python3",
        "-I",
        there.file("Results/toy/0001/best.py"),
        in: there
      )
      #expect(best.status == 0 && best.output.contains("{\"n\": 7}"), "\(best)")
      try FileManager.default.removeItem(atPath: there.file("Results"))
      let alone = try await Product.run("verify", "best.json", "--json", in: there)
      #expect(alone.status == 0, "\(alone)")
      #expect(try alone.json["verified"]?.bool == true)
    }

    @Test("tells what is wrong with a file of inputs")
    func badInputsFile() async throws {
      let folder = try Self.folder()
      try folder.write(" ", to: "empty.txt")
      let empty = try await Product.run("validate", "toy", "--inputs-file", "empty.txt", in: folder)
      #expect(empty.status == 65 && empty.errors.contains("empty.txt is empty"), "\(empty)")
      let missing = try await Product.run("validate", "toy", "--inputs-file", "no.txt", in: folder)
      #expect(missing.status == 65 && missing.errors.contains("no.txt cannot be read"), "\(missing)")
      try folder.write("{\"n\": 3}", to: "one.json")
      let list = try await Product.run("validate", "cap-set", "--inputs-file", "one.json", in: folder)
      #expect(list.status == 65 && list.errors.contains("one.json holds no list of inputs"), "\(list)")
      try folder.write("[3, 4]", to: "two.json")
      let two = try await Product.run(
        "validate",
        "cap-set",
        "--inputs-file",
        "two.json",
        "--json",
        in: folder
      )
      #expect(try two.json["scores"]?.object?.keys.sorted() == ["3", "4"], "\(two)")
      let both = try await Product.run(
        "validate",
        "toy",
        "--inputs",
        "test",
        "--inputs-file",
        "two.json",
        in: folder
      )
      #expect(both.status == 64 && both.errors.contains("give one of them"), "\(both)")
    }

    @Test("scores a best program on a set that it did not see")
    func heldOut() async throws {
      let folder = try Self.folder()
      #expect(try await Self.search(folder).status == 0)
      let best = folder.file("Results/toy/0001/best.py")
      let test = try await Product.run("evaluate", "toy", best, "--inputs", "test", "--json", in: folder)
      #expect(test.status == 0, "\(test)")
      let outcome = try test.json
      #expect(outcome["scores"]?.object?.keys.sorted() == ["{\"n\":4}", "{\"n\":5}"])
      #expect(outcome["verified"]?.bool == true && outcome["lane"]?.string == "proven", "\(test)")
      let wrong = try await Product.run("evaluate", "toy", best, "--inputs", "tset", in: folder)
      #expect(wrong.status == 64 && wrong.errors.contains("did you mean \"test\"?"), "\(wrong)")
    }

    @Test("notices a changed helper of a frozen problem")
    func changedHelper() async throws {
      let folder = try Self.folder()
      #expect(try await Self.search(folder).status == 0)
      try folder.write("FACTOR = 3\n", to: "Results/toy/0001/problem/deeper/scale.py")
      let resumed = try await Product.run("resume", "--steps", "60", in: folder)
      #expect(
        resumed.status == 65 && resumed.errors.contains("was changed after the run began"),
        "\(resumed)"
      )
    }

    @Test("gives the mutator a vocabulary, which is checked with the place and frozen")
    func vocabulary() async throws {
      let folder = try Self.folder()
      func yaml(_ vocabulary: String) throws {
        try folder.write(
          "title: Toy\ninputs: [{n: 3}]\nvocabulary:\n  \(vocabulary)\n",
          to: "toy/problem.yaml"
        )
      }
      for (text, detail) in [
        ("expressions: [\"n +\"]", ":4: `n +` is not Python"),
        ("expressions: [m * 2]", ":4: `m * 2`: unknown name m"),
        ("statements: [\"{target} += 1 / n\"]", ":4: `{target} += 1 / n`: a divisor in it may be zero"),
      ] {
        try yaml(text)
        for verb in [["validate", "toy"], ["run", "toy", "--steps", "5"]] {
          let refused = try await Product.run(verb, in: folder)
          #expect(refused.status == 65 && refused.errors.contains("toy/problem.yaml" + detail), "\(refused)")
        }
        #expect(!folder.holds("Results"))
      }
      try yaml("features: [\"(i + 11) % {modulus}\"]")
      let first = try await Self.search(folder, "--seed", "3")
      let second = try await Self.search(folder, "--seed", "3", "--set", "search.lag=4")
      #expect(try first.last["digest"]?.string == second.last["digest"]?.string)
      let top = try await Product.run("export", "programs", "--json", in: folder)
      #expect(top.output.contains("i + 11"), "\(top)")
      #expect(try await Product.run("replay", in: folder).status == 0)
      let frozen = "Results/toy/0002/problem/problem.yaml"
      try folder.write("title: Toy\ninputs: [{n: 3}]\n", to: frozen)
      let resumed = try await Product.run("resume", "--steps", "60", in: folder)
      #expect(resumed.status == 65 && resumed.errors.contains("the vocabulary in"), "\(resumed)")
    }
  }
}
