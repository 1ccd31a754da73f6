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
  /// The text of `problem.yaml`.
  let descriptionSource: String?
  /// The specification's file, as shown in messages; it may be another problem's.
  package let specificationPath: String
  package let specificationSource: String
  /// What the specification may read beside itself: all other files of a described problem's folder, and the
  /// modules that a specification alone imports from its folder.
  package let files: [ProblemFile]
  /// Those of ``files`` that hold modules which the specification imports.
  package let modules: [ProblemFile]

  /// The text of ``ProblemFile/viewName``, which draws artifacts; nil where there is none.
  package var view: String? { files.first { $0.name == ProblemFile.viewName }?.text }

  /// The largest file that is read.
  private static let limitBytes = 1 << 20

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - folder: its path.
  ///   - specification: the specification's file when the folder has no `problem.yaml`.
  ///   - directories: where other problems are found, whose specification `problem.yaml` may name.
  /// - Throws: ``ProblemFilesError`` for the first thing that is wrong with its files.
  package init(
    _ folder: String,
    specification: String = "specification.py",
    searchIn directories: [String] = []
  ) throws(ProblemFilesError) {
    path = folder
    let yaml = Self.joined(folder, "problem.yaml")
    isDescribed = Self.isFile(yaml)
    if isDescribed {
      let text = try Self.read(yaml)
      descriptionSource = text
      description = try ProblemDescription(yaml: text, path: yaml)
    } else {
      descriptionSource = nil
      let stem = (specification as NSString).deletingPathExtension
      description = ProblemDescription(title: stem == "specification" ? Self.name(of: folder) : stem)
    }
    name = isDescribed || specification == "specification.py" ? Self.name(of: folder) : description.title
    specificationPath = try Self.specification(
      isDescribed ? description.specification : specification,
      of: folder,
      searchIn: directories
    )
    specificationSource = try Self.read(specificationPath)
    modules = try Self.modules(importedBy: specificationSource, in: folder)
    guard !modules.contains(where: { $0.name == ProblemFile.viewName }) else {
      throw .unreadable(
        path: Self.joined(folder, ProblemFile.viewName),
        detail:
          "the specification imports a module named view, which is what draws artifacts and decides no score; "
          + "give the module another name"
      )
    }
    if isDescribed {
      let own = ["problem.yaml", description.specification]
      let found = try Self.files(below: folder).filter { !own.contains($0.name) }
      // A run's frozen copy has the view of another problem in its own folder.
      let hasView = found.contains { $0.name == ProblemFile.viewName }
      let view =
        try hasView
        ? []
        : Self.view(of: description.view, for: folder, beside: specificationPath, searchIn: directories)
      files = found + view
    } else {
      files = modules
    }
    if let template = description.prompt.template, !Self.isFile(Self.joined(folder, template)) {
      throw .unreadable(
        path: Self.joined(folder, template),
        detail:
          "the file of the prompt's template is missing; write it, or remove prompt.template from problem.yaml"
      )
    }
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
  ///   - inputs: what is scored on; a file must have been read.
  ///   - vocabulary: what `problem.yaml` gives the offline mutator, read.
  /// - Returns: the problem, checked.
  /// - Throws: ``ProblemFilesError`` for the first thing that is wrong.
  package func problem(
    describedAs description: SpecificationDescription,
    inputs: InputChoice = .training,
    vocabulary: ProblemVocabulary = ProblemVocabulary()
  ) throws(ProblemFilesError) -> Problem {
    let texts = self.description
    let specification = try specification(describedAs: description)
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
      vocabulary: vocabulary,
      noise: texts.noise,
      hash: hash(inputs, withFiles: true)
    )
  }

  /// The specification, described by Python.
  ///
  /// - Parameter description: what Python says of ``specificationSource``.
  /// - Returns: the specification, checked.
  /// - Throws: ``ProblemFilesError`` for the first thing that is wrong.
  package func specification(
    describedAs description: SpecificationDescription
  ) throws(ProblemFilesError) -> Specification {
    try Specification(
      description,
      path: specificationPath,
      source: specificationSource,
      trust: self.description.trust
    )
  }

  /// The hash that versions gave a problem which looked at the specification alone.
  package func hashWithoutFiles(_ problem: Problem) -> String {
    hash(problem.inputs, withFiles: false)
  }

  private func hash(_ inputs: [EvaluationInput], withFiles: Bool) -> String {
    ProblemHash.of(
      source: specificationSource,
      inputs: inputs,
      aggregate: description.aggregate,
      limits: description.limits,
      trust: description.trust,
      noise: description.noise,
      files: withFiles ? files.filter { !$0.isDocument } : []
    )
  }

  /// The inputs that are scored on.
  private func inputs(_ choice: InputChoice) throws(ProblemFilesError) -> [EvaluationInput] {
    switch choice {
    case .training: return try set("train")
    case .sets(let names):
      var inputs: [EvaluationInput] = []
      for name in names { inputs += try set(name) }
      return inputs
    case .values(let given):
      guard !given.isEmpty else { throw .unusable(detail: "no inputs are given; give at least one, as JSON") }
      var inputs: [EvaluationInput] = []
      for text in given { inputs.append(EvaluationInput(json: try Self.json(text))) }
      return inputs
    case .file(let path):
      throw .unusable(detail: "\(path) was not read yet; its inputs come from the problem's reader")
    }
  }

  /// One of the problem's own sets of inputs.
  private func set(_ name: String) throws(ProblemFilesError) -> [EvaluationInput] {
    if let inputs = description.inputs[name] { return inputs }
    guard isDescribed else {
      throw .unusable(
        detail: "\(specificationPath): there is no problem.yaml beside it, so give inputs on the command line"
      )
    }
    let yaml = Self.joined(path, "problem.yaml")
    guard !description.inputs.isEmpty else {
      throw .unusable(
        detail: "\(yaml):1: the key \"inputs\" is missing; "
          + "add a line such as `inputs: [8]`, or give inputs on the command line"
      )
    }
    let known = description.inputs.keys.sorted()
    throw .unknownInputs(name, path: yaml, known: known, nearest: nearestName(to: name, in: known))
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
  /// The view of the problem that `description` names, or of the one whose specification this one shares.
  private static func view(
    of name: String?,
    for folder: String,
    beside specification: String,
    searchIn directories: [String]
  ) throws(ProblemFilesError) -> [ProblemFile] {
    var place = joined((specification as NSString).deletingLastPathComponent, ProblemFile.viewName)
    if let name {
      let path = joined(name, ProblemFile.viewName)
      guard let other = others(folder, directories).map({ joined($0, path) }).first(where: isFile) else {
        throw .unreadable(
          path: joined(folder, "problem.yaml"),
          detail:
            "\"view\" names \(name), and there is no \(path) among the problems; name one that has it, or remove the key"
        )
      }
      place = other
    }
    return isFile(place) ? [ProblemFile(name: ProblemFile.viewName, contents: try contents(place))] : []
  }

  /// Where the problems are that a problem may name: beside it, and among those that are known.
  private static func others(_ folder: String, _ directories: [String]) -> [String] {
    let parent = (folder as NSString).deletingLastPathComponent
    return [parent.isEmpty ? "." : parent] + directories
  }

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

  /// Where the file is that a problem calls its specification: in its folder, or NAME/FILE in another problem's.
  private static func specification(
    _ name: String,
    of folder: String,
    searchIn directories: [String]
  ) throws(ProblemFilesError) -> String {
    let own = joined(folder, name)
    if isFile(own) { return own }
    let parts = name.split(separator: "/")
    let others = others(folder, directories).map { joined($0, name) }
    if parts.count == 2, let other = others.first(where: isFile) { return other }
    let advice =
      parts.count == 2
      ? "it is neither in the problem's folder nor in that of a problem called \(parts[0])"
      : "write it, or name another file under `specification` in \(joined(folder, "problem.yaml"))"
    throw .unreadable(path: own, detail: "the specification is missing; \(advice)")
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
