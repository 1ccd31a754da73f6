"""The hostile programs of `attacks/`, each with what must become of it.

A file is a group; a line `### name: words…` begins a program. The words are kinds of failure (`invalid-score`
for `invalid score`), or `value=V` where the program may be scored, its function having given V each time, or
`same` where it must have the same score each time. Names in braces stand for what `canaries.py` sets up.
"""

import re

from pathlib import Path
from typing import NamedTuple

ATTACKS = Path(__file__).parent / "attacks"
PROBLEM = ATTACKS / "problem"
INPUTS = (2, 3)
_DEEP = 100000
_PLACE = re.compile(r"\{([a-z_]+)\}")


class Attack(NamedTuple):
    """One program."""

    group: str
    name: str
    expected: tuple  # the words of its header
    text: str

    def source(self, places):
        """The program with its places filled in."""
        places = dict(_bombs(), **places)
        return _PLACE.sub(lambda found: str(places.get(found.group(1), found.group(0))), self.text)

    def objection(self, outcome):
        """What is wrong about an outcome (a reply of PROTOCOL.md), or None."""
        if outcome["outcome"] == "failed":
            if outcome["kind"].replace(" ", "-") in self.expected:
                return None
            return "it failed as %s (%s)" % (outcome["kind"], outcome["message"][:200])
        values = [float(word[6:]) for word in self.expected if word.startswith("value=")]
        if "same" in self.expected or any(
            list(outcome["scores"]) == [value * n for n in INPUTS] for value in values
        ):
            return None
        return "it scored %s" % list(outcome["scores"])


def attacks(group=None):
    """All programs, or those of one group."""
    found = []
    for path in sorted(ATTACKS.glob((group or "*") + ".txt")):
        for part in path.read_text(encoding="utf-8").split("### ")[1:]:
            head, _, text = part.partition("\n")
            name, _, words = head.rpartition(": ")
            found.append(Attack(path.stem, name, tuple(words.split()), text))
    return found


def _bombs():
    """Source text that is too much for a compiler."""
    loops = "".join("%sfor i%d in range(2):\n" % (" " * depth, depth) for depth in range(1, 200))
    return {
        "deep": "(" * _DEEP + "1" + ")" * _DEEP,
        "signs": "-" * _DEEP + "1",
        "loops": loops + " " * 201 + "pass",
        "digits": "9" * _DEEP,
        "sums": "+".join(["1"] * 5000),
        "null": "\0",
    }
