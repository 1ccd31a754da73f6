"""What evolved functions begin with, kept: `a = el.count(0)` is the same column for every candidate.

Many candidates differ in their last line only. A column is kept where it depends on nothing but the rows and
the fixed arguments: then its text, in a plain assignment before anything else happened, tells its value.
"""

import ast

import numpy as np

from .column_values import Column, Diverge

BYTES = 32 << 20
_SCALARS = (int, float, bool, str)


class Memory:
    """Columns by the text of the expression, for one set of rows at a time.

    All lie in one block of memory made at the start, so that no candidate finds less room after another.
    """

    def __init__(self):
        self._block = np.empty(BYTES, np.uint8)
        self._rows = None
        self._forget()

    def _forget(self):
        self._columns = {}
        self._used = 0
        self._full = False

    def begin(self, rows):
        """Makes room, where there is none or where the rows are others; columns given out may be in use until
        then."""
        if rows is not self._rows or self._full:
            self._rows = rows
            self._forget()

    def recalled(self, key, taken):
        """The column kept under the key, unless one of the names in its expression is taken."""
        found = self._columns.get(key)
        return found[1] if found is not None and taken.isdisjoint(found[0]) else None

    def keep(self, key, node, parameters, taken, column):
        """Keeps the column that the expression gave, if it is the same wherever that text stands."""
        if type(column) is not Column or key in self._columns:
            return
        names = _names(node) - set(parameters)
        size = column.array.nbytes
        if not taken.isdisjoint(names) or ast.NamedExpr in set(map(type, ast.walk(node))):
            return
        if self._used + size > BYTES:
            self._full = True
            return
        array = self._block[self._used : self._used + size].view(column.array.dtype)
        array[:] = column.array
        array.flags.writeable = False
        self._used += -(-size // 64) * 64
        self._columns[key] = (names, Column(array, column.low, column.high))


def _names(node):
    return {part.id for part in ast.walk(node) if type(part) is ast.Name}


class Beginning:
    """The assignments that a function begins with, of one program: what it may recall and keep.

    `lines` is the text that the definition was parsed from; `taken` are the names that mean something else in
    another program: the function's globals, its own variables, and what stands for its tables.
    """

    def __init__(self, memory, lines, taken, parameters, fixed, unpack):
        self._memory = memory
        self._lines = lines
        self._taken = taken
        self._parameters = tuple(parameters)
        self._given = None
        if all(type(value) in _SCALARS for value in fixed):
            self._given = (self._parameters, unpack, tuple([(type(value), repr(value)) for value in fixed]))

    def run(self, statements, program, frame):
        """Makes the first assignments of `statements`; how many statements these were."""
        for place, statement in enumerate(statements):
            if type(statement) is ast.Expr and type(statement.value) is ast.Constant:
                continue
            name = _assigned(statement)
            if name is None or name in self._parameters:
                return place
            key = self._key(statement.value)
            value = self._memory.recalled(key, self._taken) if key else None
            if value is None:
                try:
                    value = program.value(statement.value, frame)
                except Diverge:
                    return place
                if key:
                    self._memory.keep(key, statement.value, self._parameters, self._taken, value)
            frame.variables[name] = value
        return len(statements)

    def _key(self, node):
        if self._given is None or node.lineno != node.end_lineno:
            return None
        line = self._lines[node.lineno - 1]
        return (line[node.col_offset : node.end_col_offset], self._given) if line.isascii() else None


def _assigned(statement):
    """The name that a plain assignment gives a value, else None."""
    if type(statement) is ast.Assign and len(statement.targets) == 1:
        target = statement.targets[0]
        return target.id if type(target) is ast.Name else None
    return None
