"""From a candidate's source text to the function it defines."""

import ast

from .describe import marker
from .failure import CANDIDATE, Failure


def defined_function(source, names, specification):
    """Executes the text in the namespace `names` and gives the evolved function it defines.

    `specification` supplies `evolve`, the function's name, and `decorators`, the source of the decorators
    (outermost first) to be put upon a function that has none of its own.
    """
    evolve = specification.evolve
    try:
        code = compile(source, CANDIDATE, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise Failure("syntax", "%s: %s" % (type(error).__name__, error.msg), error.lineno) from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise Failure("syntax", "%s: %s" % (type(error).__name__, error), None) from None
    names["__name__"] = "candidate"
    seed_function = names.pop(evolve, None)
    exec(code, names)
    function = names.get(evolve)
    if function is None or function is seed_function:
        raise Failure("exception", "the program does not define a function %s" % evolve)
    if not callable(function):
        raise Failure("exception", "%s is a %s, not a function" % (evolve, type(function).__name__))
    if specification.decorators and not _decorated(source, evolve):
        for text in reversed(specification.decorators):
            function = eval(compile(text, specification.path, "eval", dont_inherit=True), names)(function)
        names[evolve] = function
    return function


def _decorated(source, evolve):
    for node in ast.parse(source).body:
        if getattr(node, "name", None) == evolve:
            return any(marker(item, {"funsearch": None}) is None for item in node.decorator_list)
    return False
