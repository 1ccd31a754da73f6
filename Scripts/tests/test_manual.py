"""Scripts/manual writes pages from what a program says of itself."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HELP = {"command": {
    "commandName": "funsearch", "abstract": "Search.", "discussion": "Two words.\n\n  funsearch run x --now",
    "subcommands": [
        {"commandName": "run", "abstract": "Run -- a problem.", "arguments": [
            {"kind": "positional", "valueName": "problem", "isOptional": False, "abstract": "The problem."},
            {"kind": "option", "valueName": "n", "names": [{"kind": "short", "name": "l"},
                                                           {"kind": "long", "name": "limit"}],
             "isOptional": True, "defaultValue": "5", "abstract": ".hidden \\fB text"},
            {"kind": "flag", "names": [{"kind": "long", "name": "secret"}], "shouldDisplay": False},
        ]},
        {"commandName": "help", "abstract": "Help."},
    ]}}


class ManualTest(unittest.TestCase):
    def test_a_page_for_the_program_and_for_each_verb(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "help.json").write_text(json.dumps(HELP))
            program = folder / "program"
            program.write_text(
                f'#!/bin/sh\n[ "$1" = --version ] && echo 1.2.3 || cat "{folder}/help.json"\n')
            program.chmod(0o755)
            subprocess.run([sys.executable, ROOT / "Scripts/manual", program, folder / "man1"], check=True)
            pages = {path.name: path.read_text() for path in (folder / "man1").iterdir()}
            self.assertEqual(sorted(pages), ["funsearch-run.1", "funsearch.1"])
            self.assertIn("\\fBrun\\fR\nRun \\-\\- a problem.\n", pages["funsearch.1"])
            self.assertIn(".nf\n.RS 4\nfunsearch run x \\-\\-now\n.RE\n.fi", pages["funsearch.1"])
            run = pages["funsearch-run.1"]
            self.assertIn("\\fBfunsearch run\\fR [\\fIoptions\\fR] \\fIproblem\\fR", run)
            self.assertIn("\\fB\\-l\\fR, \\fB\\-\\-limit\\fR \\fIn\\fR\n", run)
            self.assertIn("\\&.hidden \\efB text (default: 5)", run)
            self.assertNotIn("secret", run)
            man = shutil.which("man")
            if man:
                shown = subprocess.run([man, "-l", "--warnings", folder / "man1/funsearch-run.1"],
                                       capture_output=True, text=True)
                self.assertEqual(shown.stderr, "")
                self.assertIn(".hidden \\fB text", shown.stdout)


if __name__ == "__main__":
    unittest.main()
