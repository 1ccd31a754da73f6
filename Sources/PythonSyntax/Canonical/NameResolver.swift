/// Rewrites a function with every name resolved to the scope that binds it, as Python resolves it.
///
/// In canonical mode locals get the names v0, v1, … in the order in which they are met, and what has no
/// meaning is left out; otherwise nothing changes and only ``free`` is of interest.
struct NameResolver {
  /// What a run has to leave alone; learned from an earlier run.
  struct Constraints: Equatable {
    /// Locals that keep their names, because opaque text may mention them.
    var kept: Set<String> = []
    /// Parameters that keep their names, because calls pass them by keyword.
    var keptParameters: Set<String> = []
    /// A call passes `**mapping`, so that any parameter may be meant.
    var keepsParameters = false
    /// The function refers to itself, so that such calls may mean its own parameters.
    var isRecursive = false
    /// The function looks at its own names (`locals()`, `eval` …).
    var keepsAll = false
    /// New names that something else bears already.
    var avoided: Set<String> = []
  }

  private struct Scope {
    /// Names bound here with their new names; nil for one declared global.
    var names: [(name: String, renamed: String?)] = []
    /// Names bound by nothing but an annotation.
    var annotated: [String] = []
    let isComprehension: Bool
  }

  let canonical: Bool
  let constraints: Constraints
  private let ownName: String
  private let newOwnName: String
  private var scopes: [Scope] = []
  private var nextNumber = 0

  /// Names that no scope of the function binds, words of opaque text included.
  ///
  /// This and the lists below hold each name once; they are short, so that searching them beats hashing.
  private(set) var free: [String] = []
  private var opaqueWords: Set<String> = []
  /// The names by which calls pass arguments.
  private var keywords: [String] = []
  private var hasDoubleStar = false
  private var keptLocals: [String] = []
  /// Old names of what this run renamed, the function itself included.
  private var renamed: [String] = []
  /// Those among them that a call could pass by keyword.
  private var renamedParameters: [String] = []

  init(_ function: FunctionDefinition, canonical: Bool, _ constraints: Constraints = Constraints()) {
    self.canonical = canonical
    self.constraints = constraints
    ownName = function.name
    let keepsName = !canonical || constraints.kept.contains(function.name) || constraints.keepsAll
    var newName = keepsName ? function.name : "f"
    while !keepsName, constraints.avoided.contains(newName) { newName += "_" }
    newOwnName = newName
    if !keepsName { renamed.append(function.name) }
  }

  /// What the next run has to leave alone, after this one; the same as now when this one was right.
  var learned: Constraints {
    var result = constraints
    if !opaqueWords.isEmpty { result.kept.formUnion(opaqueWords.intersection(renamed)) }
    for name in keywords where renamedParameters.contains(name) { result.keptParameters.insert(name) }
    if hasDoubleStar, !renamedParameters.isEmpty { result.keepsParameters = true }
    let namesArguments = hasDoubleStar || !keywords.isEmpty
    result.isRecursive = namesArguments && free.contains(ownName)
    if free.contains(where: Self.introspection.contains) { result.keepsAll = true }
    let keepsOwnName = newOwnName == ownName
    for name in free where name != ownName || keepsOwnName { avoid(name, &result) }
    for name in keptLocals { avoid(name, &result) }
    for name in keywords { avoid(name, &result) }
    return result
  }

  /// Notes a name that stays, if this run may have given it to something else.
  private func avoid(_ name: String, _ constraints: inout Constraints) {
    if name == newOwnName, name != ownName { constraints.avoided.insert(name) }
    guard name.utf8.first == UInt8(ascii: "v"), let number = Int(name.dropFirst()) else { return }
    if number < nextNumber { constraints.avoided.insert(name) }
  }

  private static let introspection: Set<String> = ["locals", "vars", "dir", "eval", "exec"]

  // MARK: Scopes

  mutating func name(_ name: String) -> String {
    resolve(name, in: scopes.indices)
  }

  /// The target of `:=`, which passes through the scopes of comprehensions.
  mutating func walrusTarget(_ name: String) -> String {
    let innermost = scopes.lastIndex { !$0.isComprehension } ?? -1
    return resolve(name, in: 0..<(innermost + 1))
  }

  private mutating func resolve(_ name: String, in range: Range<Int>) -> String {
    for index in range.reversed() {
      if let place = scopes[index].names.firstIndex(where: { $0.name == name }) {
        return scopes[index].names[place].renamed ?? resolveFree(name)
      }
    }
    return resolveFree(name)
  }

  private mutating func resolveFree(_ name: String) -> String {
    if !free.contains(name) { free.append(name) }
    return name == ownName ? newOwnName : name
  }

  /// Whether no scope that is open binds the name.
  func isFree(_ name: String) -> Bool {
    name != ownName
      && !scopes.contains { scope in scope.names.contains { $0.name == name && $0.renamed != nil } }
  }

  /// Whether only an annotation makes the name a local of the innermost function.
  func isOnlyAnnotated(_ name: String) -> Bool {
    scopes.last?.annotated.contains(name) ?? false
  }

  mutating func openFunction(_ parameters: Parameters, _ locals: LocalNames) {
    var scope = Scope(annotated: locals.annotated, isComprehension: false)
    // Nobody calls the function itself from inside, unless it does.
    let isCalled = !scopes.isEmpty || constraints.isRecursive
    let nameable = isCalled ? (parameters.positional.map(\.name)) : []
    let keywordOnly = parameters.keywordOnly.map(\.name)
    for name in locals.bound {
      let isNameable = nameable.contains(name)
      let isNamed =
        isNameable && (constraints.keepsParameters || constraints.keptParameters.contains(name))
      let keeps = isNamed || locals.fixed.contains(name) || keywordOnly.contains(name)
      if isNameable, !keeps { renamedParameters.append(name) }
      scope.names.append((name, newName(for: name, keeps: keeps)))
    }
    for name in locals.global { scope.names.append((name, nil)) }
    scopes.append(scope)
  }

  mutating func openComprehension(_ generators: [Generator]) {
    var scope = Scope(isComprehension: true)
    for name in LocalNames(of: generators).bound {
      scope.names.append((name, newName(for: name, keeps: false)))
    }
    scopes.append(scope)
  }

  mutating func closeScope() {
    scopes.removeLast()
  }

  private mutating func newName(for name: String, keeps: Bool) -> String {
    guard canonical else { return name }
    if keeps || constraints.keepsAll || constraints.kept.contains(name) {
      keptLocals.append(name)
      return name
    }
    if !renamed.contains(name) { renamed.append(name) }
    while true {
      let candidate = nextNumber < Self.newNames.count ? Self.newNames[nextNumber] : "v\(nextNumber)"
      nextNumber += 1
      if !constraints.avoided.contains(candidate) { return candidate }
    }
  }

  private static let newNames = (0..<64).map { "v\($0)" }

  // MARK: What forbids renaming

  mutating func note(opaque text: String) {
    let words = OpaqueText.identifiers(in: text)
    opaqueWords.formUnion(words)
    for word in words.sorted() where !PythonKeyword.all.contains(word) && isFree(word) {
      if !free.contains(word) { free.append(word) }
    }
  }

  mutating func note(keyword: String?) {
    guard let keyword else { return hasDoubleStar = true }
    if !keywords.contains(keyword) { keywords.append(keyword) }
  }

  // MARK: The function

  /// Rewrites the function itself.
  mutating func rewrite(_ function: FunctionDefinition) -> FunctionDefinition {
    var result = function
    result.name = newOwnName
    result.decorators = canonical ? [] : function.decorators.map { rewrite($0) }
    result.returns = canonical ? nil : function.returns.map { rewrite($0) }
    rewriteInside(function, into: &result) { resolver, annotation in
      resolver.canonical ? nil : resolver.rewrite(annotation)
    }
    return result
  }

  /// Rewrites parameters and body; defaults and annotations belong to the scope around.
  mutating func rewriteInside(
    _ function: FunctionDefinition,
    into result: inout FunctionDefinition,
    annotation: (inout NameResolver, Expression) -> Expression?
  ) {
    var parameters = function.parameters.mapParameters { parameter in
      Parameter(
        parameter.name,
        annotation: parameter.annotation.flatMap { annotation(&self, $0) },
        defaultValue: parameter.defaultValue.map { rewrite($0) }
      )
    }
    openFunction(function.parameters, LocalNames(of: function))
    parameters = rename(parameters)
    result.parameters = parameters
    result.body = rewriteBody(function.body)
    closeScope()
  }

  /// The parameters with the names of the scope just opened.
  mutating func rename(_ parameters: Parameters) -> Parameters {
    parameters.mapParameters { parameter in
      var parameter = parameter
      parameter.name = name(parameter.name)
      return parameter
    }
  }
}

/// The reserved words of Python.
enum PythonKeyword {
  static let all: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]
}
