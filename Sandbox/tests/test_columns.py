"""Columns: a function for all rows at once gives what single calls give, bit for bit, or says it cannot."""

import builtins
import itertools
import math
import os
import random
import struct
import sys
import time
import unittest
import unittest.mock

import ways
import worker_process
from problem import LIMITS, SPECIFICATION, evaluate, load
from random_programs import Programs
from sandbox import columns, funsearch
from sandbox.failure import CANDIDATE

try:
    import numpy

    from sandbox import column_memory, column_program, column_values
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


def in_columns(source, rows, *fixed, given=None, memory=None, **names):
    """What columns give for the rows; `given` are these as columns, for a memory that knows them."""
    function = defined(source, **names)
    given = given or column_program.rows_as_columns(rows)
    return column_program.evaluated(*columns._definition(function, source), function, given, len(rows), fixed,
                                    memory or column_memory.Memory())


def bits(values):
    """Values with their types, floats by their bits."""
    return [(type(value), struct.pack("<d", value) if type(value) is float else value) for value in values]


@needs_numpy
class RandomPrograms(unittest.TestCase):
    """Programs of a small grammar."""

    def test_columns_are_single_calls(self):
        drawn = Programs(int(os.environ.get("FUNSEARCH_RANDOM_SEED", "1")))
        kinds, done = kinds_of_rows(), 0
        known = [(column_program.rows_as_columns(rows), column_memory.Memory()) for rows in kinds]
        for number in range(PROGRAMS):
            source = "def priority(el, n):\n" + drawn.body()
            rows = kinds[number % len(kinds)]
            given, memory = known[number % len(kinds)]
            size = len(rows[0])
            try:
                found = in_columns(source, rows, size, given=given, memory=memory)
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


@needs_numpy
class Mapped(unittest.TestCase):
    """`funsearch.map` of a candidate that came here."""

    class Plain:
        decorators = ()

    def setUp(self):
        fewer = unittest.mock.patch.object(columns, "LEAST_ROWS", 500)
        fewer.start()
        self.addCleanup(fewer.stop)
        self.columns = columns.Columns()
        self.rows = tuple(itertools.product(range(3), repeat=6))
        self.offered("def priority(el, n):\n return 0", ())
        self.columns.prepare()

    def offered(self, source, expected, rows=None, **names):
        function = defined(source, **names)
        self.columns.offer(function, source, self.Plain)
        found = funsearch.map(function, rows or self.rows, 6)
        if expected:
            self.assertEqual(bits(found), bits(expected))
        return found

    def test_errors_are_those_of_single_calls(self):
        for body in (" a = 1\n return 7 // (el[5] - 2)", " return el[el[0] + 4]",
                     " return undefined", " if el[4]:\n  x = 1\n return x",
                     " assert el[3] < 2, el", " return min(i for i in range(n) if el[i] == 2)",
                     " return int(1e400 * el[2])",
                     " return (1, 2)[el[5]]", " return 2.0 ** (el[0] * 4000)", " return 'a' + el[0]"):
            source = "def priority(el, n):\n%s" % body
            function = defined(source)
            self.columns.offer(function, source, self.Plain)
            with self.subTest(body):
                failure = self.failure(function)
                self.assertEqual(failure, self.failure(defined(source)))
                self.assertEqual(failure[0], CANDIDATE)

    def failure(self, function):
        try:
            funsearch.map(function, self.rows, 6)
        except Exception as error:
            trace = error.__traceback__
            while trace.tb_next is not None:
                trace = trace.tb_next
            return trace.tb_frame.f_code.co_filename, trace.tb_lineno, repr(error)
        return self.fail("nothing was raised")

    def test_rows_that_change_are_noticed(self):
        rows = [(i,) for i in range(600)]
        source = "def priority(el, n):\n return el[0] + 1"
        for change in (None, (2, (7,)), (3, (7.5,)), (4, (True,)), (5, (2**70,)), (5, (5.0,))):
            if change:
                rows[change[0]] = change[1]
            self.offered(source, [row[0] + 1 for row in rows], rows)
        rows = [[i] for i in range(600)]
        self.offered(source, [row[0] + 1 for row in rows], rows)
        rows[0][0] = 5
        self.offered(source, [row[0] + 1 for row in rows], rows)

    def test_single_calls_are_not_made(self):
        table = tuple(range(40, -41, -1))
        with unittest.mock.patch.object(funsearch, "one_by_one", side_effect=AssertionError):
            for body in ("return 0.0", "return %r[el.count(0) * 9 + sum(el)]" % (table,),
                         "a = el.count(0)\n b = sum(1 for i in range(n) if el[i] == el[(i + 3) % n])\n"
                         " return ((1, 2), (3, 4), (5, 6))[a % 3][b % 2]",
                         "score = 0.0\n for i in range(n):\n  if el[i] == el[-1 - i]:\n"
                         "   score += el[i] / 3\n  elif i > 2:\n   score = el.count(i % 3)\n return score"):
                source = "def priority(el, n):\n %s" % body
                plain = defined(source)
                self.offered(source, [plain(row, 6) for row in self.rows])

    def test_names_of_the_specification_count(self):
        source = "def priority(el, n):\n return sum(el) + K"
        self.offered(source, [sum(row) + 5 for row in self.rows], K=5)
        self.offered(source, [7] * len(self.rows), K=0, sum=lambda el: 7)
        self.offered(source, [sum(row) + 0.5 for row in self.rows], K=type("F", (float,), {})(0.5))
        self.offered("def priority(el, n):\n sum = len\n return sum(el)", [6] * len(self.rows))

    def test_what_was_kept_depends_on_no_other_program(self):
        kept = "def priority(el, n):\n a = sum(el) * n\n return a"
        self.offered(kept, [sum(row) * 6 for row in self.rows])
        for body, value in (("a = sum(el) * n\n sum = 3\n return a", None),
                            ("n = 2\n a = sum(el) * n\n return a", lambda row: sum(row) * 2),
                            ("a = sum(el) * n\n a = a + 1\n return a", lambda row: sum(row) * 6 + 1),
                            ("el = (1, 1)\n a = sum(el) * n\n return a", lambda row: 12)):
            source = "def priority(el, n):\n %s" % body
            if value is None:
                with self.assertRaises(UnboundLocalError):
                    funsearch.map(self.offered_only(source), self.rows, 6)
            else:
                self.offered(source, [value(row) for row in self.rows])
        self.offered(kept, [row[0] * 6 for row in self.rows], sum=lambda el: el[0])
        self.offered("def priority(n, el):\n a = sum(n) * el\n return a", [sum(row) * 6 for row in self.rows])
        for fixed in (2, 2.0, True, 3, 0.0, -0.0):
            found = funsearch.map(self.offered_only(kept), self.rows, fixed)
            self.assertEqual(bits(found), bits([sum(row) * fixed for row in self.rows]))
        walrus = "def priority(el, n):\n a = (b := sum(el)) + 1\n return a + b"
        for _ in range(2):
            self.offered(walrus, [2 * sum(row) + 1 for row in self.rows])

    def offered_only(self, source):
        function = defined(source)
        self.columns.offer(function, source, self.Plain)
        return function

    def test_a_full_memory_begins_again(self):
        with unittest.mock.patch.object(column_memory, "BYTES", 20000):
            memory = column_memory.Memory()
            given = column_program.rows_as_columns(self.rows)
            for number in range(12):
                source = "def priority(el, n):\n a = sum(el) + %d\n return a" % number
                for _ in range(2):
                    found = in_columns(source, self.rows, 6, given=given, memory=memory)
                    self.assertEqual(bits(found), bits([sum(row) + number for row in self.rows]))

    def test_tables(self):
        table = tuple(random.Random(2).choice((3, -7, 0, 12)) for _ in range(64))
        floats = tuple(random.Random(3).choice((0.5, -0.0, 1.25, -3.0)) for _ in range(64))
        for items in (table, floats):
            source = "def priority(el, n):\n return %r[el[0] * 9 + el[1] * 3 + el[2]]" % (items,)
            self.assertEqual(len(columns._definition(defined(source), source)[2]), 1)
            self.offered(source, [items[row[0] * 9 + row[1] * 3 + row[2]] for row in self.rows])
        for source, value in (("max(1, 2, 3, 4, 5, 6, 7)", 7), ("max (1, 2, 3, 4, 5, 6, 7)", 7),
                              ("len('a (1, 2, 3, 4, 5, 6, 7)')", 23), ("(1, 2, 3, 4, 5, 6, 7)[-7]", 1),
                              ("((1, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6, 7))[el[0] * 0 + 1][5]", 7)):
            self.offered("def priority(el, n):\n return %s" % source, [value] * len(self.rows))

    def test_what_is_not_a_plain_function_is_called(self):
        size = len(self.rows)
        for source in ("def priority(el, n=2):\n return n\n", "priority = lambda el, n: 6\n",
                       "def priority(el, n):\n return 1\ndef priority(el, n):\n return 6\n",
                       "def priority(el, n):\n return 1\npriority = lambda el, n: 6\n",
                       "def priority(el, n):\n global K\n K = n\n return K\n",
                       "def priority(el, n):\n if 0: import sum\n return n\n",
                       "def priority(*el):\n return el[1]\n",
                       "import functools\n@functools.lru_cache(None)\ndef priority(el, n):\n return n\n"):
            with self.subTest(source):
                self.offered(source, [6] * size)
        self.assertIn("generator", str(self.offered("def priority(el, n):\n return 1\n yield 2\n", ())[0]))

    def test_few_rows_do_not_ask_for_numpy(self):
        fresh = columns.Columns()
        source = "def priority(el, n):\n return n"
        function = defined(source)
        fresh.offer(function, source, self.Plain)
        self.assertEqual(funsearch.map(function, iter(TERNARY), 6), [6] * 27)
        fresh.prepare()
        self.assertIsNone(fresh._program)
        funsearch.map(function, iter(self.rows), 6)
        fresh.prepare()
        self.assertIsNotNone(fresh._program)

    def test_long_loops_are_left_to_single_calls(self):
        start = time.process_time()
        for body in ("for i in range(10**6):\n  n += el[0]", "for i in range(10**30): pass",
                     "n = sum(el[i % 6] for i in range(10**6))"):
            source = "def priority(el, n):\n %s\n return n" % body
            with self.assertRaises((column_values.Inexact, OverflowError)):
                in_columns(source, self.rows, 6)
        self.assertLess(time.process_time() - start, 20)


class Workers(unittest.TestCase):
    """Columns in a worker."""

    SOURCE = SPECIFICATION.replace("repeat=3", "repeat=7").replace(
        "return len(artifact)", "import sys\n    return float('numpy' in sys.modules)")
    BODIES = [" return el[0]", " return el.count(0) * 2.5 - sum(el[i] == el[i - 1] for i in range(n))",
              " return 1 // el[5]", " return el[9]", " if el[0]:\n  return True\n return -0.0",
              " return sum(el) % 3"]

    def outcomes(self, lane, **options):
        with worker_process.Worker(**options) as worker:
            load(worker, self.SOURCE, limits=dict(LIMITS, cpu_seconds=1.0))
            found = [evaluate(worker, body, lane, artifact=True) for body in self.BODIES * 2]
            loaded = worker.ask("verify", input=0, artifact=[])
            self.assertIn(loaded["score"], (0.0, 1.0))
            there = worker.greeting["numpy"] is not None
        return [{key: value for key, value in outcome.items() if "microseconds" not in key}
                for outcome in found], bool(loaded["score"]) == there

    def test_lanes_agree(self):
        proven, as_it_should = self.outcomes("proven")
        self.assertTrue(as_it_should, "numpy is loaded where it is there")
        self.assertEqual((proven, True), self.outcomes("split"))

    @needs_numpy
    def test_numpy_loads_within_every_layer(self):
        for name, options, reason in ways.ways():
            with self.subTest(name):
                if reason:
                    self.skipTest(reason)
                options["python"] = os.path.realpath(sys.executable)
                try:
                    with worker_process.Worker(**options) as worker:
                        greeting = worker.greeting or {}
                except OSError as error:
                    self.skipTest(str(error))
                if not greeting.get("numpy"):
                    self.skipTest(greeting.get("message", "this Python, or its numpy, cannot be reached so"))
                _, as_it_should = self.outcomes("proven", **options)
                self.assertTrue(as_it_should)

    @needs_numpy
    def test_loading_numpy_leaves_the_memory_limit_as_it_was(self):
        with worker_process.Worker() as worker:
            load(worker, self.SOURCE)
            for _ in range(3):
                self.assertEqual(evaluate(worker, " return el[1]")["outcome"], "scored")
            for size, kind in ((100, None), (150, "memory")):
                outcome = evaluate(worker, " return len(bytearray(0 if any(el) else %d << 20)) * 0" % size)
                self.assertEqual(outcome.get("kind"), kind, outcome)


if __name__ == "__main__":
    unittest.main()
