"""Hostile programs in every way of isolation: each is contained, told by its kind, and the worker serves on.

Beside each worker under attack runs another one, which must notice nothing, and everything that `Canaries`
sets up is looked at after every program. FUNSEARCH_ATTACKS=all tries every program in every way; otherwise
the ways share them out, those that need their whole time to end the least.
"""

import os
import unittest

from canaries import Canaries
from hostile import INPUTS, PROBLEM, attacks
from ways import ways
from worker_process import Worker

LIMITS = {"cpu_seconds": 0.4, "wall_seconds": 5.0, "memory_bytes": 1 << 27, "output_bytes": 4096}
HONEST = "def guess(row, n):\n    return row[0] / 4\n"
_ONE_WORKER = ("determinism",)
"""Groups that only a second worker can judge; Scripts/attack does, through the product."""


def load(worker):
    """Has a worker load the problem that is attacked."""
    source = (PROBLEM / "specification.py").read_text()
    return worker.ask(
        "load", path="specification.py", source=source, evolve="guess", run="evaluate", verify="verify",
        inputs=list(INPUTS), limits=LIMITS, trust="split", decorators=[])


def evaluate(worker, source, lane="split"):
    """The outcome of a program."""
    return worker.ask("evaluate", id=1, lane=lane, source=source, inputs=None, artifact=False)


def chosen(way, count):
    """The programs for one way of so many."""
    found = [attack for attack in attacks() if attack.group not in _ONE_WORKER]
    if os.environ.get("FUNSEARCH_ATTACKS") == "all":
        return found
    slow = [attack for attack in found if "timeout" in attack.expected]
    quick = [attack for attack in found if "timeout" not in attack.expected]
    return slow[way::count] + quick[way % 3::3]


class Attacks:
    """The attacks, for one way of isolation."""

    options = {}
    place = (0, 1)

    @classmethod
    def setUpClass(cls):
        cls.worker, cls.neighbour = Worker(**cls.options), Worker(**cls.options)
        cls.addClassCleanup(cls.worker.close)
        cls.addClassCleanup(cls.neighbour.close)
        for worker in (cls.worker, cls.neighbour):
            if (worker.greeting or {}).get("event") != "ready":
                raise unittest.SkipTest("this machine cannot start it: %s" % worker.greeting)
            load(worker)
        cls.honest = evaluate(cls.neighbour, HONEST)["digests"]
        cls.canaries = Canaries([PROBLEM], cls.options.get("user"))
        cls.addClassCleanup(cls.canaries.__exit__)

    def test_attacks(self):
        for attack in chosen(*self.place):
            with self.subTest(group=attack.group, name=attack.name):
                outcome = evaluate(self.worker, attack.source(self.canaries.places()))
                self.assertIsNone(attack.objection(outcome), outcome)
                self.assertEqual(self.canaries.disturbed(str(outcome)), [])
                for worker in (self.worker, self.neighbour):
                    honest = evaluate(worker, HONEST)
                    found = honest["outcome"], honest.get("digests")
                    self.assertEqual(found, ("scored", self.honest), honest)

    def test_nothing_is_left_of_them(self):
        for body in ("import os\n    os._exit(1)", "import os\n    os.fork()", "return 1 / 0"):
            evaluate(self.worker, "def guess(row, n):\n    %s\n" % body)
        self.assertEqual(self.worker.close(), 0)
        self.assertEqual(self.worker.descendants(), [])
        type(self).worker = Worker(**self.options)
        load(self.worker)


def load_tests(loader, _tests, _pattern):
    """One class for each way of isolation."""
    suite = unittest.TestSuite()
    every = list(ways())
    for number, (name, options, reason) in enumerate(every):
        title = "Attacks (%s)" % name
        members = {"options": options, "place": (number, len(every)), "__module__": __name__}
        kind = type(title, (Attacks, unittest.TestCase), members)
        if reason:
            kind = unittest.skip(reason)(kind)
        suite.addTests(loader.loadTestsFromTestCase(kind))
    return suite


if __name__ == "__main__":
    unittest.main()
