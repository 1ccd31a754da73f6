package import FunSearch
import PythonSyntax
import SandboxWorkers

extension OpenProblem {
  /// The program in a file, and the text that is run for it.
  ///
  /// That text is the file's own, less what is the specification's, so that line numbers are the file's. It is taken
  /// only where Python reads it as the very program that was looked at; else the program is printed anew.
  ///
  /// - Throws: what is wrong with the machine; what is wrong with the program is a `syntax` failure.
  package func candidate(_ text: String, file: String) async throws -> Result<EvaluationJob, CandidateFailure>
  {
    let reader = try SourceReader(plan: plan)
    do {
      let candidate = try await candidate(text, file, reader)
      await reader.stop()
      return candidate
    } catch {
      await reader.stop()
      throw error
    }
  }

  private func candidate(_ text: String, _ file: String, _ reader: SourceReader) async throws
    -> Result<EvaluationJob, CandidateFailure>
  {
    let specification = problem.specification
    switch try await reader.parse(text) {
    case .failure(let failure): return .failure(CandidateFailure(failure: failure))
    case .success(let module):
      do {
        let code = try CandidateFile.candidate(module, specification: specification, file: file)
        let places = try CandidateFile.places(module, specification: specification, file: file)
        let own = try await reader.keeping(places.all, bare: places.function, of: text)
        let source = if let own, try await reads(own, as: code, reader) { own } else { code.source }
        return .success(EvaluationJob(code: code, source: source))
      } catch let error as RunError {
        return .failure(CandidateFailure(failure: Failure(.syntax, error.description)))
      }
    }
  }

  /// Whether Python reads the text as this program: the function as it was looked at, and its support code.
  private func reads(_ text: String, as code: ProgramCode, _ reader: SourceReader) async throws -> Bool {
    guard case .success(let module) = try await reader.parse(text) else { return false }
    var support: [Statement] = []
    var found = 0
    for statement in module {
      if case .function(let function) = statement, function.withoutDocstring == code.function {
        found += 1
      } else {
        support.append(statement)
      }
    }
    return found == 1 && support == code.support
  }
}

/// What is wrong with a program that cannot be evaluated at all.
package struct CandidateFailure: Error, Hashable, Sendable {
  package let failure: Failure
}
