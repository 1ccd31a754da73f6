import FunSearch
import ProblemFiles
import PythonSyntax
import Testing

@Suite("A specification")
struct SpecificationCheckingTests {
  private func specification(
    _ functions: [DescribedFunction],
    statements: [Statement] = [],
    source: String = "",
    trust: Trust = .split
  ) throws -> Specification {
    try Specification(
      description(functions, statements: statements),
      path: "s.py",
      source: source,
      trust: trust
    )
  }

  private let run = function("evaluate", line: 3, markers: ["run"])
  private let evolve = function("priority", line: 6, markers: ["evolve"], decorators: ["jax.jit"])

  @Test("is made of its marked functions")
  func made() throws {
    let verify = function("verify", line: 10, markers: ["verify"], parameters: ["input", "artifact"])
    let made = try specification([run, evolve, verify, function("solve", line: 20)], source: "text")
    #expect(made.evolve.name == "priority")
    #expect(made.evolve.decorators == [])
    #expect(made.decorators == ["jax.jit"])
    #expect(made.evolveLines == 4...7)
    #expect(made.run == "evaluate")
    #expect(made.verify == "verify")
    #expect(made.functionLines["solve"] == 20...21)
    #expect(made.source == "text")
  }

  @Test("may evolve a function without parameters")
  func withoutParameters() throws {
    let made = try specification([run, function("construct", line: 6, markers: ["evolve"], parameters: [])])
    #expect(made.evolve.name == "construct")
  }

  @Test("may evolve and run one function when trust is shared")
  func shared() throws {
    let both = function("solve", line: 6, markers: ["evolve", "run"])
    #expect(try specification([both], trust: .shared).run == "solve")
    #expect(
      message { _ = try specification([both]) }
        == """
        s.py:6: solve is marked both evolve and run, so a candidate would score itself; split them, \
        or set `trust: shared` in problem.yaml
        """
    )
  }

  @Test("needs each marker once")
  func counts() {
    let other = function("extend", line: 14, markers: ["evolve"])
    #expect(
      message { _ = try specification([run]) }
        == "s.py:1: no function is marked @funsearch.evolve; put it above the function to search"
    )
    #expect(
      message { _ = try specification([evolve]) }
        == "s.py:1: no function is marked @funsearch.run; put it above the function that scores one input"
    )
    #expect(
      message { _ = try specification([run, evolve, other]) }
        == "s.py:14: two functions are marked @funsearch.evolve (priority, extend); keep one"
    )
    #expect(
      message { _ = try specification([run, evolve, function("e", line: 9, markers: ["run"])]) }
        == "s.py:9: two functions are marked @funsearch.run (evaluate, e); keep one"
    )
    #expect(
      message { _ = try specification([function("f", line: 9, markers: ["run", "run"])]) }
        == "s.py:7: f is marked @funsearch.run twice; keep one"
    )
  }

  @Test(
    "names the marker that was meant",
    arguments: [
      ("evolv", "did you mean @funsearch.evolve?"), ("Run", "did you mean @funsearch.run?"),
      ("start", "there are @funsearch.evolve, @funsearch.run, @funsearch.verify, @funsearch.inputs"),
    ]
  )
  func misspelt(marker: String, hint: String) {
    #expect(
      message { _ = try specification([run, function("f", line: 9, markers: [marker])]) }
        == "s.py:8: unknown marker @funsearch.\(marker) on f; \(hint)"
    )
  }

  @Test("has plain functions with the parameters they are called with")
  func parameters() {
    let asynchronous = function("priority", line: 6, markers: ["evolve"], isAsync: true)
    #expect(
      message { _ = try specification([run, asynchronous]) }
        == "s.py:6: priority (@funsearch.evolve) is async; make it a plain function"
    )
    #expect(
      message { _ = try specification([function("e", line: 3, markers: ["run"], parameters: []), evolve]) }
        == "s.py:3: e is marked run and must take one input: def e(input)"
    )
    #expect(
      message { _ = try specification([run, evolve, function("v", line: 9, markers: ["verify"])]) }
        == """
        s.py:9: v is marked verify and must take an input and an artifact: def v(input, artifact)
        """
    )
    #expect(
      message {
        _ = try specification([run, function("p", line: 6, markers: ["evolve"], modelled: false)])
      }
        == """
        s.py:6: p is marked evolve and uses syntax that cannot be searched; write it as a plain function \
        without type parameters
        """
    )
  }

  @Test("may have one reader of files, which is nothing else")
  func reader() throws {
    let reader = function("read", line: 12, markers: ["inputs"], parameters: ["text", "name"])
    #expect(try specification([run, evolve, reader]).inputs == "read")
    #expect(try specification([run, evolve]).inputs == nil)
    #expect(
      message { _ = try specification([run, evolve, function("read", line: 12, markers: ["inputs"])]) }
        == """
        s.py:12: read is marked inputs and must take the text and the name of a file: def read(text, name)
        """
    )
    #expect(
      message { _ = try specification([evolve, function("e", line: 3, markers: ["run", "inputs"])]) }
        == "s.py:3: e is marked inputs and something else; write a function of its own"
    )
    #expect(
      message { _ = try specification([run, evolve, reader, reader]) }.contains("two functions are marked")
    )
  }

  @Test("defines its marked functions once, and its verifier apart")
  func apart() {
    #expect(
      message { _ = try specification([run, evolve, function("priority", line: 30)]) }
        == "s.py:30: priority (@funsearch.evolve) is defined again here; keep one definition"
    )
    #expect(
      message { _ = try specification([function("e", line: 3, markers: ["run", "verify"]), evolve]) }
        == "s.py:3: e is marked verify and something else; write a function of its own"
    )
  }

  @Test("has its markers at the top level")
  func nested() {
    let inner = FunctionDefinition(
      name: "inner",
      parameters: Parameters(),
      decorators: [.call(.attribute(.name("funsearch"), "evolve"), [])],
      body: [.pass]
    )
    let outer = FunctionDefinition(
      name: "outer",
      parameters: Parameters(),
      body: [.conditional(.name("x"), then: [.function(inner)], otherwise: [])]
    )
    let source = "def outer():\n  if x:\n    @funsearch.evolve()\n    def inner(): pass\n"
    let expected =
      "s.py:3: @funsearch.evolve marks inner, which is inside another statement; move it to the top level"
    #expect(
      message { _ = try specification([run], statements: [.function(outer)], source: source) } == expected
    )
    let opaque = "class C:\n\n    @funsearch.evolve\n    def inner(self, x):\n        pass"
    #expect(
      message { _ = try specification([run], statements: [.opaque(opaque)], source: opaque) } == expected
    )
  }
}
