import Testing

@testable import Mutation

@Suite("Mutation settings")
struct MutationSettingsTests {
  @Test("name thirteen operators")
  func names() {
    #expect(MutationSettings.operatorNames.count == 13)
    #expect(Set(MutationSettings.operatorNames).count == 13)
  }

  @Test("replace the weights that are given, and keep the others")
  func weights() {
    let settings = MutationSettings(weights: ["swap": 9])
    #expect(settings.weights["swap"] == 9)
    #expect(settings.weights["constant"] == 1)
  }
}
