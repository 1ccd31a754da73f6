"""A small problem for the tests, and how to load it."""

from worker_process import Worker

SPECIFICATION = '''"""A toy."""
import itertools
import math

import funsearch

ROWS = list(itertools.product(range(3), repeat=3))


@funsearch.run
def evaluate(n):
    scores = funsearch.map(priority, ROWS, n)
    best = sorted(range(len(ROWS)), key=lambda i: -float(scores[i]))[:n]
    return funsearch.Result(math.fsum(map(float, scores)), artifact=[ROWS[i] for i in best],
                            behaviour=best, metrics={"rows": len(ROWS)})


@funsearch.evolve
def priority(el: tuple[int, ...], n: int) -> float:
    """The priority."""
    return 0.0


@funsearch.verify
def verify(n, artifact):
    return len(artifact)
'''
LIMITS = {"cpu_seconds": 0.4, "wall_seconds": 4.0, "memory_bytes": 1 << 27, "output_bytes": 4096}


def load(worker, source=SPECIFICATION, **changes):
    """Loads the toy problem; gives the reply."""
    request = {"path": "specification.py", "source": source, "evolve": "priority", "run": "evaluate",
               "verify": "verify" if "def verify" in source else None, "inputs": [3, 4], "limits": LIMITS,
               "trust": "split", "decorators": []}
    request.update(changes)
    return worker.ask("load", **request)


def loaded(**options):
    """A worker with the toy problem."""
    worker = Worker(**options)
    if (worker.greeting or {}).get("event") == "ready":
        load(worker)
    return worker


def evaluate(worker, body, lane="proven", **changes):
    """The outcome of a function body, or of a whole program where it starts with no blank."""
    source = body if not body.startswith(" ") else "def priority(el, n):\n" + body
    request = {"id": 7, "lane": lane, "source": source, "inputs": None, "artifact": False}
    request.update(changes)
    return worker.ask("evaluate", **request)
