import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("Evaluation of one program")
  struct EvaluateTests {
    private static func evaluate(
      _ program: String,
      problem: String = "cap-set",
      inputs: String = "3,4",
      in folder: Folder
    ) async throws -> Finished {
      try folder.write(program, to: "program.py")
      return try await Product.run(
        "evaluate",
        problem,
        "program.py",
        "--inputs",
        inputs,
        "--json",
        in: folder
      )
    }

    /// A problem with small limits, so that what passes them ends soon.
    private static func tight(in folder: Folder) throws -> String {
      try folder.write(
        """
        title: Tight
        inputs: {train: [2]}
        limits: {cpu_seconds: 0.5, wall_seconds: 3, memory_bytes: 134217728, output_bytes: 1000}
        """,
        to: "tight/problem.yaml"
      )
      try folder.write(
        """
        import funsearch


        @funsearch.run
        def evaluate(n):
          return guess(n)


        @funsearch.evolve
        def guess(n):
          return n
        """,
        to: "tight/specification.py"
      )
      return "./tight"
    }

    @Test(
      "scores the function however its file is written",
      arguments: [
        "def priority(vector, dimensions):\n  return sum(vector) % 2\n",
        "import math\n\nBASE = 3\n\n\ndef weight(x):\n  return math.floor(x) % BASE\n\n\n"
          + "def priority(el, n):\n  return sum(weight(x) for x in el) % 2\n",
        "import funsearch\n\n\n@funsearch.evolve\ndef my_idea(el, n):\n  return sum(el) % 2\n\n\n"
          + "def priority_of_nothing():\n  pass\n",
        "table = {}\nfor i in range(5):\n  table[i] = i % 2\n\n\ndef priority(el, n):\n  return table[sum(el) % 2]\n",
        "def anything(a, b):\n  \"\"\"The only function.\"\"\"\n  return float(sum(a) % 2)\n",
        "priority = None\ndef priority(el, n): return sum(el) & 1",
        "from typing import Tuple\n\ndef priority(el: Tuple[int, ...], n: int) -> float:\n    return sum(el) % 2",
        "import dataclasses\n\n@dataclasses.dataclass\nclass Rule:\n  base: int\n\n  def of(self, el):\n"
          + "    return sum(el) % self.base\n\nRULE = Rule(2)\n\ndef priority(el, n):\n  return RULE.of(el)\n",
      ]
    )
    func scores(_ program: String) async throws {
      let result = try await Self.evaluate(program, in: try Folder())
      #expect(result.status == 0, "\(result)")
      let object = try result.json
      #expect(object["outcome"]?.string == "scored")
      #expect(object["verified"]?.bool == true)
      #expect(["proven", "split"].contains(object["lane"]?.string))
      // Every spelling is the same program, which takes odd vectors first.
      #expect(
        object["scores"] == ["3": 8, "4": 16] || object["scores"] == ["3": 8.0, "4": 16.0],
        "\(result)"
      )
      #expect(object["score"]?.double == 12)
    }

    @Test("takes a whole program of the problem, and scores it by the problem's own evaluator")
    func takesWholeProgram() async throws {
      let folder = try Folder()
      _ = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "4",
        "--islands",
        "2",
        "--steps",
        "60",
        "--name",
        "a",
        "--json",
        in: folder
      )
      let best = try #require(try folder.json(of: "Results/cap-set/a/best.json")["score"]?.double)
      let whole = try await Product.run(
        "evaluate",
        "cap-set",
        "Results/cap-set/a/best.py",
        "--inputs",
        "4",
        "--json",
        in: folder
      )
      #expect(whole.status == 0, "\(whole)")
      #expect(try whole.json["score"]?.double == best, "\(whole)")
      let cheat = """
        import funsearch


        @funsearch.run
        def evaluate(n):
          return 10 ** 6


        @funsearch.verify
        def verify(n, artifact):
          return 10 ** 6


        @funsearch.evolve
        def priority(el, n):
          return 0.0
        """
      let forged = try await Self.evaluate(cheat, in: folder)
      #expect(try forged.json["scores"]?["3"]?.double == 8, "\(forged)")
    }

    @Test(
      "tells what failed by kind, with the program's own line",
      arguments: [
        ("def guess(n):\n  return n +\n", ["syntax"], 2),
        ("def other(n):\n  return 1\n\ndef another(n):\n  return 2\n", ["syntax"], nil),
        ("", ["syntax"], nil),
        ("def guess(n):\n  a = 1\n  return a // (n - 2)\n", ["exception"], 3),
        (
          "\"\"\"What it is.\"\"\"\n\nimport math\n\n\n# a comment\ndef guess(n):\n  \"\"\"What it does.\"\"\"\n\n"
            + "  a = n / math.pi\n  return a / 0\n", ["exception"], 11
        ),
        ("\n\n# of the proven lane\ndef guess(n):\n\n  return n / 0\n", ["exception"], 6),
        ("def guess(n):\n  return 1.0\n\n\nguess.more = 1 // 0\n", ["exception"], 5),
        ("def guess(n):\n  return 1.0; import os\nimport os; os.fork()\n", ["forbidden"], nil),
        ("import nothing_of_the_kind\n\ndef guess(n):\n  return 1\n", ["exception"], 1),
        ("def guess(n):\n  while True:\n    n += 1\n", ["timeout"], nil),
        ("import time\n\ndef guess(n):\n  time.sleep(1000)\n", ["timeout", "forbidden"], nil),
        ("def guess(n):\n  return len([0] * 10 ** 9)\n", ["memory"], nil),
        ("def guess(n):\n  a = []\n  while True:\n    a.append(bytearray(10 ** 6))\n", ["memory"], nil),
        ("def guess(n):\n  return float('nan')\n", ["invalid score"], nil),
        ("def guess(n):\n  return 10.0 ** 308 * 10\n", ["invalid score"], nil),
        ("def guess(n):\n  return 'much'\n", ["invalid score"], nil),
        ("def guess(n):\n  pass\n", ["invalid score"], nil),
        ("def guess(n):\n  return open('/etc/passwd').read()\n", ["forbidden", "exception"], 2),
        ("def guess(n):\n  open('found', 'w').write('1')\n  return 1\n", ["forbidden", "exception"], 2),
        (
          "import socket\n\ndef guess(n):\n  socket.create_connection(('127.0.0.1', 9), 1)\n  return 1\n",
          ["forbidden", "exception"], nil
        ),
        ("import os\n\ndef guess(n):\n  return os.fork()\n", ["forbidden", "exception"], nil),
        (
          "import subprocess\n\ndef guess(n):\n  return len(subprocess.check_output('id'))\n",
          ["forbidden", "exception"], nil
        ),
        ("import os\n\ndef guess(n):\n  os._exit(0)\n", ["crash"], nil),
        ("import sys\n\ndef guess(n):\n  sys.exit(0)\n", ["exception", "crash"], nil),
        ("def guess(n):\n  while True:\n    print('x' * 100)\n", ["output"], nil),
        ("def guess(n):\n  return guess(n)\n", ["exception", "crash"], nil),
        (
          "import random\n\ndef guess(n):\n  return random.SystemRandom().random()\n", ["nondeterministic"],
          nil
        ),
        ("import nothing\n", ["syntax"], nil),
      ] as [(String, [String], Int?)]
    )
    func tellsKind(_ program: String, _ kinds: [String], _ line: Int?) async throws {
      let folder = try Folder()
      let result = try await Self.evaluate(
        program,
        problem: try Self.tight(in: folder),
        inputs: "2",
        in: folder
      )
      #expect(result.status == 1, "\(program)\n\(result)")
      let object = try result.json
      #expect(object["outcome"]?.string == "failed", "\(program)\n\(result)")
      #expect(kinds.contains(try #require(object["kind"]?.string)), "\(program)\n\(result)")
      #expect(object["message"]?.string?.isEmpty == false)
      if let line { #expect(object["line"]?.int == line, "\(program)\n\(result)") }
      #expect(!folder.holds("found") && !folder.holds("tight/found"))
    }

    @Test("names the input it failed on")
    func namesInput() async throws {
      let folder = try Folder()
      let result = try await Self.evaluate(
        "def guess(n):\n  return 1 / (n - 7)\n",
        problem: try Self.tight(in: folder),
        inputs: "2,7,9",
        in: folder
      )
      #expect(try result.json["input"]?.string == "7" || result.json["input"]?.int == 7, "\(result)")
      let text = try await Product.run(
        "evaluate",
        "./tight",
        "program.py",
        "--inputs",
        "2,7,9",
        in: folder
      )
      #expect(text.status == 1 && text.output.hasPrefix("failed, exception, line 2, input 7: "), "\(text)")
    }

    @Test("refuses a file that is none", arguments: ["missing.py", "folder", "bytes.py"])
    func refusesFile(_ name: String) async throws {
      let folder = try Folder()
      try folder.write("", to: "folder/empty")
      _ = try await Product.run(
        tool: "python3",
        "-c",
        "open('bytes.py', 'wb').write(b'\\xff\\xfe')",
        in: folder
      )
      let result = try await Product.run("evaluate", "cap-set", name, "--json", in: folder)
      #expect(result.status == 65 && result.output == "" && result.errors.contains(name), "\(result)")
    }
  }
}
