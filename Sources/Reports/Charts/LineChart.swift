/// Values over steps, as lines.
package struct LineChart: Sendable {
  /// One line.
  package struct Series: Sendable {
    package let name: String
    package let points: [ChartPoint]
    /// Which of the ``ChartStyle/seriesColours`` colours; nil for grey.
    package let colour: Int?
    /// Drawn thick and named; others are thin and named where the pointer is.
    package let isMain: Bool
    /// Whether the value holds until the next point, as a best does, or changes evenly between.
    package let isStep: Bool

    package init(
      _ name: String,
      _ points: [ChartPoint],
      colour: Int? = 0,
      isMain: Bool = true,
      isStep: Bool = true
    ) {
      self.name = name
      self.points = points
      self.colour = colour.flatMap { $0 < ChartStyle.seriesColours ? $0 : nil }
      self.isMain = isMain
      self.isStep = isStep
    }
  }

  /// A value to compare with, drawn across.
  package struct Level: Hashable, Sendable {
    package let name: String
    package let value: Double

    package init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  package let title: String
  package let xTitle: String
  package let yTitle: String
  package let series: [Series]
  package var levels: [Level]
  /// Places on the horizontal axis where something happened to all lines.
  package var marks: [Double]
  package var scale: ChartScale.Kind

  package init(
    title: String,
    xTitle: String = "steps",
    yTitle: String = "score",
    series: [Series],
    levels: [Level] = [],
    marks: [Double] = [],
    scale: ChartScale.Kind = .linear
  ) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.series = series
    self.levels = levels
    self.marks = marks
    self.scale = scale
  }

  /// The drawing.
  package var svg: HTML {
    let xs = extent(series.lazy.flatMap(\.points).map(\.x) + marks)
    let values = Array(series.lazy.flatMap(\.points).map(\.y)) + levels.map(\.value)
    let frame = ChartFrame(
      x: (scale, scale == .linear ? min(0, xs.low) : 1, xs.high),
      y: extent(values),
      titles: (xTitle, yTitle)
    )
    let marks = frame.thinnedMarks(marks)
    let resets =
      marks.isEmpty ? "" : "<path class=\"mark\" d=\"\(HTML(markup: frame.path(marks: marks)))\"/>" as HTML
    let ordered = series.filter { !$0.isMain } + series.filter(\.isMain)
    let lines = ordered.map { frame.line($0) }.joined()
    return frame.svg(title, resets + lines + frame.labels(levels) + frame.legend(series.filter(\.isMain)))
  }

  /// The same chart with the other kind of horizontal axis.
  package func with(_ scale: ChartScale.Kind) -> LineChart {
    var chart = self
    chart.scale = scale
    return chart
  }

  /// The chart in a figure with a choice of both kinds of horizontal axis, which works without a script.
  ///
  /// - Parameters:
  ///   - name: letters and digits, different from that of every other figure of the page.
  ///   - caption: what is to be seen.
  /// - Returns: the figure.
  package func figure(_ name: String, caption: HTML) -> HTML {
    """
    <figure><fieldset class="choice"><input type="radio" name="\(name)" id="\(name)-linear" checked>\
    <label for="\(name)-linear">linear</label><input class="other" type="radio" name="\(name)" id="\(name)-log">\
    <label for="\(name)-log">log steps</label><div class="first">\(with(.linear).svg)</div>\
    <div class="second">\(with(.logarithmic).svg)</div></fieldset><figcaption>\(caption)</figcaption></figure>
    """
  }
}

extension ChartFrame {
  fileprivate func thinnedMarks(_ marks: [Double]) -> [Double] {
    var kept: [Double] = []
    for mark in marks.sorted() {
      if let last = kept.last, x(mark) - x(last) < 2 { continue }
      kept.append(mark)
    }
    return kept
  }

  fileprivate func path(marks: [Double]) -> String {
    marks.map {
      "M\(ReportNumber.coordinate(x($0))) \(ReportNumber.coordinate(y.to))V\(ReportNumber.coordinate(y.from))"
    }
    .joined()
  }

  fileprivate func line(_ series: LineChart.Series) -> HTML {
    let points = series.points.thinned(to: 700, x)
    guard let first = points.first else { return "" }
    var path = "M\(ReportNumber.coordinate(x(first.x))) \(ReportNumber.coordinate(y(first.y)))"
    for point in points.dropFirst() {
      let (left, top) = (ReportNumber.coordinate(x(point.x)), ReportNumber.coordinate(y(point.y)))
      path += series.isStep ? "H\(left)V\(top)" : "L\(left) \(top)"
    }
    let colour = series.colour.map { "s\($0)" } ?? "grey"
    return """
      <path class="line \(series.isMain ? "main" : "minor") \(colour)" d="\(HTML(markup: path))">\
      <title>\(series.name)</title></path>
      """
  }

  /// Levels with their names, which keep out of each other's way.
  fileprivate func labels(_ levels: [LineChart.Level]) -> HTML {
    var last = -Double.infinity
    return levels.sorted { y($0.value) < y($1.value) }.map { level in
      let place = y(level.value)
      var text = place - 4
      if text - last < 13 { text = last + 13 }
      last = text
      return """
        <path class="level" d="M\(x.from) \(place)H\(x.to)"/>\
        <text class="label" x="\(x.to)" y="\(text)" text-anchor="end">\(level.name) \(ReportNumber.score(level.value))</text>
        """ as HTML
    }.joined()
  }

  /// Names of the thick lines, where there are several.
  fileprivate func legend(_ series: [LineChart.Series]) -> HTML {
    guard series.count > 1 else { return "" }
    var place = x.from + 60
    return series.prefix(12).map { series in
      let colour = series.colour.map { "s\($0)" } ?? "grey"
      let name = series.name.count > 28 ? series.name.prefix(27) + "…" : series.name
      defer { place += Double(name.count) * 6.6 + 34 }
      return """
        <path class="line main \(colour)" d="M\(place) 10h16"/><text x="\(place + 21)" y="14">\(name)</text>
        """ as HTML
    }.joined()
  }
}
