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


def outermost_functions(node, found):
    """Collects the functions that are not part of another one's tree."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            found.append(child)
            inside_opaque(child, found)
        else:
            outermost_functions(child, found)


def inside_opaque(function, found):
    """Collects the functions in classes and other opaque statements of a function."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, (ast.ClassDef, ast.AsyncFunctionDef)):
            outermost_functions(child, found)
        elif isinstance(child, ast.stmt):
            inside_opaque(child, found)


def same(left, right):
    """Whether two trees are equal, places in the source aside."""
    if type(left) is not type(right):
        return False
    if isinstance(left, ast.AST):
        for name in left._fields:
            if name in ("ctx", "kind", "type_comment"):
                continue
            if not same(getattr(left, name, None), getattr(right, name, None)):
                return False
        return True
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, (float, complex)):
        return repr(left) == repr(right)
    return left == right


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
        if module is not None:
            outermost_functions(module, functions)
        if not functions:
            continue
        name = os.path.relpath(path, root)
        trees = [tree.statement(function) for function in functions]
        print(json.dumps({"path": name, "functions": trees}, ensure_ascii=False), flush=True)
        source = json.loads(sys.stdin.readline())
        try:
            printed = ast.parse(source).body
        except (SyntaxError, ValueError) as error:
            failures.append(f"{name}: {error}")
            continue
        for function, other in zip(functions, printed):
            checked += sum(isinstance(node, ast.FunctionDef) for node in ast.walk(function))
            if not same(function, other):
                failures.append(f"{name}:{function.lineno} {function.name}")
        if len(functions) != len(printed):
            failures.append(f"{name}: {len(printed)} functions of {len(functions)}")
    print(json.dumps({"checked": checked, "failures": failures}), flush=True)


main()
