"""Typed values: what is encoded is decoded the same, and nothing else is decoded at all."""

import itertools
import json
import random
import unittest

import worker_process  # noqa: F401 - makes the package
from sandbox import canonical, values

ROWS = tuple(itertools.product((0, 1, 2), repeat=7))
VALUES = [
    None,
    True,
    False,
    0,
    -1,
    2**63,
    -(2**200),
    1.5,
    -0.0,
    float("inf"),
    "",
    "é\ud800",
    b"\0",
    (),
    [],
    {},
    (1,),
    [1.5, 2],
    [1, 2.0, True],
    [(1, 2), (3, 4)] * 5,
    ((0, 1),) * 9,
    [[1], [2], [3], [4], [5]],
    [(1, 2), (3,)] * 3,
    ((1,), (), 2, (3, (4,))),
    [(2**40, 1)] * 6,
    {"a": [1, {2: (None, "x")}], (1, 2): 3},
    [None] * 6,
    ["a", 1],
    [(True, 1)] * 6,
    [(1.0, 1)] * 6,
    [()] * 7,
    ((0, 255),) * 5,
    [[0, 256]] * 5,
    ((-1, 3),) * 5,
    [(0,) * 300] * 5,
    ((2**31, 0),) * 5,
    ROWS,
]


class Values(unittest.TestCase):
    """The encoding."""

    def test_round_trip(self):
        for value in VALUES:
            with self.subTest(value):
                found = values.decode(values.encode(value))
                self.assertEqual((repr(found), type(found)), (repr(value), type(value)))

    def test_rows_are_encoded_once_where_they_cannot_change(self):
        data = values.encode(ROWS)
        self.assertEqual(len(data), 11 + 7 * len(ROWS))
        self.assertEqual(values.encode((ROWS, 1)), values.encode((tuple(list(ROWS)), 1)))
        self.assertEqual(values.encode(ROWS), data)
        tuples, lists = list(ROWS), tuple(map(list, ROWS))
        values.encode(tuples), values.encode(lists)
        tuples[5], lists[5][:] = (9,) * 7, [9] * 7
        self.assertEqual(values.decode(values.encode(tuples))[5], (9,) * 7)
        self.assertEqual(values.decode(values.encode(lists))[5], [9] * 7)

    def test_items_are_those_of_the_sequence(self):
        for value in VALUES:
            if type(value) in (list, tuple):
                with self.subTest(value):
                    found = list(values.items(values.encode(value)))
                    self.assertEqual(repr(found), repr(list(value)))

    def test_the_first_of_several_values(self):
        value, rest = values.decode_first(values.encode((1, "a")) + values.encode(ROWS))
        self.assertEqual((value, tuple(values.items(rest))), ((1, "a"), ROWS))

    def test_what_cannot_cross(self):
        for value in ({1}, object(), lambda: 0, 1j, type("I", (int,), {})(1), [object()], {1: {2}}):
            with self.subTest(value), self.assertRaises(values.Unsendable):
                values.encode(value)

    def test_damaged_bytes_are_malformed(self):
        for value in VALUES:
            self.assert_malformed_or_decoded(value)

    def assert_malformed_or_decoded(self, value):
        draw = random.Random(1)
        data = bytearray(values.encode(value))
        for _ in range(200):
            damaged = bytearray(data)
            damaged[draw.randrange(min(len(damaged), 40))] = draw.randrange(256)
            damaged = damaged[: draw.randrange(len(damaged) + 1)] if draw.random() < 0.3 else damaged
            try:
                values.decode(bytes(damaged))
            except values.Malformed:
                pass

    def test_arrays(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("numpy is not installed")
        for array in (
            numpy.arange(6.0).reshape(2, 3),
            numpy.zeros((0, 4), bool),
            numpy.int8(3),
            numpy.float32(0.5),
        ):
            found = values.decode(values.encode([array, 1]))[0]
            self.assertEqual(
                (found.dtype, found.shape, found.tolist()), (array.dtype, array.shape, array.tolist())
            )
            self.assert_malformed_or_decoded(array)
        self.assertEqual(canonical.digest(numpy.arange(3)), canonical.digest([0, 1, 2]))
        self.assertEqual(canonical.score(numpy.float64(2), "x"), 2.0)

    def test_digests(self):
        self.assertEqual(canonical.digest([(1, 2), (3, 4)]), canonical.digest(([1, 2], [3, 4])))
        self.assertEqual(canonical.digest({"b": 1, "a": (2,)}), canonical.digest({"a": [2], "b": 1}))
        self.assertNotEqual(canonical.digest([[1], 2]), canonical.digest([[1, 2]]))
        self.assertEqual(canonical.digest([(2**40,)]), canonical.digest([[2**40]]))

    def test_what_is_writable_is_written_as_the_canonical_form(self):
        for value in VALUES:
            try:
                normal = canonical.normal(value)
            except canonical.Failure:
                self.assertRaises(canonical.Failure, canonical.writable, value)
                continue
            self.assertEqual(json.dumps(canonical.writable(value)), json.dumps(normal))


if __name__ == "__main__":
    unittest.main()
