import Foundation
import Reports
import Testing

@Suite("A chart")
struct ChartTests {
  /// Numbers of a path's places, in the order they stand.
  private func numbers(_ path: Substring) -> [Double] {
    path.matches(of: /-?[0-9.]+/).compactMap { Double($0.output) }
  }

  private func paths(_ svg: String, _ name: String) -> [Substring] {
    svg.matches(of: /<path class="([^"]*)" d="([^"]*)"/).filter { $0.output.1.contains(name) }.map(\.output.2)
  }

  @Test("keeps every peak of a long line, with few points")
  func peaks() throws {
    let points = (0..<100_000).map { ChartPoint(Double($0), $0 == 54_321 ? 100 : Double($0 % 7)) }
    let chart = LineChart(title: "t", series: [LineChart.Series("s", points, isStep: false)])
    let path = try #require(paths(chart.svg.text, "main").first)
    #expect(path.utf8.count < 60_000)
    let places = numbers(path)
    let heights = stride(from: 1, to: places.count, by: 2).map { places[$0] }
    let short = LineChart(
      title: "t",
      series: [LineChart.Series("s", [points[0], points[54_321]], isStep: false)]
    )
    let top = numbers(try #require(paths(short.svg.text, "main").first))[3]
    #expect(abs((heights.min() ?? 0) - top) < 0.02, "the peak is where it was")
  }

  @Test(
    "is drawn for any values",
    arguments: [[], [0], [5, 5, 5], [-1e9, 1e9], [1e-9, 2e-9], [Double.nan, 1]]
  )
  func anyValues(values: [Double]) {
    let points = values.filter(\.isFinite).enumerated().map { ChartPoint(Double($0), $1) }
    for scale in [ChartScale.Kind.linear, .logarithmic] {
      let chart = LineChart(
        title: "t",
        series: [LineChart.Series("s", points)],
        levels: [LineChart.Level("known", 3)],
        marks: [0, 1],
        scale: scale
      )
      let svg = chart.svg.text
      #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>"))
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  @Test("is well-formed XML as a file, whatever names are in it")
  func file() throws {
    let hostile = "</text><script>\u{0}&"
    let chart = LineChart(
      title: hostile,
      xTitle: hostile,
      series: [
        LineChart.Series(hostile, [ChartPoint(0, 1)]), LineChart.Series("b", [ChartPoint(0, 2)], colour: 99),
      ],
      levels: [LineChart.Level(hostile, 4)]
    )
    let bars = BarChart(title: hostile, bars: [BarChart.Bar(hostile, 3, text: hostile)], isBad: true)
    let spread = SpreadChart(title: hostile, slices: [SpreadChart.Slice(x: 1, quantiles: [0, 1, 2, 3, 4])])
    let lineage = LineageView([
      LineageView.Node(program: 3, score: 2, parents: [0], island: 1, operators: [hostile], isMain: true),
      LineageView.Node(program: 0, score: 1, parents: [], island: nil, operators: [], isMain: true),
    ])
    for svg in [chart.svg, bars.svg, spread.svg, lineage.svg] {
      let text = ChartStyle.file(svg)
      #expect(!text.contains("<script"))
      #expect(text.contains("xmlns=\"http://www.w3.org/2000/svg\""))
      // Every element that is opened is closed, in turn.
      var open: [Substring] = []
      for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
        if match.output.1 == "/" {
          #expect(open.popLast() == match.output.2)
        } else if match.output.3 != "/" {
          open.append(match.output.2)
        }
      }
      #expect(open.isEmpty)
    }
  }

  @Test("is a line of text, too")
  func sparkline() {
    let points = [ChartPoint(0, 1), ChartPoint(5, 2), ChartPoint(9, 8)]
    #expect(Sparkline.text(points, to: 10, width: 10) == "▁▁▁▁▂▂▂▂██")
    #expect(Sparkline.text(points, to: 10, width: 5, isPlain: true).allSatisfy { $0.isASCII })
    #expect(Sparkline.text([ChartPoint(0, 3)], to: 0, width: 4) == "▁▁▁▁")
    #expect(Sparkline.text([], to: 10, width: 4).isEmpty)
  }
}
