import ArgumentParser
import PythonSyntax

/// Splits `5,6` or `[1,2],{"n":3}` at the commas between JSON values.
func splitInputs(_ text: String) throws -> [String] {
  guard let values = try? JSONValue(parsing: "[\(text)]").array, !values.isEmpty else {
    throw ValidationError("--inputs \(text): write JSON values separated by commas, such as --inputs 5,6")
  }
  return values.map { String(decoding: $0.serialized, as: UTF8.self) }
}
