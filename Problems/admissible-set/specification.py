"""Finds large constant-weight admissible sets, which give lower bounds on the capacity of cap sets.

Three entries of {0, 1, 2} are good when they are 0, 1, 2 or 0, 0, 1 or 0, 0, 2 in any order. A set of vectors
of n entries, w of them not 0, is admissible when no two have their zeros at the same places and any three
have a place with good entries. It has at most as many vectors as there are ways to place the zeros.

A vector is a word over symbols, one for each block of up to three entries. In the plain form the symbols of a
block are all its values. In the symmetric form a symbol is a class of values that are rotations of one
another, and a word stands for all vectors that rotating its blocks, each by itself, makes of it.
"""

import functools
import itertools
import math
import operator
import reprlib
from typing import NamedTuple

import funsearch

LARGEST = 10**6  # words

# Without those of (0, 1, 1) and (0, 2, 2): three rotations of one of them have no place with good entries.
CLASSES = ((0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 2), (0, 2, 1), (1, 1, 1), (2, 2, 2))


def rotations(block: tuple) -> list:
    """The different rotations of a block."""
    return sorted({block[i:] + block[:i] for i in range(3)})


GOOD = {triple for kind in ((0, 1, 2), (0, 0, 1), (0, 0, 2)) for triple in itertools.permutations(kind)}


def all_bad(a: tuple, b: tuple, c: tuple) -> bool:
    """Whether three values of a block have no place with good entries."""
    return not any(triple in GOOD for triple in zip(a, b, c))


class Words(NamedTuple):
    """The words of weight w, with what the greedy loop looks up about them.

    Sets of words are integers whose bits stand for the words, in order.
    """

    vectors: list  # one vector of each word, in lexicographic order of the words
    sizes: list  # how many vectors each word stands for
    words: list  # the symbols
    same: list  # same[block][a]: words whose symbol there has its zeros at the same places
    bad: list  # bad[block][a][b]: words whose symbol there can be bad with a and b


@functools.lru_cache(maxsize=4)
def words(n: int, w: int, symmetric: bool) -> Words:
    """The words and tables of one form, made once in a process."""
    if symmetric:
        members = [[rotations(value) for value in CLASSES]] * (n // 3)
    else:
        lengths = [len(range(start, min(start + 3, n))) for start in range(0, n, 3)]
        members = [[[value] for value in itertools.product((0, 1, 2), repeat=length)] for length in lengths]
    chosen = words_of_weight([[weight(block[0]) for block in blocks] for blocks in members], w)
    if len(chosen) > LARGEST:
        raise ValueError(f"{len(chosen)} words are too many; at most {LARGEST} can be searched")
    having = [[0] * len(blocks) for blocks in members]
    shapes = {}
    for block, sets in enumerate(having):
        for symbol in range(len(sets)):
            digits = "".join("1" if word[block] == symbol else "0" for word in reversed(chosen))
            sets[symbol] = int(digits or "0", 2)
    for block, sets in enumerate(having):
        for symbol, found in enumerate(sets):
            key = block, shape(members[block][symbol][0], symmetric)
            shapes[key] = shapes.get(key, 0) | found
    return Words(
        vectors=[sum((members[i][s][0] for i, s in enumerate(word)), ()) for word in chosen],
        sizes=[math.prod(len(members[i][s]) for i, s in enumerate(word)) for word in chosen],
        words=chosen,
        same=[
            [shapes[i, shape(block[0], symmetric)] for block in blocks] for i, blocks in enumerate(members)
        ],
        bad=[bad_symbols(blocks, sets) for blocks, sets in zip(members, having)],
    )


def weight(block: tuple) -> int:
    """The number of entries that are not 0."""
    return len(block) - block.count(0)


def shape(block: tuple, symmetric: bool):
    """Where the zeros of a block are; for a class, how many they are."""
    return weight(block) if symmetric else tuple(map(bool, block))


def words_of_weight(weights: list, w: int) -> list:
    """The words of total weight w, by the weights of the symbols in each block, in lexicographic order."""
    found = [((), w)]
    most_after = 0
    rest = [0]
    for block in reversed(weights):
        most_after += max(block)
        rest.insert(0, most_after)
    for block, most in zip(weights, rest[1:]):
        found = [
            (word + (symbol,), left - own)
            for word, left in found
            for symbol, own in enumerate(block)
            if 0 <= left - own <= most
        ]
    return [word for word, _ in found]


def bad_symbols(blocks: list, having: list) -> list:
    """For every two symbols of a block, the words whose symbol there can be bad with them."""
    thirds = [[() for _ in blocks] for _ in blocks]
    for triple in itertools.combinations_with_replacement(range(len(blocks)), 3):
        if any(all_bad(*values) for values in itertools.product(*(blocks[symbol] for symbol in triple))):
            for x, y, z in set(itertools.permutations(triple)):
                thirds[x][y] += (z,)
    union = functools.lru_cache(maxsize=None)(  # the same integer for the same symbols, to save memory
        lambda symbols: functools.reduce(operator.or_, (having[symbol] for symbol in symbols), 0)
    )
    return [[union(tuple(sorted(symbols))) for symbols in row] for row in thirds]


def greedy(found: Words, order: list) -> list:
    """The words taken from `order` in turn, each unless it cannot stand beside those taken before."""
    blocked = 0
    bits = bytes(len(found.words) // 8 + 1)
    taken = []
    for index in order:
        if bits[index >> 3] >> (index & 7) & 1:
            continue
        alike = -1
        for row, symbol in zip(found.same, found.words[index]):
            alike &= row[symbol]
        blocked |= alike
        rows = [table[symbol] for table, symbol in zip(found.bad, found.words[index])]
        for other in taken:
            thirds = -1
            for row, symbol in zip(rows, found.words[other]):
                thirds &= row[symbol]
            blocked |= thirds
        bits = blocked.to_bytes(len(bits), "little")
        taken.append(index)
    return taken


def checked(form: list) -> tuple:
    """n, w and whether the symmetric form is meant; ValueError unless the input says so."""
    if type(form) in (list, tuple) and len(form) in (2, 3):
        n, w, plain = (*form, None)[:3]
        if type(n) is int and type(w) is int and 1 <= w <= n <= 30 and plain in (None, "plain"):
            if plain or n % 3 == 0:
                return n, w, plain is None
    raise ValueError(
        "an input of admissible-set is [n, w], such as [12, 7], for the symmetric form, n a multiple of 3, "
        f'or [n, w, "plain"]; 1 <= w <= n <= 30; got {form!r}'
    )


def capacity(n: int, w: int, size: int) -> float:
    """The lower bound on the cap set capacity that an admissible set of this size gives, rounded to 9 digits.

    From the extended product of caps of 12 and 112 points in 6 m dimensions, for the best m.
    """
    bounds = [0.0]
    for m in range(1, 20 if size else 1):
        b0, b1 = m * 12 * 112 ** (m - 1), 112**m
        exponent = (math.log(size) + (n - w) * math.log(b0) + w * math.log(b1)) / (6 * m * n)
        bounds.append(math.exp(exponent))
    return round(max(bounds), 9)


@funsearch.run
def evaluate(form: list) -> funsearch.Result:
    """The size of the admissible set that the priorities lead to.

    Words are taken from the highest priority down, equal ones in lexicographic order; a priority of minus
    infinity leaves a word out.
    """
    n, w, symmetric = checked(form)
    found = words(n, w, symmetric)
    priorities = funsearch.map(priority, found.vectors, n, w)
    taken = sorted(greedy(found, funsearch.descending(priorities, found.vectors)))
    size = sum(found.sizes[index] for index in taken)
    return funsearch.Result(
        size,
        artifact=[found.vectors[index] for index in taken],
        behaviour=tuple(taken),
        metrics={"capacity": capacity(n, w, size)},
    )


def parts(form: list, artifact: list) -> tuple:
    """The blocks of each vector, and the rotations of each block, once more from the definition."""
    n, w, symmetric = checked(form)
    if type(artifact) not in (list, tuple):
        raise ValueError(f"an admissible set is a list of vectors; got {type(artifact).__name__}")
    rows = []
    for i, vector in enumerate(artifact):
        if type(vector) not in (list, tuple) or len(vector) != n:
            raise ValueError(f"vector {i} is {reprlib.repr(vector)}, not a list of {n} entries")
        if any(type(entry) is not int or not 0 <= entry <= 2 for entry in vector):
            raise ValueError(f"vector {i} is {reprlib.repr(vector)}: every entry must be 0, 1 or 2")
        if sum(entry != 0 for entry in vector) != w:
            raise ValueError(f"vector {i} is {reprlib.repr(vector)}: {w} entries must not be 0")
        if not symmetric:
            rows.append([(entry,) for entry in vector])
            continue
        row = [min((a, b, c), (b, c, a), (c, a, b)) for a, b, c in zip(*[iter(vector)] * 3)]
        if any(block in ((0, 1, 1), (0, 2, 2)) for block in row):
            raise ValueError(f"vector {i} is {reprlib.repr(vector)}: no block may hold 0 once and x twice")
        rows.append(row)
    return rows, (lambda b: {b, b[1:] + b[:1], b[2:] + b[:2]}) if symmetric else (lambda b: {b})


@funsearch.verify
def verify(form: list, artifact: list) -> int:
    """The number of vectors if the set is admissible, by the definition alone; else ValueError.

    Shares nothing with the evaluator's search. In the symmetric form, rotations of one vector have zeros at
    different places, and three vectors of which two are rotations of one another always have a place with
    good entries (the tests try all), so that the pairs and triples of given vectors are left to check.
    """
    rows, turned = parts(form, artifact)
    kinds = {}
    for i, row in enumerate(rows):
        zeros = tuple(len(b) - b.count(0) if len(b) == 3 else b == (0,) for b in row)
        if zeros in kinds:
            raise ValueError(f"vectors {kinds[zeros]} and {i} have their zeros at the same places")
        kinds[zeros] = i
    places = range(len(rows[0]) if rows else 0)
    having = [{} for _ in places]
    for i, row in enumerate(rows):
        for place in places:
            having[place][row[place]] = having[place].get(row[place], 0) | 1 << i

    @functools.lru_cache(maxsize=None)
    def bad(place, a, b):
        """The rows whose block there can be turned so that no place has good entries with blocks a and b."""
        return sum(
            found
            for c, found in having[place].items()
            if any(
                all(sorted(three) not in ([0, 1, 2], [0, 0, 1], [0, 0, 2]) for three in zip(*values))
                for values in itertools.product(turned(a), turned(b), turned(c))
            )
        )

    for i, row in enumerate(rows):
        for j in range(i):
            thirds = (1 << j) - 1
            for place in places:
                thirds &= bad(place, row[place], rows[j][place])
                if not thirds:
                    break
            if thirds:
                k = thirds.bit_length() - 1
                shown = ", ".join(repr(artifact[x]) for x in (k, j, i))
                raise ValueError(f"vectors {k}, {j} and {i} have no place with good entries: {shown}")
    return sum(math.prod(len(turned(block)) for block in row) for row in rows)


@funsearch.evolve
def priority(el: tuple[int, ...], n: int, w: int) -> float:
    """Returns the priority with which we want to add `el` to the admissible set.

    `el` is a vector of n entries 0, 1 or 2, of which w are not 0. Higher priorities are taken first.
    """
    return 0.0
