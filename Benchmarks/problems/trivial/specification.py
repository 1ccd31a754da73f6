"""An evaluation that costs next to nothing: what is measured with it is all that surrounds an evaluation."""

import funsearch


@funsearch.run
def evaluate(value: int) -> float:
    """The same score for every program."""
    return 1.0


@funsearch.evolve
def weigh(x: float, y: float, z: float) -> float:
    """Returns a number made of three others."""
    return 0.5 * x + 2.0 * y - z / 4.0
