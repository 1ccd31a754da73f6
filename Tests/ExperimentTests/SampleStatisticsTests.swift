import FunSearch
import Testing

@testable import Experiment

@Suite("The statistics of runs")
struct SampleStatisticsTests {
  @Test(
    "interpolate quantiles as numpy does",
    arguments: [
      // numpy.percentile(values, [25, 50, 75])
      ([1.0], [1.0, 1.0, 1.0]),
      ([1, 2], [1.25, 1.5, 1.75]),
      ([3, 1, 2], [1.5, 2, 2.5]),
      ([7, 15, 36, 39, 40, 41], [20.25, 37.5, 39.75]),
      ([512, 496, 512, 480, 448, 512, 504, 496, 512, 472], [484, 500, 512]),
      ([-4, -4, 0.5, 12], [-4, -1.75, 3.375]),
    ]
  )
  func quantiles(_ values: [Double], _ expected: [Double]) throws {
    let found = try #require(SampleStatistics(values))
    #expect([found.lowerQuartile, found.median, found.upperQuartile] == expected)
    #expect(found.best == values.max() && found.count == values.count)
  }

  @Test("have nothing to say of no values")
  func nothing() {
    #expect(SampleStatistics([]) == nil)
  }

  @Test("take what was never reached as larger than everything, and never for a number")
  func infinite() throws {
    let some = try #require(SampleStatistics([100, .infinity, 300]))
    #expect(some.median == 300 && some.upperQuartile == .infinity && some.lowerQuartile == 200)
    let none = try #require(SampleStatistics([.infinity, .infinity]))
    #expect(none.median == .infinity && none.medianInterval.low == .infinity)
    let half = try #require(SampleStatistics([1, 2, .infinity, .infinity]))
    #expect(half.median == .infinity)
  }

  @Test("give the same interval for the same values, around the median and within them")
  func intervals() throws {
    let values = [480.0, 496, 512, 448, 512, 504, 496, 512, 512, 472]
    let found = try #require(SampleStatistics(values))
    #expect(SampleStatistics(values.reversed()) == found)
    #expect(found.medianInterval.low <= found.median && found.median <= found.medianInterval.high)
    #expect(found.medianInterval.low >= 448 && found.medianInterval.high <= 512)
    #expect(found.medianInterval.low < found.medianInterval.high)
    let same = try #require(SampleStatistics([5, 5, 5]))
    #expect(same.medianInterval == .init(low: 5, high: 5))
  }

  @Test("give a share the interval of a binomial with as many members")
  func shares() {
    // Of 40 with probability a half, the middle 95 % of the binomial lie between 14 and 26.
    let found = Bootstrap.share((0..<40).map { $0 % 2 == 0 })
    #expect(abs(found.low - 0.35) <= 0.026 && abs(found.high - 0.65) <= 0.026, "\(found)")
    #expect(Bootstrap.share([true, true]) == .init(low: 1, high: 1))
    #expect(Bootstrap.share([false]) == .init(low: 0, high: 0))
  }
}

@Suite("A list of seeds")
struct SeedListTests {
  @Test(
    "is a count, a range or a list",
    arguments: [
      ("3", [1, 2, 3]), ("3-5", [3, 4, 5]), ("1,5,9", [1, 5, 9]), ("7-8,1,7", [7, 8, 1]), ("4,", []),
      ("0", []), ("", []), ("x", []), ("5-3", []), ("-3", []), ("1-", []), ("1-99999999", []), ("1.5", []),
      ("18446744073709551615", []), ("99999999", []),
    ] as [(String, [UInt64])]
  )
  func parse(_ text: String, _ seeds: [UInt64]) throws {
    if seeds.isEmpty {
      let error = #expect(throws: RunError.self) { try SeedList.parse(text) }
      #expect(error?.cause == .usage)
    } else {
      #expect(try SeedList.parse(text) == seeds)
    }
  }
}
