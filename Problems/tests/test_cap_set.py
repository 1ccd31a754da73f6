"""The cap-set problem: its fast evaluator against the definition, and its verifier against wrong sets."""

import itertools
import random
import re
import sys
import time
import unittest
import unittest.mock

import problem

try:
    import numpy
except ImportError:
    numpy = None

cap_set = problem.load("cap-set")


def naive_cap_set(priority, n):
    """The greedy construction written from its definition: best unblocked vector, first one on ties."""
    vectors = list(itertools.product((0, 1, 2), repeat=n))
    priorities = {vector: float(priority(vector, n)) for vector in vectors}
    open_vectors = [vector for vector in vectors if priorities[vector] != float("-inf")]
    taken = []
    while open_vectors:
        best = max(open_vectors, key=priorities.get)
        completing = {tuple((-x - y) % 3 for x, y in zip(best, other)) for other in taken}
        taken.append(best)
        open_vectors = [v for v in open_vectors if v != best and v not in completing]
    return taken


def on_a_line(a, b, c):
    """Whether three different vectors sum to zero modulo 3 in every place."""
    return all((x + y + z) % 3 == 0 for x, y, z in zip(a, b, c))


def from_table(values, n):
    """A priority that looks its values up, vector by vector in lexicographic order."""
    return dict(zip(itertools.product((0, 1, 2), repeat=n), values)).__getitem__


def random_priorities(generator, n):
    """Pairs of a name and a priority, of every kind of value a program may return."""
    size = 3**n
    draws = {
        "floats": [generator.random() for _ in range(size)],
        "few levels": [float(generator.randrange(4)) for _ in range(size)],
        "ints": [generator.randrange(-(10**12), 10**12) for _ in range(size)],
        "bools": [generator.random() < 0.5 for _ in range(size)],
        "mixed": [generator.choice((True, 0, 1, 0.5, -0.0, 1.0, 2**70)) for _ in range(size)],
        "infinities": [generator.choice((float("inf"), 1.5, float("-inf"))) for _ in range(size)],
    }
    for name, values in draws.items():
        table = from_table(values, n)
        yield name, lambda el, n, table=table: table(el)
    weights = [generator.randrange(1, 9) for _ in range(n)]
    modulus = generator.randrange(2, 12)
    yield "scrambled sums", lambda el, n: sum(w * x for w, x in zip(weights, el)) * 1.69 % modulus
    yield "symmetric", lambda el, n: el.count(0) * 7 % 5 + sum(a == b for a, b in zip(el, reversed(el)))


class CapSetTest(unittest.TestCase):
    def evaluate(self, n, priority):
        cap_set.priority = priority
        return cap_set.evaluate(n)


class EvaluateTest(CapSetTest):
    def assert_agrees(self, n, priority):
        result = self.evaluate(n, priority)
        expected = sorted(naive_cap_set(priority, n))
        self.assertEqual(list(result.artifact), expected)
        self.assertEqual(result.score, len(expected))
        vectors = list(itertools.product((0, 1, 2), repeat=n))
        self.assertEqual([vectors[i] for i in result.behaviour], expected)
        self.assertEqual(cap_set.verify(n, [list(vector) for vector in result.artifact]), result.score)

    def test_agrees_with_the_definition(self):
        for n, seeds in {3: 40, 4: 20, 5: 8, 6: 3, 7: 1}.items():
            for seed in range(seeds):
                for name, priority in random_priorities(random.Random(seed), n):
                    with self.subTest(n=n, seed=seed, priorities=name):
                        self.assert_agrees(n, priority)

    def test_constants_of_any_kind_give_two_to_the_n(self):
        for n in (3, 4, 5, 6, 7, 8, 9):
            for constant in (0.0, -3, True, 10**300):
                with self.subTest(n=n, constant=constant):
                    self.assertEqual(self.evaluate(n, lambda el, n: constant).score, 2**n)

    def test_minus_infinity_everywhere_leaves_the_empty_set(self):
        result = self.evaluate(3, lambda el, n: float("-inf"))
        self.assertEqual((result.score, list(result.artifact), result.behaviour), (0, [], ()))
        self.assertEqual(cap_set.verify(3, []), 0)

    def test_the_seed_program_is_a_constant(self):
        self.assertEqual(problem.load("cap-set").evaluate(8).score, 256)

    def test_priorities_see_tuples_of_plain_integers(self):
        seen = []
        self.evaluate(3, lambda el, n: seen.append((el, n)) or 0.0)
        self.assertEqual([el for el, _ in seen], list(itertools.product((0, 1, 2), repeat=3)))
        self.assertEqual({(type(el), type(el[0]), n) for el, n in seen}, {(tuple, int, 3)})

    def test_nan_is_refused_with_its_vector(self):
        nan, infinity = float("nan"), float("inf")
        for priorities in ((0.0, nan), (nan, infinity, -infinity), (1, nan)):
            with self.subTest(priorities=priorities):
                with self.assertRaisesRegex(ValueError, r"priority of \(.*\) is NaN"):
                    self.evaluate(4, lambda el, n: priorities[sum(el) % len(priorities)])

    def test_what_is_no_number_is_refused_with_its_vector(self):
        for value in (None, "1.5", b"1", [1.0], 1j, (1.0,)):
            with self.subTest(value=value):
                message = re.escape(f"priority of (0, 0, 1) is a {type(value).__name__}")
                with self.assertRaisesRegex(ValueError, message):
                    self.evaluate(3, lambda el, n: value if el[-1] == 1 else 0.0)

    def test_an_integer_beyond_floats_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"priority of \(0, 0, 0\) is too large for a float"):
            self.evaluate(3, lambda el, n: 10**400)

    def test_other_inputs_are_refused(self):
        for n in (2, 10, 0, -3, 8.0, True, "8", None, [8]):
            with self.subTest(n=n):
                message = "whole number from 3 to 9; got " + re.escape(repr(n))
                with self.assertRaisesRegex(ValueError, message):
                    cap_set.evaluate(n)
                with self.assertRaisesRegex(ValueError, message):
                    cap_set.verify(n, [])


@unittest.skipIf(numpy is None, "numpy is not installed: everything is plain Python")
class NumpyTest(unittest.TestCase):
    """Where numpy is loaded the same sets are found, in another way."""

    def priorities(self, n):
        for seed in range(3):
            generator = random.Random(seed)
            vectors = cap_set.space(n).vectors
            for name, priority in random_priorities(generator, n):
                yield name, [priority(vector, n) for vector in vectors]
            yield "any integers", [generator.randrange(-40000, 40000) for _ in vectors]
            yield "halves", [generator.randrange(80) / 2 for _ in vectors]
            yield "integers beyond floats", [2**55 + generator.randrange(40) for _ in vectors]
            yield "ties", [generator.choice((1.0, True, 0.0, -0.0, False)) for _ in vectors]
            yield "classes", [vector.count(0) * 5 % 7 for vector in vectors]

    def test_finds_the_same_sets(self):
        for n, cases in ((4, None), (5, None), (6, None), (8, 9), (9, 2)):
            for name, priorities in itertools.islice(self.priorities(n), cases):
                with self.subTest(n=n, priorities=name):
                    floats = cap_set.funsearch.as_floats(priorities, cap_set.space(n).vectors)
                    order = cap_set.order_of(floats)
                    with unittest.mock.patch.object(cap_set, "LEAST_FOR_NUMPY", 3):
                        found = cap_set.order_by_numpy(n, priorities)
                        if name == "mixed":  # beyond 64 bits
                            self.assertIsNone(found)
                            found = numpy.array(order)
                        self.assertEqual(found.tolist(), order)
                        taken = cap_set.greedy(cap_set.space(n), order)
                        self.assertEqual(cap_set.greedy_numpy(n, found), taken)

    def test_leaves_what_is_wrong_to_the_other_way(self):
        size = 3**8
        for value in (float("nan"), "1", None, 10**400, [1], 1j):
            self.assertIsNone(cap_set.order_by_numpy(8, [0.0] * (size - 1) + [value]))
        infinity = float("inf")
        self.assertIsNone(cap_set.order_by_numpy(8, [infinity, -infinity, float("nan")] * (size // 3)))

    def test_is_used_only_where_it_is_loaded(self):
        self.assertIs(cap_set.loaded_numpy(8), numpy)
        self.assertIsNone(cap_set.loaded_numpy(7))
        with unittest.mock.patch.dict("sys.modules"):
            del sys.modules["numpy"]
            self.assertIsNone(cap_set.loaded_numpy(8))


class VerifyTest(CapSetTest):
    def assert_refused(self, n, artifact, message):
        with self.assertRaisesRegex(ValueError, message):
            cap_set.verify(n, artifact)

    def test_agrees_with_the_definition_on_random_sets(self):
        generator = random.Random(5)
        for n in (3, 4, 5, 8, 9):
            vectors = list(itertools.product((0, 1, 2), repeat=min(n, 5)))
            for size in (0, 1, 2, 3, 5, 8, 12):
                chosen = [(0,) * (n - len(v)) + v for v in generator.sample(vectors, min(size, len(vectors)))]
                lines = [t for t in itertools.combinations(chosen, 3) if on_a_line(*t)]
                with self.subTest(n=n, chosen=chosen):
                    if lines:
                        self.assert_refused(n, chosen, "lie on a line")
                    else:
                        self.assertEqual(cap_set.verify(n, chosen), len(chosen))

    def test_finds_a_line_in_every_direction(self):
        for n in (3, 9):
            middle = (1,) * n
            for place in range(n):
                for step in (1, 2):
                    other = tuple(1 + step * (i == place) for i in range(n))
                    third = tuple((-a - b) % 3 for a, b in zip(middle, (x % 3 for x in other)))
                    triple = [middle, tuple(x % 3 for x in other), third]
                    for order in itertools.permutations(triple):
                        self.assert_refused(n, list(order), "vectors 0, 1 and 2 lie on a line")

    def test_adding_any_vector_to_a_complete_set_is_refused(self):
        taken = list(self.evaluate(4, lambda el, n: 0.0).artifact)
        for vector in itertools.product((0, 1, 2), repeat=4):
            self.assert_refused(4, taken + [vector], "lie on a line" if vector not in taken else "are both")

    def test_finds_the_one_line_of_a_large_set(self):
        generator = random.Random(9)
        taken = list(self.evaluate(8, lambda el, n: sum(el) % 7 + el[0]).artifact)
        for _ in range(30):
            vector = tuple(generator.choice((0, 1, 2)) for _ in range(8))
            if vector in taken:
                continue
            place = generator.randrange(len(taken) + 1)
            vectors = taken[:place] + [vector] + taken[place:]
            with self.assertRaises(ValueError) as caught:
                cap_set.verify(8, vectors)
            found = re.match(r"vectors (\d+), (\d+) and (\d+) lie on a line", str(caught.exception))
            self.assertTrue(on_a_line(*(vectors[int(index)] for index in found.groups())), vector)

    def test_names_the_offending_vectors(self):
        self.assert_refused(
            3, [[0, 0, 0], [1, 0, 2], [1, 1, 1], [2, 2, 2]],
            re.escape("vectors 0, 2 and 3 lie on a line: [0, 0, 0], [1, 1, 1], [2, 2, 2]"),
        )
        self.assert_refused(3, [[0, 1, 2], [1, 1, 2], [0, 1, 2]], r"vectors 0 and 2 are both \[0, 1, 2\]")

    def test_refuses_what_is_not_a_list_of_vectors(self):
        good = [0, 1, 2]
        for artifact, message in (
            (None, "list of vectors; got NoneType"),
            ("012", "list of vectors; got str"),
            ({"0": good}, "list of vectors; got dict"),
            (27, "list of vectors; got int"),
            ([good, [0, 1]], r"vector 1 is \[0, 1\], not a list of 3 entries"),
            ([good, [0, 1, 2, 0]], "vector 1 is .*, not a list of 3 entries"),
            ([good, "012"], "vector 1 is '012', not a list of 3 entries"),
            ([good, None], "vector 1 is None, not a list of 3 entries"),
            ([[0, 1, 3]], "every entry must be 0, 1 or 2"),
            ([[0, -1, 0]], "every entry must be 0, 1 or 2"),
            ([[0, 1.0, 0]], "every entry must be 0, 1 or 2"),
            ([[0, True, 0]], "every entry must be 0, 1 or 2"),
            ([[0, None, 0]], "every entry must be 0, 1 or 2"),
            ([[0, [1], 0]], "every entry must be 0, 1 or 2"),
        ):
            with self.subTest(artifact=artifact):
                self.assert_refused(3, artifact, message)

    def test_checks_large_sets_without_delay(self):
        taken = self.evaluate(9, lambda el, n: 0.0).artifact
        start = time.process_time()
        self.assertEqual(cap_set.verify(9, taken), 512)
        # Looking at all triples would take minutes. CPU time, so that the machine's load does not matter.
        self.assertLess(time.process_time() - start, 5)


if __name__ == "__main__":
    unittest.main()
