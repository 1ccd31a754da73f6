import ArgumentParser

/// How a command talks: for people or for programs.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON on standard output and nothing else there.")
  var json = false

  @Flag(name: [.short, .long], help: "No progress on standard error.")
  var quiet = false
}
