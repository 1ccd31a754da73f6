/// Where events go before they take effect.
public protocol Journal: AnyObject, Sendable {
  /// Appends in order; durable no later than ``flush()``.
  func append(_ events: [SearchEvent]) throws

  /// Makes everything appended durable against the death of this process.
  func flush() throws
}
