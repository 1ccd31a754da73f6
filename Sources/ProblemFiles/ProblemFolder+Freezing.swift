import Foundation

extension ProblemFolder {
  /// The largest sum of files that a certificate holds.
  private static let mostCertified = 4 << 20

  /// Writes all that a run needs of the problem into a new folder, as it was read.
  ///
  /// - Throws: ``ProblemFilesError/unreadable(path:detail:)`` for what cannot be written.
  package func freeze(in folder: String) throws(ProblemFilesError) {
    var frozen = files
    let name = isDescribed ? description.specification : "specification.py"
    frozen.append(ProblemFile(name: name, text: specificationSource))
    if let descriptionSource {
      frozen.append(ProblemFile(name: "problem.yaml", text: descriptionSource))
    }
    try frozen.write(below: folder)
  }

  /// What a certificate needs beside the specification: the files that it may read, by name.
  ///
  /// Documents and baselines are left out; so is everything where it is more than 4 MiB, and what is no text.
  package var certified: [String: String] {
    let baselines = Set(description.baselines.values)
    let files = files.filter { !$0.isDocument && !baselines.contains($0.name) }
    guard files.reduce(0, { $0 + $1.contents.count }) <= Self.mostCertified else { return [:] }
    return Dictionary(files.compactMap { file in file.text.map { (file.name, $0) } }) { first, _ in first }
  }
}
