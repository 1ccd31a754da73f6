#if Network
  import Hummingbird

  /// What holds for every answer: whom it is for, that nothing is written, what a browser may do with it, and that
  /// what goes wrong is said as a page or as JSON.
  struct DashboardGuard: RouterMiddleware {
    let place: BoundPlace

    @concurrent
    func handle(
      _ request: Request,
      context: BasicRequestContext,
      next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
      var response = await answer(request, context, next)
      for field in Self.headers where response.headers[field.name] == nil || field.name == .cacheControl {
        response.headers[field.name] = field.value
      }
      return request.method == .head ? response.createHeadResponse() : response
    }

    @concurrent
    private func answer(
      _ request: Request,
      _ context: BasicRequestContext,
      _ next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async -> Response {
      let address = place.current
      guard address.answers(to: request.head.authority) else {
        return failure(request, .misdirectedRequest, "this server answers to \(address.url) only")
      }
      guard request.method == .get || request.method == .head else {
        var response = failure(request, .methodNotAllowed, "the dashboard is read with GET and HEAD only")
        response.headers[.allow] = "GET, HEAD"
        return response
      }
      do {
        return try await next(request, context)
      } catch let error as HTTPError {
        let text = error.status == .notFound ? "there is no such page" : error.body ?? "the request failed"
        return failure(request, error.status, text)
      } catch {
        let (status, message) = Site.failure(error)
        return failure(request, HTTPResponse.Status(code: status), message)
      }
    }

    private func failure(_ request: Request, _ status: HTTPResponse.Status, _ message: String) -> Response {
      if request.uri.path.hasPrefix("/api/") {
        let object = ErrorObject(status: status.code, error: message)
        return DashboardRoutes.answer((try? SiteJSON.text(object)) ?? "{}", .json, status: status)
      }
      return DashboardRoutes.answer(
        ErrorPage(status: status.code, message: message).html,
        .page,
        status: status
      )
    }

    private static let headers: HTTPFields = {
      var headers: HTTPFields = [
        .contentSecurityPolicy:
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        .xContentTypeOptions: "nosniff",
        .cacheControl: "no-store",
      ]
      for (name, value) in [
        ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ] {
        if let name = HTTPFields.Element.Name(name) { headers[name] = value }
      }
      return headers
    }()
  }
#endif
