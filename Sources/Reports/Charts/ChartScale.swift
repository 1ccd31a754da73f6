import Foundation

/// Where values of an axis are in a drawing, and which of them are named.
package struct ChartScale: Hashable, Sendable {
  /// How values are spread over an axis.
  package enum Kind: Hashable, Sendable {
    case linear
    /// By their logarithm; values below one are at one.
    case logarithmic
  }

  let kind: Kind
  let low: Double
  let high: Double
  /// Places of ``low`` and ``high`` in the drawing.
  let from: Double
  let to: Double

  /// - Parameters:
  ///   - kind: how values are spread.
  ///   - values: the smallest and the largest; equal ones get room around them.
  ///   - range: places of both in the drawing.
  init(_ kind: Kind, _ values: (low: Double, high: Double), to range: (Double, Double)) {
    self.kind = kind
    var (low, high) = values
    if kind == .logarithmic { (low, high) = (max(1, low), max(1, high)) }
    if !(high > low) {
      let room = kind == .logarithmic ? high : max(abs(high) * 0.05, 0.5)
      (low, high) = kind == .logarithmic ? (low, high + room) : (low - room, high + room)
    }
    self.low = low
    self.high = high
    (from, to) = range
  }

  /// The place of a value.
  func callAsFunction(_ value: Double) -> Double {
    let share: Double =
      switch kind {
      case .linear: (value - low) / (high - low)
      case .logarithmic: log(max(1, value) / low) / log(high / low)
      }
    return from + (to - from) * share
  }

  /// Round values to name, about `count`.
  func ticks(_ count: Int) -> [Double] {
    kind == .logarithmic && high / low >= 10 ? decades(count) : Self.steps(from: low, to: high, count)
  }

  private func decades(_ count: Int) -> [Double] {
    let first = Int(log10(low).rounded(.down))
    let last = Int(log10(high).rounded(.up))
    let factors: [Double] = last - first <= 3 ? [1, 2, 5] : [1]
    let stride = max(1, (last - first) / max(1, count))
    var ticks: [Double] = []
    for power in Swift.stride(from: first, through: last, by: stride) {
      for factor in factors {
        let value = factor * pow(10, Double(power))
        if value >= low * 0.999, value <= high * 1.001 { ticks.append(value) }
      }
    }
    return ticks
  }

  private static func steps(from low: Double, to high: Double, _ count: Int) -> [Double] {
    let raw = (high - low) / Double(max(1, count))
    guard raw > 0, raw.isFinite else { return [low] }
    let power = pow(10, log10(raw).rounded(.down))
    let step = ([1, 2, 2.5, 5, 10].first { $0 * power >= raw * 0.999 } ?? 10) * power
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard last >= first, last - first < 100 else { return [low] }
    return Swift.stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }

  /// A named value as it is written; large counts in thousands and millions.
  static func text(_ value: Double) -> String {
    let size = abs(value)
    if size >= 1_000_000, size < 1e12 { return ReportNumber.score(value / 1_000_000) + "M" }
    if size >= 10_000, size < 1_000_000 { return ReportNumber.score(value / 1000) + "k" }
    return ReportNumber.score(size < 1e-12 ? 0 : value)
  }
}
