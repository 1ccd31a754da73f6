"""Bin packing: generators, loaders, bounds, the two evaluators and the verifier against plain definitions."""

import importlib.util
import inspect
import json
import pathlib
import random
import re
import shutil
import tempfile
import unittest
import unittest.mock

import problem

NUMPY = importlib.util.find_spec("numpy") is not None
scalar = problem.load("bin-packing-or-scalar")
packings = [scalar]
if NUMPY:
    import numpy as np

    array = problem.load("bin-packing-or")
    packings.append(array)

SMALL = {"kind": "uniform", "items": 40, "seed": 5, "count": 3}
SHORT = {"kind": "weibull", "items": 300, "seed": 7, "count": 2}


def inline(capacity, *lists):
    return {"instances": [{"capacity": capacity, "items": list(items)} for items in lists]}


def naive_by_room(priority, capacity, items):
    """The scalar construction from its definition: rooms of open bins and an empty one, less room on ties."""
    rooms = []
    for item in items:
        choices = sorted({room for room in rooms if room >= item} | {capacity})
        best = max(choices, key=lambda room: float(priority(float(item), float(room))))
        if best != capacity:
            rooms.remove(best)
        rooms.append(best - item)
    return len(rooms)


def naive_by_bin(priority, capacity, items, empty):
    """The paper's construction from its definition, with so many empty bins after the last one used."""
    rooms = [float(capacity)] * len(items)
    for item in items:
        used = max((i + 1 for i, room in enumerate(rooms) if room != capacity), default=0)
        fitting = [i for i, room in enumerate(rooms[: used + empty]) if room >= item]
        values = list(priority(float(item), np.array([rooms[i] for i in fitting])))
        rooms[fitting[values.index(max(values))]] -= item
    return sum(room != capacity for room in rooms)


def fewest_bins(capacity, items):
    """The smallest number of bins, by trying everything."""
    best = len(items)

    def place(number, rooms):
        nonlocal best
        if len(rooms) >= best:
            return
        if number == len(items):
            best = len(rooms)
            return
        for i, room in enumerate(rooms):
            if room >= items[number]:
                place(number + 1, rooms[:i] + [room - items[number]] + rooms[i + 1 :])
        place(number + 1, rooms + [capacity - items[number]])

    place(0, [])
    return best


class InstancesTest(unittest.TestCase):
    def test_the_draws_are_those_of_splitmix64(self):
        # The generator's published first numbers for the state 0 are scrambled multiples of its constant.
        found = [scalar.scrambled(k * 0x9E3779B97F4A7C15 & scalar.WORD) for k in (1, 2)]
        self.assertEqual(found, [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4])

    def test_instances_are_the_same_everywhere(self):
        self.assertEqual(scalar.uniform_items(12, 1, 0), (46, 65, 83, 63, 59, 92, 28, 57, 66, 36, 23, 32))
        self.assertEqual(scalar.weibull_items(12, 1, 0), (33, 42, 52, 41, 39, 59, 22, 39, 43, 27, 16, 25))

    def test_uniform_sizes_are_from_20_to_100_and_as_frequent(self):
        items = scalar.uniform_items(81000, 3, 1)
        counts = [items.count(size) for size in range(20, 101)]
        self.assertEqual(sum(counts), len(items))
        self.assertTrue(all(850 < count < 1150 for count in counts), counts)

    def test_weibull_sizes_follow_the_distribution(self):
        items = scalar.weibull_items(100000, 3, 1)
        self.assertTrue(min(items) >= 1 and max(items) <= 100)
        for size in (5, 20, 40, 60, 99):
            share = sum(item <= size for item in items) / len(items)
            expected = 1 - 2.718281828459045 ** -(((size + 0.5) / 45) ** 3)
            self.assertAlmostEqual(share, expected, delta=0.005)

    def test_instances_of_one_seed_and_of_two_seeds_have_nothing_in_common(self):
        seen = set()
        for seed in range(6):
            for stream in range(6):
                items = scalar.uniform_items(100, seed, stream)
                runs = {items[i : i + 8] for i in range(93)}
                self.assertFalse(runs & seen)
                seen |= runs

    def test_the_bound_never_exceeds_the_fewest_bins(self):
        generator = random.Random(2)
        for _ in range(150):
            capacity = generator.randrange(5, 30)
            items = [generator.randrange(1, capacity + 1) for _ in range(generator.randrange(1, 9))]
            bound, fewest = scalar.lower_bound(capacity, items), fewest_bins(capacity, items)
            self.assertLessEqual(-(-sum(items) // capacity), bound)
            self.assertLessEqual(bound, fewest, (capacity, items))

    def test_the_bound_counts_items_that_share_no_bin(self):
        self.assertEqual(scalar.lower_bound(10, (6, 6, 6)), 3)
        self.assertEqual(scalar.lower_bound(10, (7, 7, 4, 4)), 3)
        self.assertEqual(scalar.lower_bound(10, (5, 5, 5, 5)), 2)
        self.assertEqual(scalar.lower_bound(10, (10,)), 1)

    def test_reads_the_format_of_the_or_library(self):
        text = " 2\n u3_00\n 150 3 2\n70\n80\n90\n u3_01\n 100 1 1\n 42\n"
        found = scalar.read_text(text, "x.txt")
        self.assertEqual([(each.capacity, each.items) for each in found], [(150, (70, 80, 90)), (100, (42,))])
        for wrong, message in (
            (" 2\n a\n 150 1 1\n 70", "x.txt ends too early"),
            (" 1\n a\n 150 2 1\n 70", "a has 1 items, not 2"),
            (" 1\n a\n 60 1 1\n 70", "x.txt: a: the item 70 is not a whole number from 1 to 60"),
        ):
            with self.subTest(text=wrong), self.assertRaisesRegex(ValueError, message):
                scalar.read_text(wrong, "x.txt")

    def test_reads_files_beside_the_specification(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            shutil.copy(problem.PROBLEMS / "bin-packing-or-scalar" / "specification.py", folder)
            (folder / "one.txt").write_text("1\na\n10 3 2\n5 5 5\n")
            entry = {"capacity": 10, "num_items": 3, "items": [5, 5, 5]}
            (folder / "one.json").write_text(json.dumps({"a": entry}))
            (folder / "list.json").write_text(json.dumps([entry]))
            (folder / "bare.json").write_text(json.dumps(entry))
            own = problem.load_file(folder / "specification.py")
            for name in ("one.txt", "one.json", "list.json", "bare.json"):
                self.assertEqual(own.instances({"file": name}), [(10, (5, 5, 5), 2)], name)
            for name in ("two.txt", "../one.txt", "/etc/passwd", 3):
                with self.assertRaisesRegex(ValueError, "the problem's folder"):
                    own.instances({"file": name})

    def test_makes_one_input_of_a_file(self):
        entry = {"capacity": 10, "items": [5, 5, 5]}
        inputs = [{"instances": [entry, {"capacity": 7, "items": [7, 1]}]}]
        for each in packings:
            for text in ("2\na\n10 3 2\n5 5 5\nb\n7 2 2\n7 1\n", json.dumps(inputs[0]["instances"])):
                found = each.read(text, "some.txt")
                self.assertEqual(json.loads(json.dumps(found)), inputs)
                self.assertEqual(each.instances(found[0]), [(10, (5, 5, 5), 2), (7, (7, 1), 2)])
            with self.assertRaisesRegex(ValueError, "some.txt ends too early"):
                each.read("2\na\n10 3 2\n5 5 5", "some.txt")
            with unittest.mock.patch.object(each, "MOST_ITEMS", 2):
                with self.assertRaisesRegex(ValueError, "some.txt holds more than 2 items"):
                    each.read(json.dumps(entry), "some.txt")

    def test_other_inputs_are_refused(self):
        generated = {"kind": "uniform", "items": 10, "seed": 1, "count": 1}
        for choice in (
            None, 5, "uniform", [], {}, {**generated, "kind": "normal"}, {**generated, "items": 0},
            {**generated, "seed": -1}, {**generated, "count": 1.0}, {**generated, "items": 10**6, "count": 2},
            {**generated, "x": 1}, {"instances": []}, {"instances": [5]}, inline(10, [11]), inline(10, [0]),
            inline(10, ["5"]), inline(10, [5.0]), inline(0, [1]), inline("10", [1]),
        ):
            for each in packings:
                with self.subTest(choice=choice), self.assertRaises(ValueError):
                    each.evaluate(choice)
                with self.subTest(choice=choice), self.assertRaises(ValueError):
                    each.verify(choice, [])


class ScalarTest(unittest.TestCase):
    def evaluate(self, choice, priority):
        scalar.priority = priority
        return scalar.evaluate(choice)

    def test_agrees_with_the_definition(self):
        generator = random.Random(4)
        values = {}
        priorities = {
            "best fit": lambda item, bin: item - bin,
            "worst fit": lambda item, bin: bin - item,
            "few levels": lambda item, bin: values.setdefault((item, bin), generator.randrange(3)),
            "floats": lambda item, bin: values.setdefault((bin, item), generator.random()),
            "infinities": lambda item, bin: float("inf") if bin % 7 == item % 7 else float("-inf"),
            "bools": lambda item, bin: bin - item < 5,
        }
        for choice in (SMALL, SHORT, inline(7, [3, 3, 4, 2, 2], [7, 1, 6]), inline(1, [1])):
            for name, priority in priorities.items():
                with self.subTest(choice=choice, priority=name):
                    result = self.evaluate(choice, priority)
                    packed = scalar.instances(choice)
                    bins = [naive_by_room(priority, each.capacity, each.items) for each in packed]
                    self.assertEqual(list(result.behaviour), bins)
                    bound = sum(each.bound for each in packed)
                    self.assertEqual(result.score, -100.0 * (sum(bins) - bound) / bound)
                    self.assertEqual(scalar.verify(choice, result.artifact), result.score)

    def test_the_seed_program_is_best_fit_and_near_the_published_excess(self):
        seed = problem.load("bin-packing-or-scalar")
        for choice, published, spread in (
            ({"kind": "uniform", "items": 120, "seed": 101, "count": 20}, 5.81, 1.3),
            ({"kind": "uniform", "items": 500, "seed": 103, "count": 20}, 5.37, 0.5),
            ({"kind": "uniform", "items": 1000, "seed": 104, "count": 20}, 4.94, 0.3),
            ({"kind": "weibull", "items": 5000, "seed": 101, "count": 5}, 3.98, 0.3),
        ):
            score = seed.evaluate(choice).score
            self.assertAlmostEqual(-score, published, delta=spread)
            self.assertEqual(self.evaluate(choice, lambda item, bin: item - bin).score, score)

    def test_priorities_see_floats(self):
        seen = set()
        self.evaluate(inline(10, [4, 7]), lambda item, bin: seen.add((item, bin)) or 0.0)
        self.assertEqual(seen, {(4.0, r) for r in range(4, 11)} | {(7.0, r) for r in range(7, 11)})
        self.assertEqual({type(x) for pair in seen for x in pair}, {float})

    def test_what_cannot_be_ordered_is_refused(self):
        for value, message in (
            (float("nan"), "priority of (4.0, 5.0) is NaN"),
            (None, "priority of (4.0, 5.0) is a NoneType"),
            ("1", "priority of (4.0, 5.0) is a str"),
            (10**400, "priority of (4.0, 5.0) is too large for a float"),
        ):
            with self.subTest(value=value), self.assertRaisesRegex(ValueError, re.escape(message)):
                self.evaluate(inline(10, [4, 7]), lambda item, bin: value if bin == 5 else 1)


@unittest.skipUnless(NUMPY, "needs numpy")
class ArrayTest(unittest.TestCase):
    def evaluate(self, choice, priority):
        array.priority = priority
        return array.evaluate(choice)

    def priorities(self):
        def shifted(item, bins):
            score = (bins - item) ** 2 % 11
            score[1:] -= score[:-1]
            return score

        return {
            "first fit": lambda item, bins: np.zeros(len(bins)),
            "best fit": lambda item, bins: item - bins,
            "last": lambda item, bins: np.arange(len(bins)),
            "neighbours": shifted,
            "remainders": lambda item, bins: (bins * 7 + item) % 13,
            "bools": lambda item, bins: bins - item < 5,
        }

    def test_agrees_with_the_definition(self):
        for choice in (SMALL, SHORT, inline(7, [3, 3, 4, 2, 2], [7, 1, 6]), inline(1, [1])):
            for name, priority in self.priorities().items():
                with self.subTest(choice=choice, priority=name):
                    result = self.evaluate(choice, priority)
                    bins = [naive_by_bin(priority, c, items, 8) for c, items, _ in array.instances(choice)]
                    self.assertEqual(list(result.behaviour), bins)
                    self.assertEqual(array.verify(choice, result.artifact), result.score)

    def test_eight_empty_bins_do_as_well_as_all(self):
        for name, priority in self.priorities().items():
            if name != "last":
                result = self.evaluate(SMALL, priority)
                packed = array.instances(SMALL)
                bins = [naive_by_bin(priority, c, items, len(items)) for c, items, _ in packed]
                self.assertEqual(list(result.behaviour), bins, name)

    def test_leaving_out_full_bins_changes_nothing(self):
        # Bins are left out every 256 items; the definition never does.
        choice = {"kind": "weibull", "items": 1200, "seed": 9, "count": 1}
        priority = self.priorities()["neighbours"]
        ((capacity, items, _),) = array.instances(choice)
        self.assertEqual(
            self.evaluate(choice, priority).behaviour, (naive_by_bin(priority, capacity, items, 8),)
        )

    def test_the_published_excess_of_the_baselines_is_near(self):
        choice = {"kind": "uniform", "items": 500, "seed": 103, "count": 20}
        for name, published in (("first fit", 5.74), ("best fit", 5.37)):
            score = self.evaluate(choice, self.priorities()[name]).score
            self.assertAlmostEqual(-score, published, delta=0.6)

    def test_best_fit_is_the_same_for_both_evaluators(self):
        scalar.priority = lambda item, bin: item - bin
        for choice in (SMALL, SHORT):
            self.assertEqual(
                self.evaluate(choice, lambda item, bins: item - bins).score, scalar.evaluate(choice).score
            )

    def test_what_is_no_array_of_priorities_is_refused(self):
        for value, message in (
            (lambda bins: 0.0, "returned a float"),
            (lambda bins: list(bins), "returned a list"),
            (lambda bins: np.zeros(len(bins) + 1), "of shape"),
            (lambda bins: np.zeros((len(bins), 1)), "of shape"),
            (lambda bins: bins.astype(str), "not of numbers"),
            (lambda bins: bins * 1j, "not of numbers"),
            (lambda bins: bins * float("nan"), "is NaN"),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(ValueError, message):
                self.evaluate(SMALL, lambda item, bins: value(bins))


class VerifyTest(unittest.TestCase):
    def test_refuses_what_is_no_packing(self):
        choice = inline(10, [4, 6, 7], [5])
        for each in packings:
            self.assertEqual(each.verify(choice, [[0, 0, 1], [3]]), 0.0)
            self.assertEqual(each.verify(choice, [[0, 1, 2], [0]]), -100.0 / 3)
            for artifact, message in (
                (None, "a packing is a list of 2 lists; got None"),
                ([[0, 0, 1]], "a packing is a list of 2 lists"),
                ([[0, 0, 1], [0, 1]], "instance 1: there must be a bin for each of 1 items"),
                ([[0, 0, 1], 0], "instance 1: there must be a bin for each of 1 items"),
                ([[0, 0, 0], [0]], "instance 0: bin 0 holds 17, more than 10"),
                ([[0, 0, 1.0], [0]], "instance 0: the bin 1.0 is not a whole number"),
                ([[0, 0, True], [0]], "instance 0: the bin True is not a whole number"),
            ):
                with self.subTest(artifact=artifact), self.assertRaisesRegex(ValueError, message):
                    each.verify(choice, artifact)


class FilesTest(unittest.TestCase):
    @unittest.skipUnless(NUMPY, "needs numpy")
    def test_both_evaluators_share_instances_and_verifier(self):
        for name in (
            "random_words", "uniform_items", "weibull_thresholds", "weibull_items", "lower_bound", "instance",
            "read_text", "read_json", "read_either", "read", "read_file", "cached_instances", "instances",
            "excess", "result", "verify",
        ):
            sources = [inspect.getsource(getattr(each, name)) for each in packings]
            self.assertEqual(sources[0], sources[1], name)


if __name__ == "__main__":
    unittest.main()
