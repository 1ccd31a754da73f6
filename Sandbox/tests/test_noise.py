"""Noisy problems: every repeat has draws of its own, and they are the same wherever it is made."""

import importlib.util
import unittest

from problem import evaluate, load
from worker_process import Worker

SIMULATOR = '''import random
import funsearch

@funsearch.run
def evaluate(n):
    value = float(priority((n,), n))
    score = random.gauss(value, 1.0)
    return funsearch.Result(score, artifact=[score], metrics={"value": value, "noise": score - value})

@funsearch.evolve
def priority(el, n):
    return 0.0
'''
NUMPY = SIMULATOR.replace("import random\n", "import numpy\n").replace(
    "random.gauss(value, 1.0)", "float(numpy.random.normal(value, 1.0))")
NOISE = {"draws": "abc", "repeats": 4}


def samples(worker, body=" return el[0]", lane="proven", noise=NOISE, **changes):
    """The scores of each input."""
    return evaluate(worker, body, lane, noise=noise, **changes)["samples"]


def simulator(source=SIMULATOR, **options):
    """A worker with the simulator."""
    worker = Worker(**options)
    load(worker, source)
    return worker


class Noise(unittest.TestCase):
    """Requests with `noise`."""

    def test_every_repeat_has_other_draws(self):
        with simulator() as worker:
            found = samples(worker)
            self.assertEqual([len(scores) for scores in found], [4, 4])
            self.assertEqual(len({score for scores in found for score in scores}), 8)
            self.assertNotEqual(found, samples(worker, noise={"draws": "abd", "repeats": 4}))

    def test_draws_are_the_same_everywhere(self):
        with simulator() as one, simulator(hash_seed=77) as other:
            found = samples(one)
            self.assertEqual(samples(one), found)
            self.assertEqual(samples(other), found)
            for lane in ("split", "shared"):
                self.assertEqual(samples(other, lane=lane), found)

    def test_one_input_alone_has_the_draws_it_has_among_all(self):
        with simulator() as worker:
            self.assertEqual(samples(worker, inputs=[1]), samples(worker)[1:])

    def test_more_repeats_go_on_from_fewer(self):
        with simulator() as worker:
            longer = samples(worker, noise={"draws": "abc", "repeats": 6})
            self.assertEqual([scores[:4] for scores in longer], samples(worker))

    @unittest.skipUnless(importlib.util.find_spec("numpy"), "numpy is not installed")
    def test_numpy_is_seeded_too(self):
        with simulator(NUMPY) as one, simulator(NUMPY, hash_seed=5) as other:
            found = samples(one)
            self.assertEqual(len({score for scores in found for score in scores}), 8)
            self.assertEqual(samples(other, lane="split"), found)

    def test_a_candidate_has_draws_of_its_own(self):
        body = " import random\n return random.gauss(0.0, 1.0)"
        exact = SIMULATOR.replace("random.gauss(value, 1.0)", "value - random.gauss(0.0, 1.0)")
        with simulator(exact) as worker:
            found = [score for scores in samples(worker, body, "split") for score in scores]
            self.assertEqual(len(set(found)), 8)
            self.assertNotIn(0.0, found)

    def test_the_reply_tells_all(self):
        with simulator() as worker:
            reply = evaluate(worker, " return 3.0", noise=NOISE, artifact=True)
            self.assertNotIn("scores", reply)
            objects = [[[score] for score in scores] for scores in reply["samples"]]
            self.assertEqual(reply["artifacts"], objects)
            for scores, metrics in zip(reply["samples"], reply["metrics"]):
                self.assertEqual(metrics["value"], 3.0)
                self.assertAlmostEqual(metrics["noise"], sum(scores) / 4 - 3.0)

    def test_a_failure_names_its_input(self):
        with simulator() as worker:
            for lane in ("proven", "split"):
                reply = evaluate(worker, " return 1 / (4 - n)", lane, noise=NOISE)
                self.assertEqual((reply["kind"], reply["input"]), ("exception", 1))

    def test_exact_evaluations_are_what_they_were(self):
        with simulator() as worker:
            lanes = "proven", "proven", "split"
            found = [evaluate(worker, " return 1.0", lane)["scores"] for lane in lanes]
            self.assertEqual(found[1:], found[:2])


if __name__ == "__main__":
    unittest.main()
