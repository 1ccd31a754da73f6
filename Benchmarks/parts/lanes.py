"""What a process of its own costs a candidate: the same program in the split lane and in the proven one."""

import sys

from .product import ROOT
from .table import at_most, note, spread

sys.path.insert(0, str(ROOT / "Sandbox" / "tests"))

# Its `while` keeps it from being worked out for all rows at once: both lanes make the same single calls.
PROGRAM = """def priority(el, n):
    total = 0.0
    while total < 0.0:
        total += 1.0
    for i in range(n):
        total += el[i] * 0.5 if el[i] != el[i - 1] else 1.25
    return total
"""
REQUEST = {"path": "specification.py", "evolve": "priority", "run": "evaluate", "verify": "verify",
           "inputs": [8], "trust": "split", "decorators": [],
           "limits": {"cpu_seconds": 10.0, "wall_seconds": 30.0, "memory_bytes": 1 << 30,
                      "output_bytes": 65536}}


def rows(product, quick):
    """CPU time of all processes of a worker, by evaluation."""
    count, repetitions = (30, 2) if quick else (60, 5)
    python = product.python()
    differences, proven = [], []
    for _ in range(repetitions):
        costs = {lane: (seconds(python, lane, count) - seconds(python, lane, 2)) / (count - 2) * 1e3
                 for lane in ("split", "proven")}
        differences.append(costs["split"] - costs["proven"])
        proven.append(costs["proven"])
    return [
        at_most("split lane: ms CPU over the proven one, a cap-set candidate in 8 dimensions, through map",
                differences, 4.0),
        note("proven lane: ms CPU for the same", spread(proven)),
    ]


def seconds(python, lane, count):
    """CPU seconds of a worker that evaluates so often, from its start to its end."""
    from worker_process import Worker

    folder = ROOT / "Problems" / "cap-set"
    source = (folder / "specification.py").read_text(encoding="utf-8")
    isolation = {"isolation": "auto", "namespaces": "bwrap", "bwrap": True}
    with Worker(python=python, workspace=str(folder), **isolation) as worker:
        worker.ask("load", source=source, **REQUEST)
        for _ in range(count):
            outcome = worker.ask("evaluate", id=1, lane=lane, source=PROGRAM, inputs=None, artifact=False)
            if outcome["outcome"] != "scored":
                raise RuntimeError(f"the candidate failed: {outcome['message']}")
        worker.end_input()
        return worker.read()["cpu_seconds"]
