"""The module a specification imports; it also works in plain Python, while writing a problem.

    import funsearch

    @funsearch.evolve            # the one function whose body is searched
    def priority(el, n): return 0.0

    @funsearch.run               # called once per input; returns a number or a Result
    def evaluate(n):
        scores = funsearch.map(priority, rows, n)
        ...

    @funsearch.verify            # optional: recomputes the score from the artifact alone
    def verify(n, artifact): ...

    @funsearch.inputs            # optional: the inputs that a file given with --inputs-file stands for
    def read(text, name): ...
"""

import builtins
import math
import operator
import sys

__all__ = ["Result", "as_floats", "descending", "evolve", "inputs", "map", "run", "verify"]


def _marker(name, meaning):
    def mark(function=None, **_options):
        return mark if function is None else function

    mark.__name__ = mark.__qualname__ = name
    mark.__doc__ = meaning
    return mark


evolve = _marker("evolve", "Marks the function whose body is searched.")
run = _marker("run", "Marks the entry point, called once per input.")
verify = _marker("verify", "Marks the exact check of an artifact: verify(input, artifact) -> score.")

inputs = _marker("inputs", "Marks the reader of a file: inputs(text, name) -> list of inputs.")


class Result:
    """What `evaluate` may return instead of a bare number.

    score      a finite number; higher is better
    artifact   the object found, of JSON's kinds (tuples and numpy arrays become lists)
    behaviour  anything of JSON's kinds that tells programs of equal score apart
    metrics    further named numbers
    feedback   a sentence for whoever writes the next program
    """

    __slots__ = ("artifact", "behaviour", "feedback", "metrics", "score")

    def __init__(self, score, artifact=None, behaviour=None, metrics=None, feedback=None):
        self.score = score
        self.artifact = artifact
        self.behaviour = behaviour
        self.metrics = metrics
        self.feedback = feedback

    def __repr__(self):
        return "Result(score=%r, artifact=%r)" % (self.score, self.artifact)


def map(function, rows, *fixed, unpack=False):
    """`[function(row, *fixed) for row in rows]`, in fewer steps where there is a way.

    With `unpack`, rows are tuples of arguments: `[function(*row, *fixed) for row in rows]`. Arrays among the
    fixed arguments are copied first, so that a function that changes them does not change yours.

    A function in another process is sent all rows in one message; a proven one may be worked out for all rows
    at once, where that gives the very same values.
    """
    together = getattr(function, "__funsearch_map__", None)
    if together is not None:
        return together(rows, fixed, unpack)
    return one_by_one(function, rows, fixed, unpack)


def one_by_one(function, rows, fixed, unpack):
    """What `map` gives, by single calls."""
    fixed = _own_arrays(fixed)
    if unpack:
        return [function(*row, *fixed) for row in rows]
    if len(fixed) == 1:
        (only,) = fixed
        return [function(row, only) for row in rows]
    return [function(row, *fixed) for row in rows]


def _own_arrays(values):
    if any(type(value).__name__ == "ndarray" for value in values):
        return [value.copy() if type(value).__name__ == "ndarray" else value for value in values]
    return values


def as_floats(values, rows, name="priority"):
    """The values as floats, so that True, 1 and 1.0 sort alike; ValueError names one that will not do.

    What is no number, NaN, or too large for a float will not do; infinities will. The message names the row
    of the value, one of as many as there are values, and calls the value by this name.
    """
    floats = values
    kinds = set(builtins.map(type, values))
    if kinds != {float}:
        try:
            floats = list(builtins.map(float if kinds <= _REAL else _to_float, values))
        except (AttributeError, OverflowError, TypeError):
            raise ValueError(_first_unfit(values, rows, name)) from None
    # A sum is NaN if a term is, so the usual case costs one addition each. (Infinities may also do it.)
    total = sum(floats)
    if total != total:
        for value, row in zip(floats, rows):
            if value != value:
                raise ValueError("the %s of %s is NaN, which has no place in an order" % (name, row))
    return floats


def descending(values, rows, name="priority"):
    """The indices of the values from the highest down, for a greedy loop.

    Values are compared as floats; equal ones keep their order, and those of minus infinity are left out.
    ValueError as by `as_floats`.
    """
    order = _descending_by_numpy(values)
    if order is None:
        floats = as_floats(values, rows, name)
        order = sorted(range(len(floats)), key=floats.__getitem__, reverse=True)  # keeps equal ones in order
        if order and floats[order[-1]] == -math.inf:
            order = [index for index in order if floats[index] != -math.inf]
    return order


def _descending_by_numpy(values):
    """The same where numpy is loaded and the values are many and plain; else None."""
    numpy = sys.modules.get("numpy")
    if numpy is None or len(values) < _MANY or not set(builtins.map(type, values)) <= _REAL:
        return None
    try:
        floats = numpy.array(values, numpy.float64)
    except OverflowError:
        return None
    low, high = float(floats.min()), float(floats.max())
    if low != low:  # NaN, where any value is
        return None
    if high - low < 65536 and (floats == numpy.floor(floats)).all():
        # Sixteen bits are sorted by counting, which is fast.
        return numpy.argsort((high - floats).astype(numpy.uint16), kind="stable").tolist()
    order = numpy.argsort(-floats, kind="stable")
    return (order if low > -math.inf else order[floats[order] != -math.inf]).tolist()


_MANY = 1000
_REAL = {bool, float, int}
_to_float = operator.methodcaller("__float__")  # slower than float(), but takes no strings


def _first_unfit(values, rows, name):
    """What is wrong with the first value that cannot be made a float."""
    for value, row in zip(values, rows):
        try:
            _to_float(value)
        except OverflowError:
            return "the %s of %s is too large for a float" % (name, row)
        except (AttributeError, TypeError):
            kind = type(value).__name__
            return "the %s of %s is a %s, not a number: return a float" % (name, row, kind)
    return "a %s is a number at one time and not at another" % name
