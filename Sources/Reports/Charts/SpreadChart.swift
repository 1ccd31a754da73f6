/// How values are spread as time goes on: the median, and bands around it.
package struct SpreadChart: Sendable {
  /// What is said of the values of one stretch.
  package struct Slice: Hashable, Sendable {
    /// The middle of the stretch.
    package let x: Double
    /// At 5, 25, 50, 75 and 95 %.
    package let quantiles: [Double]

    package init(x: Double, quantiles: [Double]) {
      precondition(quantiles.count == 5, "five quantiles make two bands and a line")
      self.x = x
      self.quantiles = quantiles
    }
  }

  package let title: String
  package let xTitle: String
  package let yTitle: String
  package let slices: [Slice]

  package init(title: String, xTitle: String = "steps", yTitle: String = "score", slices: [Slice]) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.slices = slices
  }

  /// The drawing.
  package var svg: HTML {
    let frame = ChartFrame(
      height: 260,
      x: (.linear, 0, extent(slices.map(\.x)).high),
      y: extent(slices.flatMap(\.quantiles)),
      titles: (xTitle, yTitle)
    )
    func band(_ low: Int, _ high: Int) -> HTML {
      let there = slices.map { place(frame, $0.x, $0.quantiles[high]) }
      let back = slices.reversed().map { place(frame, $0.x, $0.quantiles[low]) }
      return HTML(markup: "M" + (there + back).joined(separator: "L") + "Z")
    }
    let median = HTML(markup: "M" + slices.map { place(frame, $0.x, $0.quantiles[2]) }.joined(separator: "L"))
    guard !slices.isEmpty else { return frame.svg(title, "") }
    return frame.svg(
      title,
      """
      <path class="band f0" d="\(band(0, 4))"><title>5 to 95 %</title></path>\
      <path class="band inner f0" d="\(band(1, 3))"><title>25 to 75 %</title></path>\
      <path class="line main s0" d="\(median)"><title>median</title></path>
      """
    )
  }

  private func place(_ frame: ChartFrame, _ x: Double, _ y: Double) -> String {
    "\(ReportNumber.coordinate(frame.x(x))) \(ReportNumber.coordinate(frame.y(y)))"
  }
}
