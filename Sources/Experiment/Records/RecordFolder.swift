import Crypto
import Foundation
package import FunSearch

/// The folder of one published find, `records/PROBLEM/INPUTS`: the best program known here for these inputs.
package struct RecordFolder: Hashable, Sendable {
  package let path: String

  /// The folder of the record on these inputs, there or not.
  package init(records: String, problem: String, inputs: [EvaluationInput]) {
    path = "\(records)/\(problem)/\(Self.name(of: inputs))"
  }

  init(path: String) {
    self.path = path
  }

  /// The claim, as for a run.
  package var certificate: String { "\(path)/best.json" }
  /// The program as one file that plain Python runs.
  package var program: String { "\(path)/best.py" }
  /// The objects that were found, one line for each input.
  package var artifact: String { "\(path)/artifact.json" }
  /// Score, seed and the command that finds the program again.
  package var readme: String { "\(path)/README.md" }

  /// A name made from the inputs, such as `8` or `12-7`; of long ones only the beginning, and a digest.
  static func name(of inputs: [EvaluationInput]) -> String {
    let text = inputs.map(\.json).joined(separator: ",")
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = words.joined(separator: "-").lowercased()
    guard name.isEmpty || name.count > 48 else { return name }
    let digest = SHA256.hash(data: Array(text.utf8)).prefix(4).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return ([name.prefix(32)] + [digest.joined()[...]]).filter { !$0.isEmpty }.joined(separator: "-")
  }

  /// All records below a folder, in order of their paths; runs are passed over.
  package static func all(below path: String) -> [RecordFolder] {
    let files = FileManager.default
    if files.fileExists(atPath: "\(path)/run.sqlite") { return [] }
    if files.fileExists(atPath: "\(path)/best.json") { return [RecordFolder(path: path)] }
    var isFolder: ObjCBool = false
    let names = ((try? files.contentsOfDirectory(atPath: path)) ?? []).sorted()
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [RecordFolder] in
      let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      guard unsafe files.fileExists(atPath: inner, isDirectory: &isFolder), isFolder.boolValue else {
        return []
      }
      return all(below: inner)
    }
  }
}
