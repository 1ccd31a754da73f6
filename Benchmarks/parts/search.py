"""How good the offline search is: the best scores of several seeds."""

import sys

from .table import Row, median, note

# Dimension, steps, score asked for, of ten seeds how many.
SIZES = [(6, 3000, 96, 9), (8, 10_000, 448, 8)]


def rows(product, seeds, quick):
    found = []
    for n, steps, wanted, least in SIZES[:1] if quick else SIZES:
        runs = [one(product, n, steps, seed) for seed in seeds]
        scores = [score for score, _, _ in runs]
        reached = sum(score >= wanted for score in scores)
        share = -(-least * len(runs) // 10)
        when = [first for _, _, first in runs if first is not None]
        found += [
            Row(f"n = {n}: seeds with {wanted} or more within {steps} steps", f"{reached} of {len(runs)}",
                f"≥ {share}", reached >= share),
            note(f"n = {n}: best of seeds {seeds[0]}–{seeds[-1]}", " ".join(map("{:g}".format, scores))),
            note(f"n = {n}: median best", f"{median(scores):g}"),
            note(f"n = {n}: median step of the best", f"{median([step for _, step, _ in runs]):.0f}"),
            note(f"n = {n}: median step of the first {wanted}", f"{median(when):.0f}" if when else "–"),
        ]
    return found


def one(product, n, steps, seed):
    """The best score of a run, and when it and the score asked for were first reached."""
    search = product.search("cap-set", steps, "--inputs", n, "--seed", seed, "--islands", 8)
    wanted = next(wanted for dimension, _, wanted, _ in SIZES if dimension == n)
    score = search.finished["best"]["score"]
    (step,), = search.rows(f"SELECT coalesce(min(sequence), 0) FROM step WHERE total = {score!r}")
    (first,), = search.rows(f"SELECT min(sequence) FROM step WHERE total >= {wanted}")
    print(f"n = {n}, seed {seed}: {score:g} at step {step}, {wanted} at {first or 'no'} step, "
          f"{search.usage.wall_seconds:.0f} s", file=sys.stderr, flush=True)
    return score, step, first
