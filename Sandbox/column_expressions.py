"""Expressions of the evolved function, worked out for all rows of a frame at once."""

import ast
import builtins
import math
import operator

import numpy as np

from . import column_values as values
from .column_arithmetic import binary
from .column_calls import CALLS, METHODS, of_math
from .column_frames import spread
from .column_rows import Nested, Row, got, table, within
from .column_values import Column, Diverge, Inexact

_MOST_STEPS = 40000
_MOST_ITEMS = 100000
SCALARS = (int, float, bool, str, type(None))


class Expressions:
    """Works out expressions; `names` are the function's globals, `local` the names it assigns, `tables` the
    constants that names stand for."""

    def __init__(self, names, local, tables):
        self.literals = tables
        self.names = names
        self.local = local
        self._steps = _MOST_STEPS
        self._constants = {}
        self._tables = {}

    def value(self, node, frame):
        """What the expression is in the frame: a scalar, a Column, a Row or a tuple."""
        self._steps -= 1
        if self._steps < 0:
            raise Inexact("too many steps")
        method = _EXPRESSIONS.get(type(node))
        if method is None:
            raise Inexact("a %s" % type(node).__name__)
        return method(self, node, frame)

    def truth(self, node, frame):
        """Whether the expression counts as true: a bool, or an array of them."""
        kind = type(node)
        if kind is ast.BoolOp:
            is_and = type(node.op) is ast.And
            so_far = is_and
            for part in node.values:
                wanted = so_far if is_and else _not(so_far)
                if type(wanted) is bool and not wanted:
                    return so_far
                more = self.where(wanted, frame, self.truth, part)
                so_far = _and(so_far, more) if is_and else _or(so_far, more)
            return so_far
        if kind is ast.UnaryOp and type(node.op) is ast.Not:
            return _not(self.truth(node.operand, frame))
        value = self.value(node, frame)
        return truth_of(value)

    def where(self, mask, frame, method, node):
        """`method(node, frame)`, which counts only where the mask is true: it may fail elsewhere."""
        if type(mask) is bool:
            return method(node, frame)
        try:
            return method(node, frame)
        except Inexact:
            index = np.flatnonzero(mask)
        try:
            value = method(node, frame.part(index))
        except Diverge as part:
            whole = np.zeros(frame.size, bool)
            whole[index] = part.mask
            raise Diverge(whole) from None
        if type(value) is np.ndarray:
            whole = np.zeros(frame.size, bool)
            whole[index] = value
            return whole
        return spread(value, index, frame.size)

    def _constant(self, node, _frame):
        return node.value

    def _name(self, node, frame):
        name = node.id
        if name in frame.variables:
            return got(frame.variables[name])
        if name in self.literals:
            return self.literals[name]
        if name not in self.local and name in self.names:
            value = self.names[name]
            if type(value) in SCALARS:
                return value
        raise Inexact("the name %s" % name)

    def _tuple(self, node, frame):
        known = self._constants.get(id(node))
        if known is None:
            known = tuple([
                item.value if type(item) is ast.Constant else self.value(item, frame) for item in node.elts])
            if any(type(item) in (Column, Row, Nested) for item in known):
                return Row(list(known))
            if all(_is_constant(item) for item in node.elts):
                self._constants[id(node)] = known
        return known

    def _binary(self, node, frame):
        left, right = self.value(node.left, frame), self.value(node.right, frame)
        return binary(type(node.op).__name__, left, right)

    def _unary(self, node, frame):
        kind = type(node.op)
        if kind is ast.Not:
            return _as_value(self.truth(node, frame))
        value = self.value(node.operand, frame)
        if kind is ast.USub:
            return values.negative(value)
        if kind is ast.UAdd:
            return values.positive(value)
        if values.kind_of(value) not in ("b", "i"):
            raise Inexact("bits of a float")
        return binary("Sub", values.negative(value), 1)

    def _boolean(self, node, frame):
        is_and = type(node.op) is ast.And
        result = self.value(node.values[0], frame)
        open_ = True
        for part in node.values[1:]:
            true = truth_of(result)
            more_wanted = true if is_and else _not(true)
            open_ = _and(open_, more_wanted)
            if type(open_) is bool:
                if not open_:
                    return result
                result = self.value(part, frame)
            else:
                result = values.chosen(open_, self.where(open_, frame, self.value, part), result)
        return result

    def _compare(self, node, frame):
        left, result = self.value(node.left, frame), True
        for symbol, comparator in zip(node.ops, node.comparators):
            if type(result) is bool and not result:
                break
            right = self.where(result, frame, self.value, comparator)
            if type(symbol) in (ast.In, ast.NotIn):
                found = _within(left, right)
                one = found if type(symbol) is ast.In else _not(found)
            else:
                one = values.compare(type(symbol).__name__, left, right)
                one = one.array if type(one) is Column else one
            result = _and(result, one)
            left = right
        return _as_value(result)

    def _conditional(self, node, frame):
        test = self.truth(node.test, frame)
        if type(test) is bool:
            return self.value(node.body if test else node.orelse, frame)
        return values.chosen(test, self.where(test, frame, self.value, node.body),
                             self.where(~test, frame, self.value, node.orelse))

    def _subscript(self, node, frame):
        of = self.value(node.value, frame)
        if type(node.slice) is ast.Slice:
            ends = [None if end is None else self.value(end, frame)
                    for end in (node.slice.lower, node.slice.upper, node.slice.step)]
            if not all(end is None or type(end) is int for end in ends) or ends[2] == 0:
                raise Inexact("a slice that is not the same for all rows")
            part = slice(*ends)
            if type(of) is tuple:
                return of[part]
            if type(of) is Row:
                return Row(of.places[part])
            raise Inexact("a slice of a %s" % type(of).__name__)
        return self._item(of, self.value(node.slice, frame), frame)

    def _item(self, of, index, frame):
        if type(of) is Nested:
            return of.item(index, self._table)
        if type(of) is not Row and type(of) is not tuple:
            raise Inexact("an item of a %s" % type(of).__name__)
        items = of.places if type(of) is Row else of
        if type(index) in (int, bool):
            if not -len(items) <= index < len(items):
                raise Inexact("an index out of range")
            return got(items[index])
        place = within(index, len(items))
        if type(of) is Row:
            return of.gathered(place, frame.size)
        if items and all(type(item) is tuple for item in items):
            return Nested(items, place)
        return self._table(items, place)

    def _table(self, items, place):
        """What a tuple of numbers has at these places; its array is made once."""
        known = self._tables.get(id(items))
        if known is None:
            known = self._tables[id(items)] = (items, table(items))
        column = known[1]
        if column is None:
            return values.column_of(items, place)
        return Column(column.array[place], column.low, column.high)

    def iterate(self, node, frame):
        """The items an iterable has in every row, in order."""
        value = self.value(node, frame)
        if type(value) is Row:
            return [got(place) for place in value.places]
        if type(value) in (tuple, range, list):
            if len(value) > _MOST_ITEMS:
                raise Inexact("a long loop")
            return value
        raise Inexact("going through a %s" % type(value).__name__)

    def generated(self, node, frame):
        """Goes through a generator expression: (in which rows, frame, expression) for each item, in order."""
        scope = frame.copy()
        yield from self._generate(node.generators, node.elt, scope, True)

    def _generate(self, generators, element, scope, mask):
        if not generators:
            yield mask, scope, element
            return
        first = generators[0]
        if first.is_async:
            raise Inexact("an asynchronous generator")
        for item in self.iterate(first.iter, scope):
            bind(first.target, item, scope)
            inner = mask
            for condition in first.ifs:
                inner = _and(inner, self.where(inner, scope, self.truth, condition))
                if type(inner) is bool and not inner:
                    break
            else:
                if len(generators) == 1:
                    yield inner, scope, element
                else:
                    yield from self._generate(generators[1:], element, scope, inner)

    def _call(self, node, frame):
        function = node.func
        if type(function) is ast.Name:
            name = function.id
            call = CALLS.get(name)
            if call is None or name in self.local or name in frame.variables or name in self.names:
                raise Inexact("a call of %s" % name)
            if getattr(builtins, name) is not call.original:
                raise Inexact("another %s" % name)
            return call(self, node, frame)
        if type(function) is ast.Attribute:
            if type(function.value) is ast.Name and function.value.id not in frame.variables:
                if function.value.id not in self.local and self.names.get(function.value.id) is math:
                    return of_math(self, function.attr, node, frame)
            method = METHODS.get(function.attr)
            if method is not None:
                return method(self, self.value(function.value, frame), node, frame)
        raise Inexact("a call of something else")

    def _attribute(self, node, frame):
        if type(node.value) is ast.Name and node.value.id not in self.local:
            if self.names.get(node.value.id) is math and type(getattr(math, node.attr, None)) is float:
                return getattr(math, node.attr)
        raise Inexact("an attribute")

    def _comprehension(self, node, frame):
        items = []
        for mask, scope, element in self.generated(node, frame):
            if mask is not True:
                raise Inexact("a list of different lengths")
            items.append(self.value(element, scope))
        return Row(items)


_EXPRESSIONS = {
    ast.Constant: Expressions._constant, ast.Name: Expressions._name, ast.Tuple: Expressions._tuple,
    ast.List: Expressions._tuple, ast.BinOp: Expressions._binary, ast.UnaryOp: Expressions._unary,
    ast.BoolOp: Expressions._boolean, ast.Compare: Expressions._compare, ast.IfExp: Expressions._conditional,
    ast.Subscript: Expressions._subscript, ast.Call: Expressions._call,
    ast.Attribute: Expressions._attribute, ast.ListComp: Expressions._comprehension,
}


def bind(target, value, frame):
    """Assigns to a name, or to the names of a tuple."""
    if type(target) is ast.Name:
        frame.variables[target.id] = value
        return
    value = got(value)
    items = value.places if type(value) is Row else value
    if type(target) not in (ast.Tuple, ast.List) or type(items) not in (list, tuple):
        raise Inexact("an assignment to a %s" % type(target).__name__)
    if len(items) != len(target.elts):
        raise Inexact("as many values as names are wanted")
    for part, item in zip(target.elts, items):
        bind(part, got(item), frame)


def truth_of(value):
    """Whether a value counts as true: a bool, or an array of them that are not all the same."""
    if type(value) in (str, tuple, range, type(None)):
        return bool(value)
    if type(value) is Row:
        return bool(value.places)
    return _simple(values.truth(value))


def _simple(mask):
    """The array, or the bool that all of it is."""
    if type(mask) is bool:
        return mask
    if mask.all():
        return True
    return mask if mask.any() else False


def _not(mask):
    return not mask if type(mask) is bool else ~mask


def _and(a, b):
    if type(a) is bool:
        return _simple(b) if a else False
    if type(b) is bool:
        return a if b else False
    return _simple(a & b)


def _or(a, b):
    if type(a) is bool:
        return True if a else _simple(b)
    if type(b) is bool:
        return True if b else a
    return _simple(a | b)


def _as_value(mask):
    return mask if type(mask) is bool else Column(mask)


def _within(value, of):
    """`value in of`, for numbers."""
    if type(of) is range:
        of = tuple(of)
    if type(of) not in (Row, tuple) or len(of) > 1000:
        raise Inexact("a search in a %s" % type(of).__name__)
    found = False
    for item in of:
        item = got(item)
        if values.is_unordered(item):
            raise Inexact("a search among NaNs, or what is no number")
        one = values.compare("Eq", item, value)
        found = _or(found, one.array if type(one) is Column else one)
    return found


def _is_constant(node):
    if type(node) is ast.Constant:
        return True
    if type(node) is ast.UnaryOp:
        return _is_constant(node.operand)
    return type(node) is ast.Tuple and all(map(_is_constant, node.elts))
