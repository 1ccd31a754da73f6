extension FunctionDefinition {
  /// The one form shared by functions that differ only in what does not change how they behave.
  ///
  /// - The function is named `f`, in calls of itself too (`f_` … where it uses another `f`).
  /// - Locals of every scope are named v0, v1 … in the order in which scopes bind them, parameters first.
  ///   They keep their names where something else may mention them: keyword-only parameters, parameters
  ///   that a call passes by keyword, words of opaque text, `import a.b`, and all of them in a function
  ///   that uses `locals`, `vars`, `dir`, `eval` or `exec`.
  /// - Decorators and annotations of the function are left out, as are docstrings, annotations of locals,
  ///   annotations of inner functions that cannot fail, `pass` and constants beside other statements.
  /// - A negative literal is a unary minus; positional arguments precede the others.
  ///
  /// Free names, attributes and the order of statements stay. What asks for names by other ways (`__name__`,
  /// frames, tracebacks) is not looked for.
  package var canonical: FunctionDefinition {
    var constraints = NameResolver.Constraints()
    while true {
      var resolver = NameResolver(self, canonical: true, constraints)
      let result = resolver.rewrite(self)
      let learned = resolver.learned
      // Constraints only grow, so this ends; most functions need one round.
      if learned == constraints { return result }
      constraints = learned
    }
  }

  /// The hash of the canonical form: ``TreeHash/init(hashing:)`` over its binary encoding, which
  /// ``TreeEncoder`` defines.
  package var contentHash: TreeHash {
    TreeHash(hashing: CanonicalEncoder.bytes(of: self) ?? canonical.encoded())
  }

  /// The hash of the function together with the statements beside it.
  ///
  /// Without any it is ``contentHash``. Else it is over the function's canonical encoding, that of the
  /// statements as they stand, and that of the function's header with an empty body, because those
  /// statements may call the function by its name and pass parameters by theirs.
  package func contentHash(support: [Statement]) -> TreeHash {
    guard !support.isEmpty else { return contentHash }
    var parameters = parameters.mapParameters { Parameter($0.name) }
    parameters.variadic = nil
    let header = FunctionDefinition(name: name, parameters: parameters, body: [.pass])
    return TreeHash(hashing: canonical.encoded() + support.encoded() + header.encoded())
  }

  /// The names the function reads (or declares global) and no scope of it binds.
  ///
  /// Its own name in a recursion and those of decorators, defaults and annotations are among them. Words of
  /// opaque text count as read.
  package var freeNames: Set<String> {
    var resolver = NameResolver(self, canonical: false)
    _ = resolver.rewrite(self)
    return Set(resolver.free)
  }

  /// The function's own locals: its parameters and what its body binds, inner scopes left out.
  package var boundNames: Set<String> {
    Set(LocalNames(of: self).bound)
  }
}
