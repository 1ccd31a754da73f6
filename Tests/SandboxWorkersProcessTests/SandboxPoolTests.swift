import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

@Suite("A pool of workers")
struct SandboxPoolTests {
  @Test("scores a good candidate in both lanes")
  func scores() async throws {
    let pool = try await Fixture.pool()
    let evaluations = try await pool.evaluate([ToyProblem.job("return 2.5 * x"), ToyProblem.product(3)])
    #expect(evaluations.map(\.scores) == [[2.5, 5], [3, 6]])
    #expect(evaluations.map(\.artifactDigests.count) == [2, 2])
    await pool.stop()
  }
}
