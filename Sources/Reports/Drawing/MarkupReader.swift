/// Reads a small part of XML: elements, attributes in quotes, text, comments, and the five entities and numbers.
struct MarkupReader {
  /// What comes next in a document.
  enum Part {
    case begin(String, [(name: String, value: String)], isEmpty: Bool)
    case end(String)
    case text(String)
  }

  private let scalars: [Unicode.Scalar]
  private var place = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  /// The next part; nil at the end.
  mutating func next() throws(DrawingError) -> Part? {
    while place < scalars.count {
      guard scalars[place] == "<" else { return .text(try characters { $0 != "<" }) }
      if follows("<!--") {
        try skip(to: "-->")
      } else if follows("<?xml"), place == 0 {
        try skip(to: "?>")
      } else if follows("<!") || follows("<?") {
        throw DrawingError("declarations and instructions are not let through")
      } else if follows("</") {
        place += 2
        let name = try self.name()
        skipSpace()
        try take(">")
        return .end(name)
      } else {
        place += 1
        return try element()
      }
    }
    return nil
  }

  private mutating func element() throws(DrawingError) -> Part {
    let name = try self.name()
    var attributes: [(name: String, value: String)] = []
    while true {
      skipSpace()
      if follows("/>") {
        place += 2
        return .begin(name, attributes, isEmpty: true)
      }
      if follows(">") {
        place += 1
        return .begin(name, attributes, isEmpty: false)
      }
      let attribute = try self.name()
      skipSpace()
      try take("=")
      skipSpace()
      guard place < scalars.count, scalars[place] == "\"" || scalars[place] == "'" else {
        throw DrawingError("the value of \(attribute) in <\(name)> has no quotes")
      }
      let quote = scalars[place]
      place += 1
      let value = try characters { $0 != quote && $0 != "<" }
      guard place < scalars.count, scalars[place] == quote else {
        throw DrawingError("the value of \(attribute) in <\(name)> does not end")
      }
      place += 1
      attributes.append((attribute, value))
    }
  }

  /// Text with its entities replaced.
  private mutating func characters(_ condition: (Unicode.Scalar) -> Bool) throws(DrawingError) -> String {
    var text = String.UnicodeScalarView()
    while place < scalars.count, condition(scalars[place]) {
      if scalars[place] == "&" {
        text.append(try entity())
      } else {
        text.append(scalars[place])
        place += 1
      }
    }
    return String(text)
  }

  private mutating func entity() throws(DrawingError) -> Unicode.Scalar {
    let start = place
    place += 1
    var name = ""
    while place < scalars.count, scalars[place] != ";", name.utf8.count < 12 {
      name.unicodeScalars.append(scalars[place])
      place += 1
    }
    guard place < scalars.count, scalars[place] == ";" else {
      place = start
      throw DrawingError("an & is not followed by an entity; write &amp;")
    }
    place += 1
    let known: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    if let scalar = known[name] { return scalar }
    let number =
      name.hasPrefix("#x")
      ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    guard let number, let scalar = Unicode.Scalar(number), number > 0 else {
      throw DrawingError("there is no entity &\(name);")
    }
    return scalar
  }

  private mutating func name() throws(DrawingError) -> String {
    var name = ""
    while place < scalars.count {
      let scalar = scalars[place]
      guard scalar.isASCII,
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "-:_".unicodeScalars.contains(scalar)
      else { break }
      name.unicodeScalars.append(scalar)
      place += 1
    }
    guard !name.isEmpty else { throw DrawingError("the markup is broken after \(place) characters") }
    return name
  }

  private mutating func skipSpace() {
    while place < scalars.count, " \t\r\n".unicodeScalars.contains(scalars[place]) { place += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) throws(DrawingError) {
    guard place < scalars.count, scalars[place] == scalar else {
      throw DrawingError("the markup is broken after \(place) characters")
    }
    place += 1
  }

  private mutating func skip(to end: String) throws(DrawingError) {
    while place < scalars.count {
      if follows(end) {
        place += end.unicodeScalars.count
        return
      }
      place += 1
    }
    throw DrawingError("a comment does not end")
  }

  private func follows(_ text: String) -> Bool {
    scalars[place...].starts(with: text.unicodeScalars)
  }
}
