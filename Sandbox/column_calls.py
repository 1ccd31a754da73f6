"""Calls that columns know: builtins, methods of tuples, and the functions of `math`."""

import ast
import builtins
import math
import sys

import numpy as np

from . import column_values as values
from .column_arithmetic import binary
from .column_rows import Row, got
from .column_values import Column, Inexact

CALLS = {}
"""By name: `(expressions, node, frame) -> value`, with the builtin it stands for as `original`."""
_PLAIN_SUM = sys.version_info < (3, 12)
"""Whether `sum` adds floats one after the other; later it keeps what rounding loses."""
_LONGEST = 1000


def _builtin(function):
    name = function.__name__.strip("_")
    function.original = getattr(builtins, name)
    CALLS[name] = function
    return function


def _arguments(expressions, node, frame, least, most):
    if node.keywords or not least <= len(node.args) <= most:
        raise Inexact("such arguments")
    return [expressions.value(argument, frame) for argument in node.args]


def _items(expressions, node, frame):
    """(in which rows, frame or None, item or expression) for each item of an argument."""
    if type(node) is ast.GeneratorExp or type(node) is ast.ListComp:
        return expressions.generated(node, frame)
    return ((True, None, item) for item in expressions.iterate(node, frame))


@_builtin
def _sum(expressions, node, frame):
    if node.keywords or not 1 <= len(node.args) <= 2:
        raise Inexact("such arguments")
    total = expressions.value(node.args[1], frame) if len(node.args) == 2 else 0
    if values.kind_of(total) is None or (values.kind_of(total) == "f" and not _PLAIN_SUM):
        raise Inexact("a sum of floats, or of what is no number")
    counted = Tally(frame.size)
    for mask, scope, item in _items(expressions, node.args[0], frame):
        if scope is not None:
            item = expressions.where(mask, scope, expressions.value, item)
        kind = values.kind_of(item)
        if kind == "f" and not _PLAIN_SUM:
            raise Inexact("a sum of floats")
        if values.kind_of(total) == "i" and kind in ("b", "i"):
            if not counted.add(mask, item):
                own = item if mask is True else binary("Mult", Column(mask), item)
                total = binary("Add", total, own)
            continue
        more = binary("Add", counted.onto(total), item)
        total = more if mask is True else values.chosen(mask, more, total)
    return counted.onto(total)


class Tally:
    """Counts true values in bytes, which is faster than adding integers."""

    def __init__(self, size):
        self._size = size
        self._count = 0
        self._bytes = None

    def add(self, mask, item):
        """Counts a bool, or a one, of the rows in the mask; says whether it could."""
        if type(item) is Column:
            if item.kind != "b":
                return False
            array = item.array if mask is True else item.array & mask
        elif mask is not True and type(item) in (int, bool) and item == 1:
            array = mask
        else:
            return False
        if self._count == 255:
            return False
        if self._bytes is None:
            self._bytes = np.zeros(self._size, np.uint8)
        self._bytes += array.view(np.uint8)
        self._count += 1
        return True

    def onto(self, total):
        """The total with what was counted; counting starts again."""
        if self._bytes is None:
            return total
        column = Column(self._bytes.astype(np.int64), 0, self._count)
        self._bytes, self._count = None, 0
        return column if type(total) is int and total == 0 else binary("Add", total, column)


def _extreme(symbol, expressions, node, frame):
    if node.keywords or not node.args:
        raise Inexact("such arguments")
    if len(node.args) == 1:
        items = _items(expressions, node.args[0], frame)
    else:
        items = ((True, None, expressions.value(argument, frame)) for argument in node.args)
    best, have = None, False
    for mask, scope, item in items:
        if scope is not None:
            item = expressions.where(mask, scope, expressions.value, item)
        if best is None:
            best, have = item, mask
            continue
        better = values.compare(symbol, item, best)
        if type(better) is bool and have is True and mask is True:
            best = item if better else best
            continue
        better = better.array if type(better) is Column else np.full(frame.size, better)
        if have is not True:
            better = better | ~have
        if mask is not True:
            better = better & mask
        have = True if have is True or mask is True else have | mask
        best = values.chosen(better, item, best) if better.any() else best
    if have is not True and not np.all(have):
        raise Inexact("an extreme of nothing")
    if type(best) is not Column and type(best) not in values.NUMBERS:
        raise Inexact("an extreme of what is no number")
    return best


@_builtin
def _min(expressions, node, frame):
    return _extreme("Lt", expressions, node, frame)


@_builtin
def _max(expressions, node, frame):
    return _extreme("Gt", expressions, node, frame)


def _any_of(wanted, expressions, node, frame):
    """`any` for True and `all` for False: whether some item counts as `wanted`."""
    if node.keywords or len(node.args) != 1:
        raise Inexact("such arguments")
    open_ = np.ones(frame.size, bool)
    for mask, scope, item in _items(expressions, node.args[0], frame):
        looked_at = open_ if mask is True else open_ & mask
        if not looked_at.any():
            continue
        if scope is not None:
            true = expressions.where(looked_at, scope, expressions.truth, item)
        else:
            true = values.truth(item)
        open_ = open_ & ~(looked_at & (true if wanted else np.logical_not(true)))
    return Column(~open_ if wanted else open_)


@_builtin
def _any(expressions, node, frame):
    return _any_of(True, expressions, node, frame)


@_builtin
def _all(expressions, node, frame):
    return _any_of(False, expressions, node, frame)


@_builtin
def _abs(expressions, node, frame):
    return values.absolute(*_arguments(expressions, node, frame, 1, 1))


@_builtin
def _int(expressions, node, frame):
    return values.whole(*_arguments(expressions, node, frame, 1, 1))


@_builtin
def _float(expressions, node, frame):
    (value,) = _arguments(expressions, node, frame, 1, 1)
    return float(value) if type(value) is str and value in _FLOAT_NAMES else values.as_float(value)


_FLOAT_NAMES = ("inf", "-inf", "+inf", "infinity", "-infinity", "nan")


@_builtin
def _bool(expressions, node, frame):
    if node.keywords or len(node.args) != 1:
        raise Inexact("such arguments")
    true = expressions.truth(node.args[0], frame)
    return true if type(true) is bool else Column(true)


@_builtin
def _round(expressions, node, frame):
    return values.elementwise(round, *_arguments(expressions, node, frame, 1, 2))


@_builtin
def _pow(expressions, node, frame):
    return binary("Pow", *_arguments(expressions, node, frame, 2, 2))


@_builtin
def _len(expressions, node, frame):
    (value,) = _arguments(expressions, node, frame, 1, 1)
    if type(value) in (Row, tuple, str, range):
        return len(value)
    raise Inexact("the length of a %s" % type(value).__name__)


@_builtin
def _range(expressions, node, frame):
    ends = _arguments(expressions, node, frame, 1, 3)
    if not all(type(end) in (int, bool) for end in ends) or (len(ends) == 3 and ends[2] == 0):
        raise Inexact("a range that is not the same for all rows")
    return range(*ends)


@_builtin
def _enumerate(expressions, node, frame):
    _one_argument(node)
    items = expressions.iterate(node.args[0], frame)
    return Row([Row([number, item]) for number, item in enumerate(items)])


@_builtin
def _zip(expressions, node, frame):
    if node.keywords:
        raise Inexact("such arguments")
    sequences = [expressions.iterate(argument, frame) for argument in node.args]
    return Row([Row(list(items)) for items in zip(*sequences)])


@_builtin
def _reversed(expressions, node, frame):
    _one_argument(node)
    return Row(list(expressions.iterate(node.args[0], frame))[::-1])


@_builtin
def _tuple(expressions, node, frame):
    _one_argument(node)
    return Row(list(expressions.iterate(node.args[0], frame)))


@_builtin
def _list(expressions, node, frame):
    return _tuple(expressions, node, frame)


@_builtin
def _sorted(expressions, node, frame):
    """Integers alone: equal ones cannot be told apart, so any way of sorting gives the same."""
    _one_argument(node)
    items = list(expressions.iterate(node.args[0], frame))
    if not items or any(values.kind_of(item) != "i" for item in items):
        raise Inexact("sorting what is no integer")
    stack = np.stack([
        item.array if type(item) is Column else np.full(frame.size, item, np.int64) for item in items])
    stack = np.sort(stack, axis=0)
    low = min(item.low if type(item) is Column else item for item in items)
    high = max(item.high if type(item) is Column else item for item in items)
    return Row([Column(array, low, high) for array in stack])


def _one_argument(node):
    if node.keywords or len(node.args) != 1:
        raise Inexact("such arguments")


def _count(expressions, of, node, frame):
    """`of.count(value)`."""
    (value,) = _arguments(expressions, node, frame, 1, 1)
    if type(of) not in (Row, tuple) or len(of) > _LONGEST:
        raise Inexact("a count in a %s" % type(of).__name__)
    counted, total = Tally(frame.size), 0
    for item in of:
        item = got(item)
        if values.is_unordered(item):
            raise Inexact("a count among NaNs, or of what is no number")
        found = values.compare("Eq", item, value)
        if not counted.add(True, found):
            total = binary("Add", total, found)
    return counted.onto(total)


METHODS = {"count": _count}
"""By name: `(expressions, object, node, frame) -> value`."""


def of_math(expressions, name, node, frame):
    """A function of `math`, applied to each row by Python. The sign of a NaN is nobody's business."""
    function = getattr(math, name, None)
    if not callable(function) or name.startswith("_") or name == "copysign":
        raise Inexact("math.%s" % name)
    return values.elementwise(function, *_arguments(expressions, node, frame, 1, 3))
