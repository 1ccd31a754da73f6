/// Tables as comma-separated values (RFC 4180).
package enum CSV {
  /// Titles and rows, a line each.
  package static func text(_ titles: [String], _ rows: [[String]]) -> String {
    ([titles] + rows).map { $0.map(field).joined(separator: ",") + "\n" }.joined()
  }

  /// The shortest text that reads back as the same number; whole ones without a point.
  package static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
