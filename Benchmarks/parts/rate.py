"""Evaluations per second where the evaluation itself costs nothing."""

from .product import PROBLEMS, WORKERS, Failed
from .table import at_least, median, note, spread

# Problem, steps, least rate; and for --quick.
LANES = [("trivial", 20_000, 2000, "proven"), ("trivial-split", 3000, 400, "split")]
QUICK = [("trivial", 5000, 2000, "proven"), ("trivial-split", 800, 400, "split")]


def rows(product, quick):
    found = []
    for problem, steps, least, lane in QUICK if quick else LANES:
        folder = PROBLEMS / problem
        repetitions = 2 if quick else 3
        starts = [product.search(folder, 1).usage for _ in range(repetitions)]
        start_wall = median([usage.wall_seconds for usage in starts])
        start_cpu = median([usage.cpu_seconds for usage in starts])
        rates, worker, cpu = [], [], []
        for _ in range(repetitions):
            search = product.search(folder, steps)
            if search.finished["failures"]:
                raise Failed(f"{problem} has failures: {search.finished['failures']}")
            rates.append(search.evaluations / (search.usage.wall_seconds - start_wall))
            cpu.append((search.usage.cpu_seconds - start_cpu) / search.evaluations * 1e6)
            worker.append(mean_cpu(search))
        found += [
            at_least(f"{lane} lane: evaluations a second, 2 workers", rates, least),
            note(f"{lane} lane: µs CPU of all processes for one", spread(cpu, "%.0f")),
            note(f"{lane} lane: so many a second if {WORKERS} cores had nothing else to do",
                 spread([WORKERS * 1e6 / microseconds for microseconds in cpu], "%.0f")),
            note(f"{lane} lane: µs CPU that the worker says one took", spread(worker, "%.0f")),
        ]
    return found


def mean_cpu(search):
    """Microseconds of an evaluation, by the journal."""
    return search.rows("SELECT avg(cpu_microseconds) FROM step WHERE reused = 0")[0][0]
