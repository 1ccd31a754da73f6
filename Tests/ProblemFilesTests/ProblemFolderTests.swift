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
    let changed = try problem.problem(describedAs: capSet, inputs: .values(["9", "{\"b\": 1, \"a\": [2]}"]))
    #expect(changed.inputs.map(\.json) == ["9", "{\"a\":[2],\"b\":1}"])
    #expect(changed.hash != (try problem.problem(describedAs: capSet)).hash)
    #expect(
      message { _ = try problem.problem(describedAs: capSet, inputs: .values([])) }
        == "no inputs are given; give at least one, as JSON"
    )
    #expect(
      message { _ = try problem.problem(describedAs: capSet, inputs: .values(["[1"])) }.hasPrefix(
        "the input [1: not YAML: "
      )
    )
    #expect(
      message { _ = try problem.problem(describedAs: capSet, inputs: .values([""])) }
        == "an input is empty; give it as JSON, such as 8 or [1, 2]"
    )
  }

  @Test("may be a specification alone, when inputs are given")
  func alone() throws {
    try folder.write("mine/priority.py", capSetSource)
    let alone = try find(folder.path + "/mine/priority.py")
    #expect(alone.name == "priority")
    #expect(!alone.isDescribed)
    #expect(try alone.problem(describedAs: capSet, inputs: .values(["8"])).title == "priority")
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

  @Test("gives its sets of inputs by name")
  func sets() throws {
    try folder.write("s/problem.yaml", "title: S\ninputs: {train: [1], test: [2, 3], hard: [4]}\n")
    try folder.write("s/specification.py", capSetSource)
    let problem = try find("s")
    func inputs(_ choice: InputChoice) throws -> [String] {
      try problem.problem(describedAs: capSet, inputs: choice).inputs.map(\.json)
    }
    #expect(try inputs(.training) == ["1"])
    #expect(try inputs(.sets(["test"])) == ["2", "3"])
    #expect(try inputs(.sets(["hard", "test"])) == ["4", "2", "3"])
    #expect(
      message(folder) { _ = try inputs(.sets(["tset"])) }
        == "--inputs tset: Problems/s/problem.yaml has no inputs of that name; did you mean \"test\"?"
    )
    #expect(
      message(folder) { _ = try inputs(.sets(["validation"])) }
        == """
        --inputs validation: Problems/s/problem.yaml has no inputs of that name; there are hard, test, train, \
        or write values as JSON, such as 8 or [1, 2]
        """
    )
  }

  @Test("may take the specification of another problem, which is frozen with it")
  func sharedSpecification() throws {
    try folder.write("twin/problem.yaml", "title: T\ninputs: [9]\nspecification: cap-set/specification.py\n")
    let twin = try find("twin")
    #expect(twin.specificationPath == "\(folder.path)/cap-set/specification.py")
    try folder.write(
      "share/far/problem.yaml",
      "title: F\ninputs: [9]\nspecification: cap-set/specification.py\n"
    )
    #expect(try find("far").specificationPath == "\(folder.path)/cap-set/specification.py")
    try twin.freeze(in: "\(folder.path)/run/problem")
    try folder.write("cap-set/specification.py", "changed")
    let frozen = try ProblemFolder.find("\(folder.path)/run/problem", searchIn: [])
    #expect(frozen.specificationSource == capSetSource)
    let hashes = try [twin, frozen].map { try $0.problem(describedAs: capSet).hash }
    #expect(hashes[0] == hashes[1])
    try folder.write("lost/problem.yaml", "title: L\ninputs: [9]\nspecification: capset/specification.py\n")
    #expect(
      message(folder) { _ = try find("lost") }
        == """
        Problems/lost/capset/specification.py: the specification is missing; it is neither in the problem's \
        folder nor in that of a problem called capset
        """
    )
  }

  @Test("may take the view of another problem, which is frozen with it and in no hash")
  func sharedView() throws {
    try folder.write("cap-set/view.py", "drawing")
    try folder.write("other/problem.yaml", "title: O\ninputs: [9]\n")
    try folder.write("other/specification.py", capSetSource)
    let without = try find("other")
    #expect(without.view == nil)
    try folder.write("other/problem.yaml", "title: O\ninputs: [9]\nview: cap-set\n")
    let other = try find("other")
    #expect(other.view == "drawing")
    try other.freeze(in: "\(folder.path)/run/problem")
    try folder.write("cap-set/view.py", "changed")
    let frozen = try ProblemFolder.find("\(folder.path)/run/problem", searchIn: [])
    #expect(frozen.view == "drawing")
    let hashes = try [without, other, frozen].map { try $0.problem(describedAs: capSet).hash }
    #expect(Set(hashes).count == 1)
    try folder.write("other/problem.yaml", "title: O\ninputs: [9]\nview: capset\n")
    #expect(
      message(folder) { _ = try find("other") }
        == """
        Problems/other/problem.yaml: "view" names capset, and there is no capset/view.py among the problems; \
        name one that has it, or remove the key
        """
    )
  }

  @Test("has a hash over everything that the specification can read")
  func filesInHash() throws {
    func hash() throws -> String { try find("cap-set").problem(describedAs: capSet).hash }
    let before = try hash()
    for ignored in ["cap-set/README.md", "cap-set/.hidden", "cap-set/__pycache__/x.pyc"] {
      try folder.write(ignored, "text")
      #expect(try hash() == before, "\(ignored)")
    }
    try folder.write("cap-set/helper.py", "K = 1")
    let helped = try hash()
    #expect(helped != before)
    try folder.write("cap-set/helper.py", "K = 2")
    #expect(try hash() != helped)
    try folder.write("cap-set/helper.py", "K = 1")
    #expect(try hash() == helped)
    try folder.write("cap-set/data/rows.csv", "1,2")
    #expect(try hash() != helped)
    let problem = try find("cap-set")
    #expect(problem.hashWithoutFiles(try problem.problem(describedAs: capSet)) == before)
    try problem.freeze(in: "\(folder.path)/frozen/problem")
    let frozen = try ProblemFolder.find("\(folder.path)/frozen/problem", searchIn: [])
    #expect(try frozen.problem(describedAs: capSet).hash == hash())
    #expect(problem.certified == ["helper.py": "K = 1", "data/rows.csv": "1,2"])
  }

  @Test("finds the modules that a specification imports, through others too, also for one alone")
  func modules() throws {
    let source = "import os, helper as h, absent\nfrom tools.first import x\n" + capSetSource
    for name in ["mine/problem.py", "cap-set/specification.py"] {
      let place = name.split(separator: "/")[0]
      try folder.write(name, source)
      try folder.write("\(place)/helper.py", "def f():\n  from deeper import y; return y")
      try folder.write("\(place)/deeper.py", "")
      try folder.write("\(place)/unused.py", "")
      try folder.write("\(place)/tools/first.py", "import helper")
      try folder.write("\(place)/tools/data.txt", "")
      let problem = try find("\(folder.path)/\(name)")
      #expect(problem.modules.map(\.name) == ["deeper.py", "helper.py", "tools/first.py"], "\(name)")
      #expect(problem.files.contains { $0.name == "unused.py" } == problem.isDescribed)
    }
  }

  @Test("is refused when it holds more than a run would keep a copy of")
  func tooMuch() throws {
    for number in 0...1000 { try folder.write("cap-set/data/\(number)", "") }
    #expect(
      message(folder) { _ = try find("cap-set") }
        == """
        Problems/cap-set: the problem's folder holds more than 1000 files, all of which a run keeps a copy of; \
        move what the specification does not read elsewhere
        """
    )
  }
}
