import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("A problem")
  struct ProblemTests {
    private static let good = """
      import funsearch


      @funsearch.run
      def evaluate(n: int) -> float:
        return sum(guess(i, n) for i in range(n))


      @funsearch.evolve
      def guess(i: int, n: int) -> float:
        return 0.0

      """

    @Test(
      "with a mistake is refused with the place, and leaves nothing behind",
      arguments: [
        (good.replacing("@funsearch.evolve\n", with: ""), "evolve"),
        (good.replacing("@funsearch.run\n", with: ""), "run"),
        (
          good + "\n@funsearch.evolve\ndef more(i):\n  return 0.0\n",
          ":14: two functions are marked @funsearch.evolve"
        ),
        (
          good + "\n@funsearch.run\ndef more(i):\n  return 0.0\n",
          ":14: two functions are marked @funsearch.run"
        ),
        (good.replacing("return 0.0", with: "return 0.0 +"), ":11: "),
        (good.replacing("@funsearch.evolve", with: "@funsearch.evolv"), "did you mean @funsearch.evolve"),
        ("import no_such_module\n" + good, ":1: "),
        (good.replacing("return 0.0", with: "return 1 / 0"), "division by zero"),
        (good.replacing("return sum", with: "return None and sum"), "specification.py"),
        ("", "specification.py:1: "),
      ]
    )
    func isRefused(_ specification: String, _ message: String) async throws {
      let folder = try Folder()
      try folder.write(specification, to: "toy/specification.py")
      try folder.write("title: Toy\ninputs: {train: [3]}\n", to: "toy/problem.yaml")
      let run = try await Product.run("run", "./toy", "--steps", "5", "--json", in: folder)
      #expect(run.status == 65 && run.output == "", "\(run)")
      #expect(run.errors.contains("toy/specification.py") && run.errors.contains(message), "\(run)")
      #expect(!run.errors.contains("Traceback"), "\(run)")
      #expect(!folder.holds("Results"), "\(folder.names(in: "Results"))")
    }

    @Test(
      "with a mistake in problem.yaml is refused with the line",
      arguments: [
        ("title: Toy\nagregate: mean\n", "problem.yaml:2: ", "aggregate"),
        ("title: Toy\nlimits: {cpu_secs: 3}\n", "problem.yaml:2: ", "cpu_seconds"),
        ("title: Toy\nsearch:\n  lga: 3\n", "problem.yaml:3: ", "search.lag"),
        ("title: Toy\nsearch:\n  lag: many\n", "problem.yaml:3: ", "whole number"),
        ("title: [\n", "problem.yaml:", ""),
        ("inputs: {train: [1]}\n", "problem.yaml:1: ", "title"),
        ("title: Toy\ninputs: {train: 3}\n", "problem.yaml:2: ", "train"),
        ("title: Toy\nspecification: ../other.py\n", "problem.yaml:2: ", "specification"),
      ]
    )
    func isRefusedWithLine(_ yaml: String, _ place: String, _ detail: String) async throws {
      let folder = try Folder()
      try folder.write(Self.good, to: "toy/specification.py")
      try folder.write(yaml, to: "toy/problem.yaml")
      let run = try await Product.run("run", "toy", "--inputs", "3", "--steps", "5", "--json", in: folder)
      #expect(run.status == 65 && run.output == "", "\(run)")
      #expect(run.errors.contains(place) && run.errors.contains(detail), "\(run)")
      #expect(!folder.holds("Results"))
    }

    @Test("that is not there is refused with the names of those that are")
    func isNotThere() async throws {
      let folder = try Folder()
      for verb in ["run", "validate"] {
        let result = try await Product.run(verb, "cap-sets", in: folder)
        #expect(result.status == 65 && result.errors.contains("cap-set"), "\(result)")
      }
      let far = try await Product.run("run", "nothing-like-it", in: folder)
      #expect(far.status == 65 && far.errors.contains("cap-set"), "\(far)")
      try folder.write("", to: "empty/readme")
      let empty = try await Product.run("run", "empty", in: folder)
      #expect(empty.status == 65 && empty.errors.contains("empty"), "\(empty)")
    }

    @Test("in the published form runs unchanged, given as a file")
    func runsPublishedForm() async throws {
      let folder = try Folder()
      try folder.write(
        #"""
        """Finds long increasing sequences.

        On every iteration, improve `step_v1` over the `step_vX` functions from previous iterations.
        """
        import math

        import funsearch


        @funsearch.run
        def solve(n):
          """Returns the length of the sequence."""
          return len(build(n))


        def build(n):
          """Builds it greedily."""
          kept = []
          for i in sorted(range(n), key=lambda i: step(i, n)):
            if all((i - j) % 3 for j in kept):
              kept.append(i)
          return kept


        @funsearch.evolve
        def step(i, n):
          """Returns the place of `i`."""
          return 0.0
        """#,
        to: "published.py"
      )
      let run = try await Product.run(
        "run",
        "published.py",
        "--inputs",
        "7,9",
        "--islands",
        "2",
        "--steps",
        "40",
        "--json",
        in: folder
      )
      #expect(run.status == 0, "\(run)")
      let last = try run.last
      #expect(last["problem"]?.string == "published" && last["steps"]?.int == 40)
      // Without a verifier nothing is verified.
      #expect(last["best"]?["verified"]?.bool == false)
      let failures = last["failures"]?.object?.values.compactMap(\.int).reduce(0, +) ?? 0
      #expect(failures < 40, "every child fails: \(run)")
      #expect(try await Product.run("verify", in: folder).status == 0)
      let best = try await Product.run(
        tool: "python3",
        "-I",
        folder.file("Results/published/0001/best.py"),
        in: folder
      )
      #expect(best.status == 0 && best.output.hasPrefix("7 "), "\(best)")
    }

    @Test("may call its markers, indent by four, and mark its functions twice over")
    func mayCallMarkers() async throws {
      let folder = try Folder()
      try folder.write(
        """
        import functools
        import funsearch

        @funsearch.run()
        def evaluate(size):
            return sum(pick(i, size) for i in range(size))

        @funsearch.evolve()
        @functools.lru_cache(maxsize=None)
        def pick(i, size):
            if i < 2:
                return 1
            return 0
        """,
        to: "called.py"
      )
      let run = try await Product.run(
        "run",
        "called.py",
        "--inputs",
        "6",
        "--islands",
        "2",
        "--steps",
        "40",
        "--json",
        in: folder
      )
      #expect(run.status == 0, "\(run)")
      #expect(try #require(run.last["best"]?["score"]?.double) >= 2)
    }

    @Test("with numpy runs where this Python has it")
    func runsWithNumpy() async throws {
      let folder = try Folder()
      try folder.write(
        #"""
        """Finds vectors with large sums."""
        import numpy as np

        import funsearch


        @funsearch.run
        def evaluate(n: int) -> int:
          """Returns a score."""
          scores = np.array([priority(tuple(v), n) for v in np.ndindex(*(3,) * n)])
          return int(np.argmax(scores))


        @funsearch.evolve
        def priority(el: tuple[int, ...], n: int) -> float:
          """Returns the priority of `el`."""
          return 0.0
        """#,
        to: "arrays.py"
      )
      let has = try await Product.run(tool: "python3", "-c", "import numpy", in: folder).status == 0
      let run = try await Product.run(
        "run",
        "arrays.py",
        "--inputs",
        "3",
        "--islands",
        "2",
        "--steps",
        "40",
        "--json",
        in: folder
      )
      if has {
        #expect(run.status == 0, "\(run)")
        #expect(try #require(run.last["best"]?["score"]?.double) > 0)
      } else {
        #expect(
          run.status == 65 && run.errors.contains("arrays.py:2: ") && run.errors.contains("numpy"),
          "\(run)"
        )
      }
    }

    @Test("may have a future import, helpers and data beside its specification")
    func mayHaveFilesBeside() async throws {
      let folder = try Folder()
      try folder.write("title: Files\ninputs: {train: [2, 3]}\n", to: "Problems/files/problem.yaml")
      try folder.write("def double(x):\n  return 2 * x\n", to: "Problems/files/helper.py")
      try folder.write("[5, 7]", to: "Problems/files/data.json")
      try folder.write(
        """
        \"""Reads a file beside it.\"""

        from __future__ import annotations

        import json
        import pathlib

        import funsearch
        import helper

        DATA = json.loads(pathlib.Path(__file__).with_name("data.json").read_text())


        @funsearch.run
        def evaluate(n: int) -> funsearch.Result:
          found = [helper.double(guess(x, n)) for x in DATA]
          return funsearch.Result(-abs(sum(found) - 40 * n), artifact=found)


        @funsearch.verify
        def verify(n: int, artifact: list) -> float:
          return -abs(sum(artifact) - 40 * n)


        @funsearch.evolve
        def guess(x: int, n: int) -> float:
          return 0.0
        """,
        to: "Problems/files/specification.py"
      )
      let run = try await Product.run(
        "run",
        "files",
        "--islands",
        "2",
        "--steps",
        "60",
        "--json",
        in: folder
      )
      #expect(run.status == 0, "\(run)")
      let best = try #require(try run.last["best"])
      #expect(best["verified"]?.bool == true && (best["score"]?.double ?? -100) > -100)
      // The run has its own copy of all of it.
      try folder.remove("Problems")
      let verify = try await Product.run("verify", in: folder)
      #expect(verify.status == 0, "\(verify)")
      let resumed = try await Product.run("resume", "--steps", "80", "--json", in: folder)
      #expect(resumed.status == 0, "\(resumed)")
      #expect(try resumed.last["steps"]?.int == 80, "\(resumed)")
    }
  }
}
