import FunSearch
import FunSearchTestSupport
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The baselines")
struct BaselineProposerTests {
  private let specification = Example.specification()

  private func proposer(_ method: ProposalMethod, seed: UInt64 = 3) -> any ProgramMaker {
    method.proposer(
      specification: specification,
      observedTypes: [:],
      observedRows: nil,
      vocabulary: CheckedVocabulary(),
      settings: MutationSettings(),
      seed: seed
    )
  }

  @Test("answer the same for the same key, and otherwise for others", arguments: ProposalMethod.allCases)
  func keys(_ method: ProposalMethod) async throws {
    func children(seed: UInt64, attempt: Int) async throws -> [[Statement]] {
      let proposer = proposer(method, seed: seed)
      var children: [[Statement]] = []
      for step in 0..<40 {
        let prompt = Example.prompt([Example.other, Example.body], step: step, of: specification)
        children.append(try await proposer.propose(prompt, attempt: attempt).body)
      }
      return children
    }
    let first = try await children(seed: 3, attempt: 0)
    #expect(try await children(seed: 3, attempt: 0) == first)
    for other in [try await children(seed: 4, attempt: 0), try await children(seed: 3, attempt: 1)] {
      #expect(zip(first, other).count { $0 != $1 } > 30)
    }
  }

  @Test("of random programs take nothing from the versions")
  func randomPrograms() async throws {
    let proposer = proposer(.random)
    for step in 0..<40 {
      let one = try await proposer.propose(
        Example.prompt([Example.other, Example.body], step: step, of: specification),
        attempt: 0
      )
      let other = try await proposer.propose(
        Example.prompt([Example.body], step: step, of: specification),
        attempt: 0
      )
      #expect(one.body == other.body && one.parents.isEmpty && one.operators == ["restart"])
      #expect(Example.doubts(one.body).isEmpty)
    }
  }

  @Test("that climb a hill change the last program that was not worse, and begin anew when nothing is gained")
  func hillClimb() async throws {
    let journal = MemoryJournal()
    let founder = FounderRecord(
      hash: specification.evolve.contentHash(support: []),
      source: specification.evolve.source(),
      encodedFunction: specification.evolve.encoded(),
      scores: Scores(perInput: [0], total: 0),
      claim: Claim(verified: true, artifacts: [])
    )
    let patience = 12
    let engine = Engine(
      configuration: SearchConfiguration(
        seed: 3,
        islands: 1,
        lag: 1,
        climbShare: 1,
        climbSteps: .max,
        climbPatience: patience
      ),
      founder: founder,
      scoreUnit: 1,
      steps: 600,
      target: nil
    )
    let search = Search(
      engine: engine,
      proposer: proposer(.hillClimb),
      evaluator: NodeCountEvaluator(),
      journal: journal,
      stop: StopSignal(),
      progress: { _, _ in }
    )
    _ = try await search.run()
    try Self.checkClimb(journal.events, patience: patience)
  }

  /// Follows the climb by hand.
  private static func checkClimb(_ events: [SearchEvent], patience: Int) throws {
    var current: (program: ProgramID, score: Double)?
    var withoutGain = 0
    var beginnings = 0
    var sideways = 0
    for case .committed(let record) in events {
      let program = record.step.program(islands: 1)
      let first = try #require(record.operators.first)
      guard let climb = current, withoutGain < patience else {
        #expect(record.operators == ["found-random"] && record.parents.isEmpty, "step \(record.step.step)")
        if record.registration != .failed, record.registration != .duplicate {
          current = (program, try #require(record.outcome.total))
          withoutGain = 0
          beginnings += 1
        }
        continue
      }
      #expect(first.hasPrefix("climb-"), "step \(record.step.step)")
      if !record.parents.isEmpty { #expect(record.parents == [climb.program], "step \(record.step.step)") }
      guard !record.parents.isEmpty else { continue }
      withoutGain += 1
      guard record.registration != .duplicate, let total = record.outcome.total, total >= climb.score else {
        continue
      }
      if total > climb.score { withoutGain = 0 } else { sideways += 1 }
      current = (program, total)
    }
    #expect(beginnings > 3 && sideways > 3)
  }
}

/// Scores a program by its number of nodes, in steps.
private struct NodeCountEvaluator: Evaluator {
  var width: Int { 2 }

  func evaluate(_ jobs: [EvaluationJob]) async throws -> [Evaluation] {
    jobs.map { job in
      let score = Double(min(job.code.function.body.nodeCount, 90) / 4)
      return Evaluation(outcome: .scored(Scores(perInput: [score], total: score)))
    }
  }

  func confirm(_ job: EvaluationJob, first: Evaluation) async throws -> FunSearch.Confirmation {
    .confirmed(Claim(verified: true, artifacts: []))
  }
}
