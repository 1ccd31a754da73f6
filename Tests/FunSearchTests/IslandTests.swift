import Foundation
import FunSearch
import FunSearchTestSupport
import PythonSyntax
import Testing

@Suite("An island")
struct IslandTests {
  private func program(_ number: Int, score: Double, length: Int = 10, behaviour: String? = nil) -> Program {
    Program(
      id: ProgramID(number),
      encodedFunction: [],
      encodedSupport: [],
      length: length,
      scores: Scores(perInput: [score], total: score, behaviour: behaviour)
    )
  }

  private func island(_ programs: [Program], size: Int? = nil, byBehaviour: Bool = false) -> Island {
    let configuration = SearchConfiguration(
      seed: 0,
      clusterSize: size,
      clusterByBehaviour: byBehaviour
    )
    var island = Island(
      IslandID(0),
      founder: programs[0],
      hash: FounderRecord.zero.hash,
      configuration: configuration
    )
    for (step, program) in programs.dropFirst().enumerated() { _ = island.register(program, at: step) }
    return island
  }

  private func frequencies(of island: Island, count: Int, temperature: Double, draws: Int) -> [[Int]: Int] {
    var frequencies: [[Int]: Int] = [:]
    for step in 0..<draws {
      var stream = RandomStream(seed: 1, island: 0, step: step, purpose: .tool)
      let drawn = island.draw(count, temperature: temperature, from: &stream)
      frequencies[drawn.map(\.id.number), default: 0] += 1
    }
    return frequencies
  }

  @Test("draws clusters by the softmax of score over temperature")
  func softmax() {
    let island = island([program(0, score: 1), program(1, score: 2), program(2, score: 3.5)])
    let draws = 30_000
    let frequencies = frequencies(of: island, count: 1, temperature: 1.3, draws: draws)
    let weights = [1, 2, 3.5].map { Foundation.exp($0 / 1.3) }
    for (number, weight) in weights.enumerated() {
      let expected = Double(draws) * weight / weights.reduce(0, +)
      #expect(abs(Double(frequencies[[number]] ?? 0) - expected) < 6 * expected.squareRoot())
    }
  }

  @Test("draws programs of a cluster by the published preference for short ones")
  func lengths() {
    let lengths = [100, 120, 200]
    let island = island(lengths.enumerated().map { program($0, score: 1, length: $1) })
    let draws = 30_000
    let frequencies = frequencies(of: island, count: 1, temperature: 1, draws: draws)
    let weights = lengths.map { Foundation.exp(-Double($0 - 100) / (200 + 1e-6)) }
    for (number, weight) in weights.enumerated() {
      let expected = Double(draws) * weight / weights.reduce(0, +)
      #expect(abs(Double(frequencies[[number]] ?? 0) - expected) < 6 * expected.squareRoot())
    }
  }

  @Test("draws two different programs, ascending by score")
  func pairs() {
    let island = island([program(0, score: 5), program(1, score: 5), program(2, score: 4)])
    let frequencies = frequencies(of: island, count: 2, temperature: 1, draws: 5000)
    #expect(Set(frequencies.keys) == [[0, 1], [2, 0], [2, 1]])
  }

  @Test("draws what there is when it holds fewer programs than asked for")
  func few() {
    let frequencies = frequencies(of: island([program(0, score: 5)]), count: 2, temperature: 1, draws: 10)
    #expect(frequencies == [[0]: 10])
  }

  @Test("keeps the first of equal bests")
  func ties() {
    let island = island([program(0, score: 1), program(1, score: 2), program(2, score: 2)])
    #expect(island.best.id == ProgramID(1))
  }

  @Test("says what became of a program")
  func registrations() {
    var island = island([program(0, score: 1, length: 50, behaviour: "a")], size: 2)
    #expect(island.register(program(1, score: 2), at: 0) == .newCluster)
    #expect(island.register(program(2, score: 1, length: 60, behaviour: "b"), at: 1) == .joinedCluster)
    #expect(island.register(program(3, score: 1, length: 50, behaviour: "a"), at: 2) == .notNeeded)
    #expect(island.register(program(4, score: 1, length: 40, behaviour: "a"), at: 3) == .replacedLonger)
    #expect(island.register(program(5, score: 1, length: 70, behaviour: "c"), at: 4) == .notNeeded)
    #expect(island.register(program(6, score: 1, length: 10, behaviour: "d"), at: 5) == .joinedCluster)
    #expect(island.clusters[0].programs.map(\.id.number) == [6, 4])
  }

  @Test("keeps behaviours apart when asked to")
  func behaviours() {
    let programs = [program(0, score: 1, behaviour: "a"), program(1, score: 1, behaviour: "b")]
    #expect(island(programs).clusters.count == 1)
    #expect(island(programs, byBehaviour: true).clusters.count == 2)
  }
}

@Suite("A reset")
struct ResetTests {
  private func database(bests: [Double], refound: Bool = true, seed: UInt64 = 0) -> ProgramDatabase {
    let configuration = SearchConfiguration(seed: seed, islands: bests.count, refound: refound)
    let founder = FounderRecord.zero
    let first = Program(
      id: .founder,
      encodedFunction: [],
      encodedSupport: [],
      length: 1,
      scores: founder.scores
    )
    var database = ProgramDatabase(founder: first, hash: founder.hash, configuration: configuration)
    for (island, best) in bests.enumerated() {
      let program = Program(
        id: ProgramID(island + 1),
        encodedFunction: [],
        encodedSupport: [],
        length: 1,
        scores: Scores(perInput: [best], total: best)
      )
      _ = database.register(program, at: StepID(island: IslandID(island), step: 0))
    }
    return database
  }

  @Test(
    "empties the worse half, founds one from the specification and the rest from survivors",
    arguments: 0..<UInt64(50)
  )
  func worseHalf(seed: UInt64) {
    var database = database(bests: [5, 1, 9, 3, 8, 2], seed: seed)
    let record = database.reset()
    #expect(record.epoch == 1)
    #expect(record.foundings.map(\.island.number) == [1, 3, 5])
    #expect(record.foundings.filter { $0.from == nil }.count == 1)
    for founding in record.foundings {
      let island = database.islands[founding.island.number]
      #expect(island.best.id == founding.founder)
      #expect(island.registered == 1)
      if let from = founding.from { #expect([0, 2, 4].contains(from.number)) }
    }
    #expect(database.islands[2].best.scores.total == 9)
  }

  @Test("breaks ties between islands at random")
  func ties() {
    var emptied: Set<[Int]> = []
    for seed in UInt64(0)..<40 {
      var database = database(bests: [1, 1, 1, 1], seed: seed)
      emptied.insert(database.reset().foundings.map(\.island.number))
    }
    #expect(emptied.count == 6)
  }

  @Test("leaves a single island alone")
  func single() {
    var database = database(bests: [1])
    #expect(database.reset().foundings.isEmpty)
  }

  @Test("follows the paper when told to: every emptied island starts from a survivor's best")
  func paper() {
    var database = database(bests: [5, 1, 9, 3], refound: false)
    #expect(database.reset().foundings.allSatisfy { $0.from != nil })
  }
}
