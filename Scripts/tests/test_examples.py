"""What Scripts/check-examples compares, and what it lets pass."""

import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sqlite3
import sys
import tempfile
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
loader = importlib.machinery.SourceFileLoader("check_examples", str(ROOT / "Scripts/check-examples"))
examples = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_examples", loader))
with unittest.mock.patch.object(sys, "dont_write_bytecode", True):
    loader.exec_module(examples)

# A program that knows one verb, one flag and one setting, and prints what an example may vary in.
PROGRAM = """#!/bin/sh
case "$1" in
help)
  if [ -z "$2" ]; then
    printf "SUBCOMMANDS:\\n  run    Runs.\\n  settings  Lists.\\n"
  else
    echo "  --steps <n>  --set <key>"
  fi ;;
settings) echo '[{"key":"search.lag"}]' ;;
*) cat data.txt; echo "done in 3.4 s" ;;
esac
"""
DOCUMENT = """# Title

`data.txt`:

```
first  line
```

<!-- before: echo prepared >> data.txt -->
```console
$ funsearch run
first line
prepared
done in 71 s
```

<!-- not run: it needs the moon -->
```console
$ funsearch fly
```

Set `funsearch run --steps 5 --set search.lag=2`.
"""


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.binary = self.folder / "program"
        self.binary.write_text(PROGRAM)
        self.binary.chmod(0o755)

    def check(self, text, *options):
        """(status, what is said) for a document."""
        document = self.folder / "document.md"
        document.write_text(text)
        said = io.StringIO()
        with unittest.mock.patch.dict("os.environ", {"FUNSEARCH_BINARY": str(self.binary)}), \
                unittest.mock.patch.object(sys, "argv", ["check-examples", str(document), *options]), \
                contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            return examples.main(), said.getvalue()

    def test_a_document_that_tells_the_truth_passes_and_what_is_not_run_is_told(self):
        status, said = self.check(DOCUMENT)
        self.assertEqual(status, 0, said)
        self.assertIn("funsearch fly: it needs the moon", said)
        self.assertIn("1 commands run, 0 wrong; 1 examples not run", said)

    def test_every_other_difference_is_wrong(self):
        for old, new in (("first line\n", "first lime\n"), ("prepared\ndone", "done"),
                         ("done in", "ready in"), ("71 s", "71 t"), ("71 s", ""),
                         ("done in 71 s\n", "done in 71 s\nand more\n")):
            with self.subTest(new):
                self.assertIn(old, DOCUMENT)
                status, said = self.check(DOCUMENT.replace(old, new))
                self.assertEqual(status, 1, said)

    def test_dots_stand_for_any_lines_or_any_text(self):
        for old, new in (("first line\nprepared\n", "…\n"), ("first line", "fi…ne"),
                         ("first line", "…\nfirst line")):
            self.assertEqual(self.check(DOCUMENT.replace(old, new))[0], 0, new)
        self.assertEqual(self.check(DOCUMENT.replace("first line\nprepared", "…\nunprepared"))[0], 1)

    def test_unknown_verbs_flags_and_settings_are_wrong_where_they_are_named(self):
        for old, new in (("`funsearch run ", "`funsearch walk "), ("--steps", "--stops"),
                         ("search.lag", "search.leg")):
            status, said = self.check(DOCUMENT.replace(old, new))
            self.assertEqual(status, 1, said)
            self.assertIn("document.md:", said)

    def test_writing_puts_what_was_printed_and_then_it_passes(self):
        status, _ = self.check(DOCUMENT.replace("prepared\ndone", "done"), "--write")
        self.assertEqual(status, 1)
        self.assertEqual(self.check((self.folder / "document.md").read_text())[0], 0)

    def test_comments_that_belong_to_nothing_are_errors(self):
        self.assertEqual(self.check(DOCUMENT + "\n<!-- not run: why -->\n")[0], 2)
        self.assertEqual(self.check(DOCUMENT.replace("moon -->", "moon"))[0], 2)

    def test_a_best_must_be_true_of_the_journal(self):
        journal = self.folder / "Results/p/1/run.sqlite"
        journal.parent.mkdir(parents=True)
        with contextlib.closing(sqlite3.connect(journal)) as connection, connection:
            connection.execute("CREATE TABLE step (program, island, operators, total)")
            connection.execute("INSERT INTO step VALUES (7, 2, '[\"a\",\"b\"]', 21.5)")
        runner = examples.Runner(examples.Document(ROOT / "README.md"), "none", False)
        runner.folder = self.folder
        printed = ["Results/p/1: 8 islands"]
        runner.compare(["Results/p/1: 8 islands", "best 21.5  program 7  island 2  a + b"], printed)
        for line in ("best 21  program 7  island 2  a + b", "best 21.5  program 8  island 2  a + b",
                     "best 21.5  program 7  island 1  a + b", "best 21.5  program 7  island 2  a",
                     '{"event":"improved","island":3,"program":7,"score":21.5}'):
            with self.subTest(line), self.assertRaises(examples.Wrong):
                runner.compare(["Results/p/1: 8 islands", line], printed)

    def test_times_and_rates_are_all_that_varies_in_a_line(self):
        self.assertEqual(examples.normal("steps  5 of 6, 3 s"), examples.normal("steps 5 of 6, 12 min 01 s"))
        self.assertEqual(examples.normal("1,234 steps/s"), examples.normal("9 steps/s"))
        self.assertNotEqual(examples.normal("5 of 6 steps"), examples.normal("5 of 7 steps"))
        self.assertNotEqual(examples.normal("  a"), examples.normal("a"))
        self.assertNotEqual(examples.normal("digest 0a"), examples.normal("digest 0b"))


if __name__ == "__main__":
    unittest.main()
