// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "funsearch",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "FunSearch", targets: ["FunSearch", "PythonSyntax"]),
    .executable(name: "funsearch", targets: ["FunSearchCLI"]),
  ],
  traits: [
    .default(enabledTraits: ["Network"]),
    .trait(
      name: "Network",
      description: "Language models over HTTP and the dashboard; a longer first build."
    ),
  ],
  dependencies: [
    // Flags, help texts and shell completions of the command line.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SQLite with migrations and prepared statements, for the journal.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // YAML with line numbers, for problem.yaml.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // SHA-256 of history, problem and certificate.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // HTTP with deadlines, streamed answers and cancellation, for language models.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    // The dashboard's HTTP server.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    // What the server logs, which is nothing.
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    // The bytes and addresses that both speak in.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .target(name: "PythonSyntax"),
    .target(name: "FunSearch", dependencies: ["PythonSyntax"]),
    .target(name: "Mutation", dependencies: ["FunSearch", "PythonSyntax"]),
    .target(
      name: "LanguageModels",
      dependencies: [
        "FunSearch", "PythonSyntax", .product(name: "Crypto", package: "swift-crypto"),
        .product(
          name: "AsyncHTTPClient",
          package: "async-http-client",
          condition: .when(traits: ["Network"])
        ),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Network"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Network"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Network"])),
      ]
    ),
    .target(
      name: "ProblemFiles",
      dependencies: [
        "FunSearch", "PythonSyntax", .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    .target(name: "CSandboxShims"),
    .target(name: "SandboxWorkers", dependencies: ["FunSearch", "PythonSyntax", "CSandboxShims"]),
    .target(
      name: "RunJournal",
      dependencies: [
        "FunSearch", "PythonSyntax", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]
    ),
    .target(name: "Reports", dependencies: ["FunSearch", "PythonSyntax", "RunJournal"]),
    .target(
      name: "Experiment",
      dependencies: [
        "FunSearch", "PythonSyntax", "Mutation", "LanguageModels", "ProblemFiles", "SandboxWorkers",
        "RunJournal", "Reports", .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    .target(
      name: "Dashboard",
      dependencies: [
        "Experiment", "FunSearch", "PythonSyntax", "Reports", "RunJournal",
        .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Network"])),
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Network"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Network"])),
      ]
    ),
    .executableTarget(
      name: "FunSearchCLI",
      dependencies: [
        "Experiment", "FunSearch", "LanguageModels", "RunJournal", "SandboxWorkers", "ProblemFiles",
        "PythonSyntax", "Reports", "Dashboard",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(
      name: "FunSearchTestSupport",
      dependencies: ["FunSearch", "PythonSyntax"],
      path: "Tests/FunSearchTestSupport"
    ),
    .testTarget(name: "PythonSyntaxTests", dependencies: ["PythonSyntax"]),
    .testTarget(
      name: "PythonSyntaxOracleTests",
      dependencies: ["FunSearch", "PythonSyntax"],
      exclude: ["Fixtures"]
    ),
    .testTarget(
      name: "FunSearchTests",
      dependencies: ["FunSearch", "PythonSyntax", "FunSearchTestSupport"]
    ),
    .testTarget(
      name: "MutationTests",
      dependencies: ["Mutation", "FunSearch", "FunSearchTestSupport", "PythonSyntax"]
    ),
    .testTarget(name: "MutationOracleTests", dependencies: ["Mutation", "FunSearch", "PythonSyntax"]),
    .target(
      name: "ModelStub",
      dependencies: [
        "PythonSyntax",
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Network"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Network"])),
      ],
      path: "Tests/ModelStub"
    ),
    .executableTarget(name: "ModelStubServer", dependencies: ["ModelStub"], path: "Tests/ModelStubServer"),
    .testTarget(
      name: "LanguageModelsTests",
      dependencies: ["LanguageModels", "ModelStub", "FunSearch", "FunSearchTestSupport", "PythonSyntax"]
    ),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "FunSearch", "PythonSyntax", "RunJournal"]),
    .testTarget(
      name: "ProblemFilesTests",
      dependencies: ["ProblemFiles", "FunSearch", "PythonSyntax"]
    ),
    .testTarget(
      name: "SandboxWorkersTests",
      dependencies: ["SandboxWorkers", "FunSearch", "PythonSyntax", "CSandboxShims"]
    ),
    .testTarget(
      name: "SandboxWorkersProcessTests",
      dependencies: ["SandboxWorkers", "FunSearch", "Mutation", "PythonSyntax", "CSandboxShims"]
    ),
    .testTarget(
      name: "RunJournalTests",
      dependencies: [
        "RunJournal", "FunSearch", "FunSearchTestSupport", "PythonSyntax",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"]
    ),
    .testTarget(
      name: "ExperimentTests",
      dependencies: [
        "Experiment", "FunSearch", "FunSearchTestSupport", "LanguageModels", "ProblemFiles", "PythonSyntax",
        "RunJournal",
      ]
    ),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "Dashboard", "Experiment", "FunSearch", "FunSearchTestSupport", "PythonSyntax", "Reports",
        "RunJournal",
        .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Network"])),
        .product(name: "HummingbirdTesting", package: "hummingbird", condition: .when(traits: ["Network"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Network"])),
      ]
    ),
    .testTarget(name: "EndToEndTests", dependencies: ["PythonSyntax"], exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  let c = target.name.hasPrefix("C") && target.name.hasSuffix("Shims")
  guard !c else { continue }
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // A new toolchain's deprecations must not stop a build.
    .treatWarning("DeprecatedDeclaration", as: .warning),
  ]
}
