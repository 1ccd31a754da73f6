#if Network
  import Foundation
  import ModelStub

  /// Serves the stub's models to other clients than ours until it is killed; prints its port first.
  @main
  struct ModelStubServer {
    static func main() async throws {
      let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 0
      let server = try await StubServer.start(port: port, StubModels.answer)
      FileHandle.standardOutput.write(Data("\(server.port)\n".utf8))
      try await server.serve()
    }
  }
#else
  @main
  struct ModelStubServer {
    static func main() {
      print("built without the trait Network")
    }
  }
#endif
