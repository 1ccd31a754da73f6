# Program 30 of a search on cyclic-graphs: score 324.0.
# Plain Python runs it and prints its score on each input; best.json is its certificate.
"""Finds large independent sets in strong products of a cycle with itself.

The vertices of C_m^n are the vectors of n entries modulo m. Two different ones are neighbours when in every
place their entries are equal or differ by one modulo m; an independent set holds no two neighbours. Its size
s bounds the Shannon capacity of the cycle from below by s ** (1 / n).
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
import reprlib
from typing import NamedTuple

import funsearch

LARGEST = 10**6  # vertices


class Graph(NamedTuple):
    """The vertices of one product, with what the greedy loop looks up about them.

    A vertex is known by its index in lexicographic order, and its index by two numbers: the row (the first
    places) and the column (the last ones). The columns of a row are the bits of an integer.
    """

    vertices: list  # tuples of int, in lexicographic order
    row: list  # row of each index
    bit: list  # 1 << column, for each index
    rows: list  # rows[row]: the row itself and those next to it
    bits: list  # bits[column]: the column itself and those next to it


def around(m: int, places: int) -> list:
    """For every vector of so many places, by index, the indices of itself and its neighbours."""
    table = [[0]]
    for _ in range(places):  # one more place at the end: indices are numbers in base m
        table = [
            [m * other + y for other in near for y in sorted({(x - 1) % m, x, (x + 1) % m})]
            for near in table
            for x in range(m)
        ]
    return table


@functools.lru_cache(maxsize=8)
def graph(m: int, n: int) -> Graph:
    """The vertices and tables of C_m^n, made once in a process."""
    places = n // 2
    width = m**places
    columns = [sum(1 << other for other in near) for near in around(m, places)]
    return Graph(
        vertices=list(itertools.product(range(m), repeat=n)),
        row=[i // width for i in range(m**n)],
        bit=[1 << i % width for i in range(m**n)],
        rows=around(m, n - places),
        bits=[columns[i % width] for i in range(m**n)],
    )


def greedy(graph: Graph, order: list) -> list:
    """The indices taken from `order` in turn, each unless a neighbour was taken before."""
    row, bit, rows, bits = graph.row, graph.bit, graph.rows, graph.bits
    blocked = [0] * len(rows)
    taken = []
    for index in order:
        if not blocked[row[index]] & bit[index]:
            near = bits[index]
            for other in rows[row[index]]:
                blocked[other] |= near
            taken.append(index)
    return taken


def checked(graph_input: list) -> tuple:
    """The cycle's length and the number of factors; ValueError unless they are such."""
    if type(graph_input) in (list, tuple) and len(graph_input) == 2:
        m, n = graph_input
        if type(m) is int and type(n) is int and m >= 4 and 1 <= n <= 20 and m**n <= LARGEST:
            return m, n
    raise ValueError(
        "an input of cyclic-graphs is [m, n]: n factors of the cycle of m >= 4 vertices, such as [7, 5], "
        f"with at most {LARGEST} vertices in all; got {graph_input!r}"
    )


@funsearch.run
def evaluate(graph_input: list) -> funsearch.Result:
    """The size of the independent set that the priorities lead to.

    Vertices are taken from the highest priority down, equal ones in lexicographic order; a priority of minus
    infinity leaves a vertex out.
    """
    m, n = checked(graph_input)
    product = graph(m, n)
    priorities = funsearch.map(priority, product.vertices, m, n)
    taken = sorted(greedy(product, funsearch.descending(priorities, product.vertices)))
    return funsearch.Result(
        len(taken), artifact=[product.vertices[index] for index in taken], behaviour=tuple(taken)
    )


@funsearch.verify
def verify(graph_input: list, artifact: list) -> int:
    """The size of the set if it is independent, by the definition alone; else ValueError.

    Shares nothing with the evaluator: every neighbour of every vertex is looked for in the set.
    """
    m, n = checked(graph_input)
    if type(artifact) not in (list, tuple):
        raise ValueError(f"an independent set is a list of vertices; got {type(artifact).__name__}")
    position = {}
    for i, vertex in enumerate(artifact):
        if type(vertex) not in (list, tuple) or len(vertex) != n:
            raise ValueError(f"vertex {i} is {reprlib.repr(vertex)}, not a list of {n} entries")
        if any(type(entry) is not int or not 0 <= entry < m for entry in vertex):
            raise ValueError(f"vertex {i} is {reprlib.repr(vertex)}: every entry must be 0 to {m - 1}")
        if tuple(vertex) in position:
            raise ValueError(f"vertices {position[tuple(vertex)]} and {i} are both {vertex!r}")
        position[tuple(vertex)] = i
    for vertex, i in position.items():
        for near in itertools.product(*(((x - 1) % m, x, (x + 1) % m) for x in vertex)):
            if near != vertex and near in position:
                x, y = sorted((i, position[near]))
                raise ValueError(f"vertices {x} and {y} are neighbours: {artifact[x]!r}, {artifact[y]!r}")
    return len(artifact)


@funsearch.evolve
def priority(el: tuple[int, ...], m: int, n: int) -> float:
  """Returns the priority with which we want to add the vertex `el` to the independent set.

    `el` has n entries, each from 0 to m - 1. Higher priorities are taken first.
    """
  a = sum(el[i] * (1, 7, 4, 1)[i] for i in range(n)) % 9
  b = sum(el[i] == 1 for i in range(n) if i % 4 == 1)
  return float((13, 12, 1, 14, 15, 4, 7, 3, 11, 2, 0, 9, 8, 16, 5, 10, 17, 6)[(a * 2 + b) % 18])



if __name__ == "__main__":
  import json
  for _input in json.loads("[[9,4]]"):
    _result = evaluate(_input)
    print(json.dumps(_input), getattr(_result, "score", _result))
