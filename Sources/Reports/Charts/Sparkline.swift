/// A curve in one line of text.
package enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")
  private static let plain = Array("_.-=^")

  /// The values' course in `width` characters.
  ///
  /// - Parameters:
  ///   - points: by ascending place; each value holds until the next point.
  ///   - end: where the last one ends.
  ///   - width: characters.
  ///   - isPlain: ASCII only.
  /// - Returns: one character for each stretch, by the value at its end; empty for no points.
  package static func text(_ points: [ChartPoint], to end: Double, width: Int, isPlain: Bool = false)
    -> String
  {
    guard let first = points.first, width > 0 else { return "" }
    let marks = isPlain ? plain : blocks
    let values = extent(points.map(\.y))
    let start = first.x
    let length = max(end - start, .leastNormalMagnitude)
    var place = 0
    var line = ""
    for column in 1...width {
      let limit = start + length * Double(column) / Double(width)
      while place + 1 < points.count, points[place + 1].x <= limit { place += 1 }
      let range = values.high - values.low
      let share = range > 0 ? (points[place].y - values.low) / range : 0
      line.append(marks[min(marks.count - 1, Int(share * Double(marks.count - 1) + 0.5))])
    }
    return line
  }
}
