/// Markup that is safe to put into a page.
///
/// What is interpolated into a literal is escaped, unless it is ``HTML`` itself: `"<td>\(name)</td>"` cannot be broken
/// out of, whatever the name.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package let text: String

  /// - Parameter markup: taken as it is; never text from a run.
  package init(markup: String) {
    text = markup
  }

  package init(stringLiteral value: String) {
    text = value
  }

  package init(stringInterpolation: StringInterpolation) {
    text = stringInterpolation.text
  }

  package static func + (a: HTML, b: HTML) -> HTML { HTML(markup: a.text + b.text) }

  /// Literal parts as they are, values escaped.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ value: String) { text += ReportText.escaped(value) }

    package mutating func appendInterpolation(_ value: Int) { text += String(value) }

    /// A length or a place in a drawing.
    package mutating func appendInterpolation(_ value: Double) { text += ReportNumber.coordinate(value) }

    package mutating func appendInterpolation(_ value: HTML) { text += value.text }
  }
}

extension Sequence where Element == HTML {
  /// All parts, one after the other.
  package func joined(_ separator: String = "") -> HTML {
    HTML(markup: map(\.text).joined(separator: separator))
  }
}
