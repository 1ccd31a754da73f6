/// The axes of a chart, and what is in front of and behind its data.
struct ChartFrame {
  let width: Double
  let height: Double
  let x: ChartScale
  let y: ChartScale
  private let titles: (x: String, y: String)

  /// The four edges of the room for data.
  struct Edges {
    var left = 56.0
    var right = 16.0
    var top = 26.0
    var bottom = 40.0
  }

  init(
    width: Double = 760,
    height: Double = 300,
    x: (kind: ChartScale.Kind, low: Double, high: Double),
    y: (low: Double, high: Double),
    titles: (x: String, y: String),
    right: Double = 16
  ) {
    self.width = width
    self.height = height
    self.titles = titles
    // A little room above and below, so that no line lies on the frame.
    let room = (y.high - y.low) * 0.06
    let vertical = (low: y.low - room, high: y.high + room)
    let names = ChartScale(.linear, vertical, to: (height, 0)).ticks(6).map(ChartScale.text)
    let longest = names.map(\.count).max() ?? 0
    var edges = Edges()
    edges.left = max(36, Double(longest) * 7.2 + 14)
    edges.right = right
    self.x = ChartScale(x.kind, (x.low, x.high), to: (edges.left, width - edges.right))
    self.y = ChartScale(.linear, vertical, to: (height - edges.bottom, edges.top))
  }

  /// Grid, ticks and titles.
  var axes: HTML {
    let rows = y.ticks(6).map { value in
      let place = y(value)
      return """
        <path class="grid" d="M\(x.from) \(place)H\(x.to)"/>\
        <text class="tick" x="\(x.from - 6)" y="\(place + 4)" text-anchor="end">\(ChartScale.text(value))</text>
        """ as HTML
    }
    let columns = x.ticks(8).map { value in
      """
      <path class="base" d="M\(x(value)) \(y.from)v4"/>\
      <text class="tick" x="\(x(value))" y="\(y.from + 17)" text-anchor="middle">\(ChartScale.text(value))</text>
      """ as HTML
    }
    return """
      \(rows.joined())<path class="base" d="M\(x.from) \(y.from)H\(x.to)"/>\(columns.joined())\
      <text x="\(x.to)" y="\(height - 5)" text-anchor="end">\(titles.x)</text>\
      <text x="4" y="14">\(titles.y)</text>
      """
  }

  /// The whole drawing; `title` is what it is called to those who do not see it.
  func svg(_ title: String, _ content: HTML) -> HTML {
    """
    <svg class="chart" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" \
    aria-label="\(title)">\(axes)\(content)</svg>
    """
  }
}

/// The smallest and the largest of some values; zero and one for none.
func extent(_ values: some Sequence<Double>) -> (low: Double, high: Double) {
  var found: (low: Double, high: Double)?
  for value in values where value.isFinite {
    found = (min(found?.low ?? value, value), max(found?.high ?? value, value))
  }
  return found ?? (0, 1)
}
