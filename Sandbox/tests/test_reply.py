"""Replies of models become programs: a corpus, random styles against what they were made of, and noise."""

import ast
import random
import unittest

import reply_corpus
from problem import SPECIFICATION, loaded
from reply_corpus import Extractor, normal
from reply_styles import Style
from sandbox import reply_kinds
from worker_process import Worker

KINDS = {value for name, value in vars(reply_kinds).items() if name.isupper()}
SEEDS = range(400)
PARTS = [
    "```", "```python\n", "\n", "def priority_v2(el, n):\n", "    return 1\n", "  ", "<think>", "</think>",
    "~~~\n", '"""', "'", "(", ")", "{", "}", "[", "]", "return", "@", "lambda ", ">>> ", "class A:\n", "\\",
    "#", ":", "=", "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "@@ -1 +1 @@\n", "+", "-", "\t",
    "\0", "&lt;", "\u201c", "1 | ",
]


class Corpus(unittest.TestCase):
    """The replies in the folder `replies`."""

    def test_there_are_many(self):
        self.assertGreater(len(list(reply_corpus.cases())), 150)

    def test_each_becomes_what_it_says(self):
        extractor = Extractor()
        for case in reply_corpus.cases():
            with self.subTest(case.name):
                kind, statements = extractor.outcome(case.reply, **case.options)
                self.assertEqual(kind, case.kind or None)
                if not case.kind:
                    self.assertEqual(normal(statements), normal(ast.parse(case.expected).body))

    def test_what_it_becomes_becomes_itself(self):
        extractor = Extractor()
        for case in reply_corpus.cases():
            kind, statements = extractor.outcome(case.reply, **case.options)
            if kind is None:
                with self.subTest(case.name):
                    again, repeated = extractor.outcome("\n\n".join(map(ast.unparse, statements)))
                    self.assertIsNone(again)
                    self.assertEqual(sorted(normal(repeated)), sorted(normal(statements)))

    def test_every_kind_of_discard_is_among_them(self):
        kinds = {case.kind for case in reply_corpus.cases()} - {""}
        self.assertEqual(KINDS - kinds, {"too long", "too complex"})


class Styles(unittest.TestCase):
    """A known function in a random style becomes that function."""

    def test_the_tree_is_that_of_the_original(self):
        extractor = Extractor()
        for seed in SEEDS:
            style = Style(seed)
            with self.subTest(seed=seed, reply=style.reply):
                kind, statements = extractor.outcome(style.reply, version=2)
                self.assertIsNone(kind)
                self.assertEqual(normal(statements), normal(ast.parse(style.expected).body))


class Noise(unittest.TestCase):
    """Whatever comes becomes a program or a discard of a known kind, and the same each time."""

    def check(self, extractor, text, seed):
        with self.subTest(seed=seed, reply=text):
            kind, statements = extractor.outcome(text, version=2)
            if kind is not None:
                self.assertIn(kind, KINDS)
                return
            source = "\n".join(map(ast.unparse, statements))
            self.assertEqual(statements[-1].name, "priority")
            compile(source, "reply", "exec")

    def test_spoilt_replies(self):
        extractor = Extractor()
        replies = [case.reply for case in reply_corpus.cases()]
        for seed in range(400):
            source = random.Random(seed)
            text = source.choice(replies)
            for _ in range(source.randrange(1, 6)):
                text = _spoilt(text, source, replies)
            self.check(extractor, text, seed)

    def test_bytes(self):
        extractor = Extractor()
        for seed in range(300):
            source = random.Random(seed)
            data = bytes(source.randrange(256) for _ in range(source.randrange(200)))
            self.check(extractor, data.decode("utf-8", "replace"), seed)
            self.check(extractor, data.decode("latin-1"), seed)

    def test_pieces_of_syntax(self):
        extractor = Extractor()
        for seed in range(400):
            source = random.Random(seed)
            text = "".join(source.choice(PARTS) for _ in range(source.randrange(1, 30)))
            self.check(extractor, text, seed)


def _spoilt(text, source, others):
    at = source.randrange(len(text) + 1)
    to = min(len(text), at + source.randrange(12))
    return source.choice([
        lambda: text[:at] + text[to:],
        lambda: text[:at] + chr(source.randrange(32, 127)) + text[to:],
        lambda: text[:at] + source.choice("\n\t\0\u00a0\u200b\u201c\u2028 ```'\"()") + text[at:],
        lambda: text[:at],
        lambda: text[at:],
        lambda: text + source.choice(others),
        lambda: text[:at] + source.choice(others) + text[at:],
    ])()


class Evaluated(unittest.TestCase):
    """What replies become is run like any candidate."""

    def test_each_program_of_the_corpus_is_defined_and_called(self):
        extractor = Extractor()
        with loaded() as worker:
            for case in reply_corpus.cases():
                kind, statements = extractor.outcome(case.reply, **case.options)
                if kind is None:
                    source = "\n\n".join(map(ast.unparse, statements))
                    with self.subTest(case.name, source=source):
                        answer = worker.ask("evaluate", id=1, lane="split", source=source, inputs=None,
                                            artifact=False)
                        if answer["outcome"] == "failed":
                            # They call their functions with vectors of three places, where some ask for more.
                            self.assertEqual(answer["kind"], "exception")
                            self.assertNotIn("NameError", answer["message"])
                            self.assertNotIn("does not define", answer["message"])


class Limits(unittest.TestCase):
    """Replies made to hurt their reader end as discards, and the next reply is read."""

    REQUEST = {"specification": SPECIFICATION, "evolve": "priority", "run": "evaluate", "verify": "verify",
               "version": 2}

    def extract(self, worker, text):
        answer = worker.ask("extract", reply=text, **self.REQUEST)
        good = worker.ask("extract", reply="def priority_v2(el, n):\n    return 2\n", **self.REQUEST)
        self.assertEqual(good["statements"][0][1], "priority", good)
        return answer

    def test_the_worker_survives_what_is_deep_or_long(self):
        nested = "def priority_v2(el, n):\n    return "
        replies = {
            "brackets": nested + "(" * 100000 + ")" * 100000,
            "closed brackets": nested + "(" * 150 + "1" + ")" * 150,
            "minus": nested + "-" * 200000 + "1",
            "sum": nested + "+".join(["1"] * 60000),
            "attributes": nested + "el" + ".x" * 90000,
            "calls": nested + "el" + "()" * 90000,
            "ifs": "def priority_v2(el, n):\n" + "".join(" " * (i + 1) + "if n:\n" for i in range(1000)),
            "number": nested + "9" * 900000,
            "power": nested + "9 ** 9 ** 9 ** 9",
            "repetition": nested + "'a' * 10 ** 9",
            "fences": "```\n" * 60000,
            "tags": "<think>" * 100000,
            "quotes": "'\"" * 200000,
            "definitions": "def priority_v2(el, n):\n    return 1\n" * 20000,
            "headers": "def priority_v2(el, n):\n" * 30000,
            "broken definitions": "def priority_v2(el, n)\n    return 1\n" * 6000,
            "JSON": '{"code": ' * 60000,
            "f-strings": nested + "f'{" * 300 + "1" + "}'" * 300,
        }
        with Worker() as worker:
            for name, text in replies.items():
                with self.subTest(name):
                    answer = self.extract(worker, text)
                    if "error" in answer:
                        self.assertIn(answer["error"]["kind"], ("timeout", "memory", "crash"))
                    elif "discard" in answer:
                        self.assertIn(answer["discard"]["kind"], KINDS)
                    else:
                        self.assertIn(name, ("closed brackets", "definitions", "power", "repetition"))

    def test_long_replies_are_not_read(self):
        with Worker() as worker:
            answer = self.extract(worker, "x" * (3 << 20))
            self.assertEqual(answer["discard"]["kind"], "too long")

    def test_nothing_of_a_reply_is_run(self):
        with Worker() as worker:
            answer = self.extract(worker, "import os\nos._exit(7)\nclass A:\n    os._exit(7)\n\n"
                                          "def priority_v2(el, n=os._exit(7)):\n    return A\n")
            self.assertIn("statements", answer)


if __name__ == "__main__":
    unittest.main()
