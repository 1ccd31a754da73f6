"""Finds large independent sets in strong products of a cycle with itself.

The vertices of C_m^n are the vectors of n entries modulo m. Two different ones are neighbours when in every
place their entries are equal or differ by one modulo m; an independent set holds no two neighbours. Its size
s bounds the Shannon capacity of the cycle from below by s ** (1 / n).
"""

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
    return 0.0
