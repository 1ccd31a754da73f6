import ArgumentParser
import Foundation

/// Splits `5,6` or `[1,2],{"n":3}` at the commas between JSON values.
func splitInputs(_ text: String) throws -> [String] {
  guard let values = try? JSONSerialization.jsonObject(with: Data("[\(text)]".utf8)) as? [Any], !values.isEmpty
  else {
    throw ValidationError("--inputs \(text): write JSON values separated by commas, such as --inputs 5,6")
  }
  return try values.map { value in
    let data = try JSONSerialization.data(
      withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }
}
