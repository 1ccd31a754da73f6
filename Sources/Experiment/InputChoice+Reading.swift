import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax
import SandboxWorkers

extension InputChoice {
  /// The largest file that is read.
  private static let mostBytes = 16 << 20

  /// The choice, with what a file holds in the place of the file.
  ///
  /// The specification's reader says which inputs a file stands for; without one, a file is a JSON list of inputs.
  func read(
    _ folder: ProblemFolder,
    _ description: SpecificationDescription,
    _ plan: IsolationPlan
  ) async throws -> InputChoice {
    guard case .file(let path) = self else { return self }
    let text = try Self.text(path)
    let specification = try folder.specification(describedAs: description)
    guard let reader = specification.inputs else { return .values(try Self.list(text, path)) }
    let problem = Problem(
      name: folder.name,
      title: folder.description.title,
      specification: specification,
      inputs: [],
      aggregate: folder.description.aggregate,
      limits: folder.description.limits,
      trust: folder.description.trust,
      hash: ""
    )
    return .values(
      try await InputReader.inputs(
        of: text,
        name: (path as NSString).lastPathComponent,
        reader: reader,
        problem: problem,
        folder: URL(fileURLWithPath: folder.path).standardizedFileURL.path,
        plan: plan
      )
    )
  }

  private static func text(_ path: String) throws(RunError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RunError("\(path) cannot be read; name a file of inputs", in: .data)
    }
    guard data.count <= mostBytes else {
      throw RunError("\(path) has \(data.count) bytes; a file of inputs has at most 16 MiB", in: .data)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw RunError("\(path) is not UTF-8 text; save it as UTF-8", in: .data)
    }
    return text
  }

  /// The items of a JSON list, as texts.
  private static func list(_ text: String, _ path: String) throws(RunError) -> [String] {
    let advice =
      "the problem has no function marked @funsearch.inputs, so a file of inputs is a JSON list of them"
    let json: JSONValue
    do {
      json = try JSONValue(parsing: text)
    } catch {
      throw RunError("\(path) is not JSON: \(error); \(advice)", in: .data)
    }
    guard let items = json.array, !items.isEmpty else {
      throw RunError("\(path) holds no list of inputs; \(advice)", in: .data)
    }
    return items.map { String(decoding: $0.serialized, as: UTF8.self) }
  }
}
