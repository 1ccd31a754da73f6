"""Columns: one value of the evolved function for every row, as a numpy array, exactly as Python computes it.

A value is a Python scalar, the same for all rows, or a `Column`. Every operation here gives, row by row, the
value and the type that Python gives, or raises `Inexact`: then the caller goes back to single calls.
"""

import operator

import numpy as np

LIMIT = 1 << 62
"""No integer of a column reaches it: 64 bits never overflow."""
_FLOATS = 1 << 53
_TABLE = 512
NUMBERS = (int, float, bool)


class Inexact(Exception):
    """Columns cannot, or may not, give what single calls give."""


class Diverge(Exception):
    """Values of different types would meet in one column; `mask` parts the rows so that they do not."""

    def __init__(self, mask):
        super().__init__()
        self.mask = mask


class Column:
    """An array of bool, int64 or float64, and bounds of its integers."""

    __slots__ = ("array", "high", "kind", "low", "_floats")

    def __init__(self, array, low=0, high=1):
        self.array = array
        self.kind = array.dtype.kind
        self.low = low
        self.high = high
        self._floats = None

    def take(self, index):
        """The values of these rows."""
        return Column(self.array[index], self.low, self.high)

    def tighten(self):
        """Replaces the bounds by the values' own."""
        if self.kind == "i" and len(self.array):
            self.low, self.high = int(self.array.min()), int(self.array.max())

    def integers(self):
        """The array as int64."""
        return self.array if self.kind == "i" else self.array.astype(np.int64)

    def floats(self):
        """The array as float64, where every integer is one."""
        if self.kind == "f":
            return self.array
        if self._floats is None:
            if not -_FLOATS <= self.low <= self.high <= _FLOATS:
                self.tighten()
                if not -_FLOATS <= self.low <= self.high <= _FLOATS:
                    raise Inexact("an integer beyond the floats")
            self._floats = self.array.astype(np.float64)
        return self._floats


_KINDS = {bool: "b", int: "i", float: "f"}


def kind_of(value):
    """`b`, `i` or `f`, the type of a number's values; None for all else."""
    return value.kind if type(value) is Column else _KINDS.get(type(value))


def numeric(*values):
    """Refuses what is no number."""
    for value in values:
        if type(value) is not Column and type(value) not in NUMBERS:
            raise Inexact("a %s" % type(value).__name__)


def floats(value):
    """A number as float64 array or float."""
    if type(value) is Column:
        return value.floats()
    numeric(value)
    if type(value) is not float and not -_FLOATS <= value <= _FLOATS:
        raise Inexact("an integer beyond the floats")
    return float(value)


def integers(value):
    """A number of kind `b` or `i` as int64 array or int."""
    return value.integers() if type(value) is Column else int(value)


def bounds(value):
    """The least and the greatest an integer of it can be."""
    return (value.low, value.high) if type(value) is Column else (int(value), int(value))


def plain(function, *values):
    """The function of Python scalars; what it raises is left to the single calls."""
    for value in values:
        if type(value) not in NUMBERS:
            raise Inexact("a %s" % type(value).__name__)
    try:
        return function(*values)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise Inexact(str(error)) from None


def fits(low, high):
    """Refuses integers that may leave the limit."""
    if not -LIMIT < low <= high < LIMIT:
        raise Inexact("an integer that may overflow")


def elementwise(function, *values):
    """The function, applied by Python to each row's values; to each value but once where they are few."""
    numeric(*values)
    columns = [value for value in values if type(value) is Column]
    if not columns:
        return plain(function, *values)
    try:
        if len(columns) == 1 and columns[0].kind == "i" and columns[0].high - columns[0].low >= _TABLE:
            columns[0].tighten()
        if len(columns) == 1 and columns[0].kind in "bi" and columns[0].high - columns[0].low < _TABLE:
            return _by_table(function, values, columns[0])
        size = len(columns[0].array)
        lists = [value.array.tolist() if type(value) is Column else [value] * size for value in values]
        return column_of(list(map(function, *lists)))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise Inexact(str(error)) from None


def _by_table(function, values, column):
    array = column.integers() - column.low
    seen = np.bincount(array, minlength=column.high - column.low + 1)
    kind = bool if column.kind == "b" else int
    results = []
    for offset, count in enumerate(seen.tolist()):
        if count:
            own = kind(column.low + offset)
            results.append(function(*(own if value is column else value for value in values)))
    place = np.cumsum(seen > 0) - 1
    return column_of(results, place[array])


def column_of(results, index=None):
    """A column of Python numbers, all of one type; `index` says which of them each row has."""
    kinds = set(map(type, results))
    if len(kinds) == 1:
        (kind,) = kinds
        if kind is int:
            low, high = min(results), max(results)
            fits(low, high)
            array = np.array(results, np.int64)
            return Column(array if index is None else array[index], low, high)
        if kind in NUMBERS:
            array = np.array(results, kind)
            return Column(array if index is None else array[index])
    if not kinds <= set(NUMBERS):
        raise Inexact("a value that is no number")
    wanted = type(results[0 if index is None else index[0]])
    mask = np.array([type(result) is wanted for result in results])
    mask = mask if index is None else mask[index]
    if mask.all():
        return column_of([result if type(result) is wanted else wanted() for result in results], index)
    raise Diverge(mask)


def compare(symbol, a, b):
    """`a symbol b` for the name of a comparison in `ast`: a bool or a column of them."""
    function = _COMPARISONS[symbol]
    if type(a) is not Column and type(b) is not Column:
        return plain(function, a, b)
    if "f" in (kind_of(a), kind_of(b)):
        return Column(function(floats(a), floats(b)))
    return Column(function(_comparable(a), _comparable(b)))


def _comparable(value):
    """A number of kind `b` or `i`, as numpy compares it."""
    if type(value) is Column:
        return value.array
    if type(value) is not int and type(value) is not bool:
        raise Inexact("a %s" % type(value).__name__)
    fits(value, value)
    return int(value)


_COMPARISONS = {"Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le,
                "Gt": operator.gt, "GtE": operator.ge}


def truth(value):
    """Whether it counts as true: a bool, or an array of them."""
    if type(value) is Column:
        return value.array if value.kind == "b" else value.array != 0
    if type(value) in NUMBERS:
        return bool(value)
    raise Inexact("a %s as a condition" % type(value).__name__)


def negative(value):
    """`-value`."""
    if type(value) is not Column:
        return plain(operator.neg, value)
    if value.kind == "f":
        return Column(-value.array)
    return Column(-value.integers(), -value.high, -value.low)


def absolute(value):
    """`abs(value)`."""
    if type(value) is not Column:
        return plain(abs, value)
    if value.kind == "f":
        return Column(np.abs(value.array))
    low, high = value.low, value.high
    return Column(np.abs(value.integers()), 0 if low <= 0 <= high else min(-high if high < 0 else low, high),
                  max(-low, high))


def whole(value):
    """`int(value)`."""
    if type(value) is not Column:
        return plain(int, value)
    if value.kind != "f":
        return Column(value.integers(), value.low, value.high)
    if not (np.abs(value.array) < _FLOATS).all():
        return elementwise(int, value)
    result = Column(value.array.astype(np.int64))
    result.tighten()
    return result


def chosen(mask, a, b):
    """Row by row `a` where the mask is true, else `b`, which must be of one type."""
    if type(a) is not Column and type(b) is not Column and type(a) is type(b) and same(a, b):
        return a
    kind = kind_of(a)
    if kind is None or kind_of(b) is None:
        raise Inexact("values that are no numbers")
    if kind != kind_of(b):
        if mask.all():
            return a
        if not mask.any():
            return b
        raise Diverge(mask)
    if kind == "i":
        (p, q), (r, s) = bounds(a), bounds(b)
        fits(min(p, r), max(q, s))
        return Column(np.where(mask, integers(a), integers(b)), min(p, r), max(q, s))
    x, y = (value.array if type(value) is Column else value for value in (a, b))
    return Column(np.where(mask, x, y))


def same(a, b):
    """Whether two scalars of one type cannot be told apart."""
    return a is b or (type(a) is not tuple and a == b and repr(a) == repr(b))


def positive(value):
    """`+value`."""
    if type(value) is not Column:
        return plain(operator.pos, value)
    return Column(value.integers(), value.low, value.high) if value.kind != "f" else value


def as_float(value):
    """`float(value)`."""
    if type(value) is not Column:
        return plain(float, value)
    return value if value.kind == "f" else Column(value.floats())


def is_unordered(value):
    """Whether it is no number, or may be NaN, which Python finds in a tuple if it is the very object."""
    kind = kind_of(value)
    array = value.array if type(value) is Column else value
    return kind is None or (kind == "f" and bool(np.isnan(array).any()))
