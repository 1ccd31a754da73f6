import FunSearch
import PythonSyntax

/// What a grammar is made from: the evolved function's parameters with their types, and the names and literals
/// of its specification.
struct Vocabulary: Sendable {
  /// In the order of the specification's signature.
  let parameters: [Variable]
  let returns: ValueType
  /// Whole literals of the specification, ascending.
  let wholes: [Int]
  /// Float literals of the specification, ascending.
  let reals: [Double]
  /// The names under which numpy and math are imported, where they are.
  let numpy: String?
  let math: String?
  /// Names of the module and of Python.
  let globals: Set<String>
  /// Functions of Python that the specification gives another meaning.
  let shadowed: Set<String>
  /// Short texts of the specification, ascending.
  let texts: [String]
  /// Whether there are parameters other than numbers, their sequences, and arrays where an array is returned.
  let hasOthers: Bool
  /// Whether parameters may be, or give, truth values.
  let readsTruth: Bool
  /// Whether there are arrays of which a number is made.
  let readsArrays: Bool
  /// Whether there are arrays of truth values.
  let hasMasks: Bool
  /// What the problem adds: numbers, and expressions and statements.
  let constants: [Expression]
  let moduli: [Int]
  let fragments: Fragments

  /// Reads the vocabulary of a specification.
  ///
  /// `observed` holds types seen at run time by parameter name, for parameters without a hint; `len(NAME)` says
  /// that the parameter always equals the length of the parameter NAME, and ` like NAME` behind an array's type
  /// that it always had the shape of NAME. `problem` is what the problem adds.
  init(
    _ specification: Specification,
    observed: [String: String],
    problem: CheckedVocabulary = CheckedVocabulary()
  ) {
    let function = specification.evolve
    let returned = ValueType(annotation: function.returns)
    let typed = function.parameters.named.map { Self.variable($0, observed[$0.name]) }
    parameters = Self.oneLength(typed, observed)
    numpy = specification.imports.first { $0.module == "numpy" }?.alias
    math = specification.imports.first { $0.module == "math" }?.alias
    let module = specification.module
    let defined = Set(module.flatMap(\.namesBound) + module.assignedNames)
    shadowed = defined.intersection(Self.builtins)
    globals = defined.union(Self.builtins)
    let literals = Literals(in: module)
    wholes = literals.wholes
    reals = literals.reals
    texts = literals.texts
    constants = problem.wholes.map(Expression.whole) + problem.reals.map(Expression.real)
    moduli = problem.moduli
    fragments = problem.fragments
    let arrays = parameters.contains { $0.type == .array }
    let returns = returned == .unknown ? (arrays ? .array : .float) : returned
    self.returns = returns
    hasOthers = parameters.contains { $0.type.isOther(returning: returns) }
    readsTruth = hasOthers || parameters.contains { $0.type == .sequence(.bool) }
    readsArrays = !returns.isArray && parameters.contains { $0.type.isArray || $0.type == .vector }
    hasMasks = parameters.contains { $0.type == .boolArray }
  }

  /// The parameters, with arrays that were not seen to be as long as the first one known for that.
  private static func oneLength(_ parameters: [Variable], _ observed: [String: String]) -> [Variable] {
    guard let first = parameters.firstIndex(where: { $0.type.isArray }) else { return parameters }
    var result = parameters
    for index in parameters.indices where index > first && parameters[index].type.isArray {
      let isSame = observed[parameters[index].name]?.hasSuffix(" like \(parameters[first].name)") ?? false
      if !isSame { result[index].type = .vector }
    }
    return result
  }

  private static let builtins: Set<String> = [
    "abs", "min", "max", "sum", "len", "range", "int", "float", "round", "bool", "sorted", "any", "all",
    "enumerate", "zip", "tuple", "list", "str", "dict", "set", "pow", "divmod", "map", "filter", "reversed",
    "isinstance", "print", "frozenset", "complex", "ord", "chr", "hash", "iter", "next", "repr", "type",
  ]

  private static func variable(_ parameter: Parameter, _ observed: String?) -> Variable {
    if let observed, observed.hasPrefix("len("), observed.hasSuffix(")") {
      let sequence = String(observed.dropFirst(4).dropLast())
      return Variable(name: parameter.name, type: .int, role: .length(of: sequence))
    }
    var type = ValueType(annotation: parameter.annotation)
    if type == .unknown || type == .sequence(.unknown), let observed {
      let seen = ValueType(text: String(observed.split(separator: " like ", maxSplits: 1).first ?? ""))
      if seen != .unknown { type = seen }
    }
    if type == .unknown, parameter.annotation == nil, observed == nil { type = .float }
    return Variable(name: parameter.name, type: type, role: .parameter)
  }

  /// What has a value at the start of a function: its parameters, typed by their place in the signature.
  func scope(of function: FunctionDefinition) -> Scope {
    let names = function.parameters.named.map(\.name)
    let renamed = Dictionary(zip(parameters.map(\.name), names)) { first, _ in first }
    var scope = Scope(variables: [])
    for (index, name) in names.enumerated() {
      guard index < parameters.count else {
        scope.define(name, .unknown, .parameter)
        continue
      }
      var variable = parameters[index]
      if case .length(let sequence) = variable.role {
        let other = renamed[sequence] ?? sequence
        variable.role = .length(of: other)
      }
      scope.define(name, variable.type, variable.role)
    }
    return scope
  }
}

extension Parameters {
  /// All parameters that have one value each, in order.
  var named: [Parameter] { positionalOnly + positional + keywordOnly }
}

/// The numbers written in a module, without duplicates, ascending.
private struct Literals {
  var wholes: [Int] = []
  var reals: [Double] = []
  /// Those without blanks, such as keys.
  var texts: [String] = []

  init(in module: [Statement]) {
    var wholes: Set<Int> = []
    var reals: Set<Double> = []
    var texts: Set<String> = []
    func visit(_ expression: Expression) {
      switch expression {
      case .constant(.int(let value)): wholes.insert(value)
      case .constant(.float(let value)) where value.isFinite: reals.insert(value)
      case .constant(.string(let text)) where text.count <= 12 && !text.contains(where: \.isWhitespace):
        texts.insert(text)
      default: break
      }
      expression.parts.forEach(visit)
    }
    func visit(_ statement: Statement) {
      statement.part.map(visit)
      statement.blocks.joined().forEach(visit)
      if case .function(let definition) = statement { definition.body.forEach(visit) }
    }
    module.forEach(visit)
    self.texts = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.wholes = wholes.filter { abs($0) <= 1000 }.sorted()
    self.reals = reals.filter { abs($0) <= 1e6 }.sorted()
  }
}
