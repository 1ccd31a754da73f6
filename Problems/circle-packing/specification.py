"""Packs n circles into the unit square so that the sum of their radii is large.

The evolved function says where circles are wanted. They are placed one by one on a grid of spots, each where
its radius (what the circles before it and the sides leave, up to a common limit) and the priority have the
largest sum. A local optimizer then moves and grows them, from this layout to the next best packing; it uses
sums, products, quotients and square roots only, so that it ends at the same numbers on every machine.
"""

import fractions
import math
import operator
import reprlib

import funsearch

CELLS = 24  # spots in a row of the grid
FEWEST, MOST = 2, 64
ROUNDS, STEPS = 15, 100
STIFFNESS, STIFFER, INERTIA = 5.0, 1.46, 0.8
REACH = 0.04  # pairs further apart than this are not looked at, for REFRESH steps
REFRESH = 10


def as_floats(priorities: list, xs: list, y: float, k: int) -> list:
    """The priorities as finite floats; ValueError names one that will not do."""
    try:
        floats = [float(value) if type(value) in (bool, int) else to_float(value) for value in priorities]
    except OverflowError:
        raise ValueError(f"a priority of circle {k} at y = {y} is too large for a float") from None
    except (AttributeError, TypeError):
        kinds = ", ".join(sorted({type(value).__name__ for value in priorities}))
        raise ValueError(f"the priorities of circle {k} at y = {y} are {kinds}: return a float") from None
    for value, x in zip(floats, xs):
        if not math.isfinite(value):
            raise ValueError(f"the priority of circle {k} at ({x}, {y}) is {value}; it must be finite")
    return floats


to_float = operator.methodcaller("__float__")  # takes no strings, unlike float()


def layout(n: int) -> tuple:
    """The circles as the priorities place them: centres and radii."""
    line = [(i + 0.5) / CELLS for i in range(CELLS)]
    spots = [(x, y) for y in line for x in line]
    limit = 0.6 / math.sqrt(n)
    room = [min(limit, x, 1.0 - x, y, 1.0 - y) for x, y in spots]
    xs, ys, rs = [], [], []
    for k in range(n):
        wishes = []
        for y in line:
            wishes += as_floats(funsearch.map(priority, line, y, k, n), line, y, k)
        values = [free + wish if free > 0.0 else -math.inf for free, wish in zip(room, wishes)]
        best = values.index(max(values))
        (x, y), radius = spots[best], max(room[best], 0.0)
        xs.append(x)
        ys.append(y)
        rs.append(radius)
        for spot, (x2, y2) in enumerate(spots):
            free = math.sqrt((x - x2) * (x - x2) + (y - y2) * (y - y2)) - radius
            if free < room[spot]:
                room[spot] = free
        room[best] = -1.0
    return xs, ys, rs


def distance(xs: list, ys: list, i: int, j: int) -> float:
    return math.sqrt((xs[i] - xs[j]) * (xs[i] - xs[j]) + (ys[i] - ys[j]) * (ys[i] - ys[j]))


def optimize(xs: list, ys: list, rs: list) -> None:
    """Moves and grows the circles to a packing nearby whose sum of radii is as large as possible.

    Ascent with inertia on the sum of radii minus penalties for overlaps, which get stiffer from round to
    round and carry a multiplier each (the augmented Lagrangian), so that overlaps vanish in the end.
    """
    n = len(xs)
    stiffness = STIFFNESS
    pairs = [[0.0] * n for _ in range(n)]  # multipliers
    sides = [[0.0] * 4 for _ in range(n)]
    speeds = [[0.0] * n for _ in range(3)]
    for _ in range(ROUNDS):
        for step in range(STEPS):
            if step % REFRESH == 0:
                near = [
                    (i, j)
                    for i in range(n)
                    for j in range(i)
                    if distance(xs, ys, i, j) < rs[i] + rs[j] + REACH
                ]
            ascend(xs, ys, rs, speeds, near, pairs, sides, stiffness)
        for i in range(n):
            for j in range(i):
                force = pairs[i][j] + stiffness * (rs[i] + rs[j] - distance(xs, ys, i, j))
                pairs[i][j] = max(0.0, force)
            beyond = (rs[i] - xs[i], rs[i] + xs[i] - 1.0, rs[i] - ys[i], rs[i] + ys[i] - 1.0)
            sides[i] = [max(0.0, old + stiffness * by) for old, by in zip(sides[i], beyond)]
        stiffness *= STIFFER


def ascend(xs, ys, rs, speeds, near, pairs, sides, stiffness) -> None:
    """One step of the ascent."""
    n = len(xs)
    gx, gy, gr = [0.0] * n, [0.0] * n, [1.0] * n
    sqrt = math.sqrt
    for i, j in near:
        dx, dy = xs[i] - xs[j], ys[i] - ys[j]
        apart = sqrt(dx * dx + dy * dy) or 1e-9
        force = pairs[i][j] + stiffness * (rs[i] + rs[j] - apart)
        if force > 0.0:
            gr[i] -= force
            gr[j] -= force
            force /= apart
            gx[i] += force * dx
            gx[j] -= force * dx
            gy[i] += force * dy
            gy[j] -= force * dy
    pace = 0.12 / stiffness
    vx, vy, vr = speeds
    for i in range(n):
        x, y, r = xs[i], ys[i], rs[i]
        left, right, low, high = sides[i]
        force = left + stiffness * (r - x)
        if force > 0.0:
            gr[i] -= force
            gx[i] += force
        force = right + stiffness * (r + x - 1.0)
        if force > 0.0:
            gr[i] -= force
            gx[i] -= force
        force = low + stiffness * (r - y)
        if force > 0.0:
            gr[i] -= force
            gy[i] += force
        force = high + stiffness * (r + y - 1.0)
        if force > 0.0:
            gr[i] -= force
            gy[i] -= force
        vx[i] = INERTIA * vx[i] + pace * gx[i]
        vy[i] = INERTIA * vy[i] + pace * gy[i]
        vr[i] = INERTIA * vr[i] + pace * gr[i]
        xs[i], ys[i], rs[i] = x + vx[i], y + vy[i], r + vr[i]


def feasible(xs: list, ys: list, rs: list) -> tuple:
    """The circles without any overlap: shrunk where they have some, then grown, one after another."""
    n = len(xs)
    xs = [min(max(x, 0.0), 1.0) for x in xs]
    ys = [min(max(y, 0.0), 1.0) for y in ys]
    inside = [min(x, 1.0 - x, y, 1.0 - y) for x, y in zip(xs, ys)]
    rs = [max(0.0, min(most, r)) for most, r in zip(inside, rs)]
    apart = [[distance(xs, ys, i, j) for j in range(n)] for i in range(n)]
    for i in range(n):
        for j in range(i):
            both = rs[i] + rs[j]
            if both > apart[i][j]:
                rs[i] *= apart[i][j] / both
                rs[j] *= apart[i][j] / both
    for _ in range(10):
        for i in range(n):
            room = min([inside[i]] + [apart[i][j] - rs[j] for j in range(n) if j != i])
            rs[i] = max(rs[i], room)
    shrink = 1.0 - 1e-14  # for what was rounded
    while True:
        rs = [r * shrink for r in rs]
        if flaw(xs, ys, rs) is None:
            return xs, ys, rs
        shrink = max(0.0, 1.0 - 4.0 * (1.0 - shrink))


def flaw(xs: list, ys: list, rs: list):
    """What is wrong with a packing, in exact arithmetic; None where nothing is."""
    circles = [tuple(map(fractions.Fraction, circle)) for circle in zip(xs, ys, rs)]
    for i, (x, y, r) in enumerate(circles):
        if r < 0:
            return f"the radius of circle {i} is negative"
        if not (r <= x <= 1 - r and r <= y <= 1 - r):
            return f"circle {i} is not inside the square"
        for j, (x2, y2, r2) in enumerate(circles[:i]):
            if (x - x2) ** 2 + (y - y2) ** 2 < (r + r2) ** 2:
                return f"circles {j} and {i} overlap"
    return None


def checked(n: int) -> int:
    """The number of circles; ValueError unless it is one."""
    if type(n) is not int or not FEWEST <= n <= MOST:
        raise ValueError(
            "the input of circle-packing is the number of circles, a whole number from "
            f"{FEWEST} to {MOST}; got {n!r}"
        )
    return n


@funsearch.run
def evaluate(n: int) -> funsearch.Result:
    """The sum of the radii of the packing that the priorities lead to."""
    xs, ys, rs = layout(checked(n))
    optimize(xs, ys, rs)
    if not all(map(math.isfinite, xs + ys + rs)):
        raise ValueError("the optimizer does not get anywhere from this layout")
    circles = sorted(zip(*feasible(xs, ys, rs)))
    return funsearch.Result(math.fsum(r for _, _, r in circles), artifact=circles)


@funsearch.verify
def verify(n: int, artifact: list) -> float:
    """The sum of the radii if the circles, [x, y, radius] each, are a packing in exact arithmetic."""
    checked(n)
    if type(artifact) not in (list, tuple) or len(artifact) != n:
        raise ValueError(f"a packing is a list of {n} circles; got {reprlib.repr(artifact)}")
    for i, circle in enumerate(artifact):
        if type(circle) not in (list, tuple) or len(circle) != 3:
            raise ValueError(f"circle {i} is {reprlib.repr(circle)}, not [x, y, radius]")
        if not all(type(part) in (int, float) and math.isfinite(part) for part in circle):
            raise ValueError(f"circle {i} is {reprlib.repr(circle)}, not three finite numbers")
    wrong = flaw(*zip(*artifact))
    if wrong:
        raise ValueError(wrong)
    return float(sum(fractions.Fraction(circle[2]) for circle in artifact))


@funsearch.evolve
def priority(x: float, y: float, k: int, n: int) -> float:
    """Returns the priority with which we want to place circle k of n at the spot (x, y) of the unit square.

    Circles are placed in the order k = 0, 1, …, n - 1, each where the sum of its priority and the radius that
    is free there is largest; radii are about 0.1.
    """
    return 0.0
