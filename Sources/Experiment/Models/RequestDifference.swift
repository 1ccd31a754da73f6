import PythonSyntax

/// The first place where two requests, as canonical JSON, differ.
struct RequestDifference: Hashable, Sendable {
  /// Such as `turns[0].text, line 12`.
  let place: String
  let recorded: String
  let now: String

  /// Nil when the requests are equal.
  init?(recorded: String, now: String) {
    guard recorded != now else { return nil }
    guard let was = try? JSONValue(parsing: recorded), let current = try? JSONValue(parsing: now),
      let found = Self.first(was, current, at: "")
    else {
      (place, self.recorded, self.now) = ("the text", Self.short(recorded), Self.short(now))
      return
    }
    (place, self.recorded, self.now) = found
  }

  var text: String { "\(place) was \(recorded) and is \(now)" }

  private static func first(
    _ was: JSONValue?,
    _ current: JSONValue?,
    at place: String
  ) -> (String, String, String)? {
    guard was != current else { return nil }
    if let one = was?.object, let other = current?.object {
      for key in Set(one.keys).union(other.keys).sorted() {
        let inner = place.isEmpty ? key : "\(place).\(key)"
        if let found = first(one[key], other[key], at: inner) { return found }
      }
    }
    if let one = was?.array, let other = current?.array {
      for index in 0..<max(one.count, other.count) {
        // A bare nil would be the JSON null.
        let was = one.indices.contains(index) ? one[index] : JSONValue?.none
        let current = other.indices.contains(index) ? other[index] : JSONValue?.none
        if let found = first(was, current, at: "\(place)[\(index)]") { return found }
      }
    }
    if let one = was?.string, let other = current?.string { return firstLine(one, other, at: place) }
    return (place, shown(was), shown(current))
  }

  private static func firstLine(_ one: String, _ other: String, at place: String) -> (String, String, String)
  {
    let lines = [one, other].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    let same = zip(lines[0], lines[1]).prefix { $0 == $1 }.count
    let differing = lines.map { same < $0.count ? "\"\(short(String($0[same])))\"" : "at its end" }
    let isLong = lines.contains { $0.count > 1 }
    return (isLong ? "\(place), line \(same + 1)," : place, differing[0], differing[1])
  }

  private static func shown(_ value: JSONValue?) -> String {
    guard let value else { return "not there" }
    return short(String(decoding: value.serialized, as: UTF8.self))
  }

  private static func short(_ text: String) -> String {
    text.count <= 100 ? text : text.prefix(99) + "…"
  }
}
