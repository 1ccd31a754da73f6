import FunSearch
import PythonSyntax
import Testing

@testable import SandboxWorkers

@Suite("Requests to a worker")
struct RequestTests {
  @Test("are JSON that says what was meant, whatever the text")
  func evaluate() throws {
    let source = "def f():\n\treturn '\"\\\u{1}é😀'"
    let json = try JSONValue(
      parsing: Request.evaluate(id: 3, lane: .split, source: source, withArtifacts: true)
    )
    #expect(
      json
        == [
          "op": "evaluate", "id": 3, "lane": "split", "source": .string(source), "inputs": nil,
          "artifact": true,
        ]
    )
  }

  @Test("hand inputs and limits to the worker")
  func load() throws {
    let function = FunctionDefinition(name: "f", parameters: Parameters(), body: [.pass])
    let specification = Specification(
      path: "s.py",
      source: "x",
      evolve: function,
      decorators: ["jit"],
      evolveLines: 1...1,
      run: "go",
      verify: nil,
      imports: [],
      module: [],
      functionLines: [:]
    )
    let problem = Problem(
      name: "p",
      title: "P",
      specification: specification,
      inputs: [EvaluationInput(json: "[1,2]"), EvaluationInput(json: "null")],
      aggregate: .mean,
      limits: EvaluationLimits(cpuSeconds: 0.5, wallSeconds: 1, memoryBytes: 10, outputBytes: 20),
      trust: .shared,
      hash: ""
    )
    let json = try JSONValue(parsing: Request.load(problem))
    #expect(json["inputs"] == [[1, 2], nil])
    #expect(
      json["limits"] == ["cpu_seconds": 0.5, "wall_seconds": 1.0, "memory_bytes": 10, "output_bytes": 20]
    )
    #expect(json["verify"] == .null)
    #expect(json["decorators"] == ["jit"])
    #expect(json["trust"] == "shared")
  }
}
