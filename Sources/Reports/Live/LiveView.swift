/// The block that shows a running search on a terminal.
package struct LiveView: Sendable {
  /// Columns of the terminal; the last is left free, so that no line is broken.
  package var columns: Int
  /// Lines that may be used.
  package var rows: Int
  /// Whether only ASCII can be shown.
  package var isPlain: Bool

  package init(columns: Int = 80, rows: Int = 24, isPlain: Bool = false) {
    self.columns = columns
    self.rows = rows
    self.isPlain = isPlain
  }

  private var room: Int { max(1, columns - 1) }

  /// The lines of the block, none wider than the terminal and no more than it has.
  package func lines(_ state: LiveState) -> [TerminalLine] {
    guard columns >= 40, rows >= 6 else { return [short(state)] }
    var lines = [head(state), curve(state), progress(state), counts(state)]
    if let models = state.models { lines.append(TerminalLine(models.text)) }
    if !state.failures.isEmpty { lines.append(failures(state)) }
    lines += islands(state, within: rows - 1 - lines.count)
    return lines.prefix(rows - 1).map(cut)
  }

  /// An improvement, with the program's change from its parent.
  package func improvement(
    score: Double,
    program: Int,
    island: Int,
    operators: [String],
    verified: Bool,
    change: String?
  ) -> TerminalLine {
    var line = TerminalLine("best \(ReportNumber.score(score))", .green)
    line.add("  program \(program)  island \(island)  ")
    line.add(operators.joined(separator: " + "), .cyan)
    if !verified { line.add("  (unverified)", .yellow) }
    if let change {
      let plain = change.replacing("→", with: "->").replacing("…", with: "..")
      line.add("  " + (isPlain ? plain : change), .faint)
    }
    return cut(line)
  }

  private func cut(_ line: TerminalLine) -> TerminalLine { line.cut(to: room, mark: isPlain ? "~" : "…") }

  private func short(_ state: LiveState) -> TerminalLine {
    cut(TerminalLine("best \(ReportNumber.score(state.best))  step \(state.steps)"))
  }

  private func head(_ state: LiveState) -> TerminalLine {
    var line = TerminalLine(state.run, .bold)
    line.add("  best ")
    line.add(ReportNumber.score(state.best), .green)
    line.add(state.verified ? " verified" : " unverified", state.verified ? .none : .yellow)
    if let target = state.target { line.add("  target \(ReportNumber.score(target))") }
    if let known = state.knownBest { line.add("  best known \(ReportNumber.score(known))") }
    if !state.note.isEmpty { line.add("  \(state.note)", .cyan) }
    return line
  }

  private func curve(_ state: LiveState) -> TerminalLine {
    let since = state.steps - Int(state.curve.last?.x ?? 0)
    let text = "  program \(state.program), \(ReportNumber.count(max(0, since))) steps ago"
    let width = max(8, min(60, room - text.count))
    var line = TerminalLine(
      Sparkline.text(state.curve, to: Double(state.steps), width: width, isPlain: isPlain),
      .green
    )
    line.add(text)
    return line
  }

  private func progress(_ state: LiveState) -> TerminalLine {
    var line = TerminalLine()
    let steps = ReportNumber.count(state.steps)
    let shares = [
      state.stepBudget.map { $0 > 0 ? Double(state.steps) / Double($0) : 1 },
      state.secondBudget.map { $0 > 0 ? state.elapsedSeconds / $0 : 1 },
    ].compactMap { $0 }
    if let share = shares.max().map({ min(1, max(0, $0)) }) {
      let filled = Int(share * 16)
      let (full, empty) = isPlain ? ("#", ".") : ("█", "░")
      line.add(String(repeating: full, count: filled), .cyan)
      line.add(String(repeating: empty, count: 16 - filled), .faint)
      line.add(" \(Int(share * 100)) %  ")
    }
    line.add(state.stepBudget.map { "\(steps) of \(ReportNumber.count($0)) steps" } ?? "\(steps) steps")
    line.add("  \(ReportNumber.duration(state.elapsedSeconds))")
    if let left = state.secondsLeft, left > 0 { line.add(", about \(ReportNumber.duration(left)) left") }
    return line
  }

  private func counts(_ state: LiveState) -> TerminalLine {
    var line = TerminalLine()
    if let rates = state.rates {
      line.add("\(rate(rates.steps)) steps/s, \(rate(rates.evaluations)) evaluations/s  ")
    }
    line.add("epoch \(state.epoch)  \(ReportNumber.count(state.duplicates)) duplicates")
    return line
  }

  private func rate(_ value: Double) -> String {
    value < 9.95 ? ReportNumber.score((value * 10).rounded() / 10) : ReportNumber.count(Int(value.rounded()))
  }

  private func failures(_ state: LiveState) -> TerminalLine {
    let total = state.failures.reduce(0) { $0 + $1.count }
    let share = ReportNumber.percent(Double(total) / Double(max(1, state.steps)))
    var line = TerminalLine("failed \(ReportNumber.count(total)) (\(share)): ", .red)
    let kinds = state.failures.sorted { ($0.count, $1.kind) > ($1.count, $0.kind) }
    line.add(kinds.map { "\(ReportNumber.count($0.count)) \($0.kind)" }.joined(separator: ", "))
    return line
  }

  /// Islands side by side: number, best, the epoch it was founded in, its steps since it got better.
  private func islands(_ state: LiveState, within rows: Int) -> [TerminalLine] {
    guard rows >= 2, !state.islands.isEmpty else { return [] }
    let cells = state.islands.enumerated().map { number, island in
      [
        String(number), ReportNumber.score(island.best), "e\(island.founded)",
        "\(ReportNumber.count(island.age))",
      ]
    }
    let widths = (0..<4).map { column in cells.map { $0[column].count }.max() ?? 0 }
    let width = widths.reduce(0, +) + 3
    let perLine = max(1, (room + 3) / (width + 3))
    let height = (cells.count + perLine - 1) / perLine
    var title = TerminalLine("islands", .bold)
    title.add(": best, epoch of founding, steps since it got better")
    let shown = min(height, rows - 1)
    let isCut = shown < height
    let top = state.islands.map(\.best).max()
    var lines = [title]
    for row in 0..<(isCut ? shown - 1 : shown) {
      var line = TerminalLine()
      for place in row * perLine..<min(cells.count, (row + 1) * perLine) {
        if place > row * perLine { line.add(isPlain ? " | " : " │ ", .faint) }
        for (column, text) in cells[place].enumerated() {
          let space = String(repeating: " ", count: widths[column] - text.count)
          if column > 0 { line.add(" ") }
          let emphasis: TerminalLine.Emphasis =
            column == 1 && state.islands[place].best == top ? .green : column == 1 ? .none : .faint
          line.add(space + text, emphasis)
        }
      }
      lines.append(line)
    }
    if isCut { lines.append(TerminalLine("and \(cells.count - (shown - 1) * perLine) more islands")) }
    return lines
  }
}
