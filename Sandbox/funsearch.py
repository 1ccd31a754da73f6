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
"""

__all__ = ["Result", "evolve", "map", "run", "verify"]


def _marker(name, meaning):
    def mark(function=None, **_options):
        return mark if function is None else function

    mark.__name__ = mark.__qualname__ = name
    mark.__doc__ = meaning
    return mark


evolve = _marker("evolve", "Marks the function whose body is searched.")
run = _marker("run", "Marks the entry point, called once per input.")
verify = _marker("verify", "Marks the exact check of an artifact: verify(input, artifact) -> score.")


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


def map(function, rows, *fixed):
    """`[function(row, *fixed) for row in rows]`, in fewer steps where there is a way.

    A function in another process is sent all rows in one message; a proven one may be worked out for all rows
    at once, where that gives the very same values.
    """
    together = getattr(function, "__funsearch_map__", None)
    if together is not None:
        return together(rows, fixed)
    return _one_by_one(function, rows, fixed)


def _one_by_one(function, rows, fixed):
    if len(fixed) == 1:
        (only,) = fixed
        return [function(row, only) for row in rows]
    return [function(row, *fixed) for row in rows]
