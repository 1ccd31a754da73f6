import Foundation

/// Programs of one signature, and the arguments to run them on.
struct Group: Encodable {
  let name: String
  /// Python text of a list of argument tuples.
  let arguments: String
  let numpy: Bool
  let sources: [String]
}

/// How the programs of a group fared.
struct Row: Decodable {
  let name: String
  let children: Int
  let distinct: Int
  let skipped: Bool
  /// Number of programs by the kind of their first failure.
  let failures: [String: Int]
  /// A program and message for each kind of failure.
  let examples: [String]

  var line: String {
    let failed = failures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let state = skipped ? "skipped: numpy is missing" : failed.isEmpty ? "no failures" : failed
    return "\(name): \(children) children, \(distinct) distinct, \(state)"
  }
}

/// Runs all groups in one Python process.
enum Python {
  static func run(_ groups: [Group]) throws -> [Row] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "children-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "groups.json")
    try JSONEncoder().encode(groups).write(to: input)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, input.path()]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([Row].self, from: data)
  }

  private static let script = """
    import itertools, json, math, signal, sys, warnings
    warnings.simplefilter("ignore")
    try:
      import numpy as np
    except ImportError:
      np = None
    VECTORS = list(itertools.product(range(3), repeat=4))
    TUPLES = VECTORS[::5] + [(0,), (2, 1), (1, 0, 2) * 3, (2,) * 12]

    def late(*_):
      raise TimeoutError
    signal.signal(signal.SIGALRM, late)

    def failure(source, calls, numpy):
      try:
        space = {"np": np} if numpy else {}
        exec(compile(source, "child", "exec"), space)
        for arguments in calls:
          copies = [a.copy() if hasattr(a, "copy") else a for a in arguments]
          value = space["priority"](*arguments)
          if numpy and "-> 'np.ndarray'" in source:
            if not all(np.array_equal(a, b) for a, b in zip(arguments, copies)):
              return "changed argument", ""
            if not isinstance(value, np.ndarray) or value.shape != arguments[1].shape:
              return "wrong result", repr(value)
            if value.dtype.kind not in "fiu":
              return "wrong result", repr(value)
            if not np.isfinite(value).all():
              return "non-finite", ""
          elif type(value) not in (int, float) and not (numpy and isinstance(value, np.number)):
            return "wrong result", repr(value)
          elif not math.isfinite(value):
            return "non-finite", ""
      except Exception as error:
        return type(error).__name__, str(error)
      return None

    rows = []
    for group in json.load(open(sys.argv[1])):
      skipped = group["numpy"] and np is None
      failures, examples = {}, []
      calls = [] if skipped else eval(group["arguments"])
      for source in [] if skipped else group["sources"]:
        signal.alarm(5)
        found = failure(source, calls, group["numpy"])
        signal.alarm(0)
        if found:
          if found[0] not in failures:
            examples.append(found[0] + ": " + found[1] + chr(10) + source)
          failures[found[0]] = failures.get(found[0], 0) + 1
      rows.append({"name": group["name"], "children": len(group["sources"]), "skipped": skipped,
        "distinct": len(set(group["sources"])), "failures": failures, "examples": examples})
    print(json.dumps(rows))
    """
}
