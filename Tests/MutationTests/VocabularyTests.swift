import PythonSyntax
import Testing

@testable import Mutation

@Suite("A vocabulary")
struct VocabularyTests {
  static let texts: [(String, ValueType)] = [
    ("int", .int), ("float", .float), ("bool", .bool), ("str", .string), ("tuple[int, ...]", .sequence(.int)),
    ("tuple[float, ...]", .sequence(.float)), ("list[float]", .sequence(.float)),
    ("list", .sequence(.unknown)),
    ("Sequence[int]", .sequence(.int)), ("tuple[int, int]", .sequence(.int)),
    ("tuple[int, str]", ValueType.Places([.int, .string]).map { .record($0) } ?? .unknown),
    ("tuple[int, float]", .sequence(.float)),
    ("dict[str, int]", .mapping(key: .string, value: .int)),
    ("dict[str, tuple[int, ...]]", .mapping(key: .string, value: .unknown)), ("numpy.ndarray", .array),
    ("numpy.ndarray[bool, 1]", .boolArray), ("float | int", .float),
    ("list[int] | list[float]", .sequence(.float)),
    ("Optional[int]", .unknown), ("int | None", .unknown), ("Union[int, float]", .float),
    ("Graph", .unknown), ("", .unknown),
  ]

  @Test("reads types from texts", arguments: texts)
  func types(text: String, type: ValueType) {
    #expect(ValueType(text: text) == type)
  }

  @Test("reads types from hints")
  func hints() {
    let vocabulary = Vocabulary(Example.specification(), observed: ["n": "float"])
    #expect(vocabulary.parameters.map(\.type) == [.sequence(.int), .int])
    #expect(vocabulary.returns == .float)
  }

  @Test("takes observed types where hints are missing, and numbers where nothing is known")
  func observed() {
    let specification = Example.specification([("el", nil), ("n", nil), ("x", nil)], returns: nil)
    let vocabulary = Vocabulary(specification, observed: ["el": "tuple[int, ...]", "n": "len(el)"])
    #expect(vocabulary.parameters.map(\.type) == [.sequence(.int), .int, .float])
    #expect(vocabulary.parameters[1].role == .length(of: "el"))
  }

  @Test("collects the literals of the specification")
  func literals() {
    let vocabulary = Vocabulary(Example.specification(), observed: [:])
    #expect(vocabulary.wholes == [3, 7])
    #expect(vocabulary.reals == [0])
  }
}
