"""CPU time of a whole search over that of the bare evaluation of its programs."""

import json
import os
import subprocess

from .product import ROOT, WORKERS, Failed
from .table import at_most, median, note, spread

# A run with the defaults; and for --quick.
STEPS, QUICK_STEPS = 10_000, 1000
# Dimension, steps, repetitions, limit; and for --quick.
SIZES = [(8, 1000, 3, 1.25), (6, 3000, 3, 1.6)]
QUICK = [(8, 300, 1, 1.25), (6, 1000, 2, 1.6)]


def rows(product, quick):
    """Ours and the bare loop in turn, the same programs in both."""
    python = product.python()
    found = [row for size in (QUICK if quick else SIZES) for row in rows_of(product, python, *size)]
    return found + [checks(product, quick)]


def checks(product, quick):
    """What evaluating bests again and verifying them takes, start-up of these two processes included.

    The longer a run, the fewer of its programs are bests, so a short one has no limit.
    """
    steps = QUICK_STEPS if quick else STEPS
    search = product.search("cap-set", steps, "--seed", 1)
    share = [search.check_seconds / search.usage.cpu_seconds * 100]
    name = f"default run of {steps} steps: evaluating bests again and verifying them, of all CPU"
    return note(name, spread(share) + " %") if quick else at_most(name, share, 2.0, unit=" %")


def rows_of(product, python, n, steps, repetitions, limit):
    options = ("--inputs", n, "--seed", 1)
    start = [product.search("cap-set", 1, *options).usage.cpu_seconds for _ in range(repetitions)]
    whole, steady, accounts, ours, bare = [], [], [], [], []
    for _ in range(repetitions):
        search = product.search("cap-set", steps, *options)
        seconds, count = bare_seconds(python, search, n)
        total = search.usage.cpu_seconds
        whole.append(total / seconds)
        steady.append((total - median(start)) / seconds)
        accounts.append((search.engine_seconds + search.worker_seconds) / total)
        ours.append(total / count * 1e3)
        bare.append(seconds / count * 1e3)
    name = f"n = {n}: CPU over the bare evaluation"
    return [
        at_most(name + f", {steps} steps with start-up", whole, limit),
        note(name + ", start-up left out", spread(steady)),
        note(f"n = {n}: ms CPU for a program: ours; bare", f"{spread(ours)}; {spread(bare)}"),
        note(f"n = {n}: s CPU of start-up", spread(start)),
        note(f"n = {n}: cpu_seconds as reported over all there was", spread(accounts)),
    ]


def bare_seconds(python, search, n):
    """CPU seconds of the bare loop, and the number of programs in it.

    As many loops run side by side as the search had workers: two threads of one core slow each other down.
    """
    problem = os.path.join(search.finished["directory"], "problem", "specification.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "Sandbox"), "PYTHONHASHSEED": "1"}
    script = str(ROOT / "Benchmarks" / "parts" / "bare.py")
    command = [python, script, search.journal, problem, "priority", "evaluate", str(n)]
    loops = [subprocess.Popen(command + [str(part), str(WORKERS)], env=environment, stdout=subprocess.PIPE)
             for part in range(WORKERS)]
    answers = [json.loads(loop.communicate()[0]) for loop in loops]
    count = sum(answer["evaluations"] for answer in answers)
    different = sum(answer["different"] for answer in answers)
    if different:
        raise Failed(f"{different} of {count} programs have another score in plain Python than in "
                     + search.journal)
    return sum(answer["seconds"] for answer in answers), count
