import Experiment
import Foundation
import FunSearch
import PythonSyntax
import Testing

@Suite("A certificate")
struct CertificateTests {
  /// A certificate's members, as its text has them.
  private static let members: [String: JSONValue] = [
    "format": 1, "problem": "toy", "score": 1.5, "verified": true, "scores": [1.0, 2.0],
    "inputs": [3, ["n", 4.5]],
    "aggregate": "mean", "trust": "split", "program_number": 17, "program": "def f(x):\n  return \"é\\n\"\n",
    "artifacts": [[[0, 1], [2, 0]], ["k": nil]], "run": "toy/0001", "seed": 9_223_372_036_854_775_807,
    "steps": 40,
    "digest": "00ff", "settings": ["search.lag": "4"], "isolation": "level 3", "funsearch": "0.1.0",
    "python": "3.11.2", "problem_hash": "abcd", "specification": "import funsearch\n",
  ]

  private static func certificate(_ members: [String: JSONValue], in folder: TemporaryFolder) throws
    -> Certificate
  {
    let path = "\(folder.path)/best.json"
    try Data(JSONValue.object(members).serialized).write(to: URL(fileURLWithPath: path))
    return try Certificate(reading: path)
  }

  @Test("reads what it wrote")
  func readsWhatItWrote() throws {
    let folder = try TemporaryFolder()
    let certificate = try Self.certificate(Self.members, in: folder)
    #expect(certificate.scores == [1, 2] && certificate.score == 1.5 && certificate.seed == UInt64(Int.max))
    #expect(try JSONValue(parsing: certificate.text) == .object(Self.members))
    try Data(certificate.text.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/again.json"))
    #expect(try Certificate(reading: "\(folder.path)/again.json").text == certificate.text)
  }

  @Test("of a noisy problem says how it was measured")
  func saysNoise() throws {
    let folder = try TemporaryFolder()
    var members = Self.members
    members["noise"] = ["repeats": 8, "confidence": 0.9, "seeded": false]
    let certificate = try Self.certificate(members, in: folder)
    #expect(certificate.noise == Noise(repeats: 8, confidence: 0.9, isSeeded: false))
    #expect(try JSONValue(parsing: certificate.text) == .object(members))
    members["noise"] = ["repeats": 1, "confidence": 0.9, "seeded": false]
    let error = #expect(throws: RunError.self) { try Self.certificate(members, in: folder) }
    #expect(error?.description.contains("\"noise\"") == true)
  }

  @Test("has one member a line, so that people can read and compare it")
  func hasMemberALine() throws {
    let text = try Self.certificate(Self.members, in: try TemporaryFolder()).text
    #expect(text.split(separator: "\n").count == Self.members.count + 2)
  }

  @Test("names a member that is missing or of another kind", arguments: members.keys.sorted())
  func namesMember(_ key: String) throws {
    let folder = try TemporaryFolder()
    var members = Self.members
    members[key] = nil
    let missing = #expect(throws: RunError.self) { try Self.certificate(members, in: folder) }
    #expect(missing?.description.contains("\"\(key)\" is missing or of another kind") == true)
    members[key] = .null
    let other = #expect(throws: RunError.self) { try Self.certificate(members, in: folder) }
    #expect(other?.description.contains("\"\(key)\" is missing or of another kind") == true)
  }

  @Test("needs one score and one artifact for each input")
  func needsOneEach() throws {
    let folder = try TemporaryFolder()
    let wrong: [[String: JSONValue]] = [
      ["scores": [1.0]], ["scores": [1.0, "2"]], ["inputs": []], ["artifacts": [1]],
      ["artifacts": [1, 2, 3]],
    ]
    for changes in wrong {
      let error = #expect(throws: RunError.self) {
        try Self.certificate(Self.members.merging(changes) { $1 }, in: folder)
      }
      #expect(error?.description.contains("best.json") == true, "\(changes)")
    }
    #expect(
      try Self.certificate(Self.members.merging(["artifacts": []]) { $1 }, in: folder).artifacts.isEmpty
    )
  }

  @Test("of a later format is refused as such")
  func refusesLaterFormat() throws {
    let error = #expect(throws: RunError.self) {
      try Self.certificate(Self.members.merging(["format": 2]) { $1 }, in: try TemporaryFolder())
    }
    #expect(error?.description.contains("of another format; this version reads format 1") == true)
  }
}
