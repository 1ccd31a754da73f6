"""What the layers make of the machine they find."""

import os
import sys
import tempfile
import unittest

from unittest import mock

import worker_process  # noqa: F401 - makes the package
from sandbox import isolation


class Strangers(unittest.TestCase):
    """A box may hold /home where the interpreter or the problem lies there, and nothing else in it."""

    def _strangers(self, made, known):
        with tempfile.TemporaryDirectory() as home:
            for path in made:
                os.makedirs(os.path.join(home, path))
            with mock.patch.object(sys, "path", [os.path.join(home, path) for path in known]):
                return isolation._has_strangers(home, ["/usr"])

    def test_what_the_box_is_made_of_is_no_stranger(self):
        python = "ann/.pyenv/versions/3.12/lib"
        self.assertFalse(self._strangers([python], [python]))
        self.assertFalse(self._strangers([python + "/python3.12/site-packages"], [python]))
        self.assertFalse(self._strangers([], []))

    def test_anything_else_is(self):
        python = "ann/.pyenv/versions/3.12"
        for other in ("ben", "ann/.ssh", "ann/.pyenv/versions/3.13", "ann/.pyenv/versions/3.12x"):
            with self.subTest(other):
                self.assertTrue(self._strangers([python, other], [python]))

    def test_a_folder_that_is_not_there_has_none(self):
        self.assertFalse(isolation._has_strangers("/no/such/home", []))


if __name__ == "__main__":
    unittest.main()
