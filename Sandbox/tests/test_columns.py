"""Columns: a function for all rows at once gives what its single calls give, bit for bit, or leaves it to them."""

import builtins
import itertools
import math
import os
import random
import struct
import time
import unittest

import worker_process
from problem import LIMITS, SPECIFICATION, evaluate, load
from random_programs import Programs
from sandbox import columns, funsearch
from sandbox.failure import CANDIDATE

try:
    import numpy

    from sandbox import column_program, column_values
except ImportError:
    numpy = None

PROGRAMS = int(os.environ.get("FUNSEARCH_RANDOM_PROGRAMS", "10000"))
needs_numpy = unittest.skipIf(numpy is None, "numpy is not installed: everything is single calls")
TERNARY = tuple(itertools.product(range(3), repeat=3))
_SPECIAL = (0.0, -0.0, 1.5, -7.0, float("inf"), float("-inf"), 1e308, 5e-324, 2.0**53, -0.1, 3.0)


def kinds_of_rows():
    """Tuples of rows of several types, each with what stands for `n`."""
    draw = random.Random(4)
    return [
        TERNARY,
        TERNARY,
        tuple(tuple(draw.randrange(-9, 10) for _ in range(4)) for _ in range(30)),
        tuple(tuple(draw.choice(_SPECIAL) for _ in range(3)) for _ in range(30)),
        tuple((draw.randrange(3), draw.random(), draw.random() < 0.5) for _ in range(30)),
        tuple((draw.randrange(-2**61, 2**61), draw.randrange(2)) for _ in range(20)),
    ]


def defined(source, **names):
    """The function `priority` that the source defines, as a candidate's."""
    names.update(__builtins__=builtins, math=math)
    exec(compile(source, CANDIDATE, "exec", dont_inherit=True), names)
    return names["priority"]


def in_columns(source, rows, *fixed, **names):
    """What columns give for the rows."""
    function = defined(source, **names)
    definition = columns._definition(function, source)
    return column_program.evaluated(
        definition, function, column_program.rows_as_columns(rows), len(rows), fixed)


def bits(values):
    """Values with their types, floats by their bits."""
    return [(type(value), struct.pack("<d", value) if type(value) is float else value) for value in values]


@needs_numpy
class RandomPrograms(unittest.TestCase):
    """Programs of a small grammar."""

    def test_columns_are_single_calls(self):
        drawn, kinds, done = Programs(int(os.environ.get("FUNSEARCH_RANDOM_SEED", "1"))), kinds_of_rows(), 0
        for number in range(PROGRAMS):
            source = "def priority(el, n):\n" + drawn.body()
            rows = kinds[number % len(kinds)]
            size = len(rows[0])
            try:
                found = in_columns(source, rows, size)
            except column_values.Inexact:
                continue
            done += 1
            function = defined(source)
            try:
                expected = [function(row, size) for row in rows]
            except Exception as error:
                self.fail("%r, but columns give a value; program %d:\n%s" % (error, number, source))
            if bits(found) != bits(expected):
                differing = next(i for i, (a, b) in enumerate(zip(bits(found), bits(expected))) if a != b)
                self.fail("program %d, row %r: %r instead of %r\n%s" % (
                    number, rows[differing], found[differing], expected[differing], source))
        # The others fail for some row, or have values beyond 62 bits.
        self.assertGreater(done, PROGRAMS * 0.3)
