import PythonSyntax
import Testing

@Suite("The canonical form")
struct CanonicalFormTests {
  /// Python functions that differ only in what the canonical form leaves out.
  private static let equal: [(String, String)] = [
    ("def f(x):\n return x", "def g(value):\n return value"),
    ("def f(x):\n 'doc'\n y = x\n return y", "def f(a):\n a_b = a\n pass\n return a_b"),
    ("def f(x):\n return [x for x in x]", "def f(x):\n return [y for y in x]"),
    ("def f(x: int) -> float:\n y: int = 1\n return y", "def f(x):\n y = 1\n return y"),
    ("def f(n):\n return f(n - 1) if n > 0 else 0", "def g(m):\n return g(m - 1) if m > 0 else 0"),
    ("def f(x):\n import math as m\n return m.pi", "def f(x):\n import math\n return math.pi"),
    ("def f(x):\n return (lambda a, b=x: a + b)(1)", "def f(y):\n return (lambda x, z=y: x + z)(1)"),
    ("def v1(x):\n return v1", "def g(x):\n return g"),
    (
      "def f(x):\n try:\n  y = 1\n except E as e:\n  y = e\n return y",
      "def f(x):\n try:\n  e = 1\n except E as y:\n  e = y\n return e"
    ),
    (
      "def f(x):\n def g(a: int):\n  return a\n return g(x)",
      "def f(x):\n def x1(g):\n  return g\n return x1(x)"
    ),
    (
      "def f(x):\n return [(y := i, y) for i in range(3)], y",
      "def f(y):\n return [(x := j, x) for j in range(3)], x"
    ),
    (
      "def f(x):\n n = 0\n def g():\n  nonlocal n\n  n += 1\n g()\n return n",
      "def f(x):\n k = 0\n def h():\n  nonlocal k\n  k += 1\n h()\n return k"
    ),
    ("def f(x):\n if x:\n  return 1\n else:\n  pass\n return 2", "def f(x):\n if x:\n  return 1\n return 2"),
  ]

  /// Functions that behave differently, or may.
  private static let different: [(String, String)] = [
    ("def f(x, y):\n return x - y", "def f(x, y):\n return y - x"),
    ("def f(x):\n return v0", "def f(x):\n return x"),
    ("def f(x):\n return 1", "def f(x):\n return 1.0"),
    ("def f(x):\n return 0.0", "def f(x):\n return -0.0"),
    ("def f(x):\n return True", "def f(x):\n return 1"),
    ("def f(x):\n y = 1\n return len(x) + y", "def f(x):\n len = 1\n return len(x) + len"),
    ("def f(x):\n return [y for y in x]", "def f(x):\n return [x for y in x]"),
    ("def f(x):\n return g(x)", "def f(x):\n return f(x)"),
    ("def f(x):\n global y\n y = x", "def f(x):\n y = x"),
    ("def f(x):\n x: int\n return x", "def f(x):\n y: int\n return y"),
    (
      "def f(x):\n def g(*, a):\n  return a\n return g(a=x)",
      "def f(x):\n def g(*, b):\n  return b\n return g(a=x)"
    ),
    (
      "def f(x):\n def g(a):\n  return a\n return g(a=x)", "def f(x):\n def g(b):\n  return b\n return g(a=x)"
    ),
    ("def f(x):\n y = 1\n return eval('y')", "def f(x):\n z = 1\n return eval('y')"),
    ("def f(x):\n y = 1\n return f'{y}'", "def f(x):\n z = 1\n return f'{y}'"),
    ("def f(x, y=1):\n return x", "def f(x, y=2):\n return x"),
    ("def f(x):\n return 'é'", "def f(x):\n return 'e\u{301}'"),
  ]

  @Test("is one for functions that differ only in names and ornament", arguments: equal)
  func sameForm(pair: (String, String)) throws {
    let (left, right) = try functions(pair)
    #expect(left.canonical.source() == right.canonical.source())
    #expect(left.contentHash == right.contentHash)
  }

  @Test("differs where behaviour may", arguments: different)
  func differentForm(pair: (String, String)) throws {
    let (left, right) = try functions(pair)
    #expect(left.contentHash != right.contentHash)
  }

  @Test("behaves like the function")
  func behaviour() throws {
    let python = try PythonProcess(script: "answers.py", [])
    let arguments: JSONValue = [[3], [[1, 2, 3]], [1, 2], ["ab"], [0]]
    for (left, right) in Self.equal + Self.different {
      for source in [left, right] {
        let function = try Self.function(source, python)
        let question: JSONValue = [
          "run": [.string(source), .string(function.canonical.source())],
          "calls": arguments,
        ]
        let answer = try Self.ask(question, python)
        let outcomes = try #require(answer.array)
        #expect(outcomes[0] == outcomes[1], "\(source)\n\(function.canonical.source())")
      }
    }
    #expect(try python.finish() == 0)
  }

  @Test("of a canonical form is itself")
  func idempotence() throws {
    for seed in 0..<1500 as Range<UInt64> {
      var tree = RandomTree(seed: seed)
      let function = tree.function(3)
      let canonical = function.canonical
      let again = canonical.canonical.source()
      #expect(again == canonical.source(), "seed \(seed)\n\(function.source())")
      #expect(canonical.contentHash == function.contentHash, "seed \(seed)")
      #expect(function.contentHash == TreeHash(hashing: canonical.encoded()), "seed \(seed)")
    }
  }

  private func functions(_ pair: (String, String)) throws -> (FunctionDefinition, FunctionDefinition) {
    let python = try PythonProcess(script: "answers.py", [])
    let result = (try Self.function(pair.0, python), try Self.function(pair.1, python))
    #expect(try python.finish() == 0)
    return result
  }

  private static func function(_ source: String, _ python: PythonProcess) throws -> FunctionDefinition {
    let trees = try ask(["parse": .string(source)], python)
    return try FunctionDefinition(json: try #require(trees.array?.last))
  }

  private static func ask(_ question: JSONValue, _ python: PythonProcess) throws -> JSONValue {
    try python.write(question.serialized)
    return try JSONValue(parsing: try #require(try python.readLine()))
  }
}
