/// The members of a JSON object in the order of its text: for small objects that are read once, where a dictionary
/// takes longer to build than to search.
package struct JSONMembers: Sendable {
  private let members: [(key: String, value: JSONValue)]

  init(members: [(key: String, value: JSONValue)]) {
    self.members = members
  }

  /// The value of a key; nil when it is missing.
  package subscript(key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }
}
