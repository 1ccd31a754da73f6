// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "NativeSearch",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Without its trait "Network": a search in Swift needs no HTTP.
    .package(name: "funsearch", path: "../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "NativeSearch",
      dependencies: [.product(name: "FunSearch", package: "funsearch")],
      swiftSettings: [.treatAllWarnings(as: .error)]
    )
  ]
)
