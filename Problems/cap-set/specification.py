"""Finds large cap sets: sets of vectors over {0, 1, 2} in which no three different vectors lie on a line.

Vectors a, b, c lie on a line exactly when a + b + c = 0 modulo 3 in every place, so any two vectors have one
third vector that a cap set holding both may not hold.
"""

import array
import functools
import itertools
import operator
import reprlib
import sys
from typing import NamedTuple

import funsearch

SMALLEST, LARGEST = 3, 9
LEAST_FOR_NUMPY = 8
"""Below this dimension plain Python is as fast."""
# The numbers of a specification are what mutators build programs from, so these are ones it had already.
STRETCH = 256
"""Indices of the order looked at together."""
PENDING = 8
"""Vectors taken before what they block is marked, all at once."""
EXACT = 9007199254740992
"""Integers up to it, the 53rd power of two, are floats."""


class Space(NamedTuple):
    """All vectors of one dimension, with what the greedy loop looks up about them.

    A vector is known by its index in lexicographic order, and its index by two numbers: the row (the places
    before the last five) and the column (the last five places, at most 243 values, so that it fits a byte).
    """

    vectors: tuple  # tuples of int, in lexicographic order
    row: list  # row of each index
    column: list  # column of each index
    third_row: list  # third_row[r][s]: the row that completes rows r and s to a line
    third_column: list  # third_column[c]: the same for columns, as a table for bytes.translate
    width: int  # columns in a row


def completions(places: int) -> list:
    """For every two vectors of so many places, by index, the index of the third one on their line."""
    table = [[0]]
    for _ in range(places):  # one more place at the end: indices are numbers in base 3
        table = [
            [3 * third + -(x + y) % 3 for third in row for y in (0, 1, 2)] for row in table for x in (0, 1, 2)
        ]
    return table


@functools.lru_cache(maxsize=None)
def space(n: int) -> Space:
    """The vectors and tables of n dimensions, made once in a process."""
    places = min(n, 5)
    width = 3**places
    return Space(
        vectors=tuple(itertools.product((0, 1, 2), repeat=n)),
        row=[i // width for i in range(3**n)],
        column=[i % width for i in range(3**n)],
        third_row=completions(n - places),
        third_column=[bytes(table).ljust(256, b"\0") for table in completions(places)],
        width=width,
    )


def loaded_numpy(n: int):
    """numpy where it is loaded already and of use for n dimensions, else None: results are the same.

    A worker loads it between two evaluations, for `funsearch.map`; no evaluation shall pay for that.
    """
    return sys.modules.get("numpy") if n >= LEAST_FOR_NUMPY else None


class Sums(NamedTuple):
    """A space for numpy: a vector also has its entries read in base 5 as its code, so that the codes of two
    add up place by place without a carry, and one look-up gives the third vector on their line."""

    codes: object  # of each index, an array
    code: list  # the same
    thirds: object  # of each sum of two codes, the index, an array
    third: object  # the same in two bytes each, for single look-ups


@functools.lru_cache(maxsize=None)
def sums(n: int) -> Sums:
    """The tables of n dimensions, made once in a process."""
    numpy = loaded_numpy(n)
    codes, thirds = numpy.zeros((2, 1), numpy.intp)
    for _ in range(n):  # one more place at the end
        codes = (5 * codes[:, None] + [0, 1, 2]).ravel()
        thirds = (3 * thirds[:, None] + [-x % 3 for x in range(5)]).ravel()
    return Sums(codes, codes.tolist(), thirds, array.array("H", thirds.tolist()))


def greedy(space: Space, order: list) -> list:
    """The indices taken from `order` in turn, each unless it completes a line with two taken before."""
    row_of, column_of = space.row, space.column
    blocked = [[False] * space.width for _ in space.third_row]
    columns_taken = [bytearray() for _ in space.third_row]
    rows_taken = []  # (row, its columns_taken), for rows that hold a taken vector
    taken = []
    for index in order:
        row, column = row_of[index], column_of[index]
        if blocked[row][column]:
            continue
        third_row, third_column = space.third_row[row], space.third_column[column]
        for other, columns in rows_taken:
            blocked_row = blocked[third_row[other]]
            for third in columns.translate(third_column):
                blocked_row[third] = True
        blocked[row][column] = True
        if not columns_taken[row]:
            rows_taken.append((row, columns_taken[row]))
        columns_taken[row].append(column)
        taken.append(index)
    return taken


def greedy_numpy(n: int, order) -> list:
    """As `greedy`, for an array of indices; what is blocked is marked for some taken vectors at once, until
    then they are asked singly."""
    numpy = loaded_numpy(n)
    space = sums(n)
    code_of, third = space.code, space.third
    closed, in_set = bytearray(3**n), bytearray(3**n)
    marks = numpy.frombuffer(closed, numpy.uint8)
    codes = numpy.empty(2 * 3**n // n, numpy.intp)  # of the taken vectors that are marked
    taken = []
    pending = []  # the codes of the latest vectors taken
    for index in still_open(order, marks):
        if closed[index]:
            continue
        code = code_of[index]
        for other in pending:
            if in_set[third[code + other]]:
                break
        else:
            in_set[index] = True
            taken.append(index)
            pending.append(code)
            if len(pending) == PENDING:
                latest = space.codes[taken[-PENDING:]]
                codes[len(taken) - PENDING : len(taken)] = latest
                marks[space.thirds.take(latest[:, None] + codes[: len(taken)])] = True
                pending = []
    return taken


def still_open(order, marks):
    """The indices not marked when their stretch of the order is reached, one after the other."""
    for start in range(0, len(order), STRETCH):
        stretch = order[start : start + STRETCH]
        yield from stretch[marks[stretch] == 0].tolist()


def order_of(priorities: list) -> list:
    """The indices by falling priority, equal ones in order; those of minus infinity left out."""
    # `reverse` keeps equal priorities in order.
    order = sorted(range(len(priorities)), key=priorities.__getitem__, reverse=True)
    if priorities[order[-1]] == float("-inf"):
        order = [index for index in order if priorities[index] != float("-inf")]
    return order


def order_by_numpy(n: int, priorities: list):
    """As `order_of` of the priorities as floats, an array; None where one of them will not do."""
    numpy = loaded_numpy(n)
    try:
        values = numpy.array(priorities)
    except (OverflowError, TypeError, ValueError):
        return None
    if values.shape != (len(priorities),) or values.dtype.char not in "?ld":
        return None
    if values.dtype.char == "l":
        low, high = int(values.min()), int(values.max())
        if high - low < 65536 and -EXACT <= low and high <= EXACT:
            # Sixteen bits are sorted by counting, which is fast.
            return numpy.argsort((high - values).astype(numpy.uint16), kind="stable")
    floats = values.astype(numpy.float64)
    low, high = float(floats.min()), float(floats.max())
    if low != low:  # NaN, where any priority is
        return None
    if high - low < 65536 and (floats == numpy.floor(floats)).all():
        return numpy.argsort((high - floats).astype(numpy.uint16), kind="stable")
    order = numpy.argsort(-floats, kind="stable")
    return order if low > float("-inf") else order[floats[order] != low]


def check_dimension(n: int) -> None:
    """Raises ValueError unless n is a dimension this problem knows."""
    if type(n) is not int or not SMALLEST <= n <= LARGEST:
        raise ValueError(
            f"the input of cap-set is the dimension, a whole number from {SMALLEST} to {LARGEST}; got {n!r}"
        )


@funsearch.run
def evaluate(n: int) -> funsearch.Result:
    """The size of the cap set in n dimensions that the priorities lead to.

    Vectors are taken from the highest priority down, equal ones in lexicographic order; a priority of minus
    infinity leaves a vector out. This is the greedy construction of the paper (its `solve`).
    """
    check_dimension(n)
    points = space(n)
    priorities = funsearch.map(priority, points.vectors, n)
    order = order_by_numpy(n, priorities) if loaded_numpy(n) else None
    if order is not None:
        taken = sorted(greedy_numpy(n, order))
    else:
        taken = sorted(greedy(points, order_of(funsearch.as_floats(priorities, points.vectors))))
    return funsearch.Result(
        len(taken), artifact=[points.vectors[index] for index in taken], behaviour=tuple(taken)
    )


@functools.lru_cache(maxsize=None)
def third_digits() -> list:
    """For two numbers of four octal digits 0 to 2, by their sum: the number that completes a line.

    The digits of a sum do not carry (at most 2 + 2 = 4); 5 to 7 never occur.
    """
    complete = (0, 2, 1, 0, 2, 0, 0, 0)
    return [
        complete[s >> 9] << 9 | complete[s >> 6 & 7] << 6 | complete[s >> 3 & 7] << 3 | complete[s & 7]
        for s in range(8**4)
    ]


def holds_a_line(n: int, vectors: list) -> bool:
    """Whether three different ones of these different vectors lie on a line.

    A set of vectors is told as the bits of one number, that of a vector being its value in base 3, so adding
    a digit to all of them at one place moves bits. For every vector a, all -a - b are looked for in the set;
    only a itself, for b = a, may be there. Vectors that begin alike share what was moved for their beginning.
    """
    weights = [3**place for place in reversed(range(n))]
    values = [sum(map(operator.mul, vector, weights)) for vector in vectors]
    every = functools.reduce(lambda bits, value: bits | 1 << value, values, 0)
    everywhere = (1 << 3**n) - 1
    zeros = [everywhere // ((1 << 3 * weight) - 1) * ((1 << weight) - 1) for weight in weights]
    negated = every
    for weight, zero in zip(weights, zeros):  # where this place is 0; there 1 and 2 change places
        one = zero << weight
        negated = negated & zero | negated >> weight & one | (negated & one) << weight
    moved = {0: negated}
    for weight, zero in zip(weights, zeros):
        zero_or_one = zero | zero << weight
        longer = {}
        for beginning in {value // weight for value in values}:
            bits = moved[beginning // 3]
            if beginning % 3 == 1:
                bits = bits >> weight & zero_or_one | (bits & zero) << 2 * weight
            elif beginning % 3 == 2:
                bits = (bits & zero_or_one) << weight | bits >> 2 * weight & zero
            longer[beginning] = bits
        moved = longer
    return any(moved[value] & every != 1 << value for value in values)


@funsearch.verify
def verify(n: int, artifact: list) -> int:
    """The size of the set if it is a cap set in n dimensions, by the definition alone; else ValueError.

    Shares nothing with the evaluator. Of a set with a line, every pair's third vector is looked for, to name
    the first line there is; there a vector is an octal number of its entries.
    """
    check_dimension(n)
    if type(artifact) not in (list, tuple):
        raise ValueError(f"a cap set is a list of vectors; got {type(artifact).__name__}")
    position = {}
    for i, vector in enumerate(artifact):
        if type(vector) not in (list, tuple) or len(vector) != n:
            raise ValueError(f"vector {i} is {reprlib.repr(vector)}, not a list of {n} entries")
        if set(map(type, vector)) != {int} or not 0 <= min(vector) <= max(vector) <= 2:
            raise ValueError(f"vector {i} is {reprlib.repr(vector)}: every entry must be 0, 1 or 2")
        vector = tuple(vector)
        if vector in position:
            raise ValueError(f"vectors {position[vector]} and {i} are both {artifact[i]!r}")
        position[vector] = i
    if not holds_a_line(n, list(position)):
        return len(artifact)
    third = third_digits()
    codes = [functools.reduce(lambda number, entry: number << 3 | entry, vector) for vector in position]
    position = {code: i for i, code in enumerate(codes)}
    for i, a in enumerate(codes):
        for b in codes[:i]:
            s = a + b
            c = third[s & 4095] | third[s >> 12 & 4095] << 12 | third[s >> 24] << 24
            if c in position:
                x, y, z = sorted((position[a], position[b], position[c]))
                shown = ", ".join(map(repr, (artifact[x], artifact[y], artifact[z])))
                raise ValueError(f"vectors {x}, {y} and {z} lie on a line: {shown}")
    raise ValueError("three of the vectors lie on a line")


@funsearch.evolve
def priority(el: tuple[int, ...], n: int) -> float:
    """Returns the priority with which we want to add `el` to the cap set in n dimensions.

    `el` is a vector of n entries, each 0, 1 or 2. Higher priorities are taken first.
    """
    return 0.0
