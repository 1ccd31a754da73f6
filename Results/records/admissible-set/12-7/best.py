# Program 127 of a search on admissible-set: score 792.0.
# Plain Python runs it and prints its score on each input; best.json is its certificate.
"""Finds large constant-weight admissible sets, which give lower bounds on the capacity of cap sets.

Three entries of {0, 1, 2} are good when they are 0, 1, 2 or 0, 0, 1 or 0, 0, 2 in any order. A set of vectors
of n entries, w of them not 0, is admissible when no two have their zeros at the same places and any three
have a place with good entries. It has at most as many vectors as there are ways to place the zeros.

A vector is a word over symbols, one for each block of up to three entries. In the plain form the symbols of a
block are all its values. In the symmetric form a symbol is a class of values that are rotations of one
another, and a word stands for all vectors that rotating its blocks, each by itself, makes of it.
"""

if __name__ != "specification":  # what stood beside it
  import importlib.machinery as _machinery, sys as _sys

  class _Beside:
    texts = {"funsearch.py": "\"\"\"The module a specification imports; it also works in plain Python, while writing a problem.\n\n    import funsearch\n\n    @funsearch.evolve            # the one function whose body is searched\n    def priority(el, n): return 0.0\n\n    @funsearch.run               # called once per input; returns a number or a Result\n    def evaluate(n):\n        scores = funsearch.map(priority, rows, n)\n        ...\n\n    @funsearch.verify            # optional: recomputes the score from the artifact alone\n    def verify(n, artifact): ...\n\n    @funsearch.inputs            # optional: the inputs that a file given with --inputs-file stands for\n    def read(text, name): ...\n\"\"\"\n\nimport builtins\nimport math\nimport operator\nimport sys\n\n__all__ = [\"Result\", \"as_floats\", \"descending\", \"evolve\", \"inputs\", \"map\", \"run\", \"verify\"]\n\n\ndef _marker(name, meaning):\n    def mark(function=None, **_options):\n        return mark if function is None else function\n\n    mark.__name__ = mark.__qualname__ = name\n    mark.__doc__ = meaning\n    return mark\n\n\nevolve = _marker(\"evolve\", \"Marks the function whose body is searched.\")\nrun = _marker(\"run\", \"Marks the entry point, called once per input.\")\nverify = _marker(\"verify\", \"Marks the exact check of an artifact: verify(input, artifact) -> score.\")\n\ninputs = _marker(\"inputs\", \"Marks the reader of a file: inputs(text, name) -> list of inputs.\")\n\n\nclass Result:\n    \"\"\"What `evaluate` may return instead of a bare number.\n\n    score      a finite number; higher is better\n    artifact   the object found, of JSON's kinds (tuples and numpy arrays become lists)\n    behaviour  anything of JSON's kinds that tells programs of equal score apart\n    metrics    further named numbers\n    feedback   a sentence for whoever writes the next program\n    \"\"\"\n\n    __slots__ = (\"artifact\", \"behaviour\", \"feedback\", \"metrics\", \"score\")\n\n    def __init__(self, score, artifact=None, behaviour=None, metrics=None, feedback=None):\n        self.score = score\n        self.artifact = artifact\n        self.behaviour = behaviour\n        self.metrics = metrics\n        self.feedback = feedback\n\n    def __repr__(self):\n        return \"Result(score=%r, artifact=%r)\" % (self.score, self.artifact)\n\n\ndef map(function, rows, *fixed, unpack=False):\n    \"\"\"`[function(row, *fixed) for row in rows]`, in fewer steps where there is a way.\n\n    With `unpack`, rows are tuples of arguments: `[function(*row, *fixed) for row in rows]`. Arrays among the\n    fixed arguments are copied first, so that a function that changes them does not change yours.\n\n    A function in another process is sent all rows in one message; a proven one may be worked out for all rows\n    at once, where that gives the very same values.\n    \"\"\"\n    together = getattr(function, \"__funsearch_map__\", None)\n    if together is not None:\n        return together(rows, fixed, unpack)\n    return one_by_one(function, rows, fixed, unpack)\n\n\ndef one_by_one(function, rows, fixed, unpack):\n    \"\"\"What `map` gives, by single calls.\"\"\"\n    fixed = _own_arrays(fixed)\n    if unpack:\n        return [function(*row, *fixed) for row in rows]\n    if len(fixed) == 1:\n        (only,) = fixed\n        return [function(row, only) for row in rows]\n    return [function(row, *fixed) for row in rows]\n\n\ndef _own_arrays(values):\n    if any(type(value).__name__ == \"ndarray\" for value in values):\n        return [value.copy() if type(value).__name__ == \"ndarray\" else value for value in values]\n    return values\n\n\ndef as_floats(values, rows, name=\"priority\"):\n    \"\"\"The values as floats, so that True, 1 and 1.0 sort alike; ValueError names one that will not do.\n\n    What is no number, NaN, or too large for a float will not do; infinities will. The message names the row\n    of the value, one of as many as there are values, and calls the value by this name.\n    \"\"\"\n    floats = values\n    kinds = set(builtins.map(type, values))\n    if kinds != {float}:\n        try:\n            floats = list(builtins.map(float if kinds <= _REAL else _to_float, values))\n        except (AttributeError, OverflowError, TypeError):\n            raise ValueError(_first_unfit(values, rows, name)) from None\n    # A sum is NaN if a term is, so the usual case costs one addition each. (Infinities may also do it.)\n    total = sum(floats)\n    if total != total:\n        for value, row in zip(floats, rows):\n            if value != value:\n                raise ValueError(\"the %s of %s is NaN, which has no place in an order\" % (name, row))\n    return floats\n\n\ndef descending(values, rows, name=\"priority\"):\n    \"\"\"The indices of the values from the highest down, for a greedy loop.\n\n    Values are compared as floats; equal ones keep their order, and those of minus infinity are left out.\n    ValueError as by `as_floats`.\n    \"\"\"\n    order = _descending_by_numpy(values)\n    if order is None:\n        floats = as_floats(values, rows, name)\n        order = sorted(range(len(floats)), key=floats.__getitem__, reverse=True)  # keeps equal ones in order\n        if order and floats[order[-1]] == -math.inf:\n            order = [index for index in order if floats[index] != -math.inf]\n    return order\n\n\ndef _descending_by_numpy(values):\n    \"\"\"The same where numpy is loaded and the values are many and plain; else None.\"\"\"\n    numpy = sys.modules.get(\"numpy\")\n    if numpy is None or len(values) < _MANY or not set(builtins.map(type, values)) <= _REAL:\n        return None\n    try:\n        floats = numpy.array(values, numpy.float64)\n    except OverflowError:\n        return None\n    low, high = float(floats.min()), float(floats.max())\n    if low != low:  # NaN, where any value is\n        return None\n    if high - low < 65536 and (floats == numpy.floor(floats)).all():\n        # Sixteen bits are sorted by counting, which is fast.\n        return numpy.argsort((high - floats).astype(numpy.uint16), kind=\"stable\").tolist()\n    order = numpy.argsort(-floats, kind=\"stable\")\n    return (order if low > -math.inf else order[floats[order] != -math.inf]).tolist()\n\n\n_MANY = 1000\n_REAL = {bool, float, int}\n_to_float = operator.methodcaller(\"__float__\")  # slower than float(), but takes no strings\n\n\ndef _first_unfit(values, rows, name):\n    \"\"\"What is wrong with the first value that cannot be made a float.\"\"\"\n    for value, row in zip(values, rows):\n        try:\n            _to_float(value)\n        except OverflowError:\n            return \"the %s of %s is too large for a float\" % (name, row)\n        except (AttributeError, TypeError):\n            kind = type(value).__name__\n            return \"the %s of %s is a %s, not a number: return a float\" % (name, row, kind)\n    return \"a %s is a number at one time and not at another\" % name\n"}

    def find_spec(self, name, path=None, target=None):
      place = name.replace(".", "/")
      for file in (place + ".py", place + "/__init__.py"):
        if file in self.texts:
          return _machinery.ModuleSpec(name, self, origin=file, is_package=file != place + ".py")
      if any(file.startswith(place + "/") for file in self.texts):
        return _machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
      return None

    def exec_module(self, module):
      file = module.__spec__.origin
      if file:
        exec(compile(self.texts[file], file, "exec"), module.__dict__)

  _sys.meta_path.insert(0, _Beside())

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
  a = sum(el[i] == el[(i + 4) % n] == 2 for i in range(n))
  b = int(el[3] == el[4] or el[5 % len(el)] == el[6 % len(el)])
  return float((8, 3, 6, el.count(1), 5, 2, 4, 1, 0, 0)[(a * 2 + b) % 10])



if __name__ == "__main__":
  import json
  for _input in json.loads("[[12,7]]"):
    _result = evaluate(_input)
    print(json.dumps(_input), getattr(_result, "score", _result))
