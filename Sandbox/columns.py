"""`funsearch.map` of a proven candidate: all rows at once with numpy, where that gives what calls give.

numpy is optional and loaded late: not before some evaluation asked for many rows, and between two of them, so
that no candidate pays for it. Whatever columns cannot do, single calls do; nobody can tell from the result.
"""

import ast
import builtins
import gc
import operator
import re
import types

from . import funsearch
from .failure import CANDIDATE
from .limits import raised_memory_limit
from .random_state import reseed

LEAST_ROWS = 1000
"""Below it single calls are as fast."""
_MOST_NUMBERS = 1 << 21
_KEPT = 4
_NAME = "_table_of_numbers_"


class Columns:
    """What an evaluator knows about columns: whether numpy is there, and rows it has seen."""

    def __init__(self):
        self._wanted = False
        self._program = None
        self._memory = None
        self._unusable = False
        self._rows = []

    def prepare(self):
        """Loads numpy if an evaluation would have used it."""
        if not self._wanted or self._program is not None or self._unusable:
            return
        try:
            with raised_memory_limit():
                from . import column_memory, column_program

                self._memory = column_memory.Memory()
                reseed()
            gc.collect()
            gc.freeze()
            self._program = column_program
        except Exception:  # noqa: B902 - not there, or not of use here
            self._unusable = True

    def noticed(self, count):
        """So many rows were asked for at once, in whatever lane: the specification may use numpy as well."""
        if count >= LEAST_ROWS:
            self._wanted = True

    def offer(self, function, source, specification):
        """Lets `funsearch.map` of this function come here."""
        if type(function) is not types.FunctionType or specification.decorators or self._unusable:
            return
        tree = []

        def together(rows, fixed, unpack=False):
            if type(rows) is not list and type(rows) is not tuple:
                rows = list(rows)
            self.noticed(len(rows))
            if len(rows) >= LEAST_ROWS and self._program is not None:
                try:
                    return self._together(function, source, tree, rows, fixed, unpack)
                except Exception:  # noqa: B902 - single calls tell whether anything is wrong
                    pass
            return funsearch.one_by_one(function, rows, fixed, unpack)

        function.__funsearch_map__ = together

    def _together(self, function, source, tree, rows, fixed, unpack):
        if not tree:
            tree.append(_definition(function, source))
        definition, lines, tables = tree[0]
        return self._program.evaluated(definition, lines, tables, function, self._as_columns(rows), len(rows),
                                       fixed, self._memory, unpack)

    def _as_columns(self, rows):
        """The rows as columns, made once: a problem has the same rows for every candidate."""
        for kept, copy, value in self._rows:
            if kept is rows and (copy is None or _same_items(rows, copy)):
                break
        else:
            copy = None if type(rows) is tuple and all(map(_unchanging, rows)) else list(rows)
            value = self._made(rows)
        # The latest first.
        self._rows = [(rows, copy, value)] + [entry for entry in self._rows if entry[0] is not rows]
        del self._rows[_KEPT:]
        if isinstance(value, Exception):
            raise value
        return value

    def _made(self, rows):
        width = len(rows[0]) if type(rows[0]) is tuple else 1
        try:
            if width * len(rows) > _MOST_NUMBERS:
                raise ValueError("too many numbers to keep")
            return self._program.rows_as_columns(rows)
        except Exception as error:  # noqa: B902 - whatever is wrong with them, they stay so
            return error.with_traceback(None)


def _unchanging(row):
    return type(row) is tuple or type(row) in (int, float, bool)


def _same_items(rows, copy):
    return len(rows) == len(copy) and all(map(operator.is_, rows, copy))


def _definition(function, source):
    """The tree of the function's definition, the only one of its name and without decorators; the lines of
    its text; and tables.

    Parsing a long table of numbers takes long, so names stand for tables in the tree.
    """
    code = function.__code__
    if code.co_filename != CANDIDATE or function.__defaults__ or function.__globals__.get(
            "__builtins__") is not builtins:
        raise LookupError("another function")
    tables = {}
    if not _QUOTED.search(source):
        source = _TABLE.sub(lambda found: _named(found.group(), tables), source)
    found = [node for node in ast.parse(source).body if getattr(node, "name", None) == code.co_name]
    if len(found) != 1 or type(found[0]) is not ast.FunctionDef or found[0].decorator_list:
        raise LookupError("no plain definition")
    if found[0].lineno != code.co_firstlineno:
        raise LookupError("another definition")
    return found[0], source.splitlines(), tables


_QUOTED = re.compile("[\"'#\\\\]|" + _NAME)
_TABLE = re.compile(r"(?<=[ (=,\[])\((?:-?[0-9.]+, ){5,}-?[0-9.]+\)")


def _named(text, tables):
    """A name that stands for the tuple of numbers in the text."""
    name = "%s%d" % (_NAME, len(tables))
    tables[name] = tuple([float(item) if "." in item else int(item) for item in text[1:-1].split(", ")])
    return name
