import PythonSyntax
import Testing

@Suite("The standard library of Python")
struct StandardLibraryTests {
  /// Two processes share the work; each takes every second file.
  @Test("is printed so that Python reads back the same trees", arguments: 0..<2)
  func printing(share: Int) throws {
    let python = try PythonProcess(script: "oracle.py", ["\(share)", "2"])
    var result: JSONValue?
    while let line = try python.readLine() {
      let message = try JSONValue(parsing: line)
      guard let trees = message["functions"] else {
        result = message
        break
      }
      let path = message["path"]?.string ?? ""
      let functions = try [Statement](json: trees)
      try check(functions, trees, path)
      try python.write(JSONValue.string(functions.source()).serialized)
    }
    #expect(try python.finish() == 0)
    let failures = try #require(result?["failures"]?.array)
    #expect(failures == [])
    let checked = try #require(result?["checked"]?.int)
    print("share \(share): \(checked) functions of the standard library checked")
    #expect(checked > 5000)
  }

  /// The laws that need no Python.
  private func check(_ functions: [Statement], _ trees: JSONValue, _ path: String) throws {
    #expect(try [Statement](encoded: functions.encoded()) == functions, "\(path): binary form")
    #expect(functions.json == trees, "\(path): JSON form")
    for case .function(let function) in functions {
      let canonical = function.canonical
      #expect(canonical.canonical == canonical, "\(path): canonical form of \(function.name)")
      #expect(function.contentHash == TreeHash(hashing: canonical.encoded()), "\(path): \(function.name)")
    }
  }
}
