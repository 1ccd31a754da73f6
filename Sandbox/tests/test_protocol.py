"""Requests and replies, as recorded in transcripts that the engine's tests read too."""

import itertools
import json
import os
import unittest

from pathlib import Path

from problem import SPECIFICATION, evaluate, load, loaded
from worker_process import Worker

from sandbox.serve import _written

TRANSCRIPTS = Path(__file__).parent / "transcripts"
UNSTABLE = ("cpu_microseconds", "wall_microseconds")


def steady(reply):
    """The reply without its timings."""
    return {key: 0 if key in UNSTABLE else value for key, value in reply.items()}

ROWS = ["".join(row) for row in itertools.product("012", repeat=3)]


class Transcripts(unittest.TestCase):
    """Each line of a file is {"request": …, "reply": …}; RECORD_SNAPSHOTS=1 writes them anew, and fails."""

    def test_transcripts(self):
        for path in sorted(TRANSCRIPTS.glob("*.jsonl")):
            with self.subTest(path.name), Worker() as worker:
                exchanges = [json.loads(line) for line in path.read_text().splitlines()]
                found = [
                    {"request": item["request"], "reply": steady(worker.ask(**item["request"]))}
                    for item in exchanges
                ]
                if os.environ.get("RECORD_SNAPSHOTS"):
                    path.write_text("".join(json.dumps(item) + "\n" for item in found))
                for ours, theirs in zip(found, exchanges):
                    self.assertEqual(ours["reply"], theirs.get("reply"), ours["request"])


class Operations(unittest.TestCase):
    """What each operation answers."""

    def test_greeting(self):
        with Worker(hash_seed=5) as worker:
            self.assertEqual(
                (
                    worker.greeting["event"],
                    worker.greeting["protocol"],
                    worker.greeting["hash_seed"],
                    worker.greeting["level"],
                ),
                ("ready", 1, 5, 0),
            )
            self.assertEqual(worker.close(), 0)

    def test_refusals(self):
        for options, text in (({"isolation": "perhaps"}, "perhaps"), ({"workspace": "/nowhere"}, "nowhere")):
            with Worker(**options) as worker:
                self.assertEqual(worker.greeting["event"], "refused")
                self.assertIn(text, worker.greeting["message"])
                self.assertEqual(worker.close(), 3)

    def test_describe(self):
        with Worker() as worker:
            found = worker.ask(
                "describe",
                path="s.py",
                source="import funsearch as f\nimport jax\n"
                "@f.evolve()\n@jax.jit\ndef a(x: int, *, y=1) -> float:\n  'Doc.'\n  return 1.0\n"
                "@f.run\nasync def b(n): pass\n",
            )
        first, second = found["functions"]
        self.assertEqual(
            (first["markers"], first["decorators"], first["first_line"], first["line"], first["last_line"]),
            (["evolve"], ["jax.jit"], 3, 5, 7),
        )
        self.assertEqual(
            first["parameters"], [{"name": "x", "annotation": "int"}, {"name": "y", "annotation": None}]
        )
        self.assertEqual((first["returns"], first["docstring"], second["async"]), ("float", "Doc.", True))
        self.assertEqual(second["statement"][0], "Opaque")
        self.assertEqual(found["imports"][0], {"module": "funsearch", "alias": "f", "line": 1})

    def test_compare(self):
        with Worker() as worker:
            tree = worker.ask("parse", source="x = [1.5, -2, 'é', b'a', ...]\n")["statements"]
            self.assertEqual(
                worker.ask("compare", source="x=[1.50,-2,'\\xe9',b'a',...]", statements=tree), {"equal": True}
            )
            self.assertEqual(worker.ask("compare", source="x = 1", statements=tree), {"equal": False})

    def test_bad_requests_are_answered(self):
        with Worker() as worker:
            for request in (
                {"op": "dance"},
                {"op": "parse"},
                {"op": "evaluate", "id": 1, "source": ""},
                {"op": "verify", "input": 0, "artifact": None},
                {"op": "parse", "source": "x =\n"},
            ):
                reply = worker.ask(**request)
                self.assertTrue("error" in reply or reply["outcome"] == "failed", reply)

    def test_what_cannot_be_written_is_no_score(self):
        encode = json.JSONEncoder(separators=(",", ":")).encode
        for artifact in ("x" * (65 << 20), {1, 2}):
            reply = json.loads(_written({"id": 5, "outcome": "scored", "artifacts": [artifact]}, encode))
            self.assertEqual((reply["id"], reply["kind"]), (5, "invalid score"))
        self.assertIn("error", json.loads(_written({"statements": ["x" * (65 << 20)]}, encode)))

    def test_missing_module(self):
        with Worker() as worker:
            error = load(worker, "import funsearch\nimport no_such_thing\n")["error"]
        self.assertEqual((error["kind"], error["line"]), ("missing module", 2))
        self.assertIn("no_such_thing", error["message"])
        self.assertIn("pip install", error["message"])

    def test_load_failures(self):
        for source, kind, line in (
            ("x = (\n", "syntax", 1),
            ("\nx = 1 / 0\n", "exception", 2),
            ("", "exception", None),
        ):
            with self.subTest(source), Worker() as worker:
                error = load(worker, source)["error"]
                self.assertEqual((error["kind"], error["line"]), (kind, line), error)

    def test_trace_and_verify(self):
        with loaded() as worker:
            self.assertEqual(
                worker.ask("trace"),
                {
                    "parameters": [
                        {"name": "el", "types": ["tuple[int, ...]"], "immutable": True, "rows": ROWS},
                        {"name": "n", "types": ["int"], "immutable": True},
                    ],
                    "calls": 54,
                },
            )
            reply = worker.ask("verify", input=1, artifact=[[1, 2]])
            self.assertEqual(steady(reply), {"score": 1.0, "cpu_microseconds": 0})
            self.assertEqual(worker.ask("verify", input=1, artifact=3)["error"]["kind"], "exception")

    def test_view(self):
        with loaded() as worker:
            source = ("import specification\n"
                      "def view(n, artifact):\n"
                      "  return '<svg>%d %s %s</svg>' % (n, artifact, specification.verify.__name__)\n")
            self.assertEqual(worker.ask("view", path="view.py", source=source, input=1, artifact=[1, 2]),
                             {"svg": "<svg>4 [1, 2] verify</svg>"})
            for source, kind, part in (
                ("def view(n, artifact)\n", "syntax", "view.py"),
                ("x = 1\n", "exception", "no function view"),
                ("def view(n, artifact): return 3\n", "exception", "it returned 3"),
                ("def view(n, artifact): return 1 / 0\n", "exception", "division by zero"),
                ("def view(n, artifact): return 'x' * 10**6\n", "output", "1000000 characters"),
                ("def view(n, artifact): open('/etc/passwd')\n", "exception", ""),
            ):
                with self.subTest(source):
                    error = worker.ask("view", path="view.py", source=source, input=1, artifact=[])["error"]
                    self.assertEqual(error["kind"], kind, error)
                    self.assertIn(part, error["message"])

    def test_workspace(self):
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "values.py").write_text("SCALE = 3\n")
            with Worker(workspace=folder) as worker:
                self.assertEqual(load(worker, "from values import SCALE\n" + SPECIFICATION), {"loaded": True})
                for lane in ("proven", "split"):
                    self.assertEqual(evaluate(worker, " return SCALE", lane)["scores"], [81.0, 81.0])

    def test_unusual_specifications(self):
        for marker in (
            "@funsearch.evolve",
            "@funsearch.evolve()",
            "@functools.lru_cache(None)\n@funsearch.evolve",
        ):
            source = SPECIFICATION.replace("@funsearch.evolve", marker).replace(
                "import math", "import math, functools"
            )
            with self.subTest(marker), Worker() as worker:
                self.assertEqual(
                    load(worker, source, decorators=["functools.lru_cache(None)"]), {"loaded": True}
                )
                for lane in ("proven", "split"):
                    self.assertEqual(evaluate(worker, " return 1", lane)["scores"], [27.0, 27.0])


if __name__ == "__main__":
    unittest.main()
