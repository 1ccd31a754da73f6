extension Duration {
  /// Reads a duration such as `53s`, `1.5s`, `20ms`, `6m0s` or `1h2m3.5s`; a number alone is of seconds.
  package init?(written text: String) {
    guard let (duration, rest) = Self.read(text), rest.isEmpty else { return nil }
    self = duration
  }

  /// Reads the duration that a text begins with.
  init?(writtenAtStartOf text: String) {
    guard let (duration, _) = Self.read(text) else { return nil }
    self = duration
  }

  private static func read(_ text: String) -> (Duration, rest: Substring)? {
    var rest = text[...].drop { $0 == " " }
    var seconds = 0.0
    var count = 0
    while let first = rest.first, first.isASCII, first.isNumber {
      var digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      // A point may end the sentence.
      if digits.last == "." { digits = digits.dropLast() }
      guard let value = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let spaced = rest.drop { $0 == " " }
      let unit = spaced.prefix { $0.isASCII && $0.isLetter }
      guard let factor = units[String(unit)] ?? (count == 0 ? 1 : nil) else { return nil }
      if units[String(unit)] != nil { rest = spaced.dropFirst(unit.count) }
      seconds += value * factor
      count += 1
    }
    guard count > 0, seconds < 1e9 else { return nil }
    return (.seconds(seconds), rest)
  }

  private static let units: [String: Double] = [
    "ms": 1e-3, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60,
    "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600, "d": 86_400, "day": 86_400, "days": 86_400,
    "us": 1e-6, "µs": 1e-6, "ns": 1e-9,
  ]

  /// The duration in seconds.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
