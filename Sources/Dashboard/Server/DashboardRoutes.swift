#if Network
  import Hummingbird
  import NIOCore
  import Reports

  /// Which address answers what.
  struct DashboardRoutes: Sendable {
    let site: Site
    let place: BoundPlace
    let interval: Duration
    private let streams = StreamCount()

    var router: Router<BasicRequestContext> {
      let router = Router(options: .autoGenerateHeadEndpoints)
      router.add(middleware: DashboardGuard(place: place))
      for (path, text, type) in [
        (SitePath.style, SiteAssets.style, "text/css"),
        (SitePath.script, SiteAssets.script, "text/javascript"),
        (SitePath.icon, SiteAssets.icon, "image/svg+xml"),
        // Where browsers look for the icon of an answer that is no page.
        ("/favicon.ico", SiteAssets.icon, "image/svg+xml"),
      ] {
        router.get(RouterPath(path)) { _, _ in Self.answer(text, "\(type); charset=utf-8") }
      }
      add(.page, to: router.group(""))
      add(.json, to: router.group("api/v1"))
      router.get("api/v1") { request, _ in
        try site.takesNone(Self.parameters(request))
        return Self.answer(try SiteJSON.text(RouteListObject()), .json)
      }
      router.get("runs/:problem/:run/live") { request, context in
        try site.takesNone(Self.parameters(request))
        let run = try RunName(context)
        return Self.answer(try await site.fragment(run.problem, run.name), .page)
      }
      router.get("runs/:problem/:run/report") { request, context in
        try site.takesNone(Self.parameters(request))
        let run = try RunName(context)
        var response = Self.answer(try await site.report(run.problem, run.name), .page)
        // A report has its style inside, and no script.
        response.headers[.contentSecurityPolicy] = HTMLPage.closedPolicy + "; frame-ancestors 'none'; sandbox"
        return response
      }
      router.get("api/v1/runs/:problem/:run/events") { request, context in
        try site.takesNone(Self.parameters(request))
        let run = try RunName(context)
        let board = try await site.catalog.board(run.problem, run.name)
        return try LiveStream(board: board, interval: interval).response(streams)
      }
      return router
    }

    /// The addresses that have both forms.
    private func add(_ form: Site.Form, to group: RouterGroup<BasicRequestContext>) {
      group.get(form == .page ? "" : "runs") { request, _ in
        Self.answer(try await site.list(form, Self.parameters(request)), form)
      }
      group.get("compare") { request, _ in
        Self.answer(try await site.compare(form, Self.parameters(request)), form)
      }
      group.get("runs/:problem/:run") { request, context in
        try site.takesNone(Self.parameters(request))
        let run = try RunName(context)
        return Self.answer(try await site.run(form, run.problem, run.name), form)
      }
      group.get("runs/:problem/:run/programs") { request, context in
        let run = try RunName(context)
        let parameters = try Self.parameters(request)
        return Self.answer(try await site.programs(form, run.problem, run.name, parameters), form)
      }
      group.get("runs/:problem/:run/programs/:number") { request, context in
        try site.takesNone(Self.parameters(request))
        let run = try RunName(context)
        let number = try SiteQuery.unescaped(context.parameters.require("number"))
        return Self.answer(try await site.program(form, run.problem, run.name, number), form)
      }
    }

    private static func parameters(_ request: Request) throws(RequestError) -> [(name: String, value: String)]
    {
      try SiteQuery.parameters(request.uri.query)
    }

    static func answer(_ text: String, _ form: Site.Form, status: HTTPResponse.Status = .ok) -> Response {
      answer(
        text,
        form == .page ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
        status: status
      )
    }

    static func answer(_ text: String, _ type: String, status: HTTPResponse.Status = .ok) -> Response {
      let body = ByteBuffer(string: text)
      return Response(
        status: status,
        headers: [.contentType: type, .contentLength: String(body.readableBytes)],
        body: ResponseBody(byteBuffer: body)
      )
    }
  }

  /// A run as an address names it; nothing of it becomes a path of a file.
  private struct RunName {
    let problem: String
    let name: String

    init(_ context: BasicRequestContext) throws {
      problem = try SiteQuery.unescaped(context.parameters.require("problem"))
      name = try SiteQuery.unescaped(context.parameters.require("run"))
    }
  }
#endif
