import FunSearch
import PythonSyntax

/// Proposes the best version of a prompt with one of its expressions replaced by a random one.
struct Tweaks: ProgramMaker {
  let seed: UInt64

  func propose(_ prompt: Prompt, attempt: Int) async throws -> Candidate {
    var stream = RandomStream(
      seed: seed,
      island: prompt.step.island.number,
      step: prompt.step.step,
      attempt: attempt,
      purpose: .mutation
    )
    let parent = prompt.versions[prompt.versions.count - 1]
    let function = try ProgramCode(parent).function
    let place = stream.integer(below: function.subexpressions.count)
    let child = function.replacingSubexpression(at: place, with: Self.expression(depth: 3, &stream))
    return Candidate(code: ProgramCode(function: child), parents: [parent.id], operators: ["subtree"])
  }

  /// A random expression of at most `depth` levels.
  private static func expression(depth: Int, _ stream: inout RandomStream) -> Expression {
    guard depth > 1, stream.chance(0.5) else {
      return stream.element(of: [.name("weight"), .name("time"), .constant(.int(stream.integer(in: 1...9)))])
    }
    let operation = stream.element(of: [BinaryOperator.add, .subtract, .multiply, .divide])
    return .binary(expression(depth: depth - 1, &stream), operation, expression(depth: depth - 1, &stream))
  }
}
