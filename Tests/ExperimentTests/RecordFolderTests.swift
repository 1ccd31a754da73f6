import Foundation
import FunSearch
import Testing

@testable import Experiment

@Suite("The folder of a record")
struct RecordFolderTests {
  @Test(
    "is named by the inputs",
    arguments: [
      (["8"], "8"), (["[12,7]"], "12-7"), (["5", "6"], "5-6"), ([#"{"n":12,"Kind":"a b"}"#], "n-12-kind-a-b"),
    ]
  )
  func names(_ inputs: [String], _ name: String) {
    #expect(RecordFolder.name(of: inputs.map(EvaluationInput.init(json:))) == name)
  }

  @Test("of long inputs, or of inputs without letters, has a digest in its name")
  func digests() {
    func name(_ json: String) -> String { RecordFolder.name(of: [EvaluationInput(json: json)]) }
    let long = name("[" + (0..<60).map(String.init).joined(separator: ",") + "]")
    #expect(long.wholeMatch(of: /0-1-2-[0-9-]{26}-[0-9a-f]{8}/) != nil, "\(long)")
    #expect(name("\"\"").wholeMatch(of: /[0-9a-f]{8}/) != nil)
    #expect(name("\"\"") != name("[]"))
  }

  @Test("is found below a folder, in order; runs are passed over")
  func below() throws {
    let folder = try TemporaryFolder()
    for (name, files) in [
      ("cap-set/8", ["best.json"]), ("cap-set/10", ["best.json"]), ("a/b/c", ["best.json"]),
      ("cap-set/0001", ["best.json", "run.sqlite"]), ("cap-set/.new", ["best.json"]), ("empty", []),
    ] {
      let path = "\(folder.path)/\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for file in files { try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(path)/\(file)")) }
    }
    let found = RecordFolder.all(below: folder.path).map { String($0.path.dropFirst(folder.path.count + 1)) }
    #expect(found == ["a/b/c", "cap-set/10", "cap-set/8"])
    #expect(RecordFolder.all(below: "\(folder.path)/cap-set/8").count == 1)
    #expect(RecordFolder.all(below: "\(folder.path)/nowhere").isEmpty)
  }
}
