import Experiment

/// Addresses of the dashboard's pages.
enum SitePath {
  static let list = "/"
  static let compare = "/compare"
  static let style = "/assets/style.css"
  static let script = "/assets/live.js"
  static let icon = "/assets/icon.svg"

  static func run(_ folder: RunFolder) -> String {
    "/runs/\(segment(folder.problem))/\(segment(folder.name))"
  }

  static func programs(_ folder: RunFolder, _ parameters: [(name: String, value: String)] = []) -> String {
    run(folder) + "/programs" + query(parameters)
  }

  static func program(_ folder: RunFolder, _ number: Int) -> String {
    "\(run(folder))/programs/\(number)"
  }

  static func report(_ folder: RunFolder) -> String { run(folder) + "/report" }

  static func fragment(_ folder: RunFolder) -> String { run(folder) + "/live" }

  static func events(_ folder: RunFolder) -> String { "/api/v1\(run(folder))/events" }

  /// The same things as JSON: a page's address behind this.
  static func json(_ path: String) -> String { path == list ? "/api/v1/runs" : "/api/v1" + path }

  static func compare(_ folders: [RunFolder]) -> String {
    compare + query(folders.map { ("run", "\($0.problem)/\($0.name)") })
  }

  /// `?name=value&…`; empty for no parameters.
  static func query(_ parameters: [(name: String, value: String)]) -> String {
    guard !parameters.isEmpty else { return "" }
    return "?" + parameters.map { "\(segment($0.name))=\(segment($0.value))" }.joined(separator: "&")
  }

  /// Text with everything escaped that could mean something in an address.
  static func segment(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "."):
        // A segment of dots alone would be a way up.
        result += text.allSatisfy { $0 == "." } ? "%2E" : "."
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
