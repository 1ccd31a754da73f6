"""Circle packing: layouts, packings that are valid in exact arithmetic, and the verifier."""

import math
import random
import re
import unittest
from fractions import Fraction

import problem

circle_packing = problem.load("circle-packing")


def is_packing(circles):
    """The definition, in exact arithmetic."""
    exact = [[Fraction(part) for part in circle] for circle in circles]
    inside = all(min(x, y, 1 - x, 1 - y) >= r >= 0 for x, y, r in exact)
    return inside and all(
        (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= (a[2] + b[2]) ** 2
        for i, a in enumerate(exact)
        for b in exact[:i]
    )


def naive_layout(priority, n):
    """Where circles are placed, written from the description."""
    spots = [((i + 0.5) / 24, (j + 0.5) / 24) for j in range(24) for i in range(24)]
    placed = []

    def room(spot):
        sides = min(0.6 / math.sqrt(n), spot[0], spot[1], 1 - spot[0], 1 - spot[1])
        return min([sides] + [math.hypot(spot[0] - x, spot[1] - y) - r for x, y, r in placed])

    for k in range(n):
        free = [spot for spot in spots if room(spot) > 1e-9]
        best = max(free, key=lambda spot: round(room(spot) + priority(*spot, k, n), 9))
        placed.append((*best, room(best)))
    return placed


class CirclePackingTest(unittest.TestCase):
    def evaluate(self, n, priority):
        circle_packing.priority = priority
        return circle_packing.evaluate(n)


class EvaluateTest(CirclePackingTest):
    def test_layouts_agree_with_the_description(self):
        for weights in ((0.31, 0.17, 0.011), (-0.12, 0.5, 0.0), (0.053, 0.013, -0.071)):
            a, b, c = weights
            circle_packing.priority = lambda x, y, k, n: a * x + b * y * y + c * (k % 3) * x
            for n in (2, 7, 26):
                with self.subTest(weights=weights, n=n):
                    found = list(zip(*circle_packing.layout(n)))
                    for mine, expected in zip(found, naive_layout(circle_packing.priority, n)):
                        for one, other in zip(mine, expected):
                            self.assertAlmostEqual(one, other, places=9)

    def test_packings_are_valid_in_exact_arithmetic(self):
        generator = random.Random(1)
        for n in (2, 5, 12):
            for _ in range(3):
                table = {}
                result = self.evaluate(
                    n, lambda x, y, k, n: table.setdefault((x, y, k), generator.uniform(-1, 1))
                )
                self.assertTrue(is_packing(result.artifact))
                self.assertEqual(result.score, float(sum(Fraction(r) for _, _, r in result.artifact)))
                self.assertEqual(circle_packing.verify(n, result.artifact), result.score)

    def test_two_circles_reach_the_proved_sum(self):
        # Two circles on the diagonal: their radii sum to 2 - sqrt(2).
        best = max(self.evaluate(2, lambda x, y, k, n: a * x * (1 - 2 * k) + y * k).score for a in (0, 1, -1))
        self.assertAlmostEqual(best, 2 - math.sqrt(2), places=6)

    def test_wild_wishes_give_a_packing_or_a_message(self):
        for priority in (
            lambda x, y, k, n: 1e300 * x,
            lambda x, y, k, n: -1e300,
            lambda x, y, k, n: float(round(x * 1e6) % 7 == 0),
        ):
            result = self.evaluate(26, priority)
            self.assertTrue(is_packing(result.artifact))

    def test_the_seed_program_packs_well(self):
        result = problem.load("circle-packing").evaluate(26)
        self.assertTrue(2.6 < result.score < 2.636)

    def test_what_is_no_finite_priority_is_refused(self):
        for value, message in (
            (float("nan"), "priority of circle 0 at (0.0"),
            (float("inf"), "it must be finite"),
            (None, "are NoneType: return a float"),
            ("1", "are str: return a float"),
            (10**400, "is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaisesRegex(ValueError, re.escape(message)):
                self.evaluate(3, lambda x, y, k, n: value)

    def test_other_inputs_are_refused(self):
        for n in (1, 65, 0, -3, 26.0, True, "26", None, [26]):
            with self.subTest(n=n):
                with self.assertRaisesRegex(ValueError, re.escape(f"got {n!r}")):
                    circle_packing.evaluate(n)
                with self.assertRaisesRegex(ValueError, re.escape(f"got {n!r}")):
                    circle_packing.verify(n, [])


class VerifyTest(CirclePackingTest):
    def test_agrees_with_the_definition_on_random_circles(self):
        generator = random.Random(2)
        seen = set()
        for _ in range(300):
            circles = [[generator.random(), generator.random(), generator.random() * 0.2] for _ in range(3)]
            valid = is_packing(circles)
            seen.add(valid)
            if valid:
                expected = float(sum(Fraction(radius) for _, _, radius in circles))
                self.assertEqual(circle_packing.verify(3, circles), expected)
            else:
                with self.assertRaises(ValueError):
                    circle_packing.verify(3, circles)
        self.assertEqual(seen, {True, False})

    def test_an_overlap_of_the_last_digit_is_found(self):
        touching = [[0.25, 0.25, 0.25], [0.75, 0.25, 0.25]]
        self.assertEqual(circle_packing.verify(2, touching), 0.5)
        for circle, message in (
            ([0.75, 0.25, math.nextafter(0.25, 1)], "circle 1 is not inside"),
            ([0.7499999999999999, 0.25, 0.25], "circles 0 and 1 overlap"),
            ([0.75, 0.25, -1e-300], "the radius of circle 1 is negative"),
            ([0.25, 0.25, 0.0], "circles 0 and 1 overlap"),
        ):
            with self.subTest(circle=circle), self.assertRaisesRegex(ValueError, message):
                circle_packing.verify(2, [touching[0], circle])

    def test_refuses_what_is_no_list_of_circles(self):
        for artifact, message in (
            (None, "a packing is a list of 1 circles; got None"),
            ([], "a packing is a list of 1 circles"),
            ([[0.5, 0.5]], r"not \[x, y, radius\]"),
            ([5], r"circle 0 is 5, not \[x, y, radius\]"),
            ([[0.5, 0.5, "0.5"]], "not three finite numbers"),
            ([[0.5, 0.5, True]], "not three finite numbers"),
            ([[0.5, 0.5, float("nan")]], "not three finite numbers"),
            ([[0.5, 0.5, float("inf")]], "not three finite numbers"),
            ([[0.5, 0.5, 0.5 + 0j]], "not three finite numbers"),
        ):
            circle_packing.FEWEST = 1
            with self.subTest(artifact=artifact), self.assertRaisesRegex(ValueError, message):
                circle_packing.verify(1, artifact)
        circle_packing.FEWEST = 2


if __name__ == "__main__":
    unittest.main()
