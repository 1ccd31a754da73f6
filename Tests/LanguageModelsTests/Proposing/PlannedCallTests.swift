import FunSearch
import LanguageModels
import Testing

@Suite("The key of a request")
struct PlannedCallTests {
  private func key(_ change: (inout ModelRequest) -> Void = { _ in }) -> String {
    var request = ModelRequest(
      model: "m",
      system: "be brief",
      turns: [ModelTurn(role: .user, text: "better?")],
      sampling: ModelSampling(temperature: 0.5, stop: ["x"])
    )
    change(&request)
    return PlannedCall(step: StepID(island: IslandID(0), step: 0), attempt: 0, model: "n", request: request)
      .key
  }

  @Test("is that of its canonical JSON and its place")
  func known() {
    // printf '%s\n%s' JSON 0 | sha256sum
    let json =
      #"{"model":"m","sampling":{"stop":["x"],"temperature":0.5},"system":"be brief","#
      + #""turns":[{"role":"user","text":"better?"}]}"#
    let call = PlannedCall(
      step: StepID(island: IslandID(3), step: 9),
      attempt: 2,
      model: "other",
      request: ModelRequest(
        model: "m",
        system: "be brief",
        turns: [ModelTurn(role: .user, text: "better?")],
        sampling: ModelSampling(temperature: 0.5, stop: ["x"])
      )
    )
    #expect(call.json == json)
    #expect(call.key == "5c56734857ab2d6c1fa87049de72240319abebc95c8a1277eddb39b556cbf3cd")
    #expect(call.key == key())
  }

  @Test("is another for every change that may change the answer")
  func changes() {
    let keys = [
      key(), key { $0.model = "M" }, key { $0.system = nil }, key { $0.system = "" },
      key { $0.turns[0] = ModelTurn(role: .model, text: "better?") }, key { $0.sample = 1 },
      key { $0.turns.append(ModelTurn(role: .user, text: "")) }, key { $0.sampling.temperature = 0.6 },
      key { $0.sampling.topP = 0.5 }, key { $0.sampling.topK = 5 }, key { $0.sampling.maximumTokens = 5 },
      key { $0.sampling.stop = [] }, key { $0.sampling.seed = 5 },
      key { $0.sampling.thinking = .level("low") },
      key { $0.sampling.thinking = .budget(0) },
    ]
    #expect(Set(keys).count == keys.count)
  }
}
