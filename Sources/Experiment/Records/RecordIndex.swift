import Foundation
import PythonSyntax

/// `README.md` of the folder of all records: a table of what is there.
enum RecordIndex {
  static func write(_ records: String) throws {
    var rows: [String] = []
    for folder in RecordFolder.all(below: records) {
      let certificate = try Certificate(reading: folder.certificate)
      let inputs = certificate.inputs.map { String(decoding: $0.serialized, as: UTF8.self) }
      let shown = inputs.joined(separator: ", ")
      let place = folder.path.dropFirst(records.count).drop { $0 == "/" }
      rows.append(
        "| \(certificate.problem) | `\(shown.count > 60 ? shown.prefix(60) + "…" : shown[...])` "
          + "| \(Record.number(certificate.score)) | \(certificate.verified ? "yes" : "no") "
          + "| \(certificate.seed) | \(certificate.program) | [\(place)](\(place)/README.md) |"
      )
    }
    let text = """
      # Records

      The best programs found here, each with its certificate, the objects it found and the command that finds it
      again. `funsearch record` adds to them and writes this list; `funsearch verify Results/records` checks them all.

      | problem | inputs | score | verified | seed | found in step | where |
      |---|---|---|---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
    let file = "\(records)/README.md"
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw RunError("\(file) cannot be written: \(error.localizedDescription)")
    }
  }
}
