import FunSearch
import FunSearchTestSupport
import PythonSyntax
import Testing

@testable import FunSearch

@Suite("A climb")
struct ClimbTests {
  private let configuration = SearchConfiguration(
    seed: 1,
    islands: 1,
    lag: 2,
    climbShare: 1,
    climbSteps: 6,
    climbPatience: 3
  )

  private func program(_ number: Int, _ score: Double) -> Program {
    Program(
      id: ProgramID(number),
      encodedFunction: [],
      encodedSupport: [],
      length: 1,
      scores: Scores(perInput: [score], total: score)
    )
  }

  /// Takes founding steps (`from` nil) and climbing ones, with the score of each or nil for a failure.
  private func climbs(_ steps: [(from: Int?, score: Double?)]) -> Climbs {
    var climbs = Climbs()
    for (number, step) in steps.enumerated() {
      climbs.note(
        step.from.map { .climbing(from: [ProgramID($0)]) } ?? .founding,
        step.score.map { program(number, $0) },
        configuration
      )
    }
    return climbs
  }

  @Test("goes sideways and up, never down")
  func moves() {
    let climbs = climbs([(nil, 5), (0, 4), (0, 5), (2, 7), (2, 6), (3, nil)])
    #expect(climbs.current?.current.id == ProgramID(3))
  }

  @Test("is over after steps without a gain, and its result is kept when the next is founded")
  func patience() {
    var steps: [(from: Int?, score: Double?)] = [(nil, 5), (0, 6), (1, 6), (2, 5), (2, nil)]
    #expect(climbs(steps).current?.isOver(configuration) == true)
    #expect(climbs(steps).results.isEmpty)
    steps.append((nil, 1))
    #expect(climbs(steps).results.map(\.id) == [ProgramID(2)])
    #expect(climbs(steps).current?.current.id == ProgramID(5))
  }

  @Test("is over after its steps, whatever it gains")
  func length() {
    let steps: [(from: Int?, score: Double?)] = [(nil, 0)] + (0..<6).map { ($0, Double($0 + 1)) }
    #expect(climbs(steps).current?.isOver(configuration) == true)
    #expect(climbs(steps.dropLast()).current?.isOver(configuration) == false)
  }

  @Test("begins with the best of those founded at once, and passes over steps of the one before")
  func founding() {
    let steps: [(from: Int?, score: Double?)] = [(nil, 3), (nil, 4), (nil, 2), (0, 9), (1, 4)]
    #expect(climbs(steps).current?.current.id == ProgramID(4))
    let late: [(from: Int?, score: Double?)] = [(nil, 3), (0, 3), (1, 3), (nil, 8)]
    #expect(climbs(late).current?.current.id == ProgramID(2))
  }

  @Test("founds on good results, the better the likelier, and climbs from where it is")
  func prompts() {
    var all: [(from: Int?, score: Double?)] = []
    for number in 0..<30 {
      let first = all.count
      all.append((nil, Double(number)))
      all += Array(repeating: (first, nil), count: 3)
    }
    let climbs = climbs(all)
    #expect(climbs.results.map(\.scores.total) == (0..<29).map { Double(28 - $0) })
    var places: [Double] = []
    for step in 0..<400 {
      let id = StepID(island: IslandID(0), step: step)
      var stream = RandomStream(seed: 1, island: 0, step: step, purpose: .climb)
      let prompt = climbs.prompt(for: id, epoch: 0, best: program(999, 0), configuration, from: &stream)
      #expect(prompt.kind == .founding)
      #expect(Set(prompt.versions.map(\.id)).count == prompt.versions.count)
      places.append(28 - prompt.versions[0].scores.total)
    }
    // The least of four uniform draws from 29 has mean Σ (1 - k/29)⁴ over k = 1 … 28, about 5.3.
    let mean = (1...28).reduce(0.0) { sum, k in
      let rest = 1 - Double(k) / 29
      return sum + rest * rest * rest * rest
    }
    #expect(abs(places.reduce(0, +) / 400 - mean) < 1)
  }
}
