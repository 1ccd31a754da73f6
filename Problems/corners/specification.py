"""Finds large sets without corners, up to degeneration, in products of a group with itself.

The points are the pairs (x, y) of vectors of n entries modulo p. A corner is (x, y), (x + l, y), (x, y + l)
for some l that is not 0. A set of points counts when every point can be given three weights, of sum 0, so
that for every corner in the set the first weight of its first point, the second of its second and the third
of its third have a positive sum. A set of size s bounds a capacity from below by s ** (1 / n).
"""

import functools
import itertools
import reprlib
from typing import NamedTuple

import funsearch

LARGEST = 2000  # points
MARGIN = 60  # what the weights of a corner are to sum up to: not 1, so that whole steps are fine enough
SWEEPS, MOST_SWEEPS = 10, 400


class Plane(NamedTuple):
    """The points, known by their index in lexicographic order, and what the greedy loop looks up."""

    points: list  # (x1, y1, x2, y2, …)
    corners: list  # for each point three lists: of pairs that make a corner with it first, second, third
    squares: list  # for each point, for p = 2: triples with which it is a square {x, x + l} × {y, y + l}


@functools.lru_cache(maxsize=4)
def plane(p: int, n: int) -> Plane:
    """The points and tables of one group, made once in a process."""
    points = list(itertools.product(range(p), repeat=2 * n))
    index = {point: i for i, point in enumerate(points)}
    corners = [([], [], []) for _ in points]
    squares = [[] for _ in points]
    for first, point in enumerate(points):
        for l in itertools.islice(itertools.product(range(p), repeat=n), 1, None):
            second, third, opposite = (
                index[tuple((e + l[i // 2] * step[i % 2]) % p for i, e in enumerate(point))]
                for step in ((1, 0), (0, 1), (1, 1))
            )
            corners[first][0].append((second, third))
            corners[second][1].append((first, third))
            corners[third][2].append((first, second))
            if p == 2:
                squares[first].append((second, third, opposite))
    return Plane(points, corners, squares)


def relaxed(corners: list, u: list, v: list, w: list) -> bool:
    """Changes the weights until every corner has at least the margin; False when that does not seem to end.

    A corner short of it is reflected: each of its points shifts weight, so that the sum ends as far above the
    margin as it was below. All numbers are whole, so the outcome is the same everywhere. Where no weights
    exist, what is short does not shrink, and it gives up; that it gives up too early is possible, but rare.
    """
    before = None
    for sweep in range(MOST_SWEEPS):
        missing = 0
        for a, b, c in corners:
            short = MARGIN - u[a] - v[b] - w[c]
            if short > 0:
                missing += short
                step = (short + 2) // 3
                u[a] += 2 * step
                v[a] -= step
                w[a] -= step
                v[b] += 2 * step
                u[b] -= step
                w[b] -= step
                w[c] += 2 * step
                u[c] -= step
                v[c] -= step
        if not missing:
            return True
        if sweep % SWEEPS == SWEEPS - 1:
            if before is not None and 10 * missing > 9 * before:
                return False
            before = missing
    return False


def greedy(plane: Plane, order: list) -> tuple:
    """The points taken from `order` in turn, each if weights for the larger set are found; the weights."""
    taken = [False] * len(plane.points)
    u, v, w = weights = [[0] * len(plane.points) for _ in range(3)]
    corners = []  # within the set
    chosen = []
    for point in order:
        # The four corners of a square have weights of sum 0.
        if any(taken[a] and taken[b] and taken[c] for a, b, c in plane.squares[point]):
            continue
        pairs = [[(a, b) for a, b in held if taken[a] and taken[b]] for held in plane.corners[point]]
        # What each weight of the new point must be at least, where those of the others stay.
        least = [
            max((MARGIN - v[b] - w[c] for b, c in pairs[0]), default=None),
            max((MARGIN - u[a] - w[c] for a, c in pairs[1]), default=None),
            max((MARGIN - u[a] - v[b] for a, b in pairs[2]), default=None),
        ]
        own = [value or 0 for value in least]
        spare = -sum(own)
        if None in least:  # that weight may be as small as it takes
            own[least.index(None)] += spare
        else:
            own = [own[0] + spare // 3, own[1] + spare // 3, own[2] + spare - 2 * (spare // 3)]
        new = [(point, b, c) for b, c in pairs[0]]
        new += [(a, point, c) for a, c in pairs[1]]
        new += [(a, b, point) for a, b in pairs[2]]
        for each, value in zip(weights, own):
            each[point] = value
        if spare < 0 and None not in least:
            changed = [list(each) for each in weights]
            if not relaxed(corners + new, *changed):
                continue
            u, v, w = weights = changed
        taken[point] = True
        corners += new
        chosen.append(point)
    return chosen, weights


def checked(group: list) -> tuple:
    """p and n; ValueError unless the input is such."""
    if type(group) in (list, tuple) and len(group) == 2:
        p, n = group
        if type(p) is int and type(n) is int and p >= 2 and 1 <= n <= 10 and p ** (2 * n) <= LARGEST:
            return p, n
    raise ValueError(
        "an input of corners is [p, n], for vectors of n entries modulo p >= 2, such as [2, 4], with at most "
        f"{LARGEST} pairs of them; got {group!r}"
    )


@funsearch.run
def evaluate(group: list) -> funsearch.Result:
    """The size of the set that the priorities lead to.

    Points are taken from the highest priority down, equal ones in lexicographic order; a priority of minus
    infinity leaves a point out.
    """
    p, n = checked(group)
    found = plane(p, n)
    priorities = funsearch.map(priority, found.points, p, n)
    chosen, (u, v, w) = greedy(found, funsearch.descending(priorities, found.points))
    chosen.sort()
    return funsearch.Result(
        len(chosen),
        artifact=[[found.points[index], (u[index], v[index], w[index])] for index in chosen],
        behaviour=tuple(chosen),
    )


@funsearch.verify
def verify(group: list, artifact: list) -> int:
    """The size of the set if its weights prove it, by the definition alone; else ValueError.

    The artifact is a list of pairs of a point (x1, y1, x2, y2, …) and its three weights, whole numbers.
    """
    p, n = checked(group)
    if type(artifact) not in (list, tuple):
        raise ValueError(f"a set is a list of points with weights; got {type(artifact).__name__}")
    weights = {}
    for i, pair in enumerate(artifact):
        if type(pair) not in (list, tuple) or len(pair) != 2:
            raise ValueError(f"entry {i} is {reprlib.repr(pair)}, not a point and its weights")
        for part, length in zip(pair, (2 * n, 3)):
            if type(part) not in (list, tuple) or len(part) != length or set(map(type, part)) != {int}:
                raise ValueError(f"entry {i} holds {reprlib.repr(part)}, not {length} whole numbers")
        if not all(0 <= entry < p for entry in pair[0]):
            raise ValueError(f"entry {i}: the point {list(pair[0])} has an entry that is not 0 to {p - 1}")
        point = tuple(pair[0][0::2]), tuple(pair[0][1::2])
        if point in weights:
            raise ValueError(f"entry {i}: the point {list(pair[0])} is there twice")
        if sum(pair[1]) != 0:
            raise ValueError(f"entry {i}: the weights {list(pair[1])} do not sum to 0")
        weights[point] = pair[1]
    for x, y in weights:
        for l in itertools.product(range(p), repeat=n):
            second = tuple((a + b) % p for a, b in zip(x, l)), y
            third = x, tuple((a + b) % p for a, b in zip(y, l))
            if any(l) and second in weights and third in weights:
                total = weights[x, y][0] + weights[second][1] + weights[third][2]
                if total <= 0:
                    raise ValueError(f"the corner {(x, y)}, {second}, {third} has weights of sum {total}")
    return len(weights)


@funsearch.evolve
def priority(el: tuple[int, ...], p: int, n: int) -> float:
    """Returns the priority with which we want to add the point `el` to the set.

    `el` is (x1, y1, x2, y2, …), of 2 n entries from 0 to p - 1. Higher priorities are taken first.
    """
    return 0.0
