"""Python's `ast` as JSON arrays, as PROTOCOL.md ("Trees") says."""

import ast


class _Outside(Exception):
    """A node that the model of the tree does not have."""


def _text(value):
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise _Outside from None
    return value


def _constant(value):
    kind = type(value)
    if value is None:
        return ["Constant", "none", None]
    if kind is bool:
        return ["Constant", "bool", value]
    if kind is int:
        return ["Constant", "int", _decimal(value)]
    if kind is float:
        return ["Constant", "float", "1e309" if value == float("inf") else repr(value)]
    if kind is complex:
        imaginary = value.imag
        return ["Constant", "complex", "1e309" if imaginary == float("inf") else repr(imaginary)]
    if kind is str:
        return ["Constant", "str", _text(value)]
    if kind is bytes:
        return ["Constant", "bytes", list(value)]
    if value is Ellipsis:
        return ["Constant", "ellipsis", None]
    raise _Outside


def _decimal(value):
    try:
        return str(value)
    except ValueError:
        raise _Outside from None


_OPERATORS = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
_EXPRESSIONS = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Starred, ast.Call, ast.UnaryOp, ast.BinOp,
    ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.ListComp,
    ast.SetComp, ast.GeneratorExp, ast.DictComp, ast.NamedExpr,
)
_STATEMENTS = (
    ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.If, ast.For, ast.While, ast.With, ast.Try,
    ast.FunctionDef, ast.Return, ast.Raise, ast.Assert, ast.Import, ast.ImportFrom, ast.Delete, ast.Global,
    ast.Nonlocal, ast.Pass, ast.Break, ast.Continue,
) + ((ast.TryStar,) if hasattr(ast, "TryStar") else ())
_PARTS = (ast.arguments, ast.arg, ast.keyword, ast.comprehension, ast.alias, ast.withitem, ast.ExceptHandler)
_LEFT_OUT = {"ctx", "type_comment", "type_ignores", "kind", "type_params"}
_FIELDS = {
    kind: [name for name in kind._fields if name not in _LEFT_OUT]
    for kind in _EXPRESSIONS + _STATEMENTS + _PARTS
}


def expression(node):
    """An expression as a tree; what is outside the model is opaque."""
    if type(node) is ast.Constant:
        try:
            return _constant(node.value)
        except _Outside:
            return _opaque("expr", node)
    if type(node) not in _EXPRESSIONS:
        return _opaque("expr", node)
    try:
        return _fields(node)
    except _Outside:
        return _opaque("expr", node)


def statement(node):
    """A statement as a tree; what is outside the model is opaque."""
    if type(node) not in _STATEMENTS or getattr(node, "type_params", None):
        return _opaque("stmt", node)
    try:
        return _fields(node)
    except _Outside:
        return _opaque("stmt", node)


def module(node):
    """The statements of a parsed module."""
    return [statement(item) for item in node.body]


def _fields(node):
    if getattr(node, "is_async", 0):
        raise _Outside
    tree = [type(node).__name__]
    for name in _FIELDS[type(node)]:
        tree.append(_value(getattr(node, name, None)))
    return tree


def _value(value):
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, ast.expr):
        return expression(value)
    if isinstance(value, ast.stmt):
        return statement(value)
    if isinstance(value, _OPERATORS):
        return type(value).__name__
    if isinstance(value, _PARTS):
        return _fields(value)
    if isinstance(value, ast.AST):
        raise _Outside
    return _text(value) if isinstance(value, str) else value


def _opaque(sort, node):
    source = ast.unparse(node)
    try:
        source.encode("utf-8")
    except UnicodeEncodeError:
        source = source.encode("ascii", "backslashreplace").decode("ascii")
    return ["Opaque", sort, source]
