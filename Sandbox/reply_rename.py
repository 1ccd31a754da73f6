"""Renaming in trees: of what a name means everywhere inside a statement."""

import ast

from .reply_scope import walk

_DYNAMIC = {"locals", "vars", "eval", "exec", "dir", "globals"}


def names_in(node):
    """Every identifier that the node mentions as a name of its own: not attributes, not keywords of calls."""
    found = set()
    for item in walk(node):
        if isinstance(item, ast.Name):
            found.add(item.id)
        elif isinstance(item, ast.arg):
            found.add(item.arg)
        elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(item.name)
        elif isinstance(item, (ast.Global, ast.Nonlocal)):
            found.update(item.names)
        elif isinstance(item, ast.alias):
            found.add(item.asname or item.name.split(".")[0])
        else:
            # Handlers of exceptions and patterns of `match` hold the names they bind as text.
            for field in ("name", "rest"):
                value = getattr(item, field, None)
                if isinstance(value, str):
                    found.add(value)
    return found


def is_dynamic(node):
    """Whether the node may ask for its locals by the text of their names."""
    return any(isinstance(item, ast.Name) and item.id in _DYNAMIC for item in walk(node))


def fresh(name, taken):
    """The name, or the first like it that is not taken."""
    made, number = name, 2
    while made in taken:
        made = "%s_%d" % (name, number)
        number += 1
    return made


def rename(node, old, new):
    """Makes `old` be `new` wherever the node mentions it as a name; the node is changed."""
    for item in walk(node):
        if isinstance(item, ast.Name):
            if item.id == old:
                item.id = new
        elif isinstance(item, ast.arg):
            if item.arg == old:
                item.arg = new
        elif isinstance(item, (ast.Global, ast.Nonlocal)):
            item.names = [new if name == old else name for name in item.names]
        elif isinstance(item, ast.alias):
            if (item.asname or item.name) == old:
                item.asname = new
        else:
            for field in ("name", "rest"):
                if getattr(item, field, None) == old:
                    setattr(item, field, new)
