import Foundation
import Reports
import Testing

@Suite("Numbers in a report")
struct ReportNumberTests {
  @Test("are written as people read them")
  func texts() {
    #expect(ReportNumber.score(448) == "448" && ReportNumber.score(-3.8123456) == "-3.81235")
    #expect(ReportNumber.count(0) == "0" && ReportNumber.count(1_234_567) == "1,234,567")
    #expect(ReportNumber.count(-1000) == "-1,000")
    #expect(ReportNumber.percent(0.012) == "1.2 %" && ReportNumber.percent(0.5) == "50 %")
    #expect(ReportNumber.duration(4.26) == "4.3 s" && ReportNumber.duration(185) == "3 min 05 s")
    #expect(ReportNumber.duration(7620) == "2 h 07 min" && ReportNumber.duration(.infinity) == "–")
    #expect(ReportNumber.money(0) == "$0" && ReportNumber.money(12.5) == "$12.50")
    #expect(ReportNumber.money(0.000_012_34) == "$0.0000123" && ReportNumber.money(0.05) == "$0.05")
    #expect(ReportNumber.money(0.088_281_4) == "$0.0883" && ReportNumber.money(1234.567) == "$1234.57")
    #expect(ReportNumber.money(0.999) == "$1.00" && ReportNumber.money(.infinity) == "–")
    #expect(ReportNumber.short(9_999) == "9,999" && ReportNumber.short(12_345) == "12.3 k")
    #expect(ReportNumber.short(999_499) == "999 k" && ReportNumber.short(999_500) == "1.00 M")
    #expect(ReportNumber.short(45_600_000) == "45.6 M" && ReportNumber.short(1_230_000_000) == "1.23 G")
    #expect(ReportNumber.microseconds(80) == "80 µs" && ReportNumber.microseconds(1234) == "1.2 ms")
  }

  @Test(
    "have at most two digits as places in a drawing",
    arguments: [0, 1, -1, 0.5, 12.345, -0.01, 99.999, 1e9, -7.1]
  )
  func coordinates(value: Double) throws {
    let text = ReportNumber.coordinate(value)
    let read = try #require(Double(text))
    #expect(abs(read - value) <= 0.005_000_1, "\(text)")
    #expect(text.split(separator: ".").dropFirst().first.map { $0.count <= 2 } ?? true)
  }

  @Test("tell times as Foundation does")
  func times() {
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day().dateTimeSeparator(.space)
      .time(includingFractionalSeconds: false)
    for seconds in [0.0, 951_782_399, 951_782_400, 1_700_000_000.9, 4_107_542_400, -1, 1_709_210_096] {
      #expect(UTCTime.text(seconds) == Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(style))
    }
  }
}
