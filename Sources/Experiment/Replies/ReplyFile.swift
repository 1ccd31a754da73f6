import Foundation
import FunSearch
package import LanguageModels
import ProblemFiles
import PythonSyntax
package import SandboxWorkers

/// A reply in a file, to be looked at by itself.
package struct ReplyFile: Sendable {
  private let problem: String
  private let reply: String
  private let version: Int
  private let prompt: String?
  private let against: String?
  private let ending: FinishReason

  /// - Parameters:
  ///   - problem: what the reply is for: a name, a folder or a specification's file.
  ///   - reply: the file; `-` is standard input.
  ///   - version: the one that was asked for.
  ///   - prompt: a file with the code of the versions in the prompt; nil for none.
  ///   - against: a file that edits are meant for; nil for none.
  ///   - ending: why the reply ended.
  package init(
    problem: String,
    reply: String,
    version: Int,
    prompt: String?,
    against: String?,
    ending: FinishReason
  ) {
    self.problem = problem
    self.reply = reply
    self.version = version
    self.prompt = prompt
    self.against = against
    self.ending = ending
  }

  /// What the reply becomes.
  ///
  /// - Throws: what is wrong with files, problem or machine.
  package func extraction(isolation: IsolationChoice, installation: Installation) async throws -> Extraction {
    let text = try Self.text(reply)
    let shown = try prompt.map(Self.text) ?? ""
    let against = try against.map(Self.text)
    let opened = try await OpenProblem.open(
      problem,
      inputs: .training,
      isolation: isolation,
      installation: installation,
      environment: { ProcessInfo.processInfo.environment[$0] }
    )
    await opened.reader.stop()
    let reader = try ReplyReader(opened)
    let parents = try await parents(shown, opened)
    let request = ReplyRequest(
      text: text,
      version: version,
      shown: shown,
      against: against,
      isCut: ending == .length
    )
    do {
      let extraction = try await reader.extract(request, ending: ending, parents: parents)
      await reader.stop()
      return extraction
    } catch {
      await reader.stop()
      throw error
    }
  }

  /// The versions in the prompt's code.
  private func parents(_ shown: String, _ opened: OpenProblem) async throws -> [ProgramCode] {
    guard let prompt else { return [] }
    switch try await opened.parse(shown) {
    case .failure(let failure):
      throw RunError(
        "\(prompt)\(failure.line.map { ":\($0)" } ?? ""): \(failure.message); --prompt takes the code of the versions",
        in: .data
      )
    case .success(let module):
      let evolve = opened.problem.specification.evolve
      return (0..<version).compactMap { number in
        let name = "\(evolve.name)_v\(number)"
        for case .function(let shown) in module where shown.name == name {
          var function = shown.renamingCalls(of: name, to: evolve.name)
          function.name = evolve.name
          return ProgramCode(function: function.withoutDocstring)
        }
        return nil
      }
    }
  }

  private static func text(_ file: String) throws(RunError) -> String {
    let data =
      file == "-"
      ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
    guard let data else {
      throw RunError("\(file) cannot be read; name a file, or - for standard input", in: .data)
    }
    // What is not UTF-8 becomes U+FFFD, as in what a server sends.
    return String(decoding: data, as: UTF8.self)
  }
}
