import FunSearch
import Testing

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "is the one with the fewest edits, if they are few",
    arguments: [
      ("tget", "target"), ("taregt", "target"), ("Target", "target"), ("know_best", "known_best"),
      ("limit", "limits"), ("xyz", nil), ("", nil), ("t", nil), ("targettarget", nil),
    ] as [(String, String?)]
  )
  func nearest(name: String, expected: String?) {
    #expect(nearestName(to: name, in: ["title", "limits", "target", "known_best"]) == expected)
  }

  @Test("is the first of equally near ones")
  func ties() {
    #expect(nearestName(to: "bat", in: ["cat", "hat"]) == "cat")
    #expect(nearestName(to: "bat", in: []) == nil)
  }

  @Test("takes long names without effort")
  func long() {
    #expect(nearestName(to: String(repeating: "a", count: 1_000_000), in: ["a"]) == nil)
  }
}
