import FunSearch
import Yams

extension YAMLReader {
  /// What a problem gives the offline mutator, its expressions and statements not read yet.
  func vocabulary(_ node: Node) throws(ProblemFilesError) -> ProblemVocabulary {
    let kinds = VocabularyFragment.Kind.allCases.map(\.rawValue)
    guard let mapping = node.mapping else {
      throw invalid(
        node,
        "\"vocabulary\" must be a mapping with keys of constants, moduli, \(kinds.joined(separator: ", "))"
      )
    }
    var vocabulary = ProblemVocabulary()
    for (key, value) in mapping {
      let name = try self.name(key)
      switch name {
      case "constants": try constants(value, into: &vocabulary)
      case "moduli":
        for item in try items(value, name) { vocabulary.moduli.append(try modulus(item)) }
      default:
        guard let kind = VocabularyFragment.Kind(rawValue: name) else {
          throw unknown(key, name, known: ["constants", "moduli"] + kinds)
        }
        for item in try items(value, name) { vocabulary.fragments.append(try fragment(item, kind)) }
      }
    }
    return vocabulary
  }

  private func items(_ node: Node, _ key: String) throws(ProblemFilesError) -> [Node] {
    guard let items = node.sequence else { throw invalid(node, "\"vocabulary.\(key)\" must be a list") }
    return Array(items)
  }

  private func constants(_ node: Node, into vocabulary: inout ProblemVocabulary) throws(ProblemFilesError) {
    for item in try items(node, "constants") {
      let value = try finite(item, "vocabulary.constants")
      if let whole = item.scalar.flatMap({ Int($0.string) }) {
        vocabulary.wholes.append(whole)
      } else {
        vocabulary.reals.append(value)
      }
    }
  }

  private func modulus(_ node: Node) throws(ProblemFilesError) -> Int {
    guard let value = Int(exactly: try finite(node, "vocabulary.moduli")), value >= 2 else {
      let shown = node.scalar?.string ?? ""
      throw invalid(node, "\"vocabulary.moduli\" must hold whole numbers from 2, not \(shown)")
    }
    return value
  }

  /// A text, or `type: text` where its author vouches for the type.
  private func fragment(
    _ node: Node,
    _ kind: VocabularyFragment.Kind
  ) throws(ProblemFilesError) -> VocabularyFragment {
    let key = "vocabulary.\(kind.rawValue)"
    guard let mapping = node.mapping else {
      return VocabularyFragment(kind: kind, text: try text(node, key), path: path, line: line(node))
    }
    let types = ["int", "float", "bool", "array"]
    guard kind != .statement, mapping.count == 1, let (type, value) = mapping.first(where: { _ in true })
    else {
      throw invalid(
        node,
        "an entry of \"\(key)\" must be a text" + (kind == .statement ? "" : ", or one type and a text")
          + "; put a text that holds a colon, or begins with a brace, in quotes"
      )
    }
    let name = try self.name(type)
    guard types.contains(name) else { throw unknown(type, name, known: types) }
    let source = try text(value, key)
    return VocabularyFragment(kind: kind, declaredType: name, text: source, path: path, line: line(node))
  }
}
