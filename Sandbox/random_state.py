"""One fixed state of the known random generators before every evaluation."""

import sys

_SEED = 20231214


def reseed():
    """Seeds `random` and `numpy.random`, where they are loaded."""
    modules = sys.modules
    if "random" in modules:
        modules["random"].seed(_SEED)
    if "numpy.random" in modules:
        modules["numpy.random"].seed(_SEED)
