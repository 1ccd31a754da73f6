import Foundation
import RunJournal
import Testing

@testable import Experiment

@Suite("How long a run has run")
struct RunEventsElapsedTests {
  private let events = [
    RunEvent(.started, wallTime: 1000),
    RunEvent(.interrupted, wallTime: 1012, detail: "12.5"),
    RunEvent(.resumed, wallTime: 2000),
  ]

  @Test("counts the sitting under way up to now")
  func countsTheSittingUnderWay() {
    let now = Date(timeIntervalSince1970: 2007)
    #expect(events.elapsedSeconds(isRunning: true, now: now) == 19.5)
  }

  @Test("counts no sitting that was killed")
  func countsNoKilledSitting() {
    let now = Date(timeIntervalSince1970: 9000)
    #expect(events.elapsedSeconds(isRunning: false, now: now) == 12.5)
  }

  @Test("never goes back where the clock was set back")
  func survivesAClockSetBack() {
    let now = Date(timeIntervalSince1970: 1500)
    #expect(events.elapsedSeconds(isRunning: true, now: now) == 12.5)
  }
}
