"""Answers questions about Python source, one line of JSON each; the argument is the folder of tree.py.

`{"parse": source}` gives the module as trees, `{"read": [[source, trees], …]}` the sources whose trees
differ, `{"run": [source, …], "calls": [arguments, …]}` for each source what its last function gives.
"""

import ast
import json
import sys
import warnings


def outcome(function, arguments):
    """The value of a call, or the kind of its exception."""
    try:
        value = function(*arguments)
        return "a function" if callable(value) else repr(value)
    except Exception as error:  # whatever a function raises is its behaviour
        kind = "NameError" if isinstance(error, NameError) else type(error).__name__
        return "raises " + kind


def run(source, calls):
    """The outcomes of a module's last function."""
    space = {"__name__": "module"}
    module = ast.parse(source)
    exec(compile(module, "module", "exec"), space)
    return [outcome(space[module.body[-1].name], arguments) for arguments in calls]


def differs(tree, source, expected):
    """Whether a source cannot be parsed, or not to the trees expected."""
    try:
        return tree.module(ast.parse(source)) != expected
    except SyntaxError:
        return True


def main():
    """Answers until the input ends."""
    sys.path.insert(0, sys.argv[1])
    import tree

    warnings.simplefilter("ignore")
    for line in sys.stdin:
        question = json.loads(line)
        if "parse" in question:
            answer = tree.module(ast.parse(question["parse"]))
        elif "read" in question:
            answer = [source for source, trees in question["read"] if differs(tree, source, trees)]
        else:
            answer = [run(source, question["calls"]) for source in question["run"]]
        print(json.dumps(answer, ensure_ascii=False), flush=True)


main()
