"""Corners: the evaluator against the definition, and the verifier against wrong weights."""

import importlib.util
import itertools
import random
import re
import unittest

import problem

corners = problem.load("corners")


def corners_within(points, p):
    """All corners of three points (x, y) of the set, by trying every triple."""
    found = []
    for first, second, third in itertools.permutations(points, 3):
        (x, y), (x2, y2), (x3, y3) = first, second, third
        l = [(b - a) % p for a, b in zip(x, x2)]
        if any(l) and y2 == y and x3 == x and [(b - a) % p for a, b in zip(y, y3)] == l:
            found.append((first, second, third))
    return found


def split(el):
    return tuple(el[0::2]), tuple(el[1::2])


def has_weights(points, p):
    """Whether weights exist, by linear programming."""
    from scipy.optimize import linprog

    place = {point: i for i, point in enumerate(points)}
    rows = []
    for a, b, c in corners_within(points, p):
        row = [0] * (2 * len(points))
        row[2 * place[a]] -= 1
        row[2 * place[b] + 1] -= 1
        row[2 * place[c]] += 1
        row[2 * place[c] + 1] += 1
        rows.append(row)
    if not rows:
        return True
    return linprog([0] * (2 * len(points)), rows, [-1] * len(rows), bounds=(None, None)).status == 0


class CornersTest(unittest.TestCase):
    def evaluate(self, group, priority):
        corners.priority = priority
        return corners.evaluate(group)

    def scrambled(self, seed):
        numbers = {}
        generator = random.Random(seed)
        return lambda el, p, n: numbers.setdefault(el, generator.random())


class EvaluateTest(CornersTest):
    def test_sets_are_proved_by_their_weights(self):
        for group in ([2, 1], [3, 1], [5, 1], [2, 2], [3, 2], [2, 3]):
            for seed in range(5):
                result = self.evaluate(group, self.scrambled(seed))
                self.assertEqual(corners.verify(group, result.artifact), result.score)
                points = [split(el) for el, _ in result.artifact]
                weights = dict(zip(points, (weights for _, weights in result.artifact)))
                if group[0] ** (2 * group[1]) > 100:
                    continue
                for a, b, c in corners_within(points, group[0]):
                    self.assertGreater(weights[a][0] + weights[b][1] + weights[c][2], 0)

    def test_finds_the_known_maxima_of_small_groups(self):
        for group, most in (([2, 1], 3), ([2, 2], 11), ([3, 1], 7)):
            scores = {self.evaluate(group, self.scrambled(seed)).score for seed in range(20)}
            self.assertEqual(max(scores), most)

    def test_a_square_has_no_weights(self):
        self.assertEqual(self.evaluate([2, 1], lambda el, p, n: 0).score, 3)

    @unittest.skipUnless(importlib.util.find_spec("scipy"), "needs scipy")
    def test_takes_what_linear_programming_takes(self):
        for p, n in ((2, 1), (3, 1), (2, 2)):
            for seed in range(5):
                priority = self.scrambled(seed)
                expected = []
                points = list(itertools.product(range(p), repeat=2 * n))
                for el in sorted(points, key=lambda el: -priority(el, p, n)):
                    if has_weights([split(other) for other in [*expected, el]], p):
                        expected.append(el)
                found = [el for el, _ in self.evaluate([p, n], priority).artifact]
                self.assertEqual(found, sorted(expected))

    def test_minus_infinity_leaves_points_out(self):
        result = self.evaluate([2, 2], lambda el, p, n: float("-inf") if el[0] else 0)
        self.assertTrue(result.artifact)
        self.assertTrue(all(el[0] == 0 for el, _ in result.artifact))

    def test_what_cannot_be_ordered_is_refused_with_its_point(self):
        for value, message in (
            (float("nan"), "priority of (0, 1) is NaN"),
            (None, "priority of (0, 1) is a NoneType"),
            (10**400, "priority of (0, 1) is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaisesRegex(ValueError, re.escape(message)):
                self.evaluate([2, 1], lambda el, p, n: value if el[1] else 0.0)

    def test_other_inputs_are_refused(self):
        for group in (2, None, [2], [2, 4, 1], [1, 2], [2, 0], [2.0, 2], [True, 2], [2, 6], "24"):
            for function in (corners.evaluate, lambda value: corners.verify(value, [])):
                with self.subTest(group=group):
                    with self.assertRaisesRegex(ValueError, re.escape(f"got {group!r}")):
                        function(group)


class VerifyTest(CornersTest):
    def test_refuses_wrong_sets(self):
        corner = [[[0, 0], [1, -1, 0]], [[1, 0], [0, 0, 0]], [[0, 1], [0, 0, 0]]]
        self.assertEqual(corners.verify([2, 1], corner), 3)
        for artifact, message in (
            (None, "list of points with weights; got NoneType"),
            ([[0, 0]], "holds 0, not 2 whole numbers"),
            ([[[0, 0]]], "not a point and its weights"),
            ([[[0, 0, 0], [0, 0, 0]]], "not 2 whole numbers"),
            ([[[0, 2], [0, 0, 0]]], "has an entry that is not 0 to 1"),
            ([[[0, 0], [0, 0]]], "not 3 whole numbers"),
            ([[[0, 0], [0, 0, 0.0]]], "not 3 whole numbers"),
            ([[[0, 0], [1, 1, 1]]], "do not sum to 0"),
            (corner + corner[:1], r"entry 3: the point \[0, 0\] is there twice"),
            ([[[0, 0], [0, 0, 0]], *corner[1:]], "has weights of sum 0"),
            ([[[0, 0], [-1, 1, 0]], *corner[1:]], "has weights of sum -1"),
        ):
            with self.subTest(artifact=artifact), self.assertRaisesRegex(ValueError, message):
                corners.verify([2, 1], artifact)

    def test_no_weights_are_accepted_for_a_square(self):
        square = [[0, 0], [1, 0], [0, 1], [1, 1]]
        for weights in itertools.product(itertools.product((-1, 0, 1), repeat=2), repeat=4):
            artifact = [[el, [u, v, -u - v]] for el, (u, v) in zip(square, weights)]
            with self.assertRaises(ValueError):
                corners.verify([2, 1], artifact)


if __name__ == "__main__":
    unittest.main()
