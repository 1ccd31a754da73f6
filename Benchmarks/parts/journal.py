"""The journal: CPU and bytes of a step, the time to resume a long run, and what looking at it takes."""

import os

from .engine import Curve
from .product import PROBLEMS
from .table import at_most, note, spread

STEPS, QUICK_STEPS = 100_000, 20_000


def rows(product, quick):
    return measured(product, QUICK_STEPS if quick else STEPS, 1, None)


def large_rows(product, steps):
    """The same for a run of a million steps, with its memory and whether its steps come to cost more."""
    return measured(product, steps, 10, 600)


def measured(product, steps, resume_seconds, resident_megabytes):
    nothing = [product.search(PROBLEMS / "trivial", 1).usage.wall_seconds for _ in range(3)]
    curve = Curve(product.results)
    search = product.search(PROBLEMS / "trivial", steps, on_look=curve.look)
    cpu = search.finished["cpu_seconds"]["journal"] / steps * 1e6
    size = os.path.getsize(search.journal) / steps
    resumed = [product.resume(search, steps + more) for more in (1, 2, 3)]
    seconds = [run.usage.wall_seconds - min(nothing) for run in resumed]
    peaks = [run.usage.peak_bytes / 1e6 for run in resumed]
    name = f"journal, {steps} steps: "
    table = [
        at_most(name + "µs CPU a step", [cpu], 20, "%.1f"),
        at_most(name + "bytes a step", [size], 1024, "%.0f"),
        at_most(name + "s to resume, over starting a run", seconds, resume_seconds),
        note(name + "s of a start, which resuming has too", spread(nothing)),
        note(name + "s CPU of the engine to resume", spread([run.engine_seconds for run in resumed])),
    ]
    if resident_megabytes:
        table += [
            at_most(name + "MB resident", [search.usage.peak_bytes / 1e6], resident_megabytes, "%.0f"),
            at_most(name + "MB resident, resumed", peaks, resident_megabytes, "%.0f"),
            at_most(name + "cost of a step over that at 10000", [curve.growth(steps, 10_000)], 1.2),
        ]
    folder = search.finished["directory"]
    for verb in (["replay"], ["verify"], ["top"], ["history"], ["lineage", str(steps)]):
        usage = product.call(*verb, folder)
        table.append(note(f"{name}s of funsearch {verb[0]}", f"{usage.wall_seconds:.2f}"))
    return table
