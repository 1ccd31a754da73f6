"""Replies with what they shall become, from the files in `replies`, and how to read one in this process."""

import ast
import re

from pathlib import Path

from problem import SPECIFICATION
import worker_process  # noqa: F401 - makes the package `sandbox`
from sandbox import reply

FOLDER = Path(__file__).resolve().parent / "replies"
SHOWN = """def priority_v0(el, n):
    return 0.5


def scale(x):
    return 10 * x


def priority_v1(el, n):
    return el[0]
"""
HEADER = "def priority(el: tuple[int, ...], n: int) -> float:\n"


class Case:
    """One reply; `expected` is the module it becomes, or `kind` the discard."""

    def __init__(self, name, text):
        self.name = name
        self.options = {"version": 2}
        text, _, outcome = text.rpartition("\n--- ")
        text = text[1:] if text.startswith("\n") else text
        self.reply = self._options(text + "\n" if text else text)
        head, _, body = outcome.partition("\n")
        word, _, self.kind = head.partition(" ")
        assert word == ("discarded" if self.kind else "candidate"), (name, head)
        self.expected = None if self.kind else self._module(body)

    def _options(self, text):
        escaped = False
        while text.startswith("!"):
            line, _, text = text.partition("\n")
            word, _, value = line[1:].partition(" ")
            if word == "escaped":
                escaped = True
            elif word == "version":
                self.options["version"] = int(value)
            elif word == "cut":
                self.options["cut"] = True
            elif word == "shown":
                self.options["shown"] = SHOWN
            else:
                raise ValueError(line)
        if escaped:
            text = re.sub(r"\\(?:([nrt0])|x([0-9a-f]{2})|u([0-9a-f]{4}))", _meant, text.rstrip("\n"))
        return text

    @staticmethod
    def _module(body):
        if "def priority(" in body:
            return body
        return HEADER + "".join("    " + line + "\n" for line in body.strip("\n").split("\n"))


def _meant(found):
    if found[1]:
        return {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}[found[1]]
    return chr(int(found[2] or found[3], 16))


def cases():
    """All cases of all files."""
    for path in sorted(FOLDER.glob("*.txt")):
        for text in path.read_bytes().decode("utf-8").split("=== "):
            if text.strip():
                name, _, rest = text.partition("\n")
                yield Case("%s: %s" % (path.stem, name), "\n" + rest.rstrip("\n"))


class _NoLimits:
    def start(self, *_):
        """Tests of the reading itself run in a process that stays."""

    def stop(self):
        """Nothing to stop."""


class Extractor:
    """Answers `extract` requests without a worker; trees come back as source text."""

    def __init__(self, specification=SPECIFICATION, evolve="priority"):
        self._reader = reply.Reader(_NoLimits())
        self._reader._limited = True
        self._request = {"specification": specification, "evolve": evolve, "run": "evaluate",
                         "verify": "verify"}

    def reply(self, text, **options):
        """The whole answer."""
        return self._reader.extract(dict(self._request, reply=text, **options))

    def outcome(self, text, **options):
        """The kind of the discard and None, or None and the program's statements as nodes."""
        found = []
        real = reply.tree

        class Noting:
            """Takes the statements of the answer as they are."""

            @staticmethod
            def statement(node):
                found.append(node)
                return None

        reply.tree = Noting
        try:
            answer = self.reply(text, **options)
        finally:
            reply.tree = real
        return (answer["discard"]["kind"], None) if "discard" in answer else (None, found)


def normal(statements):
    """Statements for comparison: printed and read again, docstrings of functions left out."""
    module = ast.parse("\n".join(ast.unparse(ast.fix_missing_locations(item)) for item in statements))
    for item in ast.walk(module):
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and len(item.body) > 1 \
                and isinstance(item.body[0], ast.Expr) and isinstance(item.body[0].value, ast.Constant) \
                and isinstance(item.body[0].value.value, str):
            del item.body[0]
    return [ast.dump(item) for item in module.body]
