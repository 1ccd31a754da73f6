import Testing

// Everything here starts processes, so that of each group one test runs at a time.

@Suite("Runs of the product", .serialized, .timeLimit(.minutes(30)))
enum ProductRunTests {}

@Suite("Commands of the product", .serialized, .timeLimit(.minutes(30)))
enum ProductCommandTests {}
