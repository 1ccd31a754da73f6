import Foundation

/// The parameters of an address, in order.
enum SiteQuery {
  /// Reads what is behind the question mark; forms write spaces as plus signs.
  ///
  /// - Throws: ``RequestError`` for percent escapes that are none.
  static func parameters(_ query: String?) throws(RequestError) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = []
    for part in (query ?? "").split(separator: "&") {
      let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters.append((try text(pieces[0]), pieces.count > 1 ? try text(pieces[1]) : ""))
    }
    return parameters
  }

  /// Text with its percent escapes read, which must make UTF-8.
  static func unescaped(_ text: String) throws(RequestError) -> String {
    guard let result = text.removingPercentEncoding else {
      throw RequestError(
        .badRequest,
        "the address has a percent sign that escapes nothing: \(text.prefix(100))"
      )
    }
    return result
  }

  private static func text(_ part: Substring) throws(RequestError) -> String {
    try unescaped(String(part.replacing("+", with: " ")))
  }
}
