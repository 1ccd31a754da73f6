/// Lets through SVG that can do nothing but be looked at.
///
/// A problem's view is handed what candidates found, so its drawing is not trusted: elements, attributes and the letters
/// of their values are those of short lists, and the drawing is written anew from what was read. One thing that is not
/// on the lists refuses the whole drawing.
package enum DrawingFilter {
  /// The most that is read, in bytes.
  package static let mostBytes = 512 << 10
  private static let mostElements = 30_000
  private static let mostDepth = 32

  static let elements: Set<String> = [
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title",
    "desc",
  ]
  static let attributes: Set<String> = [
    "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d",
    "points",
    "transform", "dx", "dy", "class", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width",
    "stroke-opacity",
    "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "opacity", "font-size", "font-weight",
    "text-anchor",
    "dominant-baseline", "preserveAspectRatio",
  ]
  private static let namespace = "http://www.w3.org/2000/svg"

  /// The drawing, written anew as part of a page.
  ///
  /// - Parameter text: an SVG document.
  /// - Returns: markup that only draws.
  /// - Throws: ``DrawingError`` that names what is not let through.
  package static func safe(_ text: String) throws(DrawingError) -> HTML {
    guard text.utf8.count <= mostBytes else {
      throw DrawingError("the drawing has \(text.utf8.count) bytes, and may have \(mostBytes)")
    }
    var reader = MarkupReader(text)
    var open: [String] = []
    var result = ""
    var count = 0
    while let part = try reader.next() {
      switch part {
      case .text(let text):
        if open.isEmpty {
          guard text.allSatisfy(\.isWhitespace) else { throw DrawingError("there is text outside <svg>") }
        } else {
          result += ReportText.escaped(text)
        }
      case .end(let name):
        guard open.popLast() == name else { throw DrawingError("</\(shown(name))> ends what is not open") }
        result += "</\(name)>"
      case .begin(let name, let attributes, let isEmpty):
        guard elements.contains(name) else {
          throw DrawingError("the element <\(shown(name))> is not let through")
        }
        guard open.isEmpty == (name == "svg") else {
          throw DrawingError("<svg> must be the outermost element, and no other")
        }
        if name == "svg", count > 0 { throw DrawingError("there is more than one drawing") }
        count += 1
        guard count <= mostElements else {
          throw DrawingError("there are more than \(mostElements) elements")
        }
        result += try tag(name, attributes)
        if isEmpty {
          result += "</\(name)>"
        } else {
          open.append(name)
          guard open.count <= mostDepth else {
            throw DrawingError("elements are more than \(mostDepth) deep")
          }
        }
      }
    }
    guard open.isEmpty, count > 0 else {
      throw DrawingError(count == 0 ? "there is no <svg>" : "<\(open[open.count - 1])> is not closed")
    }
    return HTML(markup: result)
  }

  private static func tag(_ name: String, _ attributes: [(name: String, value: String)]) throws(DrawingError)
    -> String
  {
    var text = "<\(name)"
    var seen: Set<String> = []
    for (attribute, value) in attributes {
      guard seen.insert(attribute).inserted else {
        throw DrawingError("\(shown(attribute)) is there twice in <\(name)>")
      }
      if attribute == "xmlns" {
        guard name == "svg", value == namespace else { throw DrawingError("xmlns must be \(namespace)") }
        continue
      }
      guard self.attributes.contains(attribute) else {
        throw DrawingError("the attribute \(shown(attribute)) of <\(name)> is not let through")
      }
      guard value.unicodeScalars.allSatisfy(isHarmless), !value.lowercased().contains("url") else {
        throw DrawingError("the value of \(attribute) in <\(name)> is not let through: \(shown(value))")
      }
      if name == "svg", attribute == "class" { continue }
      text += " \(attribute)=\"\(ReportText.escaped(value))\""
    }
    if name == "svg" {
      guard seen.contains("viewBox") else { throw DrawingError("<svg> has no viewBox") }
      // In this class, the colours of charts are there to be used.
      text += " class=\"chart\" role=\"img\""
    }
    return text + ">"
  }

  /// Letters, digits and what numbers, colours and paths are written with.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return false }
    return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || " \n\t.,#%()+-_".unicodeScalars.contains(scalar)
  }

  private static func shown(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "…" : text
  }
}
