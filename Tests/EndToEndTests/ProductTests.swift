import Testing

/// Everything here starts processes, so that one test runs at a time.
@Suite("The product", .serialized, .timeLimit(.minutes(30)))
enum ProductTests {}
