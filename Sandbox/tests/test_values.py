"""Typed values: what is encoded is decoded the same, and nothing else is decoded at all."""

import random
import unittest

import worker_process  # noqa: F401 - makes the package
from sandbox import canonical, values

VALUES = [None, True, False, 0, -1, 2**63, -2**200, 1.5, -0.0, float("inf"), "", "é\ud800", b"\0", (), [], {}, (1,), [1.5, 2],
          [1, 2.0, True], [(1, 2), (3, 4)] * 5, ((0, 1),) * 9, [[1], [2], [3], [4], [5]], [(1, 2), (3,)] * 3,
          ((1,), (), 2, (3, (4,))), [(2**40, 1)] * 6, {"a": [1, {2: (None, "x")}], (1, 2): 3}, [None] * 6, ["a", 1],
          [(True, 1)] * 6, [(1.0, 1)] * 6, [()] * 7]


class Values(unittest.TestCase):
    """The encoding."""

    def test_round_trip(self):
        for value in VALUES:
            with self.subTest(value):
                found = values.decode(values.encode(value))
                self.assertEqual((repr(found), type(found)), (repr(value), type(value)))

    def test_what_cannot_cross(self):
        for value in ({1}, object(), lambda: 0, 1j, type("I", (int,), {})(1), [object()], {1: {2}}):
            with self.subTest(value), self.assertRaises(values.Unsendable):
                values.encode(value)

    def test_damaged_bytes_are_malformed(self):
        draw = random.Random(1)
        for value in VALUES:
            data = bytearray(values.encode(value))
            for _ in range(200):
                damaged = bytearray(data)
                damaged[draw.randrange(len(damaged))] = draw.randrange(256)
                damaged = damaged[:draw.randrange(len(damaged) + 1)] if draw.random() < 0.3 else damaged
                try:
                    values.decode(bytes(damaged))
                except values.Malformed:
                    pass

    def test_arrays(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("numpy is not installed")
        for array in (numpy.arange(6.0).reshape(2, 3), numpy.zeros((0, 4), bool), numpy.int8(3), numpy.float32(0.5)):
            found = values.decode(values.encode([array, 1]))[0]
            self.assertEqual((found.dtype, found.shape, found.tolist()), (array.dtype, array.shape, array.tolist()))
        self.assertEqual(canonical.digest(numpy.arange(3)), canonical.digest([0, 1, 2]))
        self.assertEqual(canonical.score(numpy.float64(2), "x"), 2.0)

    def test_digests(self):
        self.assertEqual(canonical.digest([(1, 2), (3, 4)]), canonical.digest(([1, 2], [3, 4])))
        self.assertEqual(canonical.digest({"b": 1, "a": (2,)}), canonical.digest({"a": [2], "b": 1}))
        self.assertNotEqual(canonical.digest([[1], 2]), canonical.digest([[1, 2]]))
        self.assertEqual(canonical.digest([(2**40,)]), canonical.digest([[2**40]]))


if __name__ == "__main__":
    unittest.main()
