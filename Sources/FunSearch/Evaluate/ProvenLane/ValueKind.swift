import PythonSyntax

/// What is known of a value: each flag is false only where it cannot be otherwise.
///
/// Numbers have none.
struct ValueKind: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// It may be an object of the caller that can be changed.
  static let alias = ValueKind(rawValue: 1)
  /// What it holds may be an object of the caller that can be changed.
  static let holdsAlias = ValueKind(rawValue: 2)
  /// It may be a list, tuple, text or other container: `+` and `*` make it longer.
  static let container = ValueKind(rawValue: 4)
  /// What it holds may be a container.
  static let holdsContainer = ValueKind(rawValue: 8)

  static let number: ValueKind = []
  static let anything: ValueKind = [.alias, .holdsAlias, .container, .holdsContainer]
  /// A numpy array of the caller; its rows are views of it.
  static let array: ValueKind = [.alias, .holdsAlias]

  /// The kind of an element.
  var element: ValueKind {
    var kind: ValueKind = []
    if contains(.holdsAlias) { kind.formUnion([.alias, .holdsAlias]) }
    if contains(.holdsContainer) { kind.formUnion([.container, .holdsContainer]) }
    return kind
  }

  /// The kind of a new container of such values.
  var contained: ValueKind {
    var kind: ValueKind = .container
    if !isDisjoint(with: [.alias, .holdsAlias]) { kind.insert(.holdsAlias) }
    if !isDisjoint(with: [.container, .holdsContainer]) { kind.insert(.holdsContainer) }
    return kind
  }

  /// The kind of a new container with the same elements.
  var copied: ValueKind { subtracting(.alias).union(.container) }

  /// What a type hint of the specification says; without one, nothing.
  init(annotation: Expression?) {
    switch annotation {
    case .name("int"), .name("float"), .name("bool"): self = .number
    case .name("str"): self = .container
    case .attribute(.name, "ndarray"): self = .array
    case .element(of: .attribute(.name, "ndarray"), at: _): self = .array
    case .element(of: .name(let name), at: let place) where ["tuple", "Tuple", "list", "List"].contains(name):
      let items: [Expression] = if case .tuple(let items) = place { items } else { [place] }
      let kinds = items.filter { $0 != .constant(.ellipsis) }.map { ValueKind(annotation: $0) }
      let container = kinds.reduce(ValueKind.number) { $0.union($1) }.contained
      self = ["list", "List"].contains(name) ? container.union(.alias) : container
    default: self = .anything
    }
  }

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }
}
