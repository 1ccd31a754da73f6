import FunSearch

/// Which programs of a run are asked for, in which order, and from where on.
package struct ProgramQuery: Hashable, Sendable {
  package var island: Int?
  package var epoch: Int?
  /// `scored`, `failed` for every kind of failure, or one kind.
  package var outcome: String?
  /// The name of an operator among those that made the program.
  package var operatorName: String?
  package var order = Order.newest
  package var cursor = Cursor.start
  package var limit = 50

  /// The most programs of one page.
  package static let mostPrograms = 500

  /// How programs are sorted; of equal ones the lower number comes first, in the orders that begin at the low end
  /// of their value the higher one.
  package enum Order: String, Hashable, Sendable, CaseIterable {
    case newest
    case oldest
    case best
    case worst
    case slowest
    case fastest
  }

  /// Where a page begins: a program says its place in any order, and stays there while the run grows.
  package enum Cursor: Hashable, Sendable {
    case start
    /// The programs that follow this one.
    case after(Int)
    /// The programs that come before this one, those next to it.
    case before(Int)
    /// The programs at the end.
    case end
  }

  package init() {}

  /// Whether every program of the run is in the list.
  package var isUnfiltered: Bool { island == nil && epoch == nil && outcome == nil && operatorName == nil }
}

/// A request that cannot be answered as it is; the text says what is wrong with it and what would be right.
package struct RequestError: Error, Hashable, CustomStringConvertible {
  /// How the answer's status says it.
  package enum Kind: Int, Hashable, Sendable {
    case badRequest = 400
    case notFound = 404
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}

extension ProgramQuery {
  /// Names of the parameters that ``init(_:)`` reads.
  package static let parameters = [
    "island", "epoch", "outcome", "operator", "order", "after", "before", "end", "limit",
  ]

  /// Reads the parameters of an address; empty values are those of fields of a form that were left out.
  ///
  /// - Parameter parameters: names and values, percent escapes removed.
  /// - Throws: ``RequestError`` naming the parameter, and the nearest name or the values there are.
  package init(_ parameters: [(name: String, value: String)]) throws(RequestError) {
    var cursors = 0
    var seen: Set<String> = []
    for (name, value) in parameters {
      guard Self.parameters.contains(name) else { throw Self.unknown(name) }
      guard seen.insert(name).inserted else { throw RequestError(.badRequest, "\(name) is given twice") }
      guard !value.isEmpty else { continue }
      switch name {
      case "island": island = try Self.number(name, value)
      case "epoch": epoch = try Self.number(name, value)
      case "outcome": outcome = try Self.outcome(value)
      case "operator": operatorName = value
      case "order": order = try Self.order(value)
      case "limit": limit = try Self.limit(value)
      case "after": cursor = .after(try Self.number(name, value))
      case "before": cursor = .before(try Self.number(name, value))
      default: cursor = .end
      }
      if ["after", "before", "end"].contains(name) { cursors += 1 }
    }
    guard cursors < 2 else { throw RequestError(.badRequest, "give one of after, before and end only") }
  }

  /// The parameters that read as this query but for its cursor, those of default values left out.
  package var filterParameters: [(name: String, value: String)] {
    var list: [(name: String, value: String)] = []
    if let island { list.append(("island", String(island))) }
    if let epoch { list.append(("epoch", String(epoch))) }
    if let outcome { list.append(("outcome", outcome)) }
    if let operatorName { list.append(("operator", operatorName)) }
    if order != .newest { list.append(("order", order.rawValue)) }
    if limit != ProgramQuery().limit { list.append(("limit", String(limit))) }
    return list
  }

  private static func unknown(_ name: String) -> RequestError {
    let hint = nearestName(to: name, in: parameters).map { "; did you mean \($0)?" }
    return RequestError(
      .badRequest,
      "there is no parameter \"\(name)\"" + (hint ?? "; there are \(parameters.joined(separator: ", "))")
    )
  }

  private static func number(_ name: String, _ value: String) throws(RequestError) -> Int {
    guard let number = Int(value), number >= 0, number < 1 << 32 else {
      throw RequestError(.badRequest, "\(name)=\(value): write a whole number from 0")
    }
    return number
  }

  private static func limit(_ value: String) throws(RequestError) -> Int {
    guard let number = Int(value), (1...mostPrograms).contains(number) else {
      throw RequestError(.badRequest, "limit=\(value): write a whole number from 1 to \(mostPrograms)")
    }
    return number
  }

  private static func order(_ value: String) throws(RequestError) -> Order {
    guard let order = Order(rawValue: value) else {
      let names = Order.allCases.map(\.rawValue).joined(separator: ", ")
      throw RequestError(.badRequest, "order=\(value): the orders are \(names)")
    }
    return order
  }

  /// The outcomes that can be asked for.
  package static let outcomes = ["scored", "failed"] + FailureKind.allCases.map(\.rawValue)

  private static func outcome(_ value: String) throws(RequestError) -> String {
    guard outcomes.contains(value) else {
      let hint = nearestName(to: value, in: outcomes).map { "; did you mean \"\($0)\"?" }
      throw RequestError(
        .badRequest,
        "outcome=\(value): there is no such outcome"
          + (hint ?? "; there are \(outcomes.joined(separator: ", "))")
      )
    }
    return value
  }
}
