/// The name of `names` that `name` was probably meant to be; nil when none is near.
///
/// Near is at most one edit (a letter inserted, left out, replaced, or two neighbours swapped) for every three
/// letters, case left aside. Of equally near names the first is taken.
///
/// - Complexity: O(letters of `name` × letters of all `names`).
package func nearestName(to name: String, in names: [String]) -> String? {
  let letters = Array(name.lowercased().unicodeScalars)
  guard letters.count <= 100 else { return nil }
  var nearest: (name: String, edits: Int)?
  for candidate in names {
    let other = Array(candidate.lowercased().unicodeScalars)
    let edits = editDistance(letters, other)
    guard edits <= max(1, max(letters.count, other.count) / 3), edits < other.count else { continue }
    if edits < nearest?.edits ?? .max { nearest = (candidate, edits) }
  }
  return nearest?.name
}

/// Damerau and Levenshtein's distance, each pair of letters swapped at most once.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, beforeLast[j - 1] + 1) }
      row.append(edits)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
