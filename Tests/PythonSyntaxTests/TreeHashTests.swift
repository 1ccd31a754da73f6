import PythonSyntax
import Testing

@Suite("A tree hash")
struct TreeHashTests {
  @Test(
    "is MurmurHash3_x64_128",
    arguments: [
      ("", "00000000000000000000000000000000"),
      ("hello", "cbd8a7b341bd9b025b1e906a48ae1d19"),
      ("The quick brown fox jumps over the lazy dog", "e34bbc7bbc071b6c7a433ca9c49a9347"),
    ]
  )
  func vectors(text: String, digits: String) {
    let hash = TreeHash(hashing: Array(text.utf8))
    #expect(hash.description == digits)
    #expect(TreeHash(digits) == hash)
  }

  @Test("is read only from 32 hexadecimal digits", arguments: ["", "12", String(repeating: "g", count: 32)])
  func malformed(text: String) {
    #expect(TreeHash(text) == nil)
  }

  @Test("orders by its first word, then its second")
  func order() {
    #expect(TreeHash(high: 1, low: 9) < TreeHash(high: 2, low: 0))
    #expect(TreeHash(high: 1, low: 1) < TreeHash(high: 1, low: 2))
  }

  @Test("of a function changes with the statements beside it")
  func support() {
    let function = Examples.function
    let helper: [Statement] = [.importing([ImportAlias("math")])]
    #expect(function.contentHash(support: []) == function.contentHash)
    #expect(function.contentHash(support: helper) != function.contentHash)
  }

  @Test("of a function stays what it was in earlier versions")
  func stability() {
    #expect(Examples.function.contentHash.description == "7c42d08a1c9b82998c9ed621079e5997")
  }
}
