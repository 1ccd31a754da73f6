import Foundation
package import FunSearch

/// A problem as it lies on disk: a folder with `problem.yaml` and a specification, or a specification alone.
package struct ProblemFolder: Sendable {
  package let name: String
  /// The folder, as given or found.
  package let path: String
  /// What `problem.yaml` says; for a specification alone, the defaults.
  package let description: ProblemDescription
  /// False for a specification alone, whose inputs are given with the run.
  package let isDescribed: Bool
  /// The specification's file, as shown in messages.
  package let specificationPath: String
  package let specificationSource: String

  /// The largest file that is read.
  private static let limitBytes = 1 << 20

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - folder: its path.
  ///   - specification: the specification's file when the folder has no `problem.yaml`.
  /// - Throws: ``ProblemFilesError`` for the first thing that is wrong with its files.
  package init(_ folder: String, specification: String = "specification.py") throws(ProblemFilesError) {
    path = folder
    let yaml = Self.joined(folder, "problem.yaml")
    isDescribed = Self.isFile(yaml)
    if isDescribed {
      description = try ProblemDescription(yaml: try Self.read(yaml), path: yaml)
    } else {
      let stem = (specification as NSString).deletingPathExtension
      description = ProblemDescription(title: stem == "specification" ? Self.name(of: folder) : stem)
    }
    name = isDescribed || specification == "specification.py" ? Self.name(of: folder) : description.title
    specificationPath = Self.joined(folder, isDescribed ? description.specification : specification)
    guard Self.isFile(specificationPath) else {
      throw .unreadable(
        path: specificationPath,
        detail:
          "the specification is missing; write it, or name another file under `specification` in \(yaml)"
      )
    }
    specificationSource = try Self.read(specificationPath)
    for (baseline, file) in description.baselines.sorted(by: { $0.key < $1.key }) {
      guard Self.isFile(Self.joined(folder, file)) else {
        throw .unreadable(
          path: Self.joined(folder, file),
          detail: "the file of the baseline \"\(baseline)\" is missing"
        )
      }
    }
  }

  /// The problem, its specification described by Python.
  ///
  /// - Parameters:
  ///   - description: what Python says of ``specificationSource``.
  ///   - inputs: JSON texts to score on instead of the folder's `train` set.
  /// - Returns: the problem, checked.
  /// - Throws: ``ProblemFilesError`` for the first thing that is wrong.
  package func problem(
    describedAs description: SpecificationDescription,
    inputs: [String]? = nil
  ) throws(ProblemFilesError) -> Problem {
    let texts = self.description
    let specification = try Specification(
      description,
      path: specificationPath,
      source: specificationSource,
      trust: texts.trust
    )
    let inputs = try self.inputs(inputs)
    return Problem(
      name: name,
      title: texts.title,
      specification: specification,
      inputs: inputs,
      aggregate: texts.aggregate,
      knownBest: texts.knownBest,
      target: texts.target,
      scoreUnit: texts.scoreUnit,
      limits: texts.limits,
      trust: texts.trust,
      noise: texts.noise,
      hash: ProblemHash.of(
        source: specificationSource,
        inputs: inputs,
        aggregate: texts.aggregate,
        limits: texts.limits,
        trust: texts.trust,
        noise: texts.noise
      )
    )
  }

  /// The inputs a search scores on: those given, or the set `train`.
  private func inputs(_ given: [String]?) throws(ProblemFilesError) -> [EvaluationInput] {
    if let given {
      guard !given.isEmpty else { throw .unusable(detail: "no inputs are given; give at least one, as JSON") }
      var inputs: [EvaluationInput] = []
      for text in given { inputs.append(EvaluationInput(json: try Self.json(text))) }
      return inputs
    }
    guard let inputs = description.inputs["train"] else {
      throw .unusable(
        detail: isDescribed
          ? "\(Self.joined(path, "problem.yaml")):1: the key \"inputs\" is missing; "
            + "add a line such as `inputs: [8]`, or give inputs on the command line"
          : "\(specificationPath): there is no problem.yaml beside it, so give inputs on the command line"
      )
    }
    return inputs
  }

  private static func json(_ text: String) throws(ProblemFilesError) -> String {
    let reader = YAMLReader(path: "input")
    do {
      let document = try reader.document(text)
      defer { withExtendedLifetime(document) {} }
      if let node = document.root { return try reader.json(node) }
    } catch .invalid(_, _, let detail) {
      throw .unusable(detail: "the input \(text): \(detail)")
    }
    throw .unusable(detail: "an input is empty; give it as JSON, such as 8 or [1, 2]")
  }
}

extension ProblemFolder {
  static func joined(_ folder: String, _ file: String) -> String {
    folder.hasSuffix("/") ? folder + file : folder + "/" + file
  }

  static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The last part of a folder's path, also for `.` and `..`.
  private static func name(of folder: String) -> String {
    URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
  }

  private static func read(_ path: String) throws(ProblemFilesError) -> String {
    do {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      guard size <= limitBytes else {
        throw ProblemFilesError.unreadable(
          path: path,
          detail: "\(size) bytes are more than the \(limitBytes) that are read; is it the right file?"
        )
      }
      guard let text = String(data: try Data(contentsOf: URL(fileURLWithPath: path)), encoding: .utf8) else {
        throw ProblemFilesError.unreadable(path: path, detail: "the text is not UTF-8; save it as UTF-8")
      }
      return text
    } catch let error as ProblemFilesError {
      throw error
    } catch {
      throw .unreadable(
        path: path,
        detail: "cannot be read (\(error.localizedDescription)); check its permissions"
      )
    }
  }
}
