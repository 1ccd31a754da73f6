import Foundation
import FunSearch
import Yams

extension YAMLReader {
  /// A key of the file's own mappings.
  func name(_ key: Node) throws(ProblemFilesError) -> String {
    guard let scalar = key.scalar else { throw invalid(key, "a key must be a name") }
    return scalar.string
  }

  func unknown(_ key: Node, _ name: String, known: [String]) -> ProblemFilesError {
    let hint = nearestName(to: name, in: known).map { "; did you mean \"\($0)\"?" }
    return invalid(key, "unknown key \"\(name)\"" + (hint ?? "; there are \(known.joined(separator: ", "))"))
  }

  func text(_ node: Node, _ key: String) throws(ProblemFilesError) -> String {
    guard let text = node.scalar?.string else { throw invalid(node, "\"\(key)\" must be a text") }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty, node.tag.rawValue != Tag.Name.null.rawValue else {
      throw invalid(node, "\"\(key)\" is empty; write a text or remove the key")
    }
    return trimmed
  }

  func texts(_ node: Node, _ key: String) throws(ProblemFilesError) -> [String] {
    guard let items = node.sequence else { throw invalid(node, "\"\(key)\" must be a list, such as [numpy]") }
    var texts: [String] = []
    for item in items { texts.append(try text(item, key)) }
    return texts
  }

  /// A file inside the problem's folder.
  func file(_ node: Node, _ key: String) throws(ProblemFilesError) -> String {
    let path = try text(node, key)
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw invalid(node, "\"\(key)\" names \(path), outside the problem's folder; move the file into it")
    }
    return path
  }

  func files(_ node: Node, _ key: String) throws(ProblemFilesError) -> [String: String] {
    guard let mapping = node.mapping else {
      throw invalid(node, "\"\(key)\" must map names to files, such as `first-fit: first_fit.py`")
    }
    var files: [String: String] = [:]
    for (name, value) in mapping { files[try self.name(name)] = try file(value, key) }
    return files
  }

  func finite(_ node: Node, _ key: String) throws(ProblemFilesError) -> Double {
    guard let value = number(node) else {
      throw invalid(node, "\"\(key)\" must be a number, such as 512 or 0.5, not \(shown(node))")
    }
    return value
  }

  func positive(_ node: Node, _ key: String) throws(ProblemFilesError) -> Double {
    let value = try finite(node, key)
    guard value > 0 else { throw invalid(node, "\"\(key)\" must be greater than 0, not \(shown(node))") }
    return value
  }

  func choice<T: RawRepresentable & CaseIterable>(
    _ node: Node,
    _ key: String
  ) throws(ProblemFilesError) -> T where T.RawValue == String {
    if let text = node.scalar?.string, let value = T(rawValue: text) { return value }
    let choices = T.allCases.map(\.rawValue)
    let hint = node.scalar.flatMap { nearestName(to: $0.string, in: choices) }.map { "; did you mean \($0)?" }
    throw invalid(
      node,
      "\"\(key)\" must be one of \(choices.joined(separator: ", ")), not \(shown(node))" + (hint ?? "")
    )
  }

  /// A list, which is the set `train`, or named lists.
  func inputs(_ node: Node) throws(ProblemFilesError) -> [String: [EvaluationInput]] {
    if node.sequence != nil { return ["train": try inputList(node, "inputs")] }
    guard let mapping = node.mapping else {
      throw invalid(node, "\"inputs\" must be a list, such as [8], or named lists, such as `train: [8]`")
    }
    var sets: [String: [EvaluationInput]] = [:]
    for (key, value) in mapping {
      let name = try self.name(key)
      sets[name] = try inputList(value, "inputs.\(name)")
    }
    guard sets["train"] != nil else {
      throw invalid(node, "\"inputs\" has no set \"train\", the one a search scores on; add or rename one")
    }
    return sets
  }

  private func inputList(_ node: Node, _ key: String) throws(ProblemFilesError) -> [EvaluationInput] {
    guard let items = node.sequence else {
      throw invalid(node, "\"\(key)\" must be a list of inputs, such as [8]")
    }
    guard !items.isEmpty else { throw invalid(node, "\"\(key)\" is empty; give at least one input") }
    var inputs: [EvaluationInput] = []
    for item in items { inputs.append(EvaluationInput(json: try json(item))) }
    return inputs
  }

  /// Scores by input; an input is a key as JSON, in quotes or not.
  func knownBest(_ node: Node) throws(ProblemFilesError) -> [String: Double] {
    guard let mapping = node.mapping else {
      throw invalid(node, "\"known_best\" must map inputs to scores, such as {\"8\": 512}")
    }
    var scores: [String: Double] = [:]
    for (key, value) in mapping {
      let input = try knownInput(key)
      guard scores.updateValue(try finite(value, "known_best"), forKey: input) == nil else {
        throw invalid(key, "\"known_best\" has the input \(input) twice; keep one")
      }
    }
    return scores
  }

  private func knownInput(_ key: Node) throws(ProblemFilesError) -> String {
    guard let text = key.scalar?.string else { return try json(key) }
    // A text in quotes is the input's JSON, so that "8" means the number.
    guard let document = try? document(text), let node = document.root, let json = try? json(node) else {
      return Self.quoted(text)
    }
    withExtendedLifetime(document) {}
    return json
  }

  func limits(_ node: Node) throws(ProblemFilesError) -> EvaluationLimits {
    let known = ["cpu_seconds", "wall_seconds", "memory_bytes", "output_bytes"]
    guard let mapping = node.mapping else {
      throw invalid(node, "\"limits\" must be a mapping with keys of \(known.joined(separator: ", "))")
    }
    var limits = EvaluationLimits()
    for (key, value) in mapping {
      let name = try self.name(key)
      switch name {
      case "cpu_seconds": limits.cpuSeconds = try positive(value, "limits.cpu_seconds")
      case "wall_seconds": limits.wallSeconds = try positive(value, "limits.wall_seconds")
      case "memory_bytes": limits.memoryBytes = try whole(value, "limits.memory_bytes")
      case "output_bytes": limits.outputBytes = try whole(value, "limits.output_bytes")
      default: throw unknown(key, name, known: known)
      }
    }
    return limits
  }

  private func whole(_ node: Node, _ key: String) throws(ProblemFilesError) -> Int {
    guard let value = Int(exactly: try positive(node, key)) else {
      throw invalid(node, "\"\(key)\" must be a whole number of bytes, not \(shown(node))")
    }
    return value
  }

  /// `repeats`, and perhaps `confidence` and `seeded`.
  func noise(_ node: Node) throws(ProblemFilesError) -> Noise {
    let known = ["repeats", "confidence", "seeded"]
    guard let mapping = node.mapping else {
      throw invalid(node, "\"noise\" must be a mapping, such as {repeats: 8, confidence: 0.95}")
    }
    var repeats: Int?
    var confidence = 0.95
    var isSeeded = true
    for (key, value) in mapping {
      let name = try self.name(key)
      switch name {
      case "repeats": repeats = try self.repeats(value)
      case "confidence":
        confidence = try finite(value, "noise.confidence")
        let range = Noise.confidenceRange
        guard range.contains(confidence) else {
          throw invalid(
            value,
            "\"noise.confidence\" must be from \(range.lowerBound) to \(range.upperBound), not \(shown(value))"
          )
        }
      case "seeded": isSeeded = try bool(value, "noise.seeded")
      default: throw unknown(key, name, known: known)
      }
    }
    guard let repeats else {
      throw invalid(node, "\"noise\" has no key \"repeats\"; say how often each input is scored, such as 8")
    }
    return Noise(repeats: repeats, confidence: confidence, isSeeded: isSeeded)
  }

  private func repeats(_ node: Node) throws(ProblemFilesError) -> Int {
    let range = Noise.repeatsRange
    guard let value = Int(exactly: try finite(node, "noise.repeats")), range.contains(value) else {
      throw invalid(
        node,
        "\"noise.repeats\" must be a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not \(shown(node))"
      )
    }
    return value
  }

  private func bool(_ node: Node, _ key: String) throws(ProblemFilesError) -> Bool {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default: throw invalid(node, "\"\(key)\" must be true or false, not \(shown(node))")
    }
  }

  /// Settings with the keys of nested mappings joined by points.
  func settings(_ node: Node) throws(ProblemFilesError) -> [SearchSetting] {
    guard let mapping = node.mapping else {
      throw invalid(node, "\"search\" must map settings to values, such as {islands: 10}")
    }
    var settings: [SearchSetting] = []
    try collect(mapping, under: "", into: &settings)
    var seen: Set<String> = []
    for setting in settings {
      guard seen.insert(setting.key).inserted else {
        throw invalid(setting.line, "the setting \"\(setting.key)\" is given twice; keep one")
      }
    }
    return settings
  }

  private func collect(
    _ mapping: Node.Mapping,
    under prefix: String,
    into settings: inout [SearchSetting]
  ) throws(ProblemFilesError) {
    for (key, value) in mapping {
      let path = prefix + (try name(key))
      if let inner = value.mapping {
        try collect(inner, under: path + ".", into: &settings)
      } else if let scalar = value.scalar, !scalar.string.isEmpty {
        settings.append(SearchSetting(key: path, value: scalar.string, line: line(key)))
      } else {
        throw invalid(key, "the setting \"\(path)\" must have one value")
      }
    }
  }

  private func shown(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : scalar.string
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }
}
