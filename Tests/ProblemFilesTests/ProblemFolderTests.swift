import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax
import Testing

@Suite("A problem's folder")
struct ProblemFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("cap-set/problem.yaml", "title: Cap sets\ninputs: [8]\nknown_best: {\"8\": 512}\n")
    try folder.write("cap-set/specification.py", capSetSource)
    try folder.write("bin-packing/problem.yaml", "title: Bins\ninputs: [[1, 2]]\n")
    try folder.write("bin-packing/specification.py", capSetSource)
    try folder.write("share/golomb/specification.py", capSetSource)
    try folder.write("notes.txt", "x")
  }

  private func find(_ name: String) throws -> ProblemFolder {
    try ProblemFolder.find(name, searchIn: [folder.path, folder.path + "/share"])
  }

  @Test("is found by name, path of the folder, of the specification and of problem.yaml")
  func found() throws {
    for name in [
      "cap-set", "\(folder.path)/cap-set", "\(folder.path)/cap-set/",
      "\(folder.path)/cap-set/specification.py",
      "\(folder.path)/cap-set/problem.yaml",
    ] {
      let found = try find(name)
      #expect(found.name == "cap-set")
      #expect(found.isDescribed)
      #expect(found.specificationPath == "\(folder.path)/cap-set/specification.py")
    }
    #expect(try find("golomb").path == "\(folder.path)/share/golomb")
    #expect(
      ProblemFolder.names(in: [folder.path, folder.path + "/share"]) == ["bin-packing", "cap-set", "golomb"]
    )
  }

  @Test("that is not there is answered by the nearest name and all names")
  func notFound() {
    #expect(
      message { _ = try find("capset") }
        == """
        no problem "capset"; did you mean "cap-set"? There are: bin-packing, cap-set, golomb. \
        A path to a problem's folder will do too.
        """
    )
    #expect(
      message { _ = try ProblemFolder.find("x", searchIn: [folder.path + "/nowhere"]) }
        == """
        no problem "x". There are no problems here: give the path of a problem's folder, \
        or make one with `funsearch init`.
        """
    )
    #expect(
      message(folder) { _ = try find(folder.path + "/share") }
        == "Problems/share: the folder holds neither problem.yaml nor specification.py; is it a problem's?"
    )
    #expect(
      message(folder) { _ = try find(folder.path + "/notes.txt") }
        == "Problems/notes.txt: not a problem; give its folder, or a specification ending in .py"
    )
  }

  @Test("becomes a problem")
  func problem() throws {
    let problem = try find("cap-set").problem(describedAs: capSet)
    #expect(problem.name == "cap-set")
    #expect(problem.title == "Cap sets")
    #expect(problem.inputs == [EvaluationInput(json: "8")])
    #expect(problem.knownBest == ["8": 512])
    #expect(problem.specification.evolve.name == "priority")
    #expect(problem.specification.source == capSetSource)
    // Recomputed by `sha256sum` of the text that `ProblemHash` documents.
    #expect(problem.hash == "fc7807aad85866e64129c8399e31f25d57d5285089ce2efb9c0ac28d3130b9bc")
  }

  @Test("takes inputs from the command line instead of its own")
  func override() throws {
    let problem = try find("cap-set")
    let changed = try problem.problem(describedAs: capSet, inputs: ["9", "{\"b\": 1, \"a\": [2]}"])
    #expect(changed.inputs.map(\.json) == ["9", "{\"a\":[2],\"b\":1}"])
    #expect(changed.hash != (try problem.problem(describedAs: capSet)).hash)
    #expect(
      message { _ = try problem.problem(describedAs: capSet, inputs: []) }
        == "no inputs are given; give at least one, as JSON"
    )
    #expect(
      message { _ = try problem.problem(describedAs: capSet, inputs: ["[1"]) }.hasPrefix(
        "the input [1: not YAML: "
      )
    )
    #expect(
      message { _ = try problem.problem(describedAs: capSet, inputs: [""]) }
        == "an input is empty; give it as JSON, such as 8 or [1, 2]"
    )
  }

  @Test("may be a specification alone, when inputs are given")
  func alone() throws {
    try folder.write("mine/priority.py", capSetSource)
    let alone = try find(folder.path + "/mine/priority.py")
    #expect(alone.name == "priority")
    #expect(!alone.isDescribed)
    #expect(try alone.problem(describedAs: capSet, inputs: ["8"]).title == "priority")
    #expect(
      message(folder) { _ = try alone.problem(describedAs: capSet) }
        == "Problems/mine/priority.py: there is no problem.yaml beside it, so give inputs on the command line"
    )
    try folder.write("cap-set/other.py", capSetSource)
    #expect(
      message(folder) { _ = try find(folder.path + "/cap-set/other.py") }
        == """
        Problems/cap-set/other.py: the problem.yaml beside it names specification.py; name this file there, \
        or move it to a folder of its own
        """
    )
  }

  @Test("says which of its files cannot be read")
  func files() throws {
    try folder.write("a/problem.yaml", "title: A\ninputs: [1]\nspecification: spec.py")
    #expect(
      message(folder) { _ = try find("a") }
        == """
        Problems/a/spec.py: the specification is missing; write it, or name another file under \
        `specification` in Problems/a/problem.yaml
        """
    )
    try folder.write("b/problem.yaml", "title: B\nbaselines: {greedy: greedy.py}")
    try folder.write("b/specification.py", capSetSource)
    #expect(
      message(folder) { _ = try find("b") }
        == "Problems/b/greedy.py: the file of the baseline \"greedy\" is missing"
    )
    try folder.write("c/problem.yaml", String(repeating: "#", count: (1 << 20) + 1))
    #expect(
      message(folder) { _ = try find("c") }
        == "Problems/c/problem.yaml: 1048577 bytes are more than the 1048576 that are read; is it the right file?"
    )
    try folder.write("d/problem.yaml", Data([0x74, 0xFF, 0xFE]))
    #expect(
      message(folder) { _ = try find("d") }
        == "Problems/d/problem.yaml: the text is not UTF-8; save it as UTF-8"
    )
    try folder.write("e/problem.yaml", "title: E\n")
    try folder.write("e/specification.py", capSetSource)
    #expect(
      message(folder) { _ = try find("e").problem(describedAs: capSet) }
        == """
        Problems/e/problem.yaml:1: the key "inputs" is missing; add a line such as `inputs: [8]`, \
        or give inputs on the command line
        """
    )
    try folder.write("f/problem.yaml", "title: F\n\n\n\n\n\ntget: 1\n")
    #expect(
      message(folder) { _ = try find("f") }
        == "Problems/f/problem.yaml:7: unknown key \"tget\"; did you mean \"target\"?"
    )
  }
}
