import FunSearch
import PythonSyntax

extension SandboxPool {
  /// What came of drawing an artifact.
  package enum Drawn: Hashable, Sendable {
    /// SVG as the view gave it, which nobody has looked at.
    case svg(String)
    /// Why there is no drawing.
    case failed(String)
  }

  /// Has the verifier's process, which never runs a candidate, draw an artifact.
  ///
  /// - Parameters:
  ///   - view: the problem's `view.py`: its name for messages and its text.
  ///   - input: index of the input.
  ///   - artifact: JSON text.
  /// - Returns: the drawing, or what is wrong with the view.
  /// - Throws: ``SandboxError`` when no process can be started.
  package func draw(_ view: (path: String, source: String), input: Int, artifact: String) async throws
    -> Drawn
  {
    let request = Request.view(path: view.path, source: view.source, input: input, artifact: artifact)
    let answers = try await verifier.answers(to: [request], within: deadline) {
      _,
      payload throws(UnreadableReply) in try JSONValue(reply: payload)
    }
    switch answers.first {
    case .reply(let json):
      if let error = WireError(json) { return .failed(error.message) }
      return json["svg"]?.string.map(Drawn.svg) ?? .failed("the view gave no drawing")
    case .timedOut: return .failed("the view took longer than the limit for one input")
    case .lost(let how): return .failed("the view: \(how)")
    case nil: throw SandboxError.worker("A worker gave no answer.")
    }
  }
}
