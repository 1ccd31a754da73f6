#!/usr/bin/env python3
"""Checks that Swift files import only what their target may.

- A module of this package, or of a package it depends on, only if the file's target declares it in
  Package.swift (SwiftPM does not check that reliably).
- In the pure targets, which must be deterministic functions of values, nothing from outside the package
  at all, but for what PURE allows them.

Prints one line for each finding; exit status 1 if there are any.
"""

import json
import pathlib
import re
import subprocess
import sys

# Target: what it may import from outside the package. No Foundation, no C library: no files, clocks, locales.
# A mutex may guard what was computed or appended before: that changes no result.
PURE = {"PythonSyntax": set(), "FunSearch": {"Synchronization"}, "Mutation": {"Synchronization"}}

IMPORT = re.compile(
    r"\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(\w+)"
)
TEXT = re.compile(r'(#*)"""[^\n]*\n.*?"""\1|/\*.*?\*/', re.DOTALL)


def imports(source):
    """(line number, module) of every import, not of what looks like one in long strings and comments."""
    blank = TEXT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for number, line in enumerate(blank.split("\n"), 1):
        # Semicolons may join imports on one line.
        for part in line.split(";"):
            match = IMPORT.match(part)
            if match:
                yield number, match[1]


def declared(target):
    """Names of the targets and products that a target of the manifest depends on."""
    return {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}


def folder(target):
    """Where the sources of a target are."""
    usual = "Tests" if target["type"] == "test" else "Sources"
    return pathlib.Path(target.get("path") or f"{usual}/{target['name']}")


def findings(manifest):
    """A line for each import that should not be."""
    targets = {target["name"]: target for target in manifest["targets"]}
    everything_declared = set(targets).union(*map(declared, targets.values()))
    for name in sorted(PURE.keys() - targets.keys()):
        yield f"Scripts/check-imports.py: PURE names {name}, which is not a target of Package.swift"
    for name, target in targets.items():
        allowed = declared(target) | {name}
        for path in sorted(folder(target).rglob("*.swift")):
            for number, module in imports(path.read_text(encoding="utf-8")):
                if module in allowed:
                    continue
                if module in everything_declared:
                    yield f"{path}:{number}: {name} imports {module} without declaring it in Package.swift"
                elif name in PURE and module not in PURE[name]:
                    yield f"{path}:{number}: {name} imports {module}; a pure target imports no such thing"


def main():
    dump = subprocess.run(["swift", "package", "dump-package"], stdout=subprocess.PIPE, check=True)
    lines = list(findings(json.loads(dump.stdout)))
    print("\n".join(lines) or "imports are as declared")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
