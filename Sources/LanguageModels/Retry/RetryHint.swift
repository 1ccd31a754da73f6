/// How long a server asks to wait.
enum RetryHint {
  /// The longest hint that is looked at; a day's quota is told otherwise.
  private static let longest = Duration.seconds(86_400)

  /// The delay of the most reliable hint: the error's own, the header's, the message's.
  ///
  /// - Parameters:
  ///   - body: the error.
  ///   - fields: the answer's header fields, in lower case.
  ///   - date: seconds since 1970.
  /// - Returns: the delay; nil when there is no usable hint.
  static func delay(_ body: ErrorBody, fields: [String: String], date: Double?) -> Duration? {
    // The error's own hint leaves the fraction of the second out.
    let hints = [
      body.retryDelay.map { $0 + .seconds(1) },
      fields["retry-after-ms"].flatMap(Double.init).map { .milliseconds($0) },
      fields["retry-after"].flatMap { header($0, date: date) },
      text(body.message),
    ]
    return hints.compactMap { $0 }.first { $0 > .zero }.map { min($0, longest) }
  }

  /// Seconds, or a date.
  private static func header(_ text: String, date: Double?) -> Duration? {
    if let seconds = Double(text.trimmed) {
      return seconds.isFinite && seconds < 1e6 ? .seconds(seconds) : nil
    }
    guard let then = HTTPDate.seconds(text), let date else { return nil }
    return .seconds(then - date)
  }

  /// The wait that a message names, as in `Please retry in 53.9s`.
  private static func text(_ message: String) -> Duration? {
    let message = message.lowercased()
    for opening in ["retry in ", "try again in ", "retry after "] {
      guard let range = message.firstRange(of: opening) else { continue }
      let rest = message[range.upperBound...].prefix(40)
      if let delay = Duration(writtenAtStartOf: String(rest)) { return delay }
    }
    return nil
  }
}

/// Dates of HTTP headers.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; nil when it is none.
  static func seconds(_ text: String) -> Double? {
    let words = text.split { $0 == " " || $0 == ":" || $0 == "-" }
    guard words.count == 8, words[7] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
      let month = months.firstIndex(of: String(words[2])), let hour = Int(words[4]),
      let minute = Int(words[5]),
      let second = Int(words[6]), (1...31).contains(day), (1970...9999).contains(year)
    else { return nil }
    let days = CivilDate(year: year, month: month + 1, day: day).daysSince1970
    return Double(days) * 86_400 + Double(hour * 3600 + minute * 60 + second)
  }
}

/// A day of the Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
struct CivilDate: CustomStringConvertible {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day, in UTC, of a moment.
  init(secondsSince1970 seconds: Double) {
    let days = Int((seconds / 86_400).rounded(.down)) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
  }

  var daysSince1970: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// As in `2026-11-21`.
  var description: String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(padded(month))-\(padded(day))"
  }
}
