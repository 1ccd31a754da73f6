import Testing

@testable import SandboxWorkers

@Suite("An isolation plan")
struct IsolationPlanTests {
  /// Pretends that commands succeed or fail.
  private struct FakeRunner: CommandRunning {
    let complaint: @Sendable (LaunchCommand) -> String?

    func run(_ command: LaunchCommand, within milliseconds: Int64) async -> CommandResult {
      let complaint = complaint(command)
      return CommandResult(succeeded: complaint == nil, output: "", complaint: complaint ?? "")
    }
  }

  private static let python = PythonInterpreter(
    executable: "/opt/python/bin/python3",
    version: "3.11.2",
    folders: ["/opt/python", "/opt/python/lib", "/usr/lib"],
    numpy: nil,
    isPublic: true
  )

  private static func plan(
    _ machine: Machine,
    choice: IsolationChoice = .auto,
    python: PythonInterpreter = python,
    complaint: @escaping @Sendable (LaunchCommand) -> String? = { _ in nil }
  ) async throws -> IsolationPlan {
    try await IsolationPlan.make(
      python: python,
      sandboxFolder: "/share/Sandbox",
      choice: choice,
      machine: machine,
      runner: FakeRunner(complaint: complaint)
    )
  }

  private static func command(_ plan: IsolationPlan) -> LaunchCommand {
    plan.command(workspace: "/problems/cap-set", hashSeed: 4, userID: 61_300)
  }

  @Test("takes bubblewrap where it works, and lets a worker of root become somebody else")
  func asRoot() async throws {
    let plan = try await Self.plan(Machine(isRoot: true, bubblewrap: "/usr/bin/bwrap"))
    let command = Self.command(plan)
    #expect(command.program == "/usr/bin/bwrap")
    #expect(command.processes == .own && !command.reportsInnerProcess)
    #expect(!command.arguments.contains("--unshare-user"))
    #expect(command.arguments.contains("CAP_SETUID"))
    #expect(try #require(command.arguments.last).contains(#""uid":61300"#))
    #expect(plan.findings.isEmpty)
  }

  @Test("takes a user namespace as an ordinary user")
  func asUser() async throws {
    let command = Self.command(try await Self.plan(Machine(bubblewrap: "/usr/bin/bwrap")))
    #expect(command.arguments.contains("--unshare-user"))
    #expect(command.processes == .ownAsUser)
    #expect(!command.arguments.contains("--cap-add") && !command.arguments.contains("--uid"))
    #expect(try #require(command.arguments.last).contains(#""uid""#) == false)
    #expect(command.arguments.joined(separator: " ").contains("--ro-bind /problems/cap-set /problem"))
    #expect(command.arguments.joined(separator: " ").contains("--ro-bind-try /opt/python /opt/python"))
    #expect(!command.arguments.contains("/opt/python/lib"))
    #expect(command.environment.contains("PYTHONHASHSEED=4"))
    #expect(!command.environment.contains { $0.hasPrefix("HOME=") || $0.hasPrefix("PATH=") })
  }

  @Test("tries a user namespace as root when plain namespaces are forbidden")
  func rootInContainer() async throws {
    let plan = try await Self.plan(Machine(isRoot: true, bubblewrap: "/usr/bin/bwrap")) {
      $0.arguments.contains("--unshare-user") ? nil : "Creating new namespace failed: Operation not permitted"
    }
    #expect(plan.launcher == .bubblewrap("/usr/bin/bwrap", asRoot: false, .ownAsUser))
    // A worker that is uid 0, in whatever namespace, would be refused.
    let arguments = Self.command(plan).arguments.joined(separator: " ")
    #expect(arguments.hasPrefix("--unshare-user --uid 61300 --gid 61300 "), "\(arguments)")
    #expect(!arguments.contains(#""uid":"#))
    #expect(plan.findings.count == 1)
  }

  @Test("does without a process namespace around bubblewrap where only bubblewrap may make one")
  func bubblewrapAlone() async throws {
    let plan = try await Self.plan(Machine(bubblewrap: "/usr/bin/bwrap")) {
      $0.processes == .shared ? nil : "/usr/bin/bwrap cannot be started: Operation not permitted."
    }
    let command = Self.command(plan)
    #expect(command.processes == .shared && command.reportsInnerProcess)
    #expect(command.arguments.contains("--info-fd"))
    #expect(plan.findings.isEmpty)
  }

  @Test("leaves namespaces to the worker where bubblewrap is missing, and says how to get it")
  func noBubblewrap() async throws {
    let plan = try await Self.plan(Machine(isRoot: true))
    let command = Self.command(plan)
    #expect(command.program == "/opt/python/bin/python3")
    #expect(command.arguments.contains("/share/Sandbox/worker.py"))
    #expect(try #require(command.arguments.last).contains(#""namespaces":"try""#))
    #expect(try #require(command.arguments.last).contains(#""workspace":"/problems/cap-set""#))
    #expect(plan.minimumLevel == 2)
    #expect(plan.findings == [.noBubblewrap])
  }

  @Test(
    "explains why bubblewrap fails",
    arguments: [
      ("kernel.apparmor_restrict_unprivileged_userns", "1", "AppArmor"),
      ("kernel.unprivileged_userns_clone", "0", "unprivileged_userns_clone=1"),
      ("user.max_user_namespaces", "0", "max_user_namespaces=15000"),
      ("user.max_user_namespaces", "100", "seccomp=unconfined"),
    ]
  )
  func explains(setting: String, value: String, remedy: String) async throws {
    let plan = try await Self.plan(Machine(bubblewrap: "/usr/bin/bwrap", settings: [setting: value])) { _ in
      "no"
    }
    #expect(plan.launcher == .worker)
    #expect(plan.findings.count == 1)
    #expect(plan.findings[0].problem.contains("no"))
    #expect(plan.findings[0].remedy.contains(remedy))
  }

  @Test("refuses where nothing isolates, and serves without only when asked")
  func refuses() async throws {
    await #expect(throws: SandboxError.self) { try await Self.plan(Machine(isLinux: false)) }
    let plan = try await Self.plan(Machine(isLinux: false), choice: .none)
    #expect(plan.minimumLevel == 0)
    #expect(try #require(Self.command(plan).arguments.last).contains(#""isolation":"none""#))
    #expect(plan.findings == [.disabled])
  }

  @Test("tells root that its Python cannot be read by others")
  func unreadable() async throws {
    let hidden = PythonInterpreter(
      executable: "/root/.pyenv/python3",
      version: "3.11.2",
      folders: [],
      numpy: nil,
      isPublic: false
    )
    let plan = try await Self.plan(Machine(isRoot: true), python: hidden)
    #expect(plan.findings.contains(.unreadable("/root/.pyenv/python3")))
  }
}
