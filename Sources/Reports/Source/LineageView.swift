/// Where a program came from, as a drawing and as a list of changes.
package struct LineageView: Sendable {
  /// A program, or an ancestor of one.
  package struct Node: Hashable, Sendable {
    package let program: Int
    /// Nil for one without scores.
    package let score: Double?
    package let parents: [Int]
    package let island: Int?
    /// What made it.
    package let operators: [String]
    /// Whether it is on the main line: the program, its first parent, the first parent of that, and so on.
    package let isMain: Bool

    package init(
      program: Int,
      score: Double?,
      parents: [Int],
      island: Int?,
      operators: [String],
      isMain: Bool
    ) {
      self.program = program
      self.score = score
      self.parents = parents
      self.island = island
      self.operators = operators
      self.isMain = isMain
    }
  }

  /// The most programs that are drawn: those of the main line first, then the latest.
  package static let mostNodes = 400

  /// By descending number.
  package let nodes: [Node]
  /// Ancestors that are not drawn.
  package let others: Int

  /// - Parameter nodes: a program and its ancestors, in any order.
  package init(_ nodes: [Node]) {
    let chosen = nodes.sorted { ($0.isMain ? 0 : 1, -$0.program) < ($1.isMain ? 0 : 1, -$1.program) }
      .prefix(Self.mostNodes)
    self.nodes = chosen.sorted { $0.program > $1.program }
    others = nodes.count - chosen.count
  }

  /// The tree: programs by number from left to right and by score upwards, lines from parents.
  package var svg: HTML {
    let scored = nodes.filter { $0.score != nil }
    let frame = ChartFrame(
      height: 280,
      x: (.logarithmic, 1, Double(max(10, (nodes.first?.program ?? 0) + 1))),
      y: extent(scored.compactMap(\.score)),
      titles: ("program", "score")
    )
    var places: [Int: (x: Double, y: Double)] = [:]
    for node in scored {
      // Programs count from 0, which has no logarithm.
      if let score = node.score { places[node.program] = (frame.x(Double(node.program + 1)), frame.y(score)) }
    }
    let main = Set(nodes.filter(\.isMain).map(\.program))
    func edges(_ isMain: Bool) -> String {
      var path = ""
      for node in nodes {
        guard let to = places[node.program] else { continue }
        for (place, parent) in node.parents.enumerated() {
          let isPath = place == 0 && main.contains(node.program) && main.contains(parent)
          guard isPath == isMain, let from = places[parent] else { continue }
          path += "M\(text(from))L\(text(to))"
        }
      }
      return path
    }
    let dots = scored.reversed().map { node in
      let place = places[node.program] ?? (0, 0)
      return """
        <circle class="dot \(node.isMain ? "f0" : "f1")" cx="\(place.x)" cy="\(place.y)" r="\(node.isMain ? 4.5 : 3)">\
        <title>\(title(node))</title></circle>
        """ as HTML
    }
    return frame.svg(
      "family tree of program \(nodes.first?.program ?? 0)",
      """
      <path class="edge" d="\(HTML(markup: edges(false)))"/><path class="edge path" d="\(HTML(markup: edges(true)))"/>\
      \(dots.joined())
      """
    )
  }

  private func text(_ place: (x: Double, y: Double)) -> String {
    "\(ReportNumber.coordinate(place.x)) \(ReportNumber.coordinate(place.y))"
  }

  private func title(_ node: Node) -> String {
    let score = node.score.map { ", score \(ReportNumber.score($0))" } ?? ""
    let island = node.island.map { ", island \($0)" } ?? ""
    let made = node.operators.isEmpty ? "the specification's own" : node.operators.joined(separator: " + ")
    return "program \(node.program)\(score)\(island): \(made)"
  }
}
