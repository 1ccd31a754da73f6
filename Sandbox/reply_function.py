"""From a definition found in a reply to the evolved function: its form, its name, its signature."""

import ast

from .reply_kinds import Discard, EMPTY_BODY, NO_VALUE, SIGNATURE, UNSUPPORTED_FORM
from .reply_rename import fresh, is_dynamic, names_in, rename
from .reply_scope import all_arguments, children, clone, free_names, local_names, walk

_DROPPED_DECORATORS = {"staticmethod", "njit", "jit", "vectorize", "numba", "override", "final",
                       "no_type_check", "typing", "beartype", "typechecked", "evolve", "run", "funsearch"}


class Shape:
    """What the specification asks of the function."""

    def __init__(self, seed):
        self.name = seed.name
        self.arguments = seed.args
        self.returns = seed.returns
        self.parameters = [item.arg for item in _plain(seed.args)]
        self.is_simple = not (seed.args.vararg or seed.args.kwarg or seed.args.kwonlyargs)
        self.gives_value = gives_value(seed)
        self.decorators = {ast.dump(item) for item in seed.decorator_list}


def _plain(arguments):
    return list(getattr(arguments, "posonlyargs", [])) + arguments.args


def _own_nodes(function):
    """The nodes of a function that are not of functions or classes inside it."""
    waiting = list(function.body)
    while waiting:
        item = waiting.pop()
        yield item
        if not isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(children(item))


def gives_value(function):
    """Whether a `return` with a value, or a `yield`, is its own."""
    return any((isinstance(item, ast.Return) and item.value is not None
                and not (isinstance(item.value, ast.Constant) and item.value.value is None))
               or isinstance(item, (ast.Yield, ast.YieldFrom)) for item in _own_nodes(function))


def is_docstring(statement):
    """Whether the statement is a string alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) \
        and isinstance(statement.value.value, str)


def is_empty(function):
    """Whether the body does nothing but stand for one to come."""
    def idle(statement):
        if isinstance(statement, ast.Raise):
            error = statement.exc
            error = error.func if isinstance(error, ast.Call) else error
            return isinstance(error, ast.Name) and error.id == "NotImplementedError"
        return isinstance(statement, ast.Pass) or (
            isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    return all(map(idle, function.body))


# Forms that become a function


def from_lambda(name, value, place):
    """`name = lambda …` as a definition."""
    body = [ast.copy_location(ast.Return(value=value.body), value)]
    return _located(_function(name, value.args, body), place)


def from_async(node):
    """A coroutine that awaits nothing, as a plain function."""
    for item in _own_nodes(node):
        waits = isinstance(item, (ast.Await, ast.AsyncFor, ast.AsyncWith)) or getattr(item, "is_async", 0)
        if waits:
            raise Discard(UNSUPPORTED_FORM, "%s awaits; write a plain function" % node.name)
    return _located(_function(node.name, node.args, node.body, node.decorator_list, node.returns), node)


def from_method(owner, method):
    """The function that a class's method stands for: itself without `self`, or a call of it on an object."""
    kinds = {item.id for item in method.decorator_list if isinstance(item, ast.Name)}
    if isinstance(method, ast.AsyncFunctionDef):
        method = from_async(method)
    arguments = clone(method.args)
    if "staticmethod" not in kinds:
        first = (getattr(arguments, "posonlyargs", None) or arguments.args)[:1]
        if not first:
            raise Discard(UNSUPPORTED_FORM, "%s.%s takes no self" % (owner.name, method.name))
        del (getattr(arguments, "posonlyargs", None) or arguments.args)[0]
        uses = first[0].arg in {item.id for item in walk(method) if isinstance(item, ast.Name)}
        if uses or "super" in free_names(method):
            return _on_object(owner, method, arguments, "classmethod" in kinds)
    others = [item for item in method.decorator_list
              if not (isinstance(item, ast.Name) and item.id in ("staticmethod", "classmethod"))]
    if owner.name in free_names(method):
        return _on_object(owner, method, arguments, True)
    return _located(_function(method.name, arguments, method.body, others, method.returns), method)


def _on_object(owner, method, arguments, is_static):
    """`return Owner().method(…)`."""
    initialiser = next((item for item in owner.body
                        if isinstance(item, ast.FunctionDef) and item.name == "__init__"), None)
    if initialiser is not None and not is_static:
        required = len(_plain(initialiser.args)) - len(initialiser.args.defaults) - 1
        if required > 0 or None in initialiser.args.kw_defaults:
            raise Discard(UNSUPPORTED_FORM,
                          "the class %s wants arguments; write a plain function" % owner.name)
    made = ast.Name(id=owner.name, ctx=ast.Load())
    if not is_static:
        made = ast.Call(func=made, args=[], keywords=[])
    return _located(_calling(method.name, arguments,
                             ast.Attribute(value=made, attr=method.name, ctx=ast.Load())), method)


def calling(name, shape, callee):
    """A function of the specification's signature that calls `callee` with its arguments."""
    return _calling(name, clone(shape.arguments), callee)


def _calling(name, arguments, callee):
    passed = [ast.Name(id=item.arg, ctx=ast.Load()) for item in _plain(arguments)]
    if arguments.vararg:
        passed.append(ast.Starred(value=ast.Name(id=arguments.vararg.arg, ctx=ast.Load()), ctx=ast.Load()))
    keywords = [ast.keyword(arg=item.arg, value=ast.Name(id=item.arg, ctx=ast.Load()))
                for item in arguments.kwonlyargs]
    call = ast.Call(func=callee, args=passed, keywords=keywords)
    return _function(name, arguments, [ast.Return(value=call)])


def of_body(statements, shape):
    """The function that a body alone stands for."""
    function = _function(shape.name, clone(shape.arguments), statements, [], shape.returns)
    return _located(function, statements[0])


def _function(name, arguments, body, decorators=(), returns=None):
    made = ast.FunctionDef(name=name, args=arguments, body=list(body), decorator_list=list(decorators),
                           returns=returns, type_comment=None)
    if "type_params" in ast.FunctionDef._fields:
        made.type_params = []
    return made


def _located(node, place):
    return ast.fix_missing_locations(ast.copy_location(node, place))


# The function as the specification wants it


def checked(function, shape):
    """Raises a discard for a function that cannot be meant."""
    if is_empty(function):
        raise Discard(EMPTY_BODY, "the body of %s does nothing; write it" % function.name)
    if not shape.gives_value:
        return
    own = list(_own_nodes(function))
    if any(isinstance(item, (ast.Yield, ast.YieldFrom)) for item in own):
        raise Discard(NO_VALUE, "%s is a generator; return a value" % function.name)
    if not gives_value(function):
        raise Discard(NO_VALUE, "%s never returns a value" % function.name)


def bare_decorators(function, shape):
    """Leaves the function the decorators that mean something here."""
    kept = []
    for item in function.decorator_list:
        root = item.func if isinstance(item, ast.Call) else item
        names = {part.id for part in walk(root) if isinstance(part, ast.Name)} \
            | {part.attr for part in walk(root) if isinstance(part, ast.Attribute)}
        if not names & _DROPPED_DECORATORS and ast.dump(item) not in shape.decorators:
            kept.append(item)
    function.decorator_list = kept


def with_signature(function, shape):
    """The function under the specification's name and signature, helpers needed for that, and marks."""
    own = function.name
    bare_decorators(function, shape)
    if "type_params" in function._fields:
        function.type_params = []
    _drop_self(function, shape)
    given = [item.arg for item in _plain(function.args)]
    arguments = function.args
    exact = given == shape.parameters and not (arguments.vararg or arguments.kwarg or arguments.kwonlyargs)
    if not shape.is_simple or (exact and not arguments.defaults):
        return _renamed(function, own, shape), [], set()
    pairs, extras = _matched(function, shape)
    if exact and _calls_fit(function, own, shape.parameters, True):
        return _renamed(function, own, shape), [], {"signature"}
    in_order = [new for _, new in pairs] == shape.parameters
    plain = not arguments.vararg and not (arguments.kwarg and _mentions(function, arguments.kwarg.arg))
    if plain and all(_is_simple(value) for _, value in extras) \
            and _calls_fit(function, own, shape.parameters, in_order, dict(pairs)) \
            and _rename_parameters(function, pairs, own):
        _begin_with(function, [_assignment(name, value) for name, value in extras])
        return _renamed(function, own, shape), [], {"signature"}
    return _wrapped(function, own, pairs, shape)


def _drop_self(function, shape):
    """Takes away the object of a method that was torn from its class, where nothing asks for it."""
    first = (getattr(function.args, "posonlyargs", None) or function.args.args)[:1]
    if first and first[0].arg in ("self", "cls") and first[0].arg not in shape.parameters \
            and not _mentions(function, first[0].arg):
        del (getattr(function.args, "posonlyargs", None) or function.args.args)[0]


def _renamed(function, own, shape):
    function.args = clone(shape.arguments)
    function.returns = shape.returns and clone(shape.returns)
    if own != shape.name:
        if own in free_names(function) and shape.name in names_in(function):
            rename(function, shape.name, fresh(shape.name + "_value", names_in(function)))
        function.name = own
        rename(function, own, shape.name)
    return function


def _mentions(function, name):
    return any(isinstance(item, ast.Name) and item.id == name for item in walk(function))


def _matched(function, shape):
    """Pairs of the function's parameters and the specification's, and parameters that have only a default.

    Names that both have are the same parameter wherever they stand; the rest go by their order.
    """
    arguments = function.args
    given = [item.arg for item in _plain(arguments)]
    defaults = dict(zip(reversed(given), reversed(arguments.defaults)))
    for item, value in zip(arguments.kwonlyargs, arguments.kw_defaults):
        if value is not None:
            defaults[item.arg] = value
    keyword_only = [item.arg for item in arguments.kwonlyargs]
    pairs = {name: name for name in given + keyword_only if name in shape.parameters}
    open_ = [name for name in shape.parameters if name not in pairs]
    for name in given:
        if name not in pairs and open_:
            pairs[name] = open_.pop(0)
    extras = []
    for name in given + keyword_only:
        if name in pairs:
            continue
        if name not in defaults:
            raise Discard(SIGNATURE, "%s needs the parameter %s; it is called with (%s)"
                          % (function.name, name, ", ".join(shape.parameters)))
        extras.append((name, defaults[name]))
    return [(name, pairs[name]) for name in given + keyword_only if name in pairs], extras


def _calls_fit(function, own, parameters, in_order, pairs=None):
    """Whether all calls of itself can stay as they are once it has the specification's signature."""
    for item in walk(function):
        if not (isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id == own):
            continue
        words = [keyword.arg for keyword in item.keywords]
        if not in_order or None in words or any(isinstance(part, ast.Starred) for part in item.args):
            return False
        known = parameters if pairs is None else [name for name in pairs]
        if len(item.args) + len(words) != len(parameters) or not set(words) <= set(known):
            return False
    return True


def _is_simple(value):
    """Whether a default is the same whenever it is worked out."""
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    if isinstance(value, ast.Tuple):
        return all(map(_is_simple, value.elts))
    return isinstance(value, (ast.Constant, ast.Name)) or (
        isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name))


def _rename_parameters(function, pairs, own):
    """Gives parameters the specification's names; false where that might change what the function does."""
    changes = [(old, new) for old, new in pairs if old != new]
    if not changes:
        return True
    order = [new for _, new in pairs]
    if sorted(order) != sorted(set(order)):
        return False
    free = free_names(function)
    if any(new in free for _, new in changes):
        return False
    inner_arguments = {item.arg for node in walk(function) if node is not function
                       and isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef))
                       for item in all_arguments(node.args)}
    if is_dynamic(function) or any(old in inner_arguments for old, _ in changes):
        if any(new in local_names(function) for _, new in changes):
            return False
        _begin_with(function, [_assignment(old, ast.Name(id=new, ctx=ast.Load())) for old, new in changes])
        return True
    decorators, function.decorator_list = function.decorator_list, []
    for old, new in changes:
        taken = names_in(function)
        if new in taken:
            rename(function, new, fresh(new + "_value", taken))
        rename(function, old, new)
        for item in walk(function):
            if isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id == own:
                for keyword in item.keywords:
                    keyword.arg = new if keyword.arg == old else keyword.arg
    function.decorator_list = decorators
    return True


def _assignment(name, value):
    return ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=value, type_comment=None)


def _begin_with(function, statements):
    at = 1 if function.body and is_docstring(function.body[0]) else 0
    for item in statements:
        ast.fix_missing_locations(ast.copy_location(item, function.body[0]))
    function.body[at:at] = statements


def _wrapped(function, own, pairs, shape):
    """The function kept as a helper under another name, and one of the right signature that calls it."""
    if own == shape.name:
        name = fresh(shape.name + "_inner", names_in(function))
        rename(function, own, name)
    else:
        name = own
    arguments = function.args
    by_name = dict(pairs)
    passed, words = [], []
    by_position = True
    for item in _plain(arguments):
        if item.arg not in by_name:
            by_position = False
        elif by_position:
            passed.append(by_name[item.arg])
        else:
            words.append(item.arg)
    words += [item.arg for item in arguments.kwonlyargs if item.arg in by_name]
    rest = [item for item in shape.parameters if item not in by_name.values()]
    keywords = [(item, by_name[item]) for item in words]
    if arguments.vararg:
        passed += rest
    elif arguments.kwarg:
        keywords += [(item, item) for item in rest]
    call = ast.Call(
        func=ast.Name(id=name, ctx=ast.Load()), args=[ast.Name(id=item, ctx=ast.Load()) for item in passed],
        keywords=[ast.keyword(arg=key, value=ast.Name(id=item, ctx=ast.Load())) for key, item in keywords])
    made = _function(shape.name, clone(shape.arguments), [ast.Return(value=call)], [],
                     shape.returns and clone(shape.returns))
    return _located(made, function), [function], {"signature", "wrapped"}
