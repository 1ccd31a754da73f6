import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a completion script for your shell.",
    discussion: """
      bash:  funsearch completions bash > ~/.local/share/bash-completion/completions/funsearch
      zsh:   funsearch completions zsh > "${fpath[1]}/_funsearch"
      fish:  funsearch completions fish > ~/.config/fish/completions/funsearch.fish
      """
  )

  /// A shell that completion scripts are made for.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    Output.line(FunSearchCommand.completionScript(for: kind))
  }
}
