/// Why a drawing is not shown.
package struct DrawingError: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
