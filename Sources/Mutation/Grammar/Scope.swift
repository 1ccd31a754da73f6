/// A name that has a value at some place of a program.
struct Variable: Hashable, Sendable {
  let name: String
  var type: ValueType
  var role: Role

  /// Where its value comes from.
  enum Role: Hashable, Sendable {
    case parameter
    /// A whole-number parameter that is always the length of the named one.
    case length(of: String)
    /// A loop variable that runs through the indices of the named sequence.
    case index(of: String)
    /// Another loop variable.
    case counter
    /// Assigned by a statement.
    case local
  }
}

/// The names that surely have a value at some place of a program.
struct Scope: Sendable {
  var variables: [Variable]
  /// Loops and comprehensions around the place.
  var depth = 0
  /// Names assigned inside the loops around the place: what may grow from turn to turn.
  var growing: [String] = []

  subscript(name: String) -> Variable? {
    variables.first { $0.name == name }
  }

  /// The type of the name's value, where it has one.
  func type(of name: String) -> ValueType? {
    variables.firstIndex { $0.name == name }.map { variables[$0].type }
  }

  /// Gives `name` a value of this type; a second definition replaces the first.
  mutating func define(_ name: String, _ type: ValueType, _ role: Variable.Role) {
    if let index = variables.firstIndex(where: { $0.name == name }) {
      // An unchanged scope is shared, not copied.
      let old = variables[index]
      if old.type != type || old.role != role {
        variables[index] = Variable(name: name, type: type, role: role)
      }
    } else {
      variables.append(Variable(name: name, type: type, role: role))
    }
  }

  /// What surely has a value after one of two ways was taken.
  func joined(_ other: Scope) -> Scope {
    var result = self
    result.variables = variables.compactMap { variable in
      guard let same = other[variable.name] else { return nil }
      var joined = variable
      joined.type = variable.type.joined(same.type)
      if joined.role != same.role { joined.role = .local }
      return joined
    }
    return result
  }
}
