/// Amounts side by side, as bars from the left.
package struct BarChart: Sendable {
  /// One bar.
  package struct Bar: Hashable, Sendable {
    package let name: String
    package let value: Double
    /// What stands behind the bar.
    package let text: String

    package init(_ name: String, _ value: Double, text: String) {
      self.name = name
      self.value = value
      self.text = text
    }
  }

  package let title: String
  package let bars: [Bar]
  /// Drawn in the colour of failures.
  package let isBad: Bool

  package init(title: String, bars: [Bar], isBad: Bool = false) {
    self.title = title
    self.bars = bars
    self.isBad = isBad
  }

  /// The drawing.
  package var svg: HTML {
    let names = bars.map { $0.name.count > 40 ? $0.name.prefix(39) + "…" : $0.name }
    let left = Double(names.map(\.count).max() ?? 0) * 6.8 + 14
    let (row, width) = (22.0, 760.0)
    let room = width - left - Double(bars.map(\.text.count).max() ?? 0) * 7 - 16
    let largest = max(bars.map(\.value).max() ?? 0, .leastNormalMagnitude)
    let rows = bars.enumerated().map { place, bar in
      let top = Double(place) * row + 4
      let length = max(bar.value > 0 ? 1 : 0, bar.value / largest * room)
      return """
        <text x="\(left - 8)" y="\(top + 12)" text-anchor="end">\(names[place])</text>\
        <rect class="\(isBad ? "bad" : "f0")" x="\(left)" y="\(top)" width="\(length)" height="15" rx="2"/>\
        <text class="tick" x="\(left + length + 6)" y="\(top + 12)">\(bar.text)</text>
        """ as HTML
    }
    let height = Double(bars.count) * row + 8
    return """
      <svg class="chart" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" \
      aria-label="\(title)"><path class="base" d="M\(left) 0V\(height)"/>\(rows.joined())</svg>
      """
  }
}
