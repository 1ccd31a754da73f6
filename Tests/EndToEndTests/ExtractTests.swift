import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("A model's reply")
  struct ExtractTests {
    private static func extract(
      _ reply: String,
      _ arguments: String...,
      in folder: Folder
    ) async throws -> (status: Int32, json: JSONValue) {
      try folder.write(reply, to: "reply.txt")
      let finished = try await Product.run(
        ["extract", "cap-set", "reply.txt", "--json"] + arguments,
        in: folder
      )
      return (finished.status, try finished.json)
    }

    @Test("becomes a program that evaluate takes")
    func becomesProgram() async throws {
      let folder = try Folder()
      let reply = """
        <think>hm</think>Sure:
        ```python
        import itertools, os
        SCALE = 2
        def weight(x):
            return SCALE * x
        def priority_v2(vector, dim):
            return sum(map(weight, vector)) + len(list(itertools.islice(vector, dim)))
        ```
        """
      let (status, json) = try await Self.extract(reply, in: folder)
      #expect(status == 0 && json["outcome"]?.string == "candidate", "\(json)")
      let source = try #require(json["source"]?.string)
      #expect(source.contains("def priority(el: tuple[int, ...], n: int) -> float:"), "\(source)")
      #expect(!source.contains("import os") && source.contains("import itertools"))
      try folder.write(source, to: "program.py")
      let scored = try await Product.run("evaluate", "cap-set", "program.py", "--inputs", "3", in: folder)
      #expect(scored.status == 0, "\(scored)")
    }

    @Test("may be discarded, with its kind and exit code 1")
    func isDiscarded() async throws {
      let folder = try Folder()
      for (reply, kind) in [
        ("", "empty"), ("I'm sorry, I can't help with that.", "refused"),
        ("def priority_v2(el, n):\n    return priority_v1(el, n)\n", "unresolved name"),
        (String(repeating: "long ", count: 1 << 18), "too long"),
      ] {
        let (status, json) = try await Self.extract(reply, in: folder)
        #expect(status == 1 && json["outcome"]?.string == "discarded", "\(json)")
        #expect(json["kind"]?.string == kind, "\(json)")
      }
    }

    @Test("may call the versions of its prompt, but not be one")
    func callsVersions() async throws {
      let folder = try Folder()
      try folder.write(
        "def priority_v0(el, n):\n  return 0\n\n\ndef priority_v1(el, n):\n  return el[0]\n",
        to: "versions.py"
      )
      let calling = "```python\ndef priority_v2(el, n):\n    return 2 * priority_v1(el, n)\n```"
      let (status, json) = try await Self.extract(calling, "--prompt", "versions.py", in: folder)
      #expect(status == 0 && json["source"]?.string?.contains("def priority_v1(") == true, "\(json)")
      let same = "def priority_v2(vector, n):\n    return vector[0]\n"
      let (again, discard) = try await Self.extract(same, "--prompt", "versions.py", in: folder)
      #expect(again == 1 && discard["kind"]?.string == "same as parent", "\(discard)")
    }

    @Test("is asked for in ways that make sense")
    func usage() async throws {
      let folder = try Folder()
      try folder.write("return 1", to: "reply.txt")
      for arguments in [["--finish", "never"], ["--prompt-version", "-1"], ["--isolation", "some"]] {
        let finished = try await Product.run(["extract", "cap-set", "reply.txt"] + arguments, in: folder)
        #expect(finished.status == 64, "\(finished)")
      }
      let missing = try await Product.run("extract", "cap-set", "nowhere.txt", in: folder)
      #expect(missing.status == 65 && missing.errors.contains("nowhere.txt"), "\(missing)")
    }
  }
}
