"""Requests about source text: nothing here runs the text that it reads."""

import ast
import re

from . import tree
from .failure import Failure

_LINE_END = re.compile("\r\n|\r|\n")


def parsed(source, path="candidate.py"):
    """The syntax tree of a module, or a failure of kind `syntax`."""
    try:
        return ast.parse(source, path)
    except SyntaxError as error:
        raise Failure("syntax", "%s: %s" % (type(error).__name__, error.msg), error.lineno) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Failure("syntax", "%s: %s" % (type(error).__name__, error), None) from None


def parse(request):
    """The module as a tree."""
    return {"statements": _trees(parsed(request["source"]))}


def compare(request):
    """Whether the module's tree is the one given."""
    return {"equal": _trees(parsed(request["source"])) == request["statements"]}


def keep(request):
    """The module's text with some of its statements alone, each in its own lines; the rest is blank lines.

    `statements` are the places of those that stay; `bare` is that of one to lose its decorators.
    """
    source = request["source"]
    kept, dropped = set(), set()
    for place, node in enumerate(parsed(source).body):
        first = min([node.lineno] + [item.lineno for item in getattr(node, "decorator_list", ())])
        lines = range(first, node.end_lineno + 1)
        if place not in request["statements"]:
            dropped.update(lines)
            continue
        bare = place == request["bare"]
        kept.update(line for line in lines if line >= node.lineno or not bare)
    if kept & dropped:
        raise Failure("exception", "two statements share a line")
    lines = enumerate(_LINE_END.split(source), 1)
    return {"source": "".join((text if number in kept else "") + "\n" for number, text in lines)}


def _trees(module):
    try:
        return tree.module(module)
    except RecursionError:
        raise Failure("syntax", "the program is nested too deeply to be read", None) from None


def describe(request):
    """The specification as data."""
    module = parsed(request["source"], request.get("path") or "specification.py")
    names = _funsearch_names(module)
    return {
        "functions": [
            _function(node, names)
            for node in module.body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        ],
        "imports": list(_imports(module)),
        "statements": _trees(module),
        "docstring": ast.get_docstring(module),
    }


def _imports(module):
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for item in node.names:
                yield {"module": item.name, "alias": item.asname, "line": node.lineno}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield {"module": node.module, "alias": None, "line": node.lineno}


def _funsearch_names(module):
    """What the module calls funsearch, and what it calls each marker imported from it."""
    names = {"funsearch": None}
    for node in module.body:
        if isinstance(node, ast.Import):
            for item in node.names:
                if item.name == "funsearch" and item.asname:
                    names[item.asname] = None
        elif isinstance(node, ast.ImportFrom) and node.module == "funsearch":
            for item in node.names:
                if item.name in ("evolve", "inputs", "run", "verify"):
                    names[item.asname or item.name] = item.name
    return names


def marker(decorator, names):
    """The name of a funsearch marker, bare or called, or None for another decorator."""
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    if isinstance(decorator, ast.Attribute) and isinstance(decorator.value, ast.Name):
        if decorator.value.id in names and names[decorator.value.id] is None:
            return decorator.attr
    if isinstance(decorator, ast.Name):
        return names.get(decorator.id)
    return None


def _function(node, names):
    markers = [(marker(item, names), item) for item in node.decorator_list]
    others = [item for name, item in markers if name is None]
    first = min([item.lineno for item in node.decorator_list] + [node.lineno])
    plain = _without(node, others)
    arguments = node.args
    parameters = arguments.posonlyargs + arguments.args + arguments.kwonlyargs
    return {
        "name": node.name,
        "line": node.lineno,
        "first_line": first,
        "last_line": node.end_lineno,
        "markers": [name for name, _ in markers if name is not None],
        "decorators": [ast.unparse(item) for item in others],
        "parameters": [
            {"name": item.arg, "annotation": ast.unparse(item.annotation) if item.annotation else None}
            for item in parameters
        ],
        "returns": ast.unparse(node.returns) if node.returns else None,
        "docstring": ast.get_docstring(node),
        "async": isinstance(node, ast.AsyncFunctionDef),
        "statement": tree.statement(plain),
    }


def _without(node, decorators):
    """The function with only these decorators."""
    fields = {name: getattr(node, name) for name in node._fields}
    fields["decorator_list"] = decorators
    return ast.copy_location(type(node)(**fields), node)
