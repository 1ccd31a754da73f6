/// A value at a place of a chart's horizontal axis.
package struct ChartPoint: Hashable, Sendable {
  package let x: Double
  package let y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

extension [ChartPoint] {
  /// Fewer points that look the same: of those that fall into one of `columns` columns the first, the lowest, the
  /// highest and the last stay, so that no peak is lost.
  func thinned(to columns: Int, _ scale: ChartScale) -> [ChartPoint] {
    guard count > columns * 4 else { return self }
    var kept: [ChartPoint] = []
    var column: [ChartPoint] = []
    var current = Int.min
    func close() {
      guard let first = column.first, let last = column.last else { return }
      let low = column.indices.min { column[$0].y < column[$1].y } ?? 0
      let high = column.indices.max { column[$0].y < column[$1].y } ?? 0
      kept.append(first)
      for place in Set([low, high]).sorted() where place > 0 && place < column.count - 1 {
        kept.append(column[place])
      }
      if column.count > 1 { kept.append(last) }
      column.removeAll(keepingCapacity: true)
    }
    for point in self {
      let place = Int((scale(point.x) - scale.from) / (scale.to - scale.from) * Double(columns))
      if place != current { close() }
      current = place
      column.append(point)
    }
    close()
    return kept
  }
}
