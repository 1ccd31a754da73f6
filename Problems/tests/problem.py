"""Loads a problem's specification as a module, with `funsearch` from Sandbox/."""

import importlib.util
import pathlib
import sys

PROBLEMS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROBLEMS.parent / "Sandbox"))


def load(name: str):
    """The specification of the problem of that name, as a fresh module."""
    return load_file(PROBLEMS / name / "specification.py")


def load_file(path: pathlib.Path):
    """A specification, as a fresh module."""
    description = importlib.util.spec_from_file_location(path.parent.name.replace("-", "_"), path)
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module
