import Foundation
import FunSearch
import RunJournal
import Testing

@Suite("Salvage of a damaged journal")
struct SalvageTests {
  @Test("keeps the events before the damage, wherever the file was cut")
  func keepsEvents() throws {
    let run = try EarlierRun.format1.copy()
    let file = try Data(contentsOf: URL(fileURLWithPath: run.journal))
    let whole = try journaled(run.journal)
    var kept: Set<Int> = []
    for length in stride(from: 100, to: file.count, by: file.count / 30) {
      let folder = try TemporaryFolder()
      try file.prefix(length).write(to: URL(fileURLWithPath: folder.journal))
      #expect(
        message(folder) { _ = try RunReader(folder.journal) }.hasPrefix(
          "Results/run.sqlite: the file is damaged ("
        )
      )
      do {
        let report = try Salvage.make(folder.journal, wallTime: 0)
        let read = try journaled(folder.journal)
        #expect(read == Array(whole.prefix(read.count)), "cut at \(length)")
        #expect(try RunReader(folder.journal).count() == report.steps)
        #expect(try RunReader(folder.journal).runEvents().map(\.kind) == [.salvaged])
        #expect(try Data(contentsOf: URL(fileURLWithPath: report.damaged)) == file.prefix(length))
        kept.insert(report.steps)
      } catch {
        // Not even the settings can be read; then the file stays as it is.
        guard case .lost = error as? JournalError else { throw error }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.journal)) == file.prefix(length))
      }
    }
    #expect((kept.max() ?? 0) > 30, "\(kept.sorted())")
  }

  @Test("keeps the steps before the first missing page, though claims and steps behind it are missing too")
  func keepsMost() throws {
    let copy = try EarlierRun.format2.copy()
    let file = try Data(contentsOf: URL(fileURLWithPath: copy.journal))
    var kept: [Int] = []
    for pages in 1...4 {
      let folder = try TemporaryFolder()
      try file.dropLast(pages * 4096).write(to: URL(fileURLWithPath: folder.journal))
      kept.append((try? Salvage.make(folder.journal, wallTime: 0).steps) ?? -1)
    }
    #expect(kept == kept.sorted(by: >) && kept.allSatisfy { $0 >= 40 }, "\(kept)")
  }

  @Test("ends before a step that was overwritten")
  func endsBeforeDamage() throws {
    let folder = try EarlierRun.format1.copy()
    let whole = try journaled(folder.journal)
    var file = try Data(contentsOf: URL(fileURLWithPath: folder.journal))
    // Inside a body's text: the tree and the text no longer agree.
    let text = try #require(file.range(of: Data("score".utf8), options: .backwards))
    file[text.lowerBound] = UInt8(ascii: "S")
    try file.write(to: URL(fileURLWithPath: folder.journal))
    let report = try Salvage.make(folder.journal, wallTime: 0)
    #expect(report.steps < 45)
    #expect(try journaled(folder.journal) == Array(whole.prefix(try journaled(folder.journal).count)))
  }
}
