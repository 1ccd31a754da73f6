import CSandboxShims
import PythonSyntax

/// The Python that parses, runs and verifies programs, as it described itself.
package struct PythonInterpreter: Hashable, Sendable {
  /// The interpreter itself, symbolic links and version-manager shims resolved.
  package let executable: String
  /// As in `3.11.2`.
  package let version: String
  /// Absolute folders it needs to run: prefixes, module paths and folders of its shared libraries.
  package let folders: [String]
  /// Version of numpy, where it has it.
  package let numpy: String?
  /// True when every user may read it, so that root can give up its rights and still run it.
  package let isPublic: Bool

  /// Finds the interpreter named by `FUNSEARCH_PYTHON`, else `python3` on the path, else `/usr/bin/python3`,
  /// and asks it about itself, once.
  ///
  /// - Parameters:
  ///   - folder: the worker's Python files; their byte code is kept beside them where that may be written, so that
  ///     no worker compiles them again.
  ///   - environment: the value of an environment variable.
  /// - Returns: the first that is usable.
  /// - Throws: ``SandboxError/python(_:)``.
  package static func find(
    compiling folder: String? = nil,
    environment: (String) -> String?
  ) async throws(SandboxError) -> PythonInterpreter {
    try await find(
      compiling: folder,
      asked: environment("FUNSEARCH_PYTHON"),
      path: environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
      home: environment("HOME"),
      runner: CommandRunner()
    )
  }

  static func find(
    compiling folder: String? = nil,
    asked: String?,
    path: String,
    home: String?,
    runner: some CommandRunning,
    isExecutable: @Sendable (String) -> Bool = { unsafe fs_is_executable($0) }
  ) async throws(SandboxError) -> PythonInterpreter {
    let candidates: [String]
    if let asked, !asked.isEmpty {
      let found = asked.contains("/") ? [asked] : search(path, asked)
      candidates = found.filter(isExecutable)
      if candidates.isEmpty {
        throw .python(
          "FUNSEARCH_PYTHON is \"\(asked)\", which is no executable file. Set it to a Python 3.9 or later, "
            + "or unset it."
        )
      }
    } else {
      candidates = (search(path, "python3") + ["/usr/bin/python3"]).filter(isExecutable)
      if candidates.isEmpty {
        throw .python(
          "There is no python3 on the path. Install Python 3.9 or later (Debian, Ubuntu: apt install python3), "
            + "or set FUNSEARCH_PYTHON to its path."
        )
      }
    }
    var refusals: [String] = []
    for (index, candidate) in candidates.enumerated() where !candidates[..<index].contains(candidate) {
      let command = query(candidate, compiling: folder, path: path, home: home)
      let result = await runner.run(command, within: 20_000)
      switch parse(result) {
      case .success(let interpreter): return interpreter
      case .failure(let refusal): refusals.append("\(candidate): \(refusal.reason)")
      }
    }
    throw .python(
      "No usable Python: \(refusals.joined(separator: "; ")). Set FUNSEARCH_PYTHON to a Python 3.9 or later."
    )
  }

  /// A version manager's shim needs its own environment to find the interpreter behind it.
  private static func query(
    _ program: String,
    compiling folder: String?,
    path: String,
    home: String?
  ) -> LaunchCommand {
    LaunchCommand(
      program: program,
      arguments: ["-s", "-B", "-W", "ignore", "-c", question] + (folder.map { [$0] } ?? []),
      environment: ["PATH=\(path)", "LANG=C.UTF-8"] + (home.map { ["HOME=\($0)"] } ?? [])
    )
  }

  private static func search(_ path: String, _ name: String) -> [String] {
    path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
  }

  /// One line of JSON about the interpreter that runs it.
  ///
  /// The memory map names the shared libraries, wherever
  /// a distribution keeps them. Byte code is stale by the rule of Python's own imports, which pass over it then.
  private static let question = """
    import json, os, re, sys
    import ctypes, struct, math
    def compile_stale(folder):
        for name in os.listdir(folder):
            if name.endswith('.py'):
                source = os.path.join(folder, name)
                tag = sys.implementation.cache_tag
                code = os.path.join(folder, '__pycache__', '%s.%s.pyc' % (name[:-3], tag))
                about = os.stat(source)
                wanted = struct.pack('<LL', int(about.st_mtime) & 0xFFFFFFFF, about.st_size & 0xFFFFFFFF)
                try:
                    with open(code, 'rb') as file:
                        fresh = file.read(16)[8:] == wanted
                except OSError:
                    fresh = False
                if not fresh:
                    import py_compile
                    py_compile.compile(source, code)
    try:
        for folder in sys.argv[1:]:
            compile_stale(folder)
    except OSError:
        pass
    folders = [sys.prefix, sys.base_prefix, sys.exec_prefix] + [p for p in sys.path if os.path.isabs(p)]
    try:
        with open('/proc/self/maps') as maps:
            folders += sorted({os.path.dirname(l.split(None, 5)[5].strip()) for l in maps if '/' in l})
    except OSError:
        pass
    numpy = None
    for folder in sys.path:
        if os.path.isfile(os.path.join(folder, 'numpy', '__init__.py')):
            # Its own files say the version in a way of each version.
            found = [re.fullmatch(r'numpy-([0-9][^-]*)[.](dist|egg)-info', name) for name in os.listdir(folder)]
            numpy = next((one.group(1) for one in found if one), 'of unknown version')
            break
    executable = os.path.realpath(sys.executable)
    venv = sys.prefix != sys.base_prefix
    folders.append(os.path.dirname(executable))
    seen = list(dict.fromkeys(p for p in folders + [os.path.realpath(p) for p in folders] if os.path.isdir(p)))
    print(json.dumps({'executable': sys.executable if venv else executable,
        'version': '.'.join(map(str, sys.version_info[:3])), 'numpy': numpy,
        'implementation': sys.implementation.name, 'folders': [p for p in seen if p != '/']}))
    """

  private struct Refusal: Error {
    let reason: String
  }

  private static func parse(_ result: CommandResult) -> Result<PythonInterpreter, Refusal> {
    guard result.succeeded, let line = result.output.split(whereSeparator: \.isNewline).last,
      let json = try? JSONValue(parsing: Array(line.utf8)), let executable = json["executable"]?.string,
      let version = json["version"]?.string
    else { return .failure(Refusal(reason: "it does not answer (\(result.complaint))")) }
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    guard numbers.count >= 2, (numbers[0], numbers[1]) >= (3, 9) else {
      return .failure(Refusal(reason: "it is Python \(version), older than 3.9"))
    }
    guard json["implementation"]?.string == "cpython" else {
      return .failure(
        Refusal(reason: "it is \(json["implementation"]?.string ?? "something else"), not CPython")
      )
    }
    let folders = json["folders"]?.array?.compactMap(\.string) ?? []
    return .success(
      PythonInterpreter(
        executable: executable,
        version: version,
        folders: folders,
        numpy: json["numpy"]?.string,
        isPublic: unsafe fs_is_public(executable)
      )
    )
  }
}
