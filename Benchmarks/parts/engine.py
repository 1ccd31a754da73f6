"""The engine alone: CPU for a step, whether that grows, memory, and the time to resume."""

import glob
import os
import sqlite3

from .product import PROBLEMS, Failed
from .table import Row, at_most, note, spread

STEPS, QUICK_STEPS = 100_000, 20_000


def rows(product, quick):
    steps = QUICK_STEPS if quick else STEPS
    start = product.search(PROBLEMS / "trivial", 1).engine_seconds
    searches, growth = [], []
    for _ in range(1 if quick else 2):
        curve = Curve(product.results)
        search = product.search(PROBLEMS / "trivial", steps, on_look=curve.look)
        searches.append(search)
        growth.append(curve.growth(steps))
    cost = [(search.engine_seconds - start) / search.steps * 1e6 for search in searches]
    peaks = [search.usage.peak_bytes / 1e6 for search in searches]
    redraws = searches[0].rows("SELECT avg(redraws) FROM step")[0][0]
    return [
        at_most(f"engine: µs CPU a step, {steps} steps", cost, 100, "%.0f"),
        note("engine: duplicates drawn again for a step", f"{redraws:.2f}"),
        at_most(f"engine: cost of a step at {steps} over that at {steps // 10}", growth, 1.3),
        at_most(f"engine: MB resident at {steps} steps", [max(peaks)], 200, "%.0f"),
    ] + resuming(product, searches[0], steps)


def resuming(product, search, steps):
    """The time to take a finished run up again and do one step more, three times."""
    try:
        resumed = [product.resume(search, steps + more) for more in (1, 2, 3)]
    except Failed as failure:
        return [Row(f"resume of {steps} steps", f"fails: {failure}", "≤ 2 s", False)]
    return [
        at_most(f"resume of {steps} steps and one more: s", [run.usage.wall_seconds for run in resumed], 2),
        note("resume: s CPU of the engine", spread([run.engine_seconds for run in resumed])),
        note("resume: MB resident", spread([run.usage.peak_bytes / 1e6 for run in resumed], "%.0f")),
    ]


class Curve:
    """The engine's CPU time against the steps committed, looked at while a run is under way."""

    def __init__(self, results):
        self._pattern = os.path.join(results, "trivial", "*", "run.sqlite")
        self._earlier = set(glob.glob(self._pattern))
        self._points = [(0, 0.0)]

    def look(self, seconds):
        """Takes one point."""
        journals = set(glob.glob(self._pattern)) - self._earlier
        if not journals:
            return
        try:
            with sqlite3.connect(f"file:{journals.pop()}?mode=ro", uri=True) as connection:
                (sequence,) = connection.execute("SELECT max(sequence) FROM step").fetchone()
        except sqlite3.Error:
            return
        if sequence and sequence > self._points[-1][0]:
            self._points.append((sequence, seconds))

    def growth(self, steps, early=None):
        """CPU for a step over the last tenth of the run, over that around step `early`."""
        early = early or steps // 10
        return self._cost(steps // 10 * 9, steps) / self._cost(early // 2, early // 2 * 3)

    def _cost(self, first, last):
        inside = [point for point in self._points if first <= point[0] <= last]
        if len(inside) < 2:
            return float("nan")
        (from_step, from_seconds), (to_step, to_seconds) = inside[0], inside[-1]
        return (to_seconds - from_seconds) / (to_step - from_step)
