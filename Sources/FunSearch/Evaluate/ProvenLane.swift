import PythonSyntax

/// Decides on the tree whether a candidate is harmless inside the warm evaluator (DESIGN §5).
///
/// It may compute with its arguments, loop over them and return; it may not reach an attribute, a name of the
/// module, a callable or a frame, nor change what it was given, nor let a number or a list grow like a tower.
/// What is refused runs in the split lane with the same outcome, so the answer costs time, never a result.
/// CPU and memory limits hold in both lanes.
package struct ProvenLane: Sendable {
  /// What the specification's signature says of each parameter's value, in order.
  let parameters: [(name: String, kind: ValueKind)]
  /// The function's name.
  let name: String
  /// Names under which `math` and `numpy` are imported.
  let math: Set<String>
  let numpy: Set<String>
  /// Names the module gives a meaning of its own.
  let shadowed: Set<String>

  /// The lane for candidates of `specification`.
  package init(_ specification: Specification) {
    name = specification.evolve.name
    parameters = specification.evolve.parameters.plain.map { ($0.name, ValueKind(annotation: $0.annotation)) }
    func aliases(of module: String) -> Set<String> {
      Set(specification.imports.filter { $0.module == module }.map(\.alias))
    }
    let modules = (aliases(of: "math"), aliases(of: "numpy"))
    let rebound = Set(specification.module.flatMap(\.assignedAtTop))
    let foreign = Set(specification.imports.filter { !["math", "numpy"].contains($0.module) }.map(\.alias))
    math = modules.0.subtracting(rebound).subtracting(foreign).subtracting(modules.1)
    numpy = modules.1.subtracting(rebound).subtracting(foreign).subtracting(modules.0)
    shadowed = rebound.union(specification.functionLines.keys).union(specification.imports.map(\.alias))
  }

  /// True when `code` may run inside the warm evaluator of `specification`.
  package static func admits(_ code: ProgramCode, _ specification: Specification) -> Bool {
    ProvenLane(specification).refusal(of: code) == nil
  }

  /// Why `code` may not run inside the warm evaluator; nil when it may.
  package func refusal(of code: ProgramCode) -> String? {
    do throws(Refusal) {
      guard code.support.isEmpty else { throw Refusal("it has code beside the function") }
      try check(code.function)
      return nil
    } catch {
      return error.reason
    }
  }

  private func check(_ function: FunctionDefinition) throws(Refusal) {
    guard function.name == name else { throw Refusal("its function is not called \(name)") }
    guard function.decorators.isEmpty else { throw Refusal("it has decorators") }
    let parameters = function.parameters
    guard parameters.variadic == nil, parameters.keywords == nil, parameters.keywordOnly.isEmpty else {
      throw Refusal("it takes starred or keyword-only parameters")
    }
    for annotation in parameters.plain.compactMap(\.annotation) + (function.returns.map { [$0] } ?? []) {
      guard isHarmless(annotation: annotation, depth: 0) else {
        throw Refusal("it has an unusual annotation")
      }
    }
    for value in parameters.plain.compactMap(\.defaultValue) {
      guard case .constant = value else { throw Refusal("a default is not a literal") }
    }
    var inspector = LaneInspector(lane: self, function)
    try inspector.run()
  }

  /// Annotations are evaluated when the function is defined: only names of types are harmless.
  private func isHarmless(annotation: Expression, depth: Int) -> Bool {
    guard depth < 8 else { return false }
    switch annotation {
    case .constant: return true
    case .name(let name): return HarmlessNames.types.contains(name) && !shadowed.contains(name)
    case .attribute(.name(let module), "ndarray"): return numpy.contains(module)
    case .element(of: .name(let name), at: let place):
      return HarmlessNames.types.contains(name) && isHarmless(annotation: place, depth: depth + 1)
    case .tuple(let items): return items.allSatisfy { isHarmless(annotation: $0, depth: depth + 1) }
    default: return false
    }
  }
}

/// Why a candidate is not admitted.
struct Refusal: Error, Hashable {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

extension Parameters {
  /// Those that take one value by position, in order.
  var plain: [Parameter] { positionalOnly + positional }
}

extension Statement {
  /// Names a module's statement gives a value at the top level, classes and opaque statements aside.
  fileprivate var assignedAtTop: [String] {
    switch self {
    case .assign(let targets, _): targets.flatMap(\.targetNames)
    case .annotated(let target, _, _, _), .augmented(let target, _, _): target.targetNames
    case .function(let function): [function.name]
    case .forLoop(let target, in: _, let body, let otherwise):
      target.targetNames + (body + otherwise).flatMap(\.assignedAtTop)
    case .conditional(_, let then, let otherwise): (then + otherwise).flatMap(\.assignedAtTop)
    default: []
    }
  }
}

extension Expression {
  /// The names an assignment to this target gives a value.
  var targetNames: [String] {
    switch self {
    case .name(let name): [name]
    case .tuple(let items), .list(let items): items.flatMap(\.targetNames)
    default: []
    }
  }
}
