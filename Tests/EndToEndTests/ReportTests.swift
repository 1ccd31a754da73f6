import Foundation
import PythonSyntax
import Testing

extension ProductCommandTests {
  @Suite("Reports and live view")
  struct ReportTests {
    private static let hostile = "</title></script><img src=x onerror=alert(1)>"

    /// A problem whose title and messages are hostile, with a view.
    private static func write(_ folder: Folder, view: String) throws {
      try folder.write(
        """
        title: "\(hostile)"
        inputs: [2]
        known_best: {"2": 9}
        """,
        to: "Problems/toy/problem.yaml"
      )
      try folder.write(
        """
        import funsearch

        @funsearch.run
        def evaluate(n: int):
          value = funsearch.map(guess, [(n,)])[0]
          if value < 0:
            raise ValueError("\(hostile)")
          return funsearch.Result(min(9.0, float(value)), artifact=[n, 1])

        @funsearch.evolve
        def guess(n: int) -> float:
          return 1.0
        """,
        to: "Problems/toy/specification.py"
      )
      try folder.write(view, to: "Problems/toy/view.py")
    }

    private static let circle = """
      def view(n, artifact):
        return '<svg viewBox="0 0 9 9"><circle cx="4" cy="4" r="%d"/></svg>' % artifact[0]
      """

    private func run(_ folder: Folder) async throws -> Finished {
      try await Product.run(
        "run",
        "toy",
        "--islands",
        "3",
        "--steps",
        "300",
        "--seed",
        "4",
        "--json",
        in: folder
      )
    }

    @Test("every run leaves a page, in which no text is markup, and its figures")
    func page() async throws {
      let folder = try Folder()
      try Self.write(folder, view: Self.circle)
      let run = try await run(folder)
      try #require(run.status == 0, "\(run)")
      let text = String(decoding: try folder.bytes(of: "Results/toy/0001/report.html"), as: UTF8.self)
      #expect(text.hasPrefix("<!doctype html>") && text.contains("</html>"))
      #expect(!text.contains("<img") && !text.contains("<script"))
      #expect(
        text.contains("&lt;img src=x onerror=alert(1)&gt;"),
        "the title and the messages are there as text"
      )
      #expect(text.contains("<circle cx=\"4\" cy=\"4\" r=\"2\">"))
      let digest = try run.digest
      #expect(text.contains(digest))
      #expect(text.contains("best known 9"))
      for kind in ["exception", "<b>Unverified</b>"] { #expect(text.contains(kind)) }
      let figures = folder.names(in: "Results/toy/0001/report")
      #expect(
        figures.contains("best.svg") && figures.contains("best.csv") && figures.contains("artifact-0.svg")
      )
      #expect(folder.names(in: "Results/toy/0001").filter { $0.hasSuffix("-wal") }.isEmpty)
      let again = try await Product.run("report", "toy", "--json", in: folder)
      #expect(again.status == 0, "\(again)")
      #expect(String(decoding: try folder.bytes(of: "Results/toy/0001/report.html"), as: UTF8.self) == text)
    }

    @Test("a report that cannot be written is a warning")
    func unwritable() async throws {
      let folder = try Folder()
      try Self.write(folder, view: Self.circle)
      try #require(try await run(folder).status == 0)
      try folder.remove("Results/toy/0001/report")
      try folder.write("a file where the folder was", to: "Results/toy/0001/report")
      let run = try await Product.run("resume", "toy", "--steps", "400", "--json", in: folder)
      #expect(run.status == 0 && run.errors.contains("warning: the report of"), "\(run)")
      #expect(try run.last["steps"] == 400)
    }

    @Test("a view that draws more than it may is shown as a message, and refused by validate")
    func view() async throws {
      let folder = try Folder()
      try Self.write(
        folder,
        view: "def view(n, artifact):\n  return '<svg viewBox=\"0 0 1 1\"><script/></svg>'\n"
      )
      let run = try await run(folder)
      try #require(run.status == 0, "\(run)")
      let text = String(decoding: try folder.bytes(of: "Results/toy/0001/report.html"), as: UTF8.self)
      #expect(text.contains("is not drawn") && text.contains("&lt;script&gt;") && !text.contains("<script"))
      let refused = try await Product.run("validate", "toy", in: folder)
      #expect(refused.status == 1 && refused.errors.contains("<script>"), "\(refused)")
      try Self.write(folder, view: Self.circle)
      let accepted = try await Product.run("validate", "toy", in: folder)
      #expect(accepted.status == 0 && accepted.output.contains("view.py: draws"), "\(accepted)")
    }

    @Test("compare shows medians of runs of one problem, and refuses others")
    func compare() async throws {
      let folder = try Folder()
      try Self.write(folder, view: Self.circle)
      for seed in ["1", "2"] {
        let run = try await Product.run(
          "run",
          "toy",
          "--islands",
          "2",
          "--steps",
          "60",
          "--seed",
          seed,
          in: folder
        )
        try #require(run.status == 0, "\(run)")
      }
      let json = try await Product.run(
        "compare",
        "toy/0001",
        "toy/0002",
        "--json",
        "--html",
        "c.html",
        in: folder
      )
      try #require(json.status == 0, "\(json)")
      let groups = try #require(try json.json["groups"]?.array)
      #expect(groups.count == 1)
      let runs = try #require(groups.first?["runs"]?.array)
      let bests = runs.compactMap { $0["best"]?.double }
      #expect(bests.count == 2 && groups.first?["median"]?.double == (bests[0] + bests[1]) / 2)
      let page = String(decoding: try folder.bytes(of: "c.html"), as: UTF8.self)
      #expect(page.contains("toy/0001, seed 1") && !page.contains("<img"))
      let other = try await Product.run(
        "run",
        "cap-set",
        "--inputs",
        "3",
        "--islands",
        "2",
        "--steps",
        "10",
        in: folder
      )
      try #require(other.status == 0, "\(other)")
      let refused = try await Product.run("compare", "toy/0001", "cap-set/0001", in: folder)
      #expect(refused.status == 64 && refused.errors.contains("different problems"), "\(refused)")
    }

    @Test("watch shows a run that has ended, and ends")
    func watch() async throws {
      let folder = try Folder()
      try Self.write(folder, view: Self.circle)
      try #require(try await run(folder).status == 0)
      let once = try await Product.run("watch", "toy", "--once", in: folder)
      #expect(once.status == 0 && once.output.contains("300 of 300 steps"), "\(once)")
      #expect(once.output.split(separator: "\n").allSatisfy { $0.count < 80 })
      let followed = try await Product.run("watch", "toy", in: folder)
      #expect(followed.status == 0 && followed.output.contains("finished"), "\(followed)")
    }

    /// Runs the product on a pseudo-terminal of 72 columns, and plays what it wrote on a screen.
    private static let terminal = #"""
      import fcntl, os, pty, re, struct, sys, termios
      child, master = pty.fork()
      if child == 0:
        # The size is set before anything is drawn.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 72, 0, 0))
        os.environ.update(TERM="xterm", LANG="C.UTF-8", LC_ALL="C.UTF-8")
        os.environ.pop("NO_COLOR", None)
        os.execv(sys.argv[2], sys.argv[2:])
      data, waiting = b"", sys.argv[1] in ("interrupt", "resize")
      narrow = None
      while True:
        try:
          more = os.read(master, 65536)
        except OSError:
          break
        if not more:
          break
        data += more
        if sys.argv[1] == "resize" and narrow is None and data.count(b"steps/s") > 1:
          # What is read after this may still be of the old width, but not what follows the first erasure.
          narrow = len(data)
          fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 40, 0, 0))
        after = data[narrow:] if narrow else data
        if waiting and (narrow or sys.argv[1] == "interrupt") and after.count(b"steps/s") > 3:
          waiting = False
          os.write(master, b"\x03")
      status = os.waitpid(child, 0)[1]
      text = data.decode()
      print("status", os.waitstatus_to_exitcode(status))
      print("blocks", len(re.findall(r"\x1b\[[0-9]+A", text)))
      print("others", sorted(set(re.findall(r"\x1b[^\[]|\x1b\[[^A-Za-z]*[A-Za-z]", text))
            - set(re.findall(r"\x1b\[[0-9]*[AKJm]", text))))
      if narrow:
        erased = re.search(rb"\x1b\[[0-9]+A\x1b\[J", data[narrow:])
        print("erased", bool(erased))
        blocks = re.split(r"\x1b\[[0-9]+A", data[narrow + erased.end():data.index(b"^C")].decode())
        texts = [re.sub(r"\x1b\[[0-9]*[A-Za-z]|\r", "", block) for block in blocks]
        print("narrow", max(len(line) for text in texts for line in text.split("\n")),
              max(text.count("\n") for text in texts))
      # A screen: lines, and a cursor.
      lines, row, column = [""], 0, 0
      widest = 0
      for part in re.findall(r"\x1b\[[0-9]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", text):
        if part == "\r":
          column = 0
        elif part == "\n":
          row, column = row + 1, 0
          lines += [""] * (row + 1 - len(lines))
        elif part.endswith("A") and part[0] == "\x1b":
          row = max(0, row - int(part[2:-1] or 1))
        elif part == "\x1b[K":
          lines[row] = lines[row][:column]
        elif part == "\x1b[J":
          lines[row] = lines[row][:column]
          del lines[row + 1:]
        elif part[0] == "\x1b":
          pass
        else:
          lines[row] = lines[row][:column].ljust(column) + part + lines[row][column + len(part):]
          column += len(part)
          if "steps/s" in part or "failed" in part:
            widest = max(widest, column)
      print("widest", widest)
      print("\n".join(lines))
      """#

    @Test("a terminal shows a block in its place, and only lines are left of it")
    func liveBlock() async throws {
      let folder = try Folder()
      try folder.write(Self.terminal, to: "terminal.py")
      let run = try await Product.run(
        tool: "python3",
        "terminal.py",
        "whole",
        Product.path,
        "run",
        "cap-set",
        "--inputs",
        "5",
        "--islands",
        "4",
        "--steps",
        "600",
        "--seed",
        "3",
        in: folder
      )
      try #require(run.status == 0, "\(run)")
      let lines = run.output.split(separator: "\n").map(String.init)
      #expect(lines.contains("status 0"), "\(run)")
      #expect(lines.contains("others []"), "no other control sequence is written\n\(run)")
      #expect(!lines.contains("blocks 0"), "the block is drawn more than once\n\(run)")
      let widest = lines.first { $0.hasPrefix("widest") }.flatMap { Int($0.dropFirst(7)) } ?? 99
      #expect(widest < 72)
      #expect(lines.contains { $0.hasPrefix("finished: best") })
      #expect(lines.contains { $0.hasPrefix("best ") && $0.contains("program") })
      #expect(
        !lines.contains { $0.contains("steps/s") || $0.contains("islands: best") },
        "the block is gone\n\(run)"
      )
    }

    @Test("a terminal that becomes small in the middle has a small block, the old one erased")
    func resized() async throws {
      let folder = try Folder()
      try folder.write(Self.terminal, to: "terminal.py")
      let run = try await Product.run(
        tool: "python3",
        "terminal.py",
        "resize",
        Product.path,
        "run",
        "cap-set",
        "--inputs",
        "5",
        "--islands",
        "12",
        "--steps",
        "1000000",
        "--seed",
        "3",
        in: folder
      )
      try #require(run.status == 0, "\(run)")
      let lines = run.output.split(separator: "\n").map(String.init)
      #expect(lines.contains("status 130") && lines.contains("others []"), "\(run)")
      #expect(lines.contains("erased True"))
      let narrow = try #require(lines.first { $0.hasPrefix("narrow ") })
      let sizes = narrow.split(separator: " ").compactMap { Int($0) }
      // Improvements that come with a block stand above its nine lines.
      #expect(sizes.count == 2 && sizes[0] < 40 && sizes[1] <= 9 + 12, "\(sizes)")
    }

    @Test("Ctrl-C leaves the terminal as it was")
    func interrupted() async throws {
      let folder = try Folder()
      try folder.write(Self.terminal, to: "terminal.py")
      let run = try await Product.run(
        tool: "python3",
        "terminal.py",
        "interrupt",
        Product.path,
        "run",
        "cap-set",
        "--inputs",
        "6",
        "--islands",
        "4",
        "--steps",
        "1000000",
        "--seed",
        "3",
        in: folder
      )
      try #require(run.status == 0, "\(run)")
      #expect(run.output.contains("status 130") && run.output.contains("others []"), "\(run)")
      #expect(
        run.output.contains("finishing what is in flight")
          && run.output.contains("go on with: funsearch resume")
      )
      #expect(folder.holds("Results/cap-set/0001/report.html"))
    }
  }
}
