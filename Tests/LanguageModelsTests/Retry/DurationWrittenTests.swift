import LanguageModels
import Testing

@Suite("A written duration")
struct DurationWrittenTests {
  @Test(
    "is read in all the forms that servers write",
    arguments: [
      ("53s", 53.0), ("53.016s", 53.016), ("12ms", 0.012), ("6m0s", 360), ("1h2m3.5s", 3723.5), ("7", 7),
      ("1.5", 1.5), ("20 seconds", 20), ("2 minutes", 120),
    ]
  )
  func forms(text: String, seconds: Double) throws {
    let duration = try #require(Duration(written: text))
    #expect(abs(duration.inSeconds - seconds) < 1e-9)
  }

  @Test("is nothing else", arguments: ["", "s", "soon", "-5s", "5x", "5s later", "1e400"])
  func others(text: String) {
    #expect(Duration(written: text) == nil)
  }
}
