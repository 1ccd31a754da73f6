import Foundation
import SandboxWorkers

/// What `doctor` finds: whether this machine can run searches, and how well isolated.
package struct Examination: Sendable {
  package let findings: [Finding]

  /// One thing that was looked at.
  package struct Finding: Sendable {
    package let name: String
    package let isFine: Bool
    /// Whether runs are impossible without it.
    package let isRequired: Bool
    package let detail: String
    /// What to do, when it is not fine.
    package let remedy: String?
  }

  /// The interpreter that runs programs.
  package struct Python: Sendable {
    package let path: String
    package let version: String
    /// Whom its processes run as; nil where none can be started.
    package let userID: Int?
  }

  /// Nil where there is none that can be used.
  package let python: Python?

  /// The level of isolation that runs have here; 0 where none can be started.
  package let level: Int

  /// Whether runs are possible.
  package var canRun: Bool { findings.allSatisfy { $0.isFine || !$0.isRequired } }

  package static func make(installation: Installation, results: String) async -> Examination {
    var level = 0
    var known: Python?
    var findings = [
      Finding(
        name: "program files",
        isFine: true,
        isRequired: true,
        detail: installation.sandbox,
        remedy: nil
      )
    ]
    do {
      let python = try await PythonInterpreter.find { ProcessInfo.processInfo.environment[$0] }
      let report = await IsolationReport.make(
        python: python,
        sandboxFolder: installation.sandbox,
        choice: .auto
      )
      level = report.greeting?.level ?? 0
      known = Python(path: python.executable, version: python.version, userID: report.greeting?.userID)
      let user = report.greeting?.userID.map { ", run as user \($0)" } ?? ""
      findings.append(
        Finding(
          name: "Python",
          isFine: true,
          isRequired: true,
          detail: "\(python.version) at \(python.executable)\(user)",
          remedy: nil
        )
      )
      findings.append(numpy(python))
      findings += isolation(report)
    } catch {
      findings.append(
        Finding(
          name: "Python",
          isFine: false,
          isRequired: true,
          detail: "none that can be used",
          remedy: "\(error)"
        )
      )
    }
    findings.append(folder(results))
    return Examination(findings: findings, python: known, level: level)
  }

  private static func numpy(_ python: PythonInterpreter) -> Finding {
    Finding(
      name: "numpy",
      isFine: python.numpy != nil,
      isRequired: false,
      detail: python.numpy
        ?? "not there; specifications that import it need it, and large problems are several times slower",
      remedy: python.numpy == nil
        ? "apt install python3-numpy, or \(python.executable) -m pip install numpy" : nil
    )
  }

  private static func isolation(_ report: IsolationReport) -> [Finding] {
    let level = report.greeting?.level ?? 0
    let summary = Finding(
      name: "isolation",
      isFine: level >= 3,
      isRequired: report.greeting == nil,
      detail: report.greeting?.isolationText ?? "no worker starts",
      remedy: nil
    )
    let layers = report.layers.map { layer in
      let isFine = layer.isActive || layer.remedy == nil
      return Finding(
        name: "layer \(layer.name)",
        isFine: isFine,
        isRequired: false,
        detail: layer.detail,
        remedy: layer.remedy
      )
    }
    // A layer that is missing has said so already.
    let said = Set(layers.compactMap(\.remedy))
    return [summary] + layers
      + report.findings.filter { !said.contains($0.remedy) }.map {
        Finding(name: "isolation", isFine: false, isRequired: false, detail: $0.problem, remedy: $0.remedy)
      }
  }

  private static func folder(_ results: String) -> Finding {
    let parent = FileManager.default.fileExists(atPath: results) ? results : "."
    let isWritable = FileManager.default.isWritableFile(atPath: parent)
    return Finding(
      name: "results",
      isFine: isWritable,
      isRequired: true,
      detail: isWritable ? "\(results) can be written" : "\(results) cannot be written",
      remedy: isWritable ? nil : "choose another folder with --results"
    )
  }
}
