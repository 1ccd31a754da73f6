import PythonSyntax

extension LaneInspector {
  /// The kind of a call's result: of a builtin, a function of an imported module, or a method that only reads.
  mutating func call(_ function: Expression, _ arguments: [Argument]) throws(Refusal) -> ValueKind {
    switch function {
    case .name(let name):
      guard HarmlessNames.builtins.contains(name), !isLocal(name), !lane.shadowed.contains(name) else {
        throw Refusal("it calls \(name)")
      }
      return try builtin(name, arguments)
    case .attribute(.name(let module), let name) where !isLocal(module):
      return try moduleCall(module, name, arguments)
    case .attribute(let value, let name): return try method(value, name, arguments)
    default: throw Refusal("it calls something else than a function by its name")
    }
  }

  private mutating func builtin(_ name: String, _ arguments: [Argument]) throws(Refusal) -> ValueKind {
    var kinds: [ValueKind] = []
    for argument in arguments {
      switch argument {
      case .positional(.generator(let value, let generators)):
        guard arguments.count == 1 || argument == arguments[0], HarmlessNames.consumers.contains(name) else {
          throw Refusal("it has a generator outside a call that uses it up")
        }
        kinds.append(try comprehension([value], generators))
      case .positional(let value): kinds.append(try kind(of: value))
      case .keyword(let keyword, let value): try self.keyword(keyword, value, of: name, &kinds)
      case .doubleStarred: throw Refusal("it unpacks a dictionary")
      }
    }
    return try result(of: name, kinds)
  }

  private mutating func keyword(
    _ keyword: String,
    _ value: Expression,
    of name: String,
    _ kinds: inout [ValueKind]
  ) throws(Refusal) {
    switch (name, keyword) {
    case ("sorted", "key"), ("min", "key"), ("max", "key"): try key(value)
    case ("sorted", "reverse"), ("enumerate", "start"), ("round", "ndigits"), ("zip", "strict"):
      _ = try kind(of: value)
    case ("min", "default"), ("max", "default"), ("sum", "start"): kinds.append(try kind(of: value))
    default: throw Refusal("it passes \(keyword)= to \(name)")
    }
  }

  /// The function `key=` takes: a lambda that is harmless itself.
  private mutating func key(_ value: Expression) throws(Refusal) {
    guard case .lambda(let parameters, let body) = value else { throw Refusal("key= is no lambda") }
    let names = parameters.plain
    guard parameters.variadic == nil, parameters.keywords == nil, parameters.keywordOnly.isEmpty,
      names.allSatisfy({ $0.defaultValue == nil })
    else { throw Refusal("a lambda has unusual parameters") }
    let outside = inner.count
    defer { inner.removeLast(inner.count - outside) }
    for parameter in names {
      try checkName(parameter.name)
      inner.append((parameter.name, .anything))
    }
    _ = try kind(of: body)
  }

  private func result(of name: String, _ kinds: [ValueKind]) throws(Refusal) -> ValueKind {
    let all = kinds.reduce(ValueKind.number) { $0.union($1) }
    switch name {
    case "min", "max": return kinds.count == 1 ? all.element : all.union(kinds[0].element)
    case "sum":
      if kinds.count > 1, !kinds[1].isDisjoint(with: [.alias, .container]) {
        throw Refusal("it sums from a start that may be a list")
      }
      return .number
    case "sorted", "list", "tuple", "reversed": return all.copied
    case "enumerate", "zip": return all.copied.union(.holdsContainer)
    case "divmod", "range": return .container
    default: return .number
    }
  }

  private mutating func moduleCall(
    _ module: String,
    _ name: String,
    _ arguments: [Argument]
  ) throws(Refusal) -> ValueKind {
    let limit: Int
    if lane.math.contains(module), HarmlessNames.math.contains(name) {
      limit = 2
    } else if lane.numpy.contains(module), let arity = HarmlessNames.numpy[name] {
      limit = arity
    } else {
      throw Refusal("it calls \(module).\(name)")
    }
    let all = try read(arguments, atMost: limit, of: "\(module).\(name)")
    // Rounding whole numbers may give back the very array it was given.
    if name == "round" { return all.subtracting(.container) }
    // An array made of the caller's own objects would hold them.
    return lane.numpy.contains(module) && !all.isDisjoint(with: .holdsContainer) ? .holdsAlias : .number
  }

  private mutating func method(
    _ value: Expression,
    _ name: String,
    _ arguments: [Argument]
  ) throws(Refusal) -> ValueKind {
    let isArrays = HarmlessNames.arrayMethods.contains(name)
    guard isArrays || HarmlessNames.methods.contains(name) else {
      throw Refusal("it calls the method \(name)")
    }
    let whole = try kind(of: value)
    _ = try read(arguments, atMost: isArrays ? 1 : 3, of: name)
    if name == "round", !whole.contains(.container) { return whole }
    // A method of one of the caller's own classes, or `copy` of a list, gives what we know nothing of.
    return isArrays && whole.contains(.container) ? .anything : .number
  }

  /// Arguments that a function only reads, by position or by a keyword that names no place to write to.
  private mutating func read(
    _ arguments: [Argument],
    atMost limit: Int,
    of name: String
  ) throws(Refusal) -> ValueKind {
    var positional = 0
    var all = ValueKind.number
    for argument in arguments {
      switch argument {
      case .positional(let value):
        positional += 1
        all.formUnion(try kind(of: value))
      case .keyword(let keyword, let value) where HarmlessNames.keywords.contains(keyword):
        _ = try kind(of: value)
      case .keyword(let keyword, _): throw Refusal("it passes \(keyword)= to \(name)")
      case .doubleStarred: throw Refusal("it unpacks a dictionary")
      }
    }
    guard positional <= limit else { throw Refusal("it passes \(positional) values to \(name)") }
    return all
  }
}
