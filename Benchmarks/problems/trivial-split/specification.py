"""The trivial evaluation with programs that are not proven harmless: each runs in a process of its own."""

import funsearch


@funsearch.run
def evaluate(value: int) -> float:
    """The same score for every program, which is called once."""
    weigh(1.0, 2.0, z=3.0)
    return 1.0


@funsearch.evolve
def weigh(x: float, y: float, *, z: float) -> float:  # a parameter by keyword only: not in the proven lane
    """Returns a number made of three others."""
    return 0.5 * x + 2.0 * y - z / 4.0
