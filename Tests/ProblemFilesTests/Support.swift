import Foundation
import FunSearch
import ProblemFiles
import PythonSyntax

/// A folder that is gone when the test ends.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/problems-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders it is in.
  func write(_ file: String, _ text: String) throws { try write(file, Data(text.utf8)) }

  func write(_ file: String, _ data: Data) throws {
    let url = URL(fileURLWithPath: path + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try data.write(to: url)
  }
}

/// The message of the error that `body` throws, with the temporary folder shown as `Problems`.
func message(_ folder: TemporaryFolder? = nil, _ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch {
    let text = String(describing: error)
    return folder.map { text.replacingOccurrences(of: $0.path, with: "Problems") } ?? text
  }
}

/// A published specification: bare decorators, `evaluate` and `priority` only.
let capSetSource = """
  import funsearch
  import numpy as np


  @funsearch.run
  def evaluate(n: int) -> int:
    return solve(n)


  @funsearch.evolve
  def priority(el: tuple[int, ...], n: int) -> float:
    return 0.0
  """

/// A function as Python describes it.
func function(
  _ name: String,
  line: Int,
  markers: [String] = [],
  decorators: [String] = [],
  parameters: [String] = ["x"],
  isAsync: Bool = false,
  modelled: Bool = true
) -> DescribedFunction {
  DescribedFunction(
    name: name,
    line: line,
    firstLine: line - markers.count - decorators.count,
    lastLine: line + 1,
    markers: markers,
    decorators: decorators,
    parameters: parameters.map { DescribedParameter($0) },
    isAsync: isAsync,
    definition: modelled && !isAsync
      ? FunctionDefinition(
        name: name,
        parameters: Parameters(positional: parameters.map { Parameter($0) }),
        body: [.returning(.constant(.float(0)))]
      )
      : nil
  )
}

func description(
  _ functions: [DescribedFunction],
  imports: [SpecificationImport] = [],
  statements: [Statement] = []
) -> SpecificationDescription {
  SpecificationDescription(functions: functions, imports: imports, statements: statements, docstring: nil)
}

let capSet = description(
  [
    function("evaluate", line: 6, markers: ["run"], parameters: ["n"]),
    function("priority", line: 11, markers: ["evolve"], parameters: ["el", "n"]),
  ],
  imports: [SpecificationImport(module: "numpy", alias: "np", line: 2)]
)
