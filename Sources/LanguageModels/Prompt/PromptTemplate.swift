import FunSearch

/// The text of a prompt with places for what changes (Documentation/Models.md, "Templates").
///
/// `{{name}}` is a place. What stands between `{{#name}}` and `{{/name}}` is left out where that place is empty. A
/// line `=== system` or `=== user` begins what is said in that role; without one, all is the user's. A `#` and a
/// space after three equals signs (`=== # …`) begin a note, which nobody gets.
package struct PromptTemplate: Hashable, Sendable {
  /// What may stand in a template.
  package enum Place: String, Hashable, Sendable, CaseIterable {
    case title, description, instructions, function, next, signature, code, scores, failures, fence
  }

  package enum Role: String, Hashable, Sendable, CaseIterable {
    case system, user
  }

  private enum Part: Hashable, Sendable {
    case text(String)
    case place(Place)
    case section(Place, [Part])
  }

  private let parts: [Role: [Part]]

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - text: the template.
  ///   - path: the file, for messages.
  /// - Throws: ``PromptTemplateError`` with file and line for the first thing that is wrong.
  package init(_ text: String, path: String) throws(PromptTemplateError) {
    var parts: [Role: [Part]] = [:]
    for (role, first, lines) in try Self.turns(text, path) {
      var reader = Reader(text: lines, line: first, path: path)
      parts[role] = try reader.parts(until: nil, openedAt: first)
    }
    guard parts[.user] != nil else {
      throw PromptTemplateError(
        path,
        1,
        "the template says nothing to the user's side; add a line `=== user`"
      )
    }
    self.parts = parts
  }

  /// What is said in a role; empty where the template has nothing for it.
  ///
  /// - Parameters:
  ///   - role: system or user.
  ///   - values: the text of each place; what they hold is never read as a template.
  /// - Returns: the text, without empty lines at its ends.
  package func text(_ role: Role, _ values: [Place: String]) -> String {
    var text = Self.filled(parts[role] ?? [], values)
    while text.hasPrefix("\n") { text.removeFirst() }
    while text.hasSuffix("\n") || text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  private static func filled(_ parts: [Part], _ values: [Place: String]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .place(let place): values[place] ?? ""
      case .section(let place, let inner): (values[place] ?? "").isEmpty ? "" : filled(inner, values)
      }
    }.joined()
  }

  /// The text of each role with the number of its first line.
  private static func turns(
    _ text: String,
    _ path: String
  ) throws(PromptTemplateError) -> [(Role, Int, String)] {
    var turns: [(role: Role, first: Int, lines: [Substring])] = []
    var before: [Substring] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.hasPrefix("=== ") else {
        if turns.isEmpty { before.append(line) } else { turns[turns.count - 1].lines.append(line) }
        continue
      }
      let name = String(line.dropFirst(4).filter { $0 != " " && $0 != "\r" })
      if name.hasPrefix("#") {
        if turns.isEmpty { before.append("") } else { turns[turns.count - 1].lines.append("") }
        continue
      }
      guard let role = Role(rawValue: name) else {
        let hint = nearestName(to: name, in: Role.allCases.map(\.rawValue)).map { "; did you mean \($0)?" }
        throw PromptTemplateError(
          path,
          index + 1,
          "unknown role \"\(name)\"" + (hint ?? "; there are system and user")
        )
      }
      guard !turns.contains(where: { $0.role == role }) else {
        throw PromptTemplateError(path, index + 1, "a second part for \(name); keep one")
      }
      turns.append((role, index + 2, []))
    }
    if turns.isEmpty { return [(.user, 1, before.joined(separator: "\n"))] }
    if let stray = before.firstIndex(where: { line in line.contains { !$0.isWhitespace } }) {
      throw PromptTemplateError(
        path,
        stray + 1,
        "text before the first role; begin with a line `=== system` or `=== user`"
      )
    }
    return turns.map { ($0.role, $0.first, $0.lines.joined(separator: "\n")) }
  }

  /// Reads the text of one role.
  private struct Reader {
    private var rest: Substring
    private var line: Int
    private let path: String
    /// Whether a line begins here.
    private var isAtLineStart = true

    init(text: String, line: Int, path: String) {
      rest = text[...]
      self.line = line
      self.path = path
    }

    mutating func parts(until end: Place?, openedAt opened: Int) throws(PromptTemplateError) -> [Part] {
      var parts: [Part] = []
      while let range = rest.firstRange(of: "{{") {
        add(rest[..<range.lowerBound], to: &parts)
        rest = rest[range.upperBound...]
        guard let close = rest.firstRange(of: "}}"), !rest[..<close.lowerBound].contains("\n") else {
          throw PromptTemplateError(path, line, "`{{` without `}}` on its line")
        }
        let word = rest[..<close.lowerBound].filter { $0 != " " }
        rest = rest[close.upperBound...]
        switch word.first {
        case "#":
          let place = try place(named: String(word.dropFirst()))
          let opened = line
          endLineOfTag()
          parts.append(.section(place, try self.parts(until: place, openedAt: opened)))
        case "/":
          let place = try place(named: String(word.dropFirst()))
          guard place == end else {
            throw PromptTemplateError(
              path,
              line,
              "`{{/\(place.rawValue)}}` ends a section that is not open here"
            )
          }
          endLineOfTag()
          return parts
        default:
          parts.append(.place(try place(named: String(word))))
          isAtLineStart = false
        }
      }
      if let end {
        throw PromptTemplateError(
          path,
          opened,
          "the section `{{#\(end.rawValue)}}` is not ended by `{{/\(end.rawValue)}}`"
        )
      }
      add(rest, to: &parts)
      rest = ""
      return parts
    }

    private mutating func add(_ text: Substring, to parts: inout [Part]) {
      guard !text.isEmpty else { return }
      line += text.utf8.count { $0 == 10 }
      parts.append(.text(String(text)))
      isAtLineStart = text.hasSuffix("\n")
    }

    /// A line that is a section's mark alone leaves no empty line.
    private mutating func endLineOfTag() {
      guard isAtLineStart, rest.hasPrefix("\n") else { return }
      rest = rest.dropFirst()
      line += 1
    }

    private func place(named name: String) throws(PromptTemplateError) -> Place {
      if let place = Place(rawValue: name) { return place }
      let known = Place.allCases.map(\.rawValue)
      let hint = nearestName(to: name, in: known).map { "; did you mean {{\($0)}}?" }
      throw PromptTemplateError(
        path,
        line,
        "unknown place {{\(name)}}" + (hint ?? "; there are \(known.joined(separator: ", "))")
      )
    }
  }
}

/// What is wrong with a template.
package struct PromptTemplateError: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ path: String, _ line: Int, _ detail: String) {
    description = "\(path):\(line): \(detail)"
  }
}
