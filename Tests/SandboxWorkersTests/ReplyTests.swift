import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

@Suite("Replies of a worker")
struct ReplyTests {
  private func outcome(_ text: String, id: Int = 7, inputs: Int = 2) throws -> OutcomeReply {
    try OutcomeReply(Array(text.utf8)[...], id: id, inputs: inputs, aggregate: .mean)
  }

  @Test("are read into scores, digests and artifacts as they stand")
  func scored() throws {
    let reply = try outcome(
      """
      {"id":7,"outcome":"scored","scores":[96.0,2],"digests":["0f",null],"behaviours":["a",null],"metrics":[{},{}],\
      "artifacts":[{"b":[1e+16,"],\\""]},null],"cpu_microseconds":412,"wall_microseconds":433}
      """
    )
    #expect(
      reply.evaluation.outcome == .scored(Scores(perInput: [96, 2], total: 49, behaviour: "a|-"))
    )
    #expect(reply.evaluation.artifactDigests == ["0f"])
    #expect(reply.evaluation.cpuMicroseconds == 412)
    #expect(reply.artifacts == [#"{"b":[1e+16,"],\""]}"#, "null"])
  }

  @Test("are read into failures of every kind", arguments: FailureKind.allCases)
  func failed(kind: FailureKind) throws {
    let reply = try outcome(
      #"{"id":7,"outcome":"failed","kind":"\#(kind.rawValue)","message":"m","line":3,"input":1,"limit":null}"#
    )
    #expect(reply.evaluation.outcome == .failed(Failure(kind, "m", line: 3, input: 1)))
  }

  @Test(
    "are refused when they make no sense",
    arguments: [
      "", "[]", "{", #"{"id":8,"outcome":"scored","scores":[1,2]}"#,
      #"{"id":7,"outcome":"scored","scores":[1]}"#,
      #"{"id":7,"outcome":"scored","scores":[1,"2"]}"#, #"{"id":7,"outcome":"failed","kind":"odd"}"#,
      #"{"id":7}"#,
      #"{"error":{"kind":"exception","message":"m","line":null}}"#,
      #"{"id":7,"outcome":"scored","scores":[1,1e999]}"#,
      #"{"id":7,"outcome":"scored","scores":[1,2],"digests":["a"]}"#,
      #"{"id":7,"outcome":"scored","scores":[1,2],"behaviours":["a",3]}"#,
      #"{"id":7,"outcome":"scored","scores":[1,2,null]}"#,
      #"{"id":7,"outcome":"scored","scores":[1,2],"artifacts":[1]}"#,
      #"{"id":7,"outcome":"scored","scores":[1,2],"cpu_microseconds":9223372036854775807}"#,
      #"{"id":7,"outcome":"scored","scores":[1,2],"wall_microseconds":-1}"#,
      #"{"id":7,"outcome":"failed","kind":"exception","message":"m","line":0}"#,
      #"{"id":7,"outcome":"failed","kind":"exception","message":"m","line":1e3}"#,
      #"{"id":7,"outcome":"failed","kind":"exception","message":"m","line":99999999999999999999}"#,
      #"{"id":7,"outcome":"failed","kind":"exception","message":"m","input":2}"#,
      #"{"id":7,"outcome":"failed","kind":"exception","message":"m","input":-1}"#,
    ]
  )
  func unreadable(text: String) {
    #expect(throws: UnreadableReply.self) { try outcome(text) }
  }

  @Test("a greeting of another version, a refusal and a low level are told apart")
  func greetings() throws {
    func greeting(_ text: String) throws -> Greeting { try Greeting(Array(text.utf8)[...]) }
    let good = try greeting(
      #"{"event":"ready","protocol":1,"python":"3.11.2","implementation":"cpython","numpy":null,"level":2,"layers":["landlock"],"hash_seed":1}"#
    )
    #expect(good.python == "3.11.2" && good.layers == ["landlock"] && good.numpy == nil)
    try good.check(minimumLevel: 2)
    #expect(throws: SandboxError.self) { try good.check(minimumLevel: 3) }
    #expect(throws: UnreadableReply.self) { try greeting(#"{"event":"ready","protocol":2}"#) }
    let refused = try greeting(#"{"event":"refused","message":"no Landlock"}"#)
    let error = #expect(throws: SandboxError.self) { try refused.check(minimumLevel: 0) }
    #expect("\(try #require(error))".contains("no Landlock"))
  }
}
