"""Scripts/check-imports.py and Scripts/check-text.py: what they find, and what they leave alone."""

import contextlib
import importlib.util
import os
import pathlib
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent


def load(name):
    """A script as a module."""
    description = importlib.util.spec_from_file_location(name.replace("-", "_"), SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module


check_imports = load("check-imports")
check_text = load("check-text")


class ImportsTest(unittest.TestCase):
    def test_reads_every_form_of_import(self):
        source = (
            "import A\n"
            "  package import B\n"
            "@testable import C; import D\n"
            "@preconcurrency public import struct E.Name\n"
            "@_spi(Some) internal import F.Submodule // import Z\n"
        )
        found = list(check_imports.imports(source))
        self.assertEqual(found, [(1, "A"), (2, "B"), (3, "C"), (3, "D"), (4, "E"), (5, "F")])

    def test_leaves_out_strings_and_comments(self):
        source = (
            'let python = """\n  import numpy\n  """\n'
            'let raw = #"""\n  import json\n  """\n  """#\n'
            "/* import A\nimport B */\n"
            "// import C\n"
            "importance = 1\n"
            "import D\n"
        )
        self.assertEqual(list(check_imports.imports(source)), [(12, "D")])

    def test_finds_what_is_not_declared(self):
        manifest = {
            "targets": [
                {"name": "PythonSyntax", "type": "regular", "dependencies": []},
                {
                    "name": "FunSearch",
                    "type": "regular",
                    "dependencies": [{"byName": ["PythonSyntax", None]}],
                },
                {
                    "name": "Mutation",
                    "type": "regular",
                    "path": "Other",
                    "dependencies": [{"target": ["FunSearch", None]}],
                },
                {
                    "name": "RunJournal",
                    "type": "regular",
                    "dependencies": [{"product": ["GRDB", "GRDB.swift", None, None]}],
                },
                {"name": "FunSearchTests", "type": "test", "dependencies": [{"byName": ["FunSearch", None]}]},
            ]
        }
        files = {
            "Sources/PythonSyntax/Tree.swift": "import FunSearch\n",
            "Sources/FunSearch/Deep/Island.swift": "import PythonSyntax\nimport Foundation\n",
            "Other/Operator.swift": (
                "import FunSearch\nimport PythonSyntax\nimport Dispatch\nimport Synchronization\n"
            ),
            "Sources/RunJournal/Journal.swift": "import Foundation\nimport GRDB\n",
            "Tests/FunSearchTests/IslandTests.swift": "import FunSearch\nimport Testing\nimport GRDB\n",
        }
        with checkout(files):
            self.assertEqual(
                list(check_imports.findings(manifest)),
                [
                    declare("Sources/PythonSyntax/Tree.swift:1", "PythonSyntax", "FunSearch"),
                    pure("Sources/FunSearch/Deep/Island.swift:2", "FunSearch", "Foundation"),
                    declare("Other/Operator.swift:2", "Mutation", "PythonSyntax"),
                    pure("Other/Operator.swift:3", "Mutation", "Dispatch"),
                    declare("Tests/FunSearchTests/IslandTests.swift:3", "FunSearchTests", "GRDB"),
                ],
            )

    def test_a_pure_target_must_exist(self):
        found = list(check_imports.findings({"targets": []}))
        self.assertEqual(len(found), len(check_imports.PURE))


def declare(place, target, module):
    return f"{place}: {target} imports {module} without declaring it in Package.swift"


def pure(place, target, module):
    return f"{place}: {target} imports {module}; a pure target imports no such thing"


@contextlib.contextmanager
def checkout(files):
    """A folder with these files, as the current one."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


class TextTest(unittest.TestCase):
    def findings(self, name, text):
        return list(check_text.findings(pathlib.PurePath(name), text))

    def test_white_space(self):
        text = "a = 1 \n\tb = 2\nc = 3"
        for name, start in (("a.py", ""), ("a.sh", ""), ("run", "#!/usr/bin/env bash\n")):
            found = [line.split(": ")[1] for line in self.findings(name, start + text) if ":" in line]
            self.assertIn("white space at the end of the line", found)
            self.assertIn("a tab; indent with spaces", found)
            self.assertIn("no newline at the end", found)
        self.assertEqual(self.findings("a.md", text), [])

    def test_syntax_of_the_oldest_python(self):
        found = self.findings("a.py", "match x:\n  case 1: pass\n")
        self.assertRegex("".join(found), r"^a\.py:\d: .*\(Python 3\.9\)$")
        self.assertEqual(self.findings("a.py", "if (x := 1): pass\n"), [])

    def test_long_lines(self):
        self.assertEqual(self.findings("a.py", "#" + "é" * 109 + "\n"), [])
        self.assertEqual(self.findings("a.py", "#" * 111 + "\n"), ["a.py:1: 111 columns; 110 are allowed"])

    def test_paths_of_one_machine(self):
        for path in ("/" + "home/ann/x", "/" + "root/x", "/" + "Users/ann/x"):
            self.assertIn("path of one machine", self.findings("README.md", f"see {path}")[0])
            self.assertEqual(self.findings("Tests/A/B.swift", f"see {path}"), [])
        for path in ("$HOME/root/x", "a/root/x", "/usr/local", "~/.local", "/homework/x"):
            self.assertEqual(self.findings("README.md", f"see {path}"), [])


if __name__ == "__main__":
    unittest.main()
