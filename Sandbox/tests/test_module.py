"""The module `funsearch`: what a specification has of it in plain Python and in every lane."""

import itertools
import random
import unittest
import unittest.mock

from problem import evaluate, load, loaded
from sandbox import columns, funsearch
from test_columns import bits, defined, needs_numpy
from worker_process import Worker

try:
    import numpy
except ImportError:
    numpy = None


class AsFloats(unittest.TestCase):
    """`as_floats` is `float` of each value, or says which will not do."""

    def test_numbers_of_all_kinds_become_floats(self):
        inf = float("inf")
        for values in ([1.5, -0.0, inf], [True, 1, 1.0], [2**60, False], [inf, -inf], []):
            found = funsearch.as_floats(values, range(len(values)))
            self.assertEqual([float(value) for value in values], found)
            self.assertTrue(all(type(value) is float for value in found))

    @needs_numpy
    def test_so_do_those_of_numpy(self):
        values = [numpy.float64(0.5), numpy.int64(3), numpy.bool_(True).item(), numpy.float32(2)]
        self.assertEqual(funsearch.as_floats(values, range(4)), [0.5, 3.0, 1.0, 2.0])

    def test_what_will_not_do_is_named_with_its_row(self):
        rows = [(0, 1), (2, 3), (4, 5)]
        for value, message in (
            (float("nan"), "the rank of (2, 3) is NaN, which has no place in an order"),
            ("1", "the rank of (2, 3) is a str, not a number: return a float"),
            (None, "the rank of (2, 3) is a NoneType, not a number: return a float"),
            ([1.0], "the rank of (2, 3) is a list, not a number: return a float"),
            (10**400, "the rank of (2, 3) is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaises(ValueError) as caught:
                funsearch.as_floats([1.0, value, 2], rows, "rank")
            self.assertEqual(str(caught.exception), message)

    def test_rows_may_be_told_when_they_are_asked_for(self):
        with self.assertRaisesRegex(ValueError, r"the priority of \(7, 5\) is NaN"):
            funsearch.as_floats([1.0, float("nan")], zip((3, 7), itertools.repeat(5)))


class Descending(unittest.TestCase):
    """`descending` gives indices from the highest value down, the same with numpy and without."""

    def expected(self, values):
        places = [(-float(value), place) for place, value in enumerate(values)]
        return [place for value, place in sorted(places) if value != float("inf")]

    def check(self, values):
        expected = self.expected(values)
        self.assertEqual(funsearch.descending(values, values), expected)
        with unittest.mock.patch.dict("sys.modules", {"numpy": None}):
            self.assertEqual(funsearch.descending(values, values), expected)

    def test_values_of_all_kinds_few_and_many(self):
        inf, draw = float("inf"), random.Random(5)
        kinds = (
            lambda: draw.randrange(9), lambda: float(draw.randrange(-70000, 70000)), draw.random,
            lambda: draw.choice([0.0, -0.0, 1]), lambda: draw.choice([True, False, 0.5]),
            lambda: draw.choice([inf, -inf, 3.0]), lambda: -inf, lambda: draw.randrange(2**70),
            lambda: 2**53 + draw.randrange(4), lambda: draw.choice([1e308, -1e308]),
        )
        for size in (0, 1, 7, 999, 1000, 2500):
            for kind, value in enumerate(kinds):
                with self.subTest(size=size, kind=kind):
                    self.check([value() for _ in range(size)])

    @needs_numpy
    def test_those_of_numpy(self):
        self.check([numpy.float32(place % 7) for place in range(1500)])

    def test_what_will_not_do_is_named_among_many(self):
        rows = range(1500)
        for value, message in (
            (float("nan"), "the rank of 2 is NaN, which has no place in an order"),
            ("1", "the rank of 2 is a str, not a number: return a float"),
            (10**400, "the rank of 2 is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaises(ValueError) as caught:
                funsearch.descending([1.0, 2.0, value] + [0.0] * 1497, rows, "rank")
            self.assertEqual(str(caught.exception), message)


class Unpacked(unittest.TestCase):
    """`map(…, unpack=True)` calls with the items of each row."""

    def test_in_plain_python(self):
        rows = [(1, 2), (3, 4)]
        found = funsearch.map(lambda a, b, c: (a, b, c), rows, 9, unpack=True)
        self.assertEqual(found, [(1, 2, 9), (3, 4, 9)])
        self.assertEqual(funsearch.map(lambda *a: a, iter(rows), unpack=True), rows)
        self.assertEqual(funsearch.map(lambda *a: a, rows, 5), [((1, 2), 5), ((3, 4), 5)])

    @needs_numpy
    def test_columns_are_single_calls(self):
        draw = random.Random(3)
        rows = tuple((draw.randrange(-9, 10), draw.random(), draw.randrange(2)) for _ in range(600))
        known = columns.Columns()

        class Plain:
            decorators = ()

        with unittest.mock.patch.object(columns, "LEAST_ROWS", 500):
            for body in (
                "a + b * c", "a % 3 if c else b", "a // (c + 1) + n", "max(a, b) - n * c", "1 / a", "a[0]",
                "z[c] + a", "len(z) * b", "b", "a + (z.sum() if c else 0)", "sum(z) + a",
            ):
                for _ in range(2):  # the first time loads numpy
                    source = "def priority(a, b, c, n, z):\n return " + body
                    function = defined(source)
                    known.offer(function, source, Plain)
                    single = defined(source)
                    with self.subTest(body):
                        self.assertEqual(outcome(function, rows), outcome(single, rows))
                    known.prepare()
            source = "def priority(a, b, c, n, z):\n return a + b * c"
            function = defined(source)
            known.offer(function, source, Plain)
            with unittest.mock.patch.object(funsearch, "one_by_one", side_effect=AssertionError):
                funsearch.map(function, rows, 6, numpy.zeros(3), unpack=True)

    @needs_numpy
    def test_what_is_kept_of_rows_is_not_taken_for_their_items(self):
        rows = tuple((number,) for number in range(600))
        known = columns.Columns()

        class Plain:
            decorators = ()

        source = "def priority(x):\n a = x[0] * 2\n return a"
        with unittest.mock.patch.object(columns, "LEAST_ROWS", 500):
            for _ in range(2):
                function = defined(source)
                known.offer(function, source, Plain)
                self.assertEqual(funsearch.map(function, rows), [2 * number for (number,) in rows])
                with self.assertRaises(TypeError):
                    funsearch.map(function, rows, unpack=True)
                known.prepare()

    @needs_numpy
    def test_arrays_of_the_caller_stay_as_they_are(self):
        def change(a, z):
            z += a
            return float(z[0])

        given = numpy.zeros(2)
        self.assertEqual(funsearch.map(change, [1, 2], given), [1.0, 3.0])
        self.assertEqual(given.tolist(), [0.0, 0.0])

    SPECIFICATION = '''
import funsearch
import numpy as np

ROWS = [(i % 5, i % 7 / 2) for i in range(1200)]


@funsearch.run
def evaluate(n):
    given = np.arange(n) / 2
    found = funsearch.map(priority, ROWS, given, unpack=True)
    funsearch.map(priority, ROWS, given, unpack=True)
    return funsearch.Result(sum(found) + float(given.sum()), artifact=[float(value) for value in found])


@funsearch.evolve
def priority(a: int, b: float, z: np.ndarray) -> float:
    return 0.0
'''

    @needs_numpy
    def test_lanes_agree(self):
        bodies = (
            " return a + b", " return a % 2 + z[a % 3]", " return float(z.sum()) * a", " return len(z) - b",
            " z += 1\n return float(z[0])", " return a / (a - 4)", " return z[9]",
        )
        with Worker() as worker:
            self.assertEqual(load(worker, self.SPECIFICATION, verify=None), {"loaded": True})
            for body in bodies:
                source = "def priority(a, b, z):\n" + body
                for _ in range(2):
                    proven, split = (
                        {
                            key: value
                            for key, value in evaluate(worker, source, lane, artifact=True).items()
                            if not key.endswith("microseconds")
                        }
                        for lane in ("proven", "split")
                    )
                    with self.subTest(body):
                        self.assertEqual(proven, split)


def outcome(function, rows):
    """The values of a map, by their bits, or what it fails with."""
    try:
        return bits(funsearch.map(function, rows, 6, numpy.arange(3), unpack=True))
    except Exception as error:
        return repr(error)


class Inputs(unittest.TestCase):
    """The operation `inputs` asks the specification's reader."""

    SPECIFICATION = '''
import funsearch


@funsearch.run
def evaluate(n): return priority(n)


@funsearch.evolve
def priority(n): return 0.0


@funsearch.inputs
def read(text, name):
    if text == "stop":
        raise ValueError("%s cannot be used" % name)
    if text == "long":
        while True:
            pass
    return eval(text)
'''

    def test_gives_the_inputs_or_says_why_not(self):
        with Worker() as worker:
            load(worker, self.SPECIFICATION, verify=None, inputs=[])

            def ask(text):
                reply = worker.ask("inputs", reader="read", name="a.txt", text=text)
                return reply.get("inputs") or reply["error"]["message"]

            self.assertEqual(ask("[1, (2, {'a': 3.5})]"), [1, [2, {"a": 3.5}]])
            for text, message in (
                ("stop", "read cannot read a.txt: ValueError: a.txt cannot be used"),
                ("[]", "read cannot read a.txt: it returned []; return a list of inputs, one or more"),
                ("5", "read cannot read a.txt: it returned 5; return a list"),
                ("[{1, 2}]", "read cannot read a.txt: an input holds a set"),
                ("[float('nan')]", "read cannot read a.txt: an input is nan"),
                ("long", "time were used up"),
            ):
                with self.subTest(text):
                    self.assertIn(message, ask(text))
            self.assertEqual(ask("[1]"), [1])

    def test_a_reader_that_is_not_there_is_named(self):
        with loaded() as worker:
            reply = worker.ask("inputs", reader="nothing", name="a", text="")
            self.assertIn("no function nothing", reply["error"]["message"])

    def test_describe_knows_the_marker(self):
        with Worker() as worker:
            source = "from funsearch import inputs\n@inputs\ndef read(text, name): pass\n"
            found = worker.ask("describe", path="s.py", source=source)["functions"]
            self.assertEqual([(each["name"], each["markers"]) for each in found], [("read", ["inputs"])])


if __name__ == "__main__":
    unittest.main()
