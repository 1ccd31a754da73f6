"""The time until the program answers."""

from .table import at_most

REPETITIONS = 20


def rows(product, _quick):
    milliseconds = [product.call("--help").wall_seconds * 1e3 for _ in range(REPETITIONS)]
    return [at_most(f"funsearch --help: ms, {REPETITIONS} times", milliseconds, 50, "%.0f")]
