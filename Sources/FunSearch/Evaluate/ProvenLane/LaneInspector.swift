import PythonSyntax

/// Walks a function until what is known of its names no longer changes, and throws at the first harmful construct.
///
/// Knowledge only shrinks from round to round, so what is refused in one stays refused.
struct LaneInspector {
  /// Deeper nesting than this is not looked into.
  static let depthLimit = 60
  /// More names or expressions than this are not looked through, so that no program can keep the engine busy.
  private static let nameLimit = 200
  private static let stepLimit = 100_000

  let lane: ProvenLane
  let function: FunctionDefinition
  /// Kinds of the function's names: parameters, and all it assigns.
  var kinds = NameKinds()
  /// Names of comprehensions and lambdas around, innermost last.
  var inner: [(name: String, kind: ValueKind)] = []
  var depth = 0
  var loopDepth = 0
  /// The names that get the value being looked at.
  var targets: [String] = []
  /// True while that value is a tuple that is taken apart again at once.
  var displayIsUnpacked = false
  var growth = GrowthGraph()
  /// Loops around that run through a list which they might make longer.
  var openLoops = 0
  /// True where it has a text, and where `%` may be asked to write one.
  var hasText = false
  var mayFormat = false
  /// Names that are assigned anywhere; a parameter that is none of them is what the caller gave.
  private(set) var assigned: [String] = []
  private var steps = 0
  private var changed = false

  init(lane: ProvenLane, _ function: FunctionDefinition) {
    self.lane = lane
    self.function = function
  }

  mutating func run() throws(Refusal) {
    let parameters = function.parameters.plain
    for (index, parameter) in parameters.enumerated() {
      try checkName(parameter.name)
      kinds[parameter.name] = parameterKind(parameter.name, at: index, of: parameters.count)
      if parameter.defaultValue != nil { kinds[parameter.name]?.formUnion(.container) }
    }
    try collectNames(function.body)
    repeat {
      changed = false
      growth = GrowthGraph()
      try statements(function.body)
    } while changed
    try growth.check()
    if hasText && mayFormat { throw Refusal("it may write a number as wide as it likes") }
  }

  /// The kind of a parameter's values, which may be passed by position or by name.
  private func parameterKind(_ name: String, at index: Int, of count: Int) -> ValueKind {
    guard count == lane.parameters.count else { return .anything }
    let byName = lane.parameters.first { $0.name == name }?.kind ?? .number
    return lane.parameters[index].kind.union(byName)
  }

  /// The kind of a name that has a value here.
  func kind(of name: String) throws(Refusal) -> ValueKind {
    if let own = inner.last(where: { $0.name == name }) { return own.kind }
    if let kind = kinds[name] { return kind }
    throw Refusal("\(name) is neither a parameter nor a local name")
  }

  func isLocal(_ name: String) -> Bool {
    kinds[name] != nil || inner.contains { $0.name == name }
  }

  /// Notes that a name may also have a value of this kind.
  mutating func bind(_ name: String, _ kind: ValueKind) {
    let old = kinds[name] ?? .number
    let new = old.union(kind)
    kinds[name] = new
    if new != old { changed = true }
  }

  /// Notes that the names of a target may have a value of this kind, taken apart where it is a tuple.
  mutating func bind(_ target: Expression, _ kind: ValueKind) throws(Refusal) {
    switch target {
    case .name(let name): bind(name, kind)
    case .tuple(let items), .list(let items):
      for item in items { try bind(item, kind.element) }
    case .element(of: let container, at: let place): try store(into: container, at: place, kind)
    default: throw Refusal("it assigns to something else than a name or an element")
    }
  }

  /// Counts one expression or statement that is looked at, as often as that happens.
  mutating func step() throws(Refusal) {
    steps += 1
    guard steps <= Self.stepLimit else { throw Refusal("it is too long or intricate to be looked through") }
  }

  func checkName(_ name: String) throws(Refusal) {
    if name.utf8.starts(with: "__".utf8) { throw Refusal("the name \(name) is reserved") }
  }

  /// Every name assigned anywhere is local everywhere.
  private mutating func collectNames(_ statements: [Statement]) throws(Refusal) {
    for statement in statements {
      switch statement {
      case .assign(let targets, _): for target in targets { try collect(target) }
      case .annotated(let target, _, _, _), .augmented(let target, _, _): try collect(target)
      case .forLoop(let target, in: _, let body, let otherwise):
        try collect(target)
        try collectNames(body)
        try collectNames(otherwise)
      case .conditional(_, let then, let otherwise):
        try collectNames(then)
        try collectNames(otherwise)
      default: break
      }
    }
  }

  private mutating func collect(_ target: Expression) throws(Refusal) {
    for name in target.targetNames {
      try checkName(name)
      if !assigned.contains(name) { assigned.append(name) }
      guard assigned.count <= Self.nameLimit else { throw Refusal("it has too many names") }
      if kinds[name] == nil { kinds[name] = .number }
    }
  }
}

/// The kinds of a function's names: few, so that searching them beats hashing.
struct NameKinds {
  private var entries: [(name: String, kind: ValueKind)] = []

  subscript(name: String) -> ValueKind? {
    get { entries.first { $0.name == name }?.kind }
    set {
      if let index = entries.firstIndex(where: { $0.name == name }) {
        if let newValue { entries[index].kind = newValue } else { entries.remove(at: index) }
      } else if let newValue {
        entries.append((name, newValue))
      }
    }
  }
}
