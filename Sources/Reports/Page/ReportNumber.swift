import Foundation

/// Numbers as reports write them.
package enum ReportNumber {
  /// A score: whole numbers without a point, others with six digits.
  package static func score(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(format: "%.6g", value)
  }

  /// A count with commas between thousands.
  package static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    let grouped = digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : String(digit)
    }
    return (number < 0 ? "-" : "") + grouped.joined()
  }

  /// A large count in few letters: `9,999`, `12.3 k`, `4.56 M`.
  package static func short(_ number: Int) -> String {
    let value = Double(number)
    if number < 10_000 { return count(number) }
    for (unit, name) in [(1e3, "k"), (1e6, "M"), (1e9, "G")] where value < unit * 999.5 {
      let scaled = value / unit
      return String(format: scaled < 9.995 ? "%.2f" : scaled < 99.95 ? "%.1f" : "%.0f", scaled) + " \(name)"
    }
    return String(format: "%.3g", value)
  }

  /// US dollars: cents where there are whole dollars, else three digits.
  package static func money(_ dollars: Double) -> String {
    guard dollars.isFinite, dollars > 1e-15 else { return dollars.isFinite ? "$0" : "–" }
    if dollars >= 0.995 { return String(format: "$%.2f", dollars) }
    let decimals = 2 - Int(log10(dollars).rounded(.down))
    let digits = String(format: "%.*f", decimals, dollars)
    return "$" + String(digits.reversed().drop { $0 == "0" }.reversed())
  }

  /// A share in percent, with a digit behind the point below ten.
  package static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    let percent = share * 100
    return percent > 0 && percent < 9.95
      ? String(format: "%.1f %%", percent) : String(format: "%.0f %%", percent)
  }

  /// A time span: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "–" }
    let seconds = max(0, seconds)
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(padded(whole % 60)) s" }
    return "\(whole / 3600) h \(padded(whole % 3600 / 60)) min"
  }

  /// Microseconds as `80 µs`, `1.2 ms` or seconds.
  package static func microseconds(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if value < 1000 { return String(format: "%.0f µs", value) }
    if value < 1_000_000 { return String(format: "%.1f ms", value / 1000) }
    return duration(value / 1_000_000)
  }

  /// A place in a drawing: at most two digits behind the point.
  package static func coordinate(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(rest % 10 == 0 ? String(rest / 10) : padded(Int(rest)))"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
