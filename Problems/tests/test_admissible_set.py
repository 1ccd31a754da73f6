"""Admissible sets: the fast evaluator against the definition, and the verifier against wrong sets."""

import itertools
import random
import re
import unittest

import problem

admissible_set = problem.load("admissible-set")


def is_admissible(vectors):
    """The definition: different zeros, and for every three a place with good entries."""
    for a, b in itertools.combinations(vectors, 2):
        if [x == 0 for x in a] == [x == 0 for x in b]:
            return False
    return all(map(has_good_place, itertools.combinations(vectors, 3)))


def has_good_place(three):
    return any(set(entries) == {0, 1, 2} or entries.count(0) == 2 and any(entries) for entries in zip(*three))


def expanded(vector):
    """All vectors that rotating the blocks of three of `vector` makes of it."""
    blocks = [vector[i : i + 3] for i in range(0, len(vector), 3)]
    turned = [{block[i:] + block[:i] for i in range(3)} for block in blocks]
    return [sum(choice, ()) for choice in itertools.product(*turned)]


CLASSES = ((0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 2), (0, 2, 1), (1, 1, 1), (2, 2, 2))


def naive_set(priority, n, w, symmetric):
    """The greedy construction written from its definition: best open vector, first one on ties."""
    if symmetric:
        candidates = [sum(blocks, ()) for blocks in itertools.product(CLASSES, repeat=n // 3)]
    else:
        candidates = list(itertools.product((0, 1, 2), repeat=n))
    members = expanded if symmetric else lambda vector: [vector]
    candidates = [vector for vector in candidates if n - vector.count(0) == w]
    priorities = {vector: float(priority(vector, n, w)) for vector in candidates}
    ranked = sorted(candidates, key=priorities.get, reverse=True)
    taken, everything = [], []
    for vector in ranked:
        if priorities[vector] != float("-inf") and fits(everything, members(vector)):
            taken.append(vector)
            everything += members(vector)
    return taken, len(everything)


def fits(old, new):
    """Whether the new vectors keep the old ones admissible; what is only of old ones is known."""
    zeros = {tuple(x == 0 for x in vector) for vector in old}
    if any(tuple(x == 0 for x in vector) in zeros for vector in new):
        return False
    triples = itertools.chain(
        itertools.combinations(new, 3),
        ((*pair, c) for pair in itertools.combinations(new, 2) for c in old),
        ((*pair, c) for pair in itertools.combinations(old, 2) for c in new),
    )
    return all(map(has_good_place, triples))


def random_priorities(generator):
    """Pairs of a name and a priority."""
    numbers = {}

    def drawn(kinds):
        return lambda el, n, w: numbers.setdefault((kinds, el), kinds())

    yield "floats", drawn(generator.random)
    yield "few levels", drawn(lambda: generator.randrange(3))
    yield "infinities", drawn(lambda: generator.choice((True, 1, 0.5, float("inf"), float("-inf"))))
    weights = [generator.randrange(1, 9) for _ in range(30)]
    yield "scrambled sums", lambda el, n, w: sum(a * x for a, x in zip(weights, el)) * 1.69 % 5


class AdmissibleSetTest(unittest.TestCase):
    def evaluate(self, form, priority):
        admissible_set.priority = priority
        return admissible_set.evaluate(form)


class EvaluateTest(AdmissibleSetTest):
    def assert_agrees(self, n, w, symmetric, priority):
        form = [n, w] if symmetric else [n, w, "plain"]
        result = self.evaluate(form, priority)
        taken, size = naive_set(priority, n, w, symmetric)
        self.assertEqual(list(result.artifact), sorted(taken, key=result.artifact.index))
        self.assertEqual(set(result.artifact), set(taken))
        self.assertEqual(result.score, size)
        self.assertEqual(admissible_set.verify(form, [list(row) for row in result.artifact]), size)

    def test_agrees_with_the_definition(self):
        symmetric = [(3, 1), (3, 2), (6, 2), (6, 3), (6, 4), (6, 5)]
        plain = [(1, 1), (2, 1), (3, 2), (4, 2), (4, 3), (5, 3), (5, 5)]
        for forms, flag in ((symmetric, True), (plain, False)):
            for n, w in forms:
                for seed in range(3):
                    for name, priority in random_priorities(random.Random(seed)):
                        with self.subTest(n=n, w=w, symmetric=flag, seed=seed, priorities=name):
                            self.assert_agrees(n, w, flag, priority)

    def test_agrees_with_the_definition_in_nine_dimensions(self):
        for name, priority in random_priorities(random.Random(1)):
            with self.subTest(priorities=name):
                self.assert_agrees(9, 7, True, priority)

    def test_the_seed_program_gives_the_published_sizes(self):
        seed = problem.load("admissible-set")
        for form, size in (([15, 10], 1842), ([12, 7, "plain"], 548)):
            with self.subTest(form=form):
                self.assertEqual(seed.evaluate(form).score, size)

    def test_there_are_35_bad_triples_of_classes(self):
        found = admissible_set.words(3, 2, True)
        every = admissible_set.words(9, 5, True)
        self.assertEqual([vector for vector in found.vectors], [(0, 1, 2), (0, 2, 1)])
        members = [admissible_set.rotations(block) for block in CLASSES]
        bad = [
            three
            for three in itertools.combinations_with_replacement(range(7), 3)
            if any(admissible_set.all_bad(*v) for v in itertools.product(*(members[s] for s in three)))
        ]
        self.assertEqual(len(bad), 35)
        for index, word in enumerate(every.words):
            for a, b in itertools.product(range(7), repeat=2):
                expected = tuple(sorted((a, b, word[0]))) in bad
                self.assertEqual(every.bad[0][a][b] >> index & 1, expected)

    def test_rotations_of_one_or_two_vectors_never_conflict(self):
        # What the symmetric form and its verifier rely on: only zeros and triples of different words matter.
        for w in range(7):
            words = admissible_set.words(6, w, True).vectors if w else [(0,) * 6]
            for a in words:
                self.assertTrue(is_admissible(expanded(a)), a)
            for a, b in itertools.combinations(words, 2):
                zeros = [[block.count(0) for block in (v[:3], v[3:])] for v in (a, b)]
                self.assertEqual(is_admissible(expanded(a) + expanded(b)), zeros[0] != zeros[1], (a, b))

    def test_capacities_are_the_published_ones(self):
        for n, w, size, expected in (
            (12, 7, 792, 2.21844315),
            (15, 10, 3003, 2.21948587),
            (21, 15, 43596, 2.22004058),
            (24, 17, 237984, 2.22023365),
        ):
            self.assertAlmostEqual(admissible_set.capacity(n, w, size), expected, places=8)
        self.assertEqual(admissible_set.capacity(12, 7, 0), 0.0)

    def test_what_cannot_be_ordered_is_refused_with_its_vector(self):
        for value, message in (
            (float("nan"), "priority of (0, 2, 1) is NaN"),
            (None, "priority of (0, 2, 1) is a NoneType"),
            (10**400, "priority of (0, 2, 1) is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaisesRegex(ValueError, re.escape(message)):
                self.evaluate([3, 2], lambda el, n, w: value if el[1] == 2 else 0.0)

    def test_other_inputs_are_refused(self):
        for form in (12, None, [12], [12, 7, "s"], [11, 7], [12, 0], [12, 13], [12.0, 7], [33, 7], [True, 1]):
            with self.subTest(form=form):
                with self.assertRaisesRegex(ValueError, re.escape(f"got {form!r}")):
                    admissible_set.evaluate(form)
                with self.assertRaisesRegex(ValueError, re.escape(f"got {form!r}")):
                    admissible_set.verify(form, [])


class VerifyTest(AdmissibleSetTest):
    def test_agrees_with_the_definition_on_random_sets(self):
        generator = random.Random(3)
        for n, w, symmetric in ((6, 3, True), (6, 4, True), (9, 4, True), (5, 3, False), (4, 2, False)):
            vectors = admissible_set.words(n, w, symmetric).vectors
            form = [n, w] if symmetric else [n, w, "plain"]
            for size in (0, 1, 2, 2, 3, 3, 3, 4, 4) * 3:
                chosen = generator.sample(vectors, min(size, len(vectors)))
                everything = sum(map(expanded, chosen), []) if symmetric else chosen
                with self.subTest(form=form, chosen=chosen):
                    if is_admissible(everything):
                        self.assertEqual(admissible_set.verify(form, chosen), len(everything))
                    else:
                        with self.assertRaises(ValueError):
                            admissible_set.verify(form, chosen)

    def test_refuses_what_is_no_admissible_set(self):
        good = [0, 1, 2]
        for form, artifact, message in (
            ([3, 2], None, "list of vectors; got NoneType"),
            ([3, 2], "012", "list of vectors; got str"),
            ([3, 2], [good, [0, 1]], r"vector 1 is \[0, 1\], not a list of 3 entries"),
            ([3, 2], [[0, 1, 3]], "every entry must be 0, 1 or 2"),
            ([3, 2], [[0, True, 1]], "every entry must be 0, 1 or 2"),
            ([3, 2], [[0, 1.0, 1]], "every entry must be 0, 1 or 2"),
            ([3, 2], [[0, 0, 1]], "2 entries must not be 0"),
            ([3, 2], [[1, 0, 1]], "no block may hold 0 once and x twice"),
            ([3, 2], [good, [2, 0, 1]], "vectors 0 and 1 have their zeros at the same places"),
            ([3, 2, "plain"], [good, [0, 2, 1]], "vectors 0 and 1 have their zeros at the same places"),
            ([3, 2, "plain"], [[0, 1, 1], [1, 0, 1], [1, 1, 0]], "vectors 0, 1 and 2 have no place with"),
        ):
            with self.subTest(artifact=artifact), self.assertRaisesRegex(ValueError, message):
                admissible_set.verify(form, artifact)

    def test_a_set_of_the_symmetric_form_is_one_of_the_plain_form(self):
        result = problem.load("admissible-set").evaluate([12, 7])
        everything = sum((expanded(vector) for vector in result.artifact), [])
        self.assertEqual(admissible_set.verify([12, 7, "plain"], everything), result.score)


if __name__ == "__main__":
    unittest.main()
