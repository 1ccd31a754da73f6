/// Columns of text, aligned by spaces.
struct TextTable {
  private let titles: [String]

  init(_ titles: [String]) {
    self.titles = titles
  }

  /// The titles and `rows`; a row may have fewer cells than there are titles.
  func text(_ rows: [[String]]) -> String {
    let all = [titles] + rows
    let widths = titles.indices.map { column in
      all.filter { $0.count == titles.count }.map { $0[column].count }.max() ?? 0
    }
    return all.map { row in
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: max(0, widths[column] - cell.count))
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
