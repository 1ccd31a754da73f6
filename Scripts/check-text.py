#!/usr/bin/env python3
"""Checks the text of what git tracks: tabs, white space at line ends, Python syntax, paths of one machine.

Prints one line for each finding; exit status 1 if there are any.
"""

import ast
import pathlib
import re
import subprocess
import sys

OLDEST_PYTHON = (3, 9)
# Folders that exist on a developer's machine only. Tests may name such paths as data.
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:work|farm|root|tmp/wt|home/[a-z]\w*|Users/\w+)/")


def tracked():
    """Paths of the files that git tracks or would add, and that are there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    paths = [pathlib.Path(name) for name in sorted(set(names.split("\0"))) if name]
    return [path for path in paths if path.is_file()]


def is_made(path):
    """Whether a program wrote the file, as those among the records, whose lines are as they are printed."""
    return path.parts[:2] == ("Results", "records")


def is_test(path):
    """Whether the file belongs to tests."""
    return "tests" in (part.lower() for part in path.parts)


def findings(path, text):
    """A line for each thing wrong with a file."""
    is_python = path.suffix == ".py" or re.match(r"#!.*\bpython", text)
    is_shell = path.suffix == ".sh" or re.match(r"#!.*\b(ba)?sh\b", text)
    for number, line in enumerate(text.split("\n"), 1):
        if (is_python or is_shell) and "\t" in line:
            yield f"{path}:{number}: a tab; indent with spaces"
        if (is_python or is_shell or path.suffix in (".yaml", ".yml")) and line != line.rstrip():
            yield f"{path}:{number}: white space at the end of the line"
        if (is_python or is_shell) and len(line) > 110 and not is_made(path):
            yield f"{path}:{number}: {len(line)} columns; 110 are allowed"
        found = MACHINE_PATH.search(line)
        if found and not is_test(path):
            yield f"{path}:{number}: {found[0]} is a path of one machine"
    if (is_python or is_shell) and text and not text.endswith("\n"):
        yield f"{path}: no newline at the end"
    if is_python:
        try:
            ast.parse(text, filename=str(path), feature_version=OLDEST_PYTHON)
        except SyntaxError as error:
            yield f"{path}:{error.lineno}: {error.msg} (Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]})"


def main():
    lines = []
    paths = tracked()
    for path in paths:
        try:
            lines += findings(path, path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue  # not text
    print("\n".join(lines) or f"{len(paths)} files are as they should be")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
