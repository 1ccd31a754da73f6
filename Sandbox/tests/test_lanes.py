"""The lanes agree with one another, across hash seeds and after failures."""

import unittest

from problem import SPECIFICATION, evaluate, load, loaded
from worker_process import Worker

PROGRAMS = [
    " return 0.0",
    " return sum(el)",
    " return n",
    " return True",
    " return sum(el) * 1.5 if el[0] else 1",
    " return el[9]",
    " return 1 / el[0]",
    " x = 1\n return y",
    " return None",
    " return 'text'",
    " return [1]",
    " raise ValueError('no')",
    " raise KeyError('k')",
    " class E(Exception): pass\n raise E(1)",
    " assert el[0], 'zero'",
    " return priority(el, n)",
    " return 2 ** 70",
    " return -0.0",
    " return 10 ** 400",
    " return float('nan')",
    " return float('-inf')",
    " return (",
    " return undefined",
    "x = 1\n",
    "priority = 3\n",
    "import nothing_here\n",
    "K = 2\ndef helper(x):\n  return x[0] * K\ndef priority(el, n):\n  return helper(el)\n",
    "import math\ndef priority(vector, size):\n  return math.sqrt(sum(vector)) + size\n",
    " print('hello')\n return 1",
    " print('x' * 5000)",
    " import random\n return 1 if random.random() < 2 else 0",
    " return ROWS[1][2]",
    " return hash('a') * 0 + 1",
    " return sorted(el)[-1] % 2",
    " raise SystemExit(1)",
    " raise StopIteration",
    " [].pop()",
    " return int('x')",
    " return bytes(3)",
    " return -el",
]


# Asks for many rows; its artifact says whether it could have used numpy.
ROWS_WITH_NUMPY = """
import funsearch, sys
ROWS = tuple((i, 0) for i in range(2000))
@funsearch.run
def evaluate(n):
    seen = "numpy" in sys.modules
    found = funsearch.map(priority, ROWS, GIVEN)
    return funsearch.Result(sum(value == i + 0.5 for i, value in enumerate(found)) + 1000, artifact=seen)
@funsearch.evolve
def priority(el, n):
    return 0.0
"""


def told(outcome):
    """What must not depend on the lane."""
    return {key: value for key, value in outcome.items() if not key.endswith("microseconds")}


class Lanes(unittest.TestCase):
    """The same program, in each lane."""

    def test_split_is_as_proven(self):
        with loaded() as worker:
            for program in PROGRAMS:
                with self.subTest(program):
                    proven = told(evaluate(worker, program, "proven", artifact=True))
                    split = told(evaluate(worker, program, "split", artifact=True))
                    self.assertEqual(proven, split)

    def test_shared_is_as_proven(self):
        with loaded() as worker:
            for program in PROGRAMS[:9] + PROGRAMS[17:24]:
                with self.subTest(program):
                    self.assertEqual(
                        told(evaluate(worker, program, "proven", artifact=True)),
                        told(evaluate(worker, program, "shared", artifact=True)),
                    )

    def test_many_rows_have_the_specification_use_numpy_in_either_lane(self):
        try:
            import numpy  # noqa: F401
        except ImportError:
            self.skipTest("numpy is not installed")
        for given in ("n", "sys.modules['numpy'].arange(3) if 'numpy' in sys.modules else n"):
            source = ROWS_WITH_NUMPY.replace("GIVEN", given)
            for lane in ("proven", "split"):
                with self.subTest(lane=lane, given=given), Worker() as worker:
                    load(worker, source)
                    found = [evaluate(worker, " return el[0] + 0.5", lane, artifact=True) for _ in range(2)]
                    self.assertEqual([reply["scores"] for reply in found], [[3000.0] * 2] * 2)
                    self.assertEqual([reply["artifacts"][0] for reply in found], [False, True])

    def test_digests_do_not_depend_on_the_hash_seed(self):
        source = SPECIFICATION.replace(
            "behaviour=best", "behaviour={c: sorted(map(str, ROWS)) for c in set('abc')}"
        )
        found = []
        for seed in (0, 1, 77):
            with Worker(hash_seed=seed) as worker:
                load(worker, source)
                found.append(told(evaluate(worker, " return el[0]", artifact=True)))
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])

    def test_lines(self):
        with loaded() as worker:
            for lane in ("proven", "split"):
                for body, kind, line in (
                    (" x = 1\n\n return 1 / 0", "exception", 4),
                    (" x = 1\n y = (", "syntax", 3),
                    ("\n\nimport nothing_here\n", "exception", 3),
                ):
                    outcome = evaluate(worker, body, lane)
                    self.assertEqual((outcome["kind"], outcome["line"]), (kind, line), outcome)

    def test_the_seed_program_is_restored(self):
        with loaded() as worker:
            evaluate(worker, " return 1 / 0")
            self.assertEqual(worker.ask("trace")["calls"], 54)

    def test_recycled_evaluators_remember(self):
        with loaded() as worker:
            for body, kind in (
                (" while True: pass", "timeout"),
                (" return [0] * 10 ** 11", "memory"),
                (" return priority(el, n)", "exception"),
                (" import os; os._exit(3)", "crash"),
                (" import ctypes; ctypes.string_at(0)", "crash"),
            ):
                self.assertEqual(evaluate(worker, body)["kind"], kind)
                self.assertEqual(evaluate(worker, " return 1")["scores"], [27.0, 27.0])

    def test_requests_in_advance(self):
        with loaded() as worker:
            bodies = [
                " return 1",
                " while True: pass",
                " import os; os._exit(1)",
                " return 2",
                " return 1 / 0",
            ]
            for number, body in enumerate(bodies):
                worker.send(
                    op="evaluate",
                    id=number,
                    lane="proven",
                    source="def priority(el, n):\n" + body,
                    inputs=[0],
                    artifact=False,
                )
            replies = [worker.read() for _ in bodies]
        self.assertEqual([reply["id"] for reply in replies], [0, 1, 2, 3, 4])
        self.assertEqual(
            [reply.get("kind") for reply in replies], [None, "timeout", "crash", None, "exception"]
        )

    def test_chance_is_the_same_each_time(self):
        programs = [" import random; return random.random()"]
        try:
            import numpy  # noqa: F401

            programs.append("import numpy\ndef priority(el, n):\n  return float(numpy.random.rand())\n")
        except ImportError:
            pass
        with loaded() as worker:
            for program in programs:
                for lane in ("proven", "split"):
                    first, second = (evaluate(worker, program, lane) for _ in range(2))
                    self.assertEqual(told(first), told(second))
                    self.assertEqual(first["outcome"], "scored")

    def test_invalid_scores(self):
        for score in (
            "True",
            "None",
            "'a'",
            "1j",
            "float('inf')",
            "10 ** 400",
            "[1]",
            "type('F', (float,), {})(1)",
        ):
            source = SPECIFICATION.replace("math.fsum(map(float, scores))", score)
            with self.subTest(score), Worker() as worker:
                load(worker, source)
                outcome = evaluate(worker, " return 1")
                self.assertEqual(outcome["kind"], "invalid score", outcome)
                self.assertIn("for input 3; return a finite number", outcome["message"])

    def test_artifacts(self):
        for artifact, text in (
            ("{1, 2}", "set"),
            ("float('nan')", "finite"),
            ("object()", "object"),
            ("'\\ud800'", "surrogate"),
            ("{'\\ud800': 1}", "surrogate"),
            ("[1 << 20000]", "bits"),
            ("{(1,): 2}", "key"),
        ):
            source = SPECIFICATION.replace("[ROWS[i] for i in best]", artifact)
            with self.subTest(artifact), Worker() as worker:
                load(worker, source)
                outcome = evaluate(worker, " return 1")
                self.assertEqual(outcome["kind"], "invalid score", outcome)
                self.assertIn(text, outcome["message"])

    def test_readings_of_clock_and_entropy_are_noticed(self):
        with loaded() as worker:
            for body, line in (
                (" import time; return time.time() * 0", 2),
                (" import time\n return float(time.perf_counter_ns() > 0)", 3),
                (" import os\n return float(len(os.urandom(4)))", 3),
                (" import uuid\n return float(uuid.uuid4() is None)", 3),
                (" import random\n return float(random.SystemRandom().random() > 2)", 3),
                (" import random\n return float(random.Random().random() > 2)", 3),
                (" import random\n random.seed()\n return 0", 3),
            ):
                outcome = evaluate(worker, body, "split")
                self.assertEqual((outcome["kind"], outcome["line"]), ("nondeterministic", line), outcome)
            for body in (
                " import time; time.sleep(0); return 1",
                " import random\n return float(random.Random(3).random() < 2)",
                " import random\n random.seed(5)\n return float(random.random() < 2)",
                " import logging, tempfile, uuid, concurrent.futures\n return 1",
            ):
                self.assertEqual(evaluate(worker, body, "split")["scores"], [27.0, 27.0], body)

    def test_an_evaluator_may_catch_exceptions(self):
        source = SPECIFICATION.replace(
            "    scores = ",
            "    try:\n        priority(ROWS[0], n)\n    except KeyError as error:\n"
            "        return len(str(error))\n    scores = ",
        )
        with Worker() as worker:
            load(worker, source)
            for lane in ("proven", "split"):
                self.assertEqual(evaluate(worker, " raise KeyError('abc')", lane)["scores"], [5.0, 5.0])


if __name__ == "__main__":
    unittest.main()
