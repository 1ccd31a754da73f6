"""What hostile programs are set upon: the score tells whether the evaluator's own state was reached."""

import json
import math
import random
import sys

import funsearch

TABLE = [1, 2, 3]


@funsearch.run
def evaluate(n):
    answers_to_come = [float(i) for i in range(n)]
    rows = [[i, n - i] for i in range(n)]
    alone = [float(guess(row, n)) for row in rows]
    together = [float(value) for value in funsearch.map(guess, rows, n)]
    score = sum(min(max(value, 0.0), 1.0) for value in alone)
    intact = (
        rows == [[i, n - i] for i in range(n)]
        and answers_to_come == [float(i) for i in range(n)]
        and TABLE == [1, 2, 3]
        and repr(math.pi) == "3.141592653589793"
        and json.dumps(n) == str(n)
        and sys.getrecursionlimit() == 1000
        and random.random() == random.Random(20231214).random()
    )
    if not intact:
        score += 1000.0
    return funsearch.Result(score, artifact=alone, behaviour=together)


@funsearch.verify
def verify(n, artifact):
    return sum(min(max(value, 0.0), 1.0) for value in artifact)


@funsearch.evolve
def guess(row, n):
    return 0.0
