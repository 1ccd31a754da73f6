"""The evolved function for all rows at once: its statements, from the tree of its source."""

import ast
import types

import numpy as np

from .column_expressions import SCALARS, Expressions, bind
from .column_frames import Frame
from .column_memory import Beginning
from .column_rows import Row
from .column_values import Column, Diverge, Inexact, column_of

_MOST_TURNS = 10000
_NO_PLAIN_FUNCTION = 0x20 | 0x80 | 0x200  # generators and coroutines


class Program(Expressions):
    """Runs the statements of a function definition for all rows; `results` holds what was returned."""

    def __init__(self, definition, tables, function):
        code = function.__code__
        if code.co_flags & _NO_PLAIN_FUNCTION or not _all_known(definition.body):
            raise Inexact("such a function")
        super().__init__(function.__globals__, set(code.co_varnames + code.co_cellvars), tables)
        self._definition = definition
        self._results = []

    def returned(self, rows, size, fixed, lines, memory, unpack):
        """The list of what the function returns for the rows."""
        arguments = (tuple(rows.places) if unpack else (rows,)) + fixed
        parameters = self._definition.args
        if parameters.vararg or parameters.kwarg or parameters.kwonlyargs or parameters.defaults:
            raise Inexact("such parameters")
        names = [parameter.arg for parameter in parameters.posonlyargs + parameters.args]
        if len(names) != len(arguments):
            raise Inexact("as many arguments as parameters are wanted")
        frame = Frame(dict(zip(names, arguments)), size)
        body = self._definition.body
        memory.begin(rows)
        beginning = Beginning(memory, lines, self.local.union(self.names, self.literals), names, fixed,
                              unpack)
        with np.errstate(all="ignore"):
            left = self._run(body[beginning.run(body, self, frame) :], [frame])
            for frame in left:
                self._results.append((frame, None))
            return self._collected(size)

    def _run(self, statements, frames):
        """The frames after the statements; those that returned are gone."""
        for statement in statements:
            after = []
            for frame in frames:
                after += [frame] if frame.flow is not None else self._step(statement, frame)
            frames = after
            if not frames:
                break
        return frames

    def _step(self, statement, frame):
        handler = _STATEMENTS.get(type(statement))
        if handler is None:
            raise Inexact("a %s" % type(statement).__name__)
        try:
            return handler(self, statement, frame)
        except Diverge as diverged:
            if diverged.mask.all() or not diverged.mask.any():
                raise Inexact("values of different types") from None
            frames = []
            for part in frame.split(diverged.mask):
                frames += self._step(statement, part)
            return frame.merged(frames)

    def _assign(self, statement, frame):
        value = self.value(statement.value, frame)
        for target in statement.targets:
            bind(target, value, frame)
        return [frame]

    def _annotated(self, statement, frame):
        if statement.value is not None:
            if not statement.simple:
                raise Inexact("an assignment to an attribute or item")
            bind(statement.target, self.value(statement.value, frame), frame)
        return [frame]

    def _augmented(self, statement, frame):
        if type(statement.target) is not ast.Name:
            raise Inexact("an assignment to a %s" % type(statement.target).__name__)
        name = ast.Name(statement.target.id)
        bind(statement.target, self.value(ast.BinOp(name, statement.op, statement.value), frame), frame)
        return [frame]

    def _if(self, statement, frame):
        test = self.truth(statement.test, frame)
        if type(test) is bool:
            return self._run(statement.body if test else statement.orelse, [frame])
        yes, no = frame.split(test)
        return frame.merged(self._run(statement.body, [yes]) + self._run(statement.orelse, [no]))

    def _for(self, statement, frame):
        items = self.iterate(statement.iter, frame)
        if statement.orelse or len(items) > _MOST_TURNS:
            raise Inexact("such a loop")
        frames, gone = [frame.copy()], []
        for item in items:
            if not frames:
                break
            for one in frames:
                bind(statement.target, item if one.rows is frame.rows else self._own(item, frame, one), one)
            frames = self._run(statement.body, frames)
            gone += [one for one in frames if one.flow is ast.Break]
            frames = [one for one in frames if one.flow is not ast.Break]
            for one in frames:
                one.flow = None
            frames = frame.merged(frames)
        for one in gone:
            one.flow = None
        return frame.merged(frames + gone)

    def _own(self, item, frame, part):
        """An item of the loop as the frame of a part of the rows sees it."""
        whole = frame.copy()
        whole.variables = {"": item}
        return whole.part(frame.places(part)).variables[""]

    def _leave(self, statement, frame):
        frame.flow = type(statement)
        return [frame]

    def _pass(self, _statement, frame):
        return [frame]

    def _expression(self, statement, frame):
        self.value(statement.value, frame)
        return [frame]

    def _assert(self, statement, frame):
        if self.truth(statement.test, frame) is not True:
            raise Inexact("an assertion that fails")
        return [frame]

    def _return(self, statement, frame):
        value = None if statement.value is None else self.value(statement.value, frame)
        if type(value) is not Column and type(value) not in SCALARS:
            raise Inexact("a %s is returned" % type(value).__name__)
        self._results.append((frame, value))
        return []

    def _collected(self, size):
        for _, value in self._results:
            if type(value) is Column and value.kind == "f" and np.isnan(value.array).any():
                raise Inexact("a NaN, whose bits may differ")
        if len(self._results) == 1:
            return _listed(self._results[0][1], size)
        results = [None] * size
        for frame, value in self._results:
            for row, one in zip(frame.rows.tolist(), _listed(value, frame.size)):
                results[row] = one
        return results


def _listed(value, size):
    return value.array.tolist() if type(value) is Column else [value] * size


_STATEMENTS = {
    ast.Assign: Program._assign, ast.AugAssign: Program._augmented, ast.AnnAssign: Program._annotated,
    ast.If: Program._if, ast.For: Program._for, ast.Break: Program._leave, ast.Continue: Program._leave,
    ast.Pass: Program._pass, ast.Expr: Program._expression, ast.Assert: Program._assert,
    ast.Return: Program._return,
}


def _all_known(statements):
    """Whether all statements are of a known kind; others change what names mean, reached or not."""
    return all(
        type(statement) in _STATEMENTS
        and _all_known(getattr(statement, "body", ()))
        and _all_known(getattr(statement, "orelse", ()))
        for statement in statements
    )


def rows_as_columns(rows):
    """The rows as one value of the frame: a Column of numbers, or a Row of columns where they are tuples."""
    kinds = set(map(type, rows))
    if kinds == {tuple}:
        if len(set(map(len, rows))) != 1:
            raise Inexact("rows of different lengths")
        return Row([column_of(list(place)) for place in zip(*rows)])
    return column_of(list(rows))


def evaluated(definition, lines, tables, function, rows, size, fixed, memory, unpack=False):
    """What the function, defined so, returns for the rows (as columns) and fixed arguments.

    `lines` is the text of the definition, `tables` are the constants that names in it stand for; with
    `unpack` the rows are arguments.
    """
    if type(function) is not types.FunctionType or function.__closure__ or function.__kwdefaults__:
        raise Inexact("such a function")
    if unpack and type(rows) is not Row:
        raise Inexact("rows that are no tuples of numbers")
    fixed = tuple(_Opaque if type(value) is np.ndarray else value for value in fixed)
    return Program(definition, tables, function).returned(rows, size, fixed, lines, memory, unpack)


class _Opaque:
    """Stands for an array among the fixed arguments: a function that looks at it is called row by row."""
