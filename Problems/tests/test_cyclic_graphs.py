"""Cyclic graphs: the fast evaluator against the definition, and the verifier against wrong sets."""

import itertools
import random
import re
import unittest

import problem

cyclic_graphs = problem.load("cyclic-graphs")


def are_neighbours(a, b, m):
    """Whether two different vertices differ by at most one, modulo m, in every place."""
    return a != b and all((x - y) % m in (0, 1, m - 1) for x, y in zip(a, b))


def naive_set(priority, m, n):
    """The greedy construction written from its definition: best free vertex, first one on ties."""
    free = list(itertools.product(range(m), repeat=n))
    priorities = {vertex: float(priority(vertex, m, n)) for vertex in free}
    free = [vertex for vertex in free if priorities[vertex] != float("-inf")]
    taken = []
    while free:
        best = max(free, key=priorities.get)
        taken.append(best)
        free = [v for v in free if v != best and not are_neighbours(v, best, m)]
    return taken


def random_priorities(generator, m, n):
    """Pairs of a name and a priority, of every kind of value a program may return."""
    vertices = list(itertools.product(range(m), repeat=n))
    draws = {
        "floats": [generator.random() for _ in vertices],
        "few levels": [float(generator.randrange(4)) for _ in vertices],
        "bools": [generator.random() < 0.5 for _ in vertices],
        "mixed": [generator.choice((True, 0, 1, 0.5, -0.0, 1.0, 2**70)) for _ in vertices],
        "infinities": [generator.choice((float("inf"), 1.5, float("-inf"))) for _ in vertices],
    }
    for name, values in draws.items():
        table = dict(zip(vertices, values))
        yield name, lambda el, m, n, table=table: table[el]
    weights = [generator.randrange(m) for _ in range(n)]
    yield "linear", lambda el, m, n: sum(w * x for w, x in zip(weights, el)) % m


class CyclicGraphsTest(unittest.TestCase):
    def evaluate(self, graph, priority):
        cyclic_graphs.priority = priority
        return cyclic_graphs.evaluate(graph)


class EvaluateTest(CyclicGraphsTest):
    def test_agrees_with_the_definition(self):
        for m, n in ((4, 1), (5, 1), (5, 2), (7, 2), (4, 3), (5, 3), (7, 3), (5, 4)):
            for seed in range(3):
                for name, priority in random_priorities(random.Random(seed), m, n):
                    with self.subTest(m=m, n=n, seed=seed, priorities=name):
                        result = self.evaluate([m, n], priority)
                        expected = sorted(naive_set(priority, m, n))
                        self.assertEqual(list(result.artifact), expected)
                        self.assertEqual(result.score, len(expected))
                        self.assertEqual(cyclic_graphs.verify([m, n], result.artifact), len(expected))

    def test_the_seed_program_takes_every_second_entry(self):
        seed = problem.load("cyclic-graphs")
        for m, n in ((5, 2), (7, 4), (9, 3), (9, 4), (11, 4)):
            self.assertEqual(seed.evaluate([m, n]).score, (m // 2) ** n)

    def test_reaches_the_maximum_where_a_linear_order_gives_it(self):
        # Shannon's set of C5^2: all (x, 2x), five where products of sets of the cycle have four.
        result = self.evaluate([5, 2], lambda el, m, n: -((el[1] - 2 * el[0]) % m))
        self.assertEqual(result.score, 5)
        self.assertEqual(cyclic_graphs.verify([5, 2], result.artifact), 5)

    def test_priorities_see_tuples_of_plain_integers(self):
        seen = []
        self.evaluate([5, 2], lambda el, m, n: seen.append((el, m, n)) or 0.0)
        self.assertEqual([el for el, _, _ in seen], list(itertools.product(range(5), repeat=2)))
        self.assertEqual({(type(el), type(el[0]), m, n) for el, m, n in seen}, {(tuple, int, 5, 2)})

    def test_what_cannot_be_ordered_is_refused_with_its_vertex(self):
        for value, message in (
            (float("nan"), "priority of (0, 1) is NaN"),
            (None, "priority of (0, 1) is a NoneType"),
            ("1", "priority of (0, 1) is a str"),
            (10**400, "priority of (0, 1) is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaisesRegex(ValueError, re.escape(message)):
                self.evaluate([5, 2], lambda el, m, n: value if el[-1] == 1 else 0.0)

    def test_other_inputs_are_refused(self):
        for graph in (7, None, [7], [7, 5, 1], [3, 2], [7, 0], [7.0, 2], [True, 2], [11, 6], "75", [7, 99]):
            with self.subTest(graph=graph):
                with self.assertRaisesRegex(ValueError, re.escape(f"got {graph!r}")):
                    cyclic_graphs.evaluate(graph)
                with self.assertRaisesRegex(ValueError, re.escape(f"got {graph!r}")):
                    cyclic_graphs.verify(graph, [])


class VerifyTest(CyclicGraphsTest):
    def test_agrees_with_the_definition_on_random_sets(self):
        generator = random.Random(5)
        for m, n in ((5, 2), (7, 3), (4, 4)):
            vertices = list(itertools.product(range(m), repeat=n))
            for size in (0, 1, 2, 2, 3, 3, 4, 5, 8) * 3:
                chosen = generator.sample(vertices, size)
                pairs = [p for p in itertools.combinations(chosen, 2) if are_neighbours(*p, m)]
                with self.subTest(m=m, n=n, chosen=chosen):
                    if pairs:
                        with self.assertRaisesRegex(ValueError, "are neighbours"):
                            cyclic_graphs.verify([m, n], chosen)
                    else:
                        self.assertEqual(cyclic_graphs.verify([m, n], chosen), size)

    def test_refuses_what_is_no_independent_set(self):
        for artifact, message in (
            (None, "list of vertices; got NoneType"),
            ("02", "list of vertices; got str"),
            ([[0, 1], [0]], r"vertex 1 is \[0\], not a list of 2 entries"),
            ([[0, 5]], r"vertex 0 is \[0, 5\]: every entry must be 0 to 4"),
            ([[0, -1]], "every entry must be 0 to 4"),
            ([[0, 1.0]], "every entry must be 0 to 4"),
            ([[0, True]], "every entry must be 0 to 4"),
            ([[0, 0], [2, 2], [0, 0]], r"vertices 0 and 2 are both \[0, 0\]"),
            ([[0, 0], [2, 2], [4, 1]], r"vertices 0 and 2 are neighbours: \[0, 0\], \[4, 1\]"),
        ):
            with self.subTest(artifact=artifact), self.assertRaisesRegex(ValueError, message):
                cyclic_graphs.verify([5, 2], artifact)


if __name__ == "__main__":
    unittest.main()
