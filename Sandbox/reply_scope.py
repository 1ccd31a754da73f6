"""Which names a piece of Python looks up outside itself, and which it binds (PROTOCOL.md, `extract`)."""

import ast

_LEAVES = {"ctx", "op", "ops", "id", "attr", "arg", "kind", "type_comment", "level", "conversion", "simple",
           "is_async"}
"""Fields that hold no node a name could stand in."""
_fields = {}


def children(node):
    """The nodes directly inside a node, but for operators and the like."""
    names = _fields.get(node.__class__)
    if names is None:
        names = _fields[node.__class__] = [name for name in node._fields if name not in _LEAVES]
    found = []
    for name in names:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(node):
    """The node and all nodes inside it, but for operators and the like."""
    waiting = [node]
    for item in waiting:
        waiting += children(item)
    return waiting


_SHARED = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop)


def clone(node):
    """A copy of the node and of all that may be changed inside it."""
    made = node.__class__.__new__(node.__class__)
    fields = made.__dict__
    for name, value in node.__dict__.items():
        if value.__class__ is list:
            value = [clone(item) if isinstance(item, ast.AST) else item for item in value]
        elif isinstance(value, ast.AST) and not isinstance(value, _SHARED):
            value = clone(value)
        fields[name] = value
    return made


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Scope:
    """The names of one scope: bound in it, used in it, and used by scopes inside it."""

    def __init__(self, is_function):
        self.is_function = is_function
        self.bound = set()
        self.used = set()
        self.inner = set()
        self.declared_global = set()

    def outside(self):
        """The names that the scope around this one is asked for."""
        return ((self.used | self.inner) - self.bound) | self.declared_global


def free_names(node):
    """The names that the statement or function looks up outside itself when it is executed and called."""
    scope = _Scope(False)
    _visit(node, scope)
    if isinstance(node, _FUNCTIONS + (ast.ClassDef,)):
        scope.bound.discard(node.name)
    return scope.used | scope.inner | scope.declared_global


def bound_names(statement):
    """The names that the statement binds where it stands."""
    if isinstance(statement, _FUNCTIONS + (ast.ClassDef,)):
        return {statement.name}
    scope = _Scope(False)
    _visit(statement, scope)
    return scope.bound


def local_names(function):
    """The names that a function binds itself, parameters among them."""
    return _function_scope(function).bound


def global_stores(node):
    """The names that functions anywhere inside declare global, which is to say that they may bind them."""
    return {name for item in walk(node) if isinstance(item, ast.Global) for name in item.names}


def _visit(node, scope):
    if node.__class__ is ast.Name:
        (scope.used if isinstance(node.ctx, ast.Load) else scope.bound).add(node.id)
    elif isinstance(node, _FUNCTIONS):
        scope.bound.add(node.name)
        for item in node.decorator_list:
            _visit(item, scope)
        _visit_signature(node.args, node.returns, scope)
        scope.inner |= _function_scope(node).outside()
    elif isinstance(node, ast.Lambda):
        _visit_signature(node.args, None, scope)
        scope.inner |= _function_scope(node).outside()
    elif isinstance(node, ast.ClassDef):
        _visit_class(node, scope)
    elif isinstance(node, _COMPREHENSIONS):
        _visit_comprehension(node, scope)
    elif isinstance(node, ast.Global):
        scope.declared_global.update(node.names)
    elif isinstance(node, ast.Nonlocal):
        scope.used.update(node.names)
    elif isinstance(node, ast.AnnAssign):
        _visit(node.target, scope)
        if node.value is not None:
            _visit(node.value, scope)
        if not scope.is_function:
            _visit(node.annotation, scope)
    else:
        _bind_by_text(node, scope)
        for child in children(node):
            _visit(child, scope)


def _bind_by_text(node, scope):
    """Names that are bound by nodes which hold them as text."""
    kind = type(node).__name__
    if kind == "alias":
        if node.name != "*":
            scope.bound.add(node.asname or node.name.split(".")[0])
    elif kind in ("ExceptHandler", "MatchAs", "MatchStar", "TypeVar", "ParamSpec", "TypeVarTuple"):
        if node.name:
            scope.bound.add(node.name)
    elif kind == "MatchMapping" and node.rest:
        scope.bound.add(node.rest)


def _visit_signature(arguments, returns, scope):
    for item in all_arguments(arguments):
        if item.annotation is not None:
            _visit(item.annotation, scope)
    for item in arguments.defaults + [value for value in arguments.kw_defaults if value is not None]:
        _visit(item, scope)
    if returns is not None:
        _visit(returns, scope)


def all_arguments(arguments):
    """Every `arg` of a signature, in order."""
    found = list(getattr(arguments, "posonlyargs", [])) + arguments.args
    if arguments.vararg:
        found.append(arguments.vararg)
    found += arguments.kwonlyargs
    if arguments.kwarg:
        found.append(arguments.kwarg)
    return found


def _function_scope(node):
    scope = _Scope(True)
    scope.bound.update(item.arg for item in all_arguments(node.args))
    scope.bound.update(item.name for item in getattr(node, "type_params", None) or ())
    for item in node.body if isinstance(node.body, list) else [node.body]:
        _visit(item, scope)
    scope.bound -= scope.declared_global
    return scope


def _visit_class(node, scope):
    scope.bound.add(node.name)
    for item in node.decorator_list + node.bases + [keyword.value for keyword in node.keywords]:
        _visit(item, scope)
    inside = _Scope(False)
    for item in node.body:
        _visit(item, inside)
    # What a class binds is not seen by its methods.
    scope.inner |= (inside.used - inside.bound) | inside.inner | inside.declared_global


def _visit_comprehension(node, scope):
    _visit(node.generators[0].iter, scope)
    inside = _Scope(False)
    assigned = set()
    for place, generator in enumerate(node.generators):
        _visit(generator.target, inside)
        if place:
            _visit(generator.iter, inside)
        for test in generator.ifs:
            _visit(test, inside)
    targets = set(inside.bound)
    for name in ("elt", "key", "value"):
        if getattr(node, name, None) is not None:
            _visit(getattr(node, name), inside)
    # `:=` binds in the scope around the comprehension.
    for item in walk(node):
        if isinstance(item, ast.NamedExpr):
            assigned.add(item.target.id)
    scope.bound |= assigned
    scope.inner |= (inside.used | inside.inner) - targets - assigned
