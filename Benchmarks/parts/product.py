"""The program that is measured."""

import json
import os
import pathlib
import sqlite3

from .processes import measure

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROBLEMS = ROOT / "Benchmarks" / "problems"
WORKERS = 2


class Failed(Exception):
    """The program could not be measured."""


class Search:
    """One finished run: what it says of itself, what it took, and its journal."""

    def __init__(self, usage):
        self.usage = usage
        self.finished = json.loads(usage.output.splitlines()[-1])
        self.steps = self.finished["steps"]
        self.evaluations = self.finished["evaluations"]
        self.engine_seconds = self.finished["cpu_seconds"]["engine"]
        self.worker_seconds = self.finished["cpu_seconds"]["workers"]
        self.journal = os.path.join(self.finished["directory"], "run.sqlite")

    def rows(self, query):
        """What a query of the journal gives."""
        with sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True) as connection:
            return connection.execute(query).fetchall()


class Product:
    """The built program, with a folder for its runs."""

    def __init__(self, results):
        self.binary = os.path.abspath(os.environ.get("FUNSEARCH_BINARY") or ROOT / "funsearch")
        self.results = os.path.abspath(results)
        self._runs = 0
        if not os.access(self.binary, os.X_OK):
            raise Failed(f"{self.binary} cannot be run; build it with ./funsearch --version, or name another "
                         "in FUNSEARCH_BINARY")
        self.call("--version")  # builds, where that is needed
        built = ROOT / ".build" / "release" / "funsearch"
        if not os.environ.get("FUNSEARCH_BINARY") and built.exists():
            self.binary = str(built)

    def call(self, *arguments, on_look=None):
        """Runs the program; its `Usage`."""
        try:
            return measure([self.binary, *map(str, arguments)], on_look)
        except (OSError, RuntimeError) as error:
            raise Failed(error) from None

    def search(self, problem, steps, *options, on_look=None):
        """A new run over so many steps, with `WORKERS` workers."""
        self._runs += 1
        return Search(self.call(
            "run", problem, "--steps", steps, "--workers", WORKERS, "--results", self.results, "--name",
            f"b{self._runs}", "--json", *options, on_look=on_look))

    def resume(self, search, steps):
        """Goes on with a finished run up to so many steps."""
        return Search(self.call("resume", search.finished["directory"], "--steps", steps, "--json"))

    def python(self):
        """The interpreter that the program uses."""
        report = json.loads(self.call("doctor", "--json").output)
        for finding in report["findings"]:
            if finding["name"] == "Python":
                return finding["detail"].rpartition(" at ")[2].rpartition(", run as user ")[0]
        raise Failed("funsearch doctor --json names no Python")
