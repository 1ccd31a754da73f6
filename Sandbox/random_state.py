"""One fixed state of the known random generators before every evaluation, or one drawn for it."""

import _random
import os
import sys

from .blake2 import blake2b


def _unseeded_random():
    """The module `random`, loaded so that it does not seed itself from the system in every forked process.

    Each seeds it anyway before it evaluates, and a candidate's process pays for every page it writes to.
    """
    register = os.register_at_fork
    os.register_at_fork = lambda **_functions: None
    try:
        import random
    finally:
        os.register_at_fork = register
    return random


random = _unseeded_random()

FIXED = 20231214
"""The seed where evaluations are exact."""

_GENERATOR = random.seed.__self__
_SEED = _random.Random.seed


def reseed(seed=FIXED):
    """Seeds `random`, and `numpy.random` where numpy is loaded (which loads it where that was put off)."""
    # As `random.seed` does with a whole number, without looking at what it was given.
    _SEED(_GENERATOR, seed)
    _GENERATOR.gauss_next = None
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "random"):
        numpy.random.seed(seed if seed < 1 << 32 else [seed & 0xFFFFFFFF, seed >> 32])


def drawn(draws, index, repeat):
    """The seed of one evaluation of a noisy problem: the same wherever and whenever it is made."""
    return _seed(b"%s %d %d" % (draws.encode(), index, repeat))


def of_candidate(seed):
    """The seed beside it in a candidate's own process, from which the evaluator's cannot be told."""
    return seed if seed == FIXED else _seed(b"candidate %d" % seed)


def _seed(text):
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")
