"""Searches with a real llama.cpp server that random weights and a grammar make say functions: PROGRAM.

The server's port is in FUNSEARCH_LLAMA_PORT. A function that treats all vectors alike makes the trivial cap
set, of 64 in six dimensions. The search has to find a larger one, to keep every answer, and to be made again
without a server.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRIVIAL = 64
STEPS = 40


class Search(unittest.TestCase):
    """One run, and what is said of it later."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        address = f"http://127.0.0.1:{os.environ['FUNSEARCH_LLAMA_PORT']}/v1"
        cls.search = ["cap-set", "--inputs", "6", "--islands", "4", "--steps", str(STEPS), "--seed", "3",
                      "--json"]
        asking = ["--model", "tiny", "--api-base", address]
        cls.last = cls.funsearch("run", *cls.search, *asking, "--name", "live")

    @classmethod
    def funsearch(cls, *arguments):
        """The last line that the program prints, as JSON."""
        done = subprocess.run(
            [PROGRAM, *arguments, "--results", cls.folder], cwd=ROOT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True)
        if done.returncode != 0:
            said = done.stdout[-2000:] + done.stderr[-2000:]
            raise AssertionError(f"{arguments}: {done.returncode}\n{said}")
        return json.loads(done.stdout.splitlines()[-1])

    def test_finds_more_than_the_trivial(self):
        best = self.last["best"]
        print(f"a cap set of {best['score']:g} in 6 dimensions, by {STEPS} answers", file=sys.stderr)
        self.assertGreater(best["score"], TRIVIAL)
        self.assertTrue(best["verified"])
        self.assertEqual((self.last["ending"], self.last["steps"]), ("finished", STEPS))

    def test_keeps_every_answer(self):
        total = self.last["models"]["total"]
        self.assertEqual(total["answered"], total["requests"])
        self.assertEqual((total["steps"], total["possibly_spent"]["requests"]), (STEPS, 0))
        self.assertFalse(total["tokens"]["estimated"])
        # What the grammar allows is Python; only so many of its functions may fail or be the same again.
        self.assertEqual(total["discarded"], {})
        self.assertGreater(total["scored"], STEPS * 0.8)

    def test_is_made_again_without_a_server(self):
        again = self.funsearch("run", *self.search, "--name", "again", "--replay", "cap-set/live")
        self.assertEqual(again["digest"], self.last["digest"])
        self.assertEqual(again["models"]["total"]["requests"], 0)

    def test_stands_before_the_verifier(self):
        verified = self.funsearch("verify", "cap-set/live", "--json")
        self.assertTrue(verified)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
