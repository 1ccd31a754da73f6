import Foundation
package import Reports

extension RunFolder {
  /// Writes `report.html` and the figures beside it.
  package func write(_ report: RunReport) throws(RunError) {
    do {
      try FileManager.default.createDirectory(atPath: "\(path)/report", withIntermediateDirectories: true)
    } catch {
      throw RunError("\(path)/report cannot be made: \(error.localizedDescription)")
    }
    for figure in report.figures { try write(figure.text, to: "\(path)/\(figure.name)") }
    try write(report.page.document, to: self.report)
  }
}
