import FunSearch
import PythonSyntax
import Testing

@testable import Mutation

@Suite("The simplifier")
struct SimplifierTests {
  /// Simplifies under a test that stands for the sandbox.
  private static func simplified(
    _ code: ProgramCode,
    batch: Int = 16,
    while isSame: (ProgramCode) -> Bool
  ) -> (program: ProgramCode, asked: Int) {
    var simplifier = Simplifier(code)
    var asked = 0
    while true {
      let candidates = simplifier.ask(batch)
      guard !candidates.isEmpty else { return (simplifier.program, asked) }
      asked += candidates.count
      simplifier.answer(candidates.map(isSame))
    }
  }

  private static func code(_ body: [Statement], support: [Statement] = []) -> ProgramCode {
    var function = Example.specification().evolve
    function.body = body
    return ProgramCode(function: function, support: support)
  }

  /// Holds for programs that count the ones of `el` somewhere.
  private static func countsOnes(_ code: ProgramCode) -> Bool {
    code.function.subexpressions.contains(.call(.name("el"), "count", [.whole(1)]))
  }

  @Test("keeps what matters and nothing else", arguments: [1, 4, 16, 1000])
  func smallest(_ batch: Int) {
    let code = Self.code(Example.body, support: [.importing([ImportAlias("math")])])
    let found = Self.simplified(code, batch: batch, while: Self.countsOnes).program
    #expect(found.support.isEmpty)
    #expect(found.function.body.count == 1 && ProgramSize(found).nodes == 6, "\(found.source)")
    #expect(Reductions.of(found).allSatisfy { !Self.countsOnes($0) }, "\(found.source)")
  }

  @Test("finds the same program however many candidates are tried at once")
  func isDeterministic() {
    // What a program is worth here is an arbitrary property of its tree.
    func isSame(_ code: ProgramCode) -> Bool {
      Self.countsOnes(code) && code.function.body.nodeCount % 3 != 1
        && code.function.subexpressions.contains(.name("score"))
    }
    let code = Self.code(Example.body)
    #expect(isSame(code))
    let programs = [1, 2, 16, 1000].map { Self.simplified(code, batch: $0, while: isSame).program }
    #expect(Set(programs).count == 1)
    #expect(isSame(programs[0]) && Reductions.of(programs[0]).allSatisfy { !isSame($0) })
    #expect(ProgramSize(programs[0]) < ProgramSize(code))
  }

  @Test("offers smaller programs only, none twice")
  func candidates() {
    for body in [Example.body, Example.other] {
      let code = Self.code(body)
      let candidates = Reductions.of(code)
      #expect(candidates.count > 20 && Set(candidates).count == candidates.count)
      #expect(candidates.allSatisfy { ProgramSize($0) < ProgramSize(code) })
      #expect(candidates.allSatisfy { !$0.function.body.isEmpty })
    }
  }

  @Test("puts values in the place of locals, and works literals out")
  func locals() {
    let body: [Statement] = [
      .assign([.name("a")], .binary(.whole(7), .floorDivide, .whole(-2))),
      .assign([.name("b")], .binary(.name("a"), .multiply, .name("n"))),
      .returning(.name("b")),
    ]
    func isSame(_ code: ProgramCode) -> Bool {
      [
        [.assign([.name("a")], .whole(-4)), body[1], body[2]],
        [
          .assign([.name("b")], .binary(.binary(.whole(7), .floorDivide, .whole(-2)), .multiply, .name("n"))),
          body[2],
        ],
        [.assign([.name("b")], .binary(.whole(-4), .multiply, .name("n"))), body[2]],
        [.returning(.binary(.binary(.whole(7), .floorDivide, .whole(-2)), .multiply, .name("n")))],
        [.returning(.binary(.whole(-4), .multiply, .name("n")))],
      ].contains(code.function.body)
    }
    let found = Self.simplified(Self.code(body), while: isSame).program
    #expect(found.function.body == [.returning(.binary(.whole(-4), .multiply, .name("n")))])
  }

  /// The entries of the only table of a program.
  private static func table(_ code: ProgramCode) -> [Double]? {
    for case .tuple(let entries) in code.function.subexpressions {
      let values = entries.compactMap(\.literal)
      if values.count == entries.count, values.count > 5 { return values }
    }
    return nil
  }

  @Test("empties what no row reaches, numbers values anew and makes equal what need not differ")
  func tables() throws {
    let values = [40, 7, 0, 12, 90, 33, 7, 5, 61, 2, 18, 77]
    let body: [Statement] = [
      .assign([.name("a")], .call(.name("el"), "count", [.whole(1)])),
      .returning(
        .call("float", .element(of: .tuple(values.map(Expression.whole)), at: .name("a")))
      ),
    ]
    /// Rows reach 0, 3, 4, 5 and 10; the order of 3 and 10 among each other has no effect.
    func isSame(_ code: ProgramCode) -> Bool {
      guard let table = Self.table(code), table.count == values.count else { return false }
      return table[4] > table[0] && table[0] > table[5] && table[5] > max(table[3], table[10])
        && Self.countsOnes(code)
    }
    let code = Self.code(body)
    #expect(isSame(code))
    let found = Self.simplified(code, while: isSame).program
    #expect(Self.table(found) == [2, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0])
    #expect(Reductions.of(found).allSatisfy { !isSame($0) })
  }

  @Test("never changes the target of a comprehension or what is called into a number")
  func validTrees() {
    let body: [Statement] = [
      .returning(
        .call(
          "sum",
          .generator(
            .binary(.name("x"), .multiply, .name("x")),
            [Generator(.name("x"), in: .name("el"), where: [.compare(.name("x"), .greater, .whole(0))])]
          )
        )
      )
    ]
    for candidate in Reductions.of(Self.code(body)) {
      for expression in candidate.function.subexpressions {
        switch expression {
        case .generator(_, let generators): #expect(generators[0].target == .name("x"))
        case .call(let function, _): #expect(function.literal == nil)
        default: break
        }
      }
    }
  }
}
