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
    #expect(climbs(steps).records.isEmpty)
    steps.append((nil, 1))
    #expect(climbs(steps).records.map(\.result.id) == [ProgramID(2)])
    #expect(climbs(steps).current?.current.id == ProgramID(5))
  }

  @Test("is over after its steps, whatever it gains")
  func length() {
    let steps: [(from: Int?, score: Double?)] = [(nil, 0)] + (0..<6).map { ($0, Double($0 + 1)) }
    #expect(climbs(steps).current?.isOver(configuration) == true)
    #expect(climbs(steps.dropLast()).current?.isOver(configuration) == false)
  }

  @Test("begins with the first of those founded at once, and passes over steps of the others")
  func founding() {
    let steps: [(from: Int?, score: Double?)] = [(nil, 3), (nil, 4), (nil, 2), (1, 9), (0, 4)]
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
    #expect(climbs.records.map(\.result.scores.total) == (0..<29).map(Double.init))
    var places: [Double] = []
    for step in 0..<400 {
      let id = StepID(island: IslandID(0), step: step)
      var stream = RandomStream(seed: 1, island: 0, step: step, purpose: .climb)
      let prompt = climbs.prompt(for: id, epoch: 0, best: program(999, 0), configuration, from: &stream)
      guard case .founding(let after) = prompt.kind else {
        Issue.record("a climb is over")
        return
      }
      #expect(after.map(\.id) == climbs.records.map(\.result.id))
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

  @Test("is given up at a look when it is behind the given share of those before it")
  func race() {
    let looking = SearchConfiguration(
      seed: 1,
      islands: 1,
      lag: 1,
      climbShare: 1,
      climbSteps: 30,
      climbPatience: 100,
      climbRace: 0.5
    )
    var climbs = Climbs()
    var number = 0
    // Founds a climb of one score and takes as many steps that fail.
    func climb(_ score: Double, steps: Int) {
      let founder = number
      climbs.note(.founding, program(founder, score), looking)
      for _ in 0..<steps { climbs.note(.climbing(from: [ProgramID(founder)]), nil, looking) }
      number += 1
    }
    // Nobody is given up before there are twenty to compare with; these have 0 to 19 at the look after 3 steps.
    for score in 0..<20 { climb(Double(score), steps: 30) }
    climb(9, steps: 2)
    #expect(climbs.records.count == 20)
    #expect(climbs.current?.isOver(looking) == false)
    climbs.note(.climbing(from: [ProgramID(20)]), nil, looking)
    #expect(climbs.current?.isOver(looking) == true)
    number = 30
    climb(10, steps: 3)
    #expect(climbs.records.count == 21)
    #expect(climbs.current?.isOver(looking) == false)
    // The second look, after ten steps, counts only those that came to it.
    climbs.note(.climbing(from: [ProgramID(30)]), program(40, 11), looking)
    for _ in 0..<6 { climbs.note(.climbing(from: [ProgramID(40)]), nil, looking) }
    #expect(climbs.current?.isOver(looking) == false)
  }

  @Test("is told to the other islands at a reset, and goes on through it")
  func sharing() {
    var settings = configuration
    settings.islands = 4
    var database = ProgramDatabase(
      founder: program(0, 0),
      hash: TreeHash(high: 0, low: 0),
      configuration: settings
    )
    for island in 0..<4 {
      let step = StepID(island: IslandID(island), step: 0)
      func take(_ operators: [String], _ parents: [Int], _ made: Program?) {
        database.noteClimb(operators: operators, parents: parents.map(ProgramID.init), made, at: step)
      }
      take(["found-random"], [], program(10 + island, 5))
      for _ in 0..<3 { take(["climb-reorder"], [10 + island], nil) }
      take(["found-random"], [], program(20 + island, Double(island)))
    }
    #expect(database.islands.map { $0.climbs.records.map(\.result.id.number) } == (10..<14).map { [$0] })
    _ = database.reset()
    for island in database.islands {
      #expect(island.climbs.records.map(\.result.id.number) == [10, 11, 12, 13])
      #expect(island.climbs.current?.current.id.number == 20 + island.id.number)
    }
  }
}
