import LanguageModels
import Testing

@Suite("A model's error")
struct ModelErrorTests {
  @Test("says what its message says")
  func message() {
    #expect("\(ModelError(.quota, "no money left"))" == "no money left")
  }
}
