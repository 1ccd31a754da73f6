"""Sends every function of the standard library as a tree and checks the source that comes back.

Arguments: the folder of tree.py, the number of this process, the number of processes; each takes its
share of the files. A line of JSON per module goes out: `{"path":…,"functions":[…]}`; the answer is one
line of JSON, the source of all these functions. The last line out is `{"checked":…,"failures":[…]}`.
"""

import ast
import gc
import json
import os
import sys
import sysconfig
import warnings


def modules(share, shares):
    """The paths of this process's modules, in a fixed order."""
    root = sysconfig.get_paths()["stdlib"]
    paths = []
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in ("site-packages", "dist-packages"))
        paths += [os.path.join(folder, name) for name in sorted(files) if name.endswith(".py")]
    paths.sort(key=os.path.getsize)
    return root, paths[share::shares]


def parsed(source):
    """The tree of a module; None where this Python refuses it."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")


def collect(node, found, inside=False):
    """Collects the functions that are not part of another one's tree; returns how many there are in all."""
    count = 0
    for block in _BLOCKS:
        children = getattr(node, block, None)
        if not isinstance(children, list):
            continue
        for child in children:
            if isinstance(child, ast.FunctionDef):
                count += 1
                if not inside:
                    found.append(child)
                count += collect(child, found, inside=True)
            else:
                opaque = isinstance(child, (ast.ClassDef, ast.AsyncFunctionDef))
                count += collect(child, found, inside and not opaque)
    return count


_FIELDS = {}


def same(left, right):
    """Whether two trees are equal, places in the source aside."""
    kind = type(left)
    if kind is not type(right):
        return False
    if kind is list:
        return len(left) == len(right) and all(map(same, left, right))
    if kind is str or kind is int or left is None:
        return left == right
    if kind is float or kind is complex:
        return repr(left) == repr(right)
    if not isinstance(left, ast.AST):
        return left == right
    if kind not in _FIELDS:
        _FIELDS[kind] = [name for name in kind._fields if name not in ("ctx", "kind", "type_comment")]
    for name in _FIELDS[kind]:
        if not same(getattr(left, name, None), getattr(right, name, None)):
            return False
    return True


def main():
    """Runs the exchange over standard input and output."""
    sys.path.insert(0, sys.argv[1])
    import tree

    warnings.simplefilter("ignore")
    gc.disable()
    root, paths = modules(int(sys.argv[2]), int(sys.argv[3]))
    checked, failures = 0, []
    for path in paths:
        with open(path, "rb") as file:
            module = parsed(file.read())
        functions = []
        count = 0 if module is None else collect(module, functions)
        if not functions:
            continue
        name = os.path.relpath(path, root)
        checked += count
        trees = [tree.statement(function) for function in functions]
        print(json.dumps({"path": name, "functions": trees}, ensure_ascii=False), flush=True)
        source = json.loads(sys.stdin.readline())
        try:
            printed = ast.parse(source).body
        except (SyntaxError, ValueError) as error:
            failures.append(f"{name}: {error}")
            continue
        for function, other in zip(functions, printed):
            if not same(function, other):
                failures.append(f"{name}:{function.lineno} {function.name}")
        if len(functions) != len(printed):
            failures.append(f"{name}: {len(printed)} functions of {len(functions)}")
    print(json.dumps({"checked": checked, "failures": failures}), flush=True)


main()
