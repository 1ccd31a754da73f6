"""What is left of many evaluations of which one in ten is hostile: memory, descriptors, processes."""

import os
import pathlib
import re
import subprocess

from .product import Failed
from .table import Row, note

_ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
_HOLDING = re.compile(r"engine (\d+) KiB, workers (\d+) KiB, (\d+) descriptors, (\d+) processes")
_GROWTH = 20_000
"""Kilobytes that an engine or all workers may be larger by; the suite asks the same."""


def rows(evaluations):
    """Runs the suite `SoakTests`, which `swift build --build-tests` must have built."""
    done = subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "SoakTests"], cwd=_ROOT, text=True, check=False,
        env=dict(os.environ, FUNSEARCH_SOAK=str(evaluations)),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    before, after = ([int(number) for number in found] for found in _holdings(done.stdout))
    names = ("KiB of the engine", "KiB of all workers", "descriptors", "processes")
    allowed = (before[0] + _GROWTH, before[1] * 3 // 2 + _GROWTH, before[2], before[3])
    found = [note("soak: evaluations, one in ten hostile", str(evaluations))]
    for name, first, last, most in zip(names, before, after, allowed):
        found.append(Row(f"soak: {name}, before and after", f"{first}, {last}", f"≤ {most}", last <= most))
    return found


def _holdings(text):
    found = _HOLDING.findall(text)
    if len(found) < 2:
        raise Failed("the soak did not come to its end; build the tests first (swift build --build-tests):\n"
                     + text[-2000:])
    return found[-2:]
