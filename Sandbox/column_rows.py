"""Tuples whose items differ from row to row, and tables of constants."""

import numpy as np

from .column_values import Column, Inexact, NUMBERS, column_of, kind_of


class Part:
    """A value of a frame as a part of its rows sees it, made when it is first looked at."""

    __slots__ = ("index", "origin", "value")

    def __init__(self, origin, index):
        self.origin = origin
        self.index = index
        self.value = None

    def get(self):
        """The value for the rows of the part."""
        if self.value is None:
            self.value = taken(got(self.origin), self.index)
        return self.value


class Row:
    """A tuple for every row, all of one length: `places` has a value for each place."""

    __slots__ = ("places", "_stack")

    def __init__(self, places):
        self.places = places
        self._stack = None

    def __len__(self):
        return len(self.places)

    def __iter__(self):
        return iter(self.places)

    def gathered(self, place, size):
        """In every row the item at its place."""
        items = [got(item) for item in self.places]
        kinds = [kind_of(item) for item in items]
        if None in kinds:
            raise Inexact("an item that is no number")
        if len(set(kinds)) > 1:
            raise Inexact("items of different types")
        if self._stack is None:
            self._stack = np.stack([
                item.array if type(item) is Column else np.full(size, item) for item in items])
        bounds = [(item.low, item.high) if type(item) is Column else (int(item), int(item))
                  for item in items] if kinds[0] == "i" else [(0, 1)]
        return Column(self._stack[place, np.arange(size)], min(low for low, _ in bounds),
                      max(high for _, high in bounds))


class Nested:
    """In every row one of some tuples of constants, the one at its place."""

    __slots__ = ("items", "place")

    def __init__(self, items, place):
        self.items = items
        self.place = place

    def take(self, index):
        """The tuples of these rows."""
        return Nested(self.items, self.place[index])

    def item(self, index, lookup):
        """`self[index]`; `lookup(items, place)` gives the items of one tuple."""
        sizes = np.array([len(item) for item in self.items])
        starts = np.cumsum(sizes) - sizes
        size = sizes[self.place]
        if type(index) in (int, bool):
            index = int(index)
        elif type(index) is Column and index.kind != "f":
            index = index.integers()
        else:
            raise Inexact("an index that is no integer")
        if not np.all((-size <= index) & (index < size)):
            raise Inexact("an index out of range")
        place = starts[self.place] + np.where(index < 0, index + size, index)
        flat = tuple([value for item in self.items for value in item])
        if flat and all(type(value) is tuple for value in flat):
            return Nested(flat, place)
        return lookup(flat, place)


def got(value):
    """The value itself."""
    return value.get() if type(value) is Part else value


def part(value, index):
    """A value as some of its rows see it."""
    return Part(value, index) if type(value) in (Column, Row, Nested, Part) else value


def taken(value, index):
    """The value for some of its rows."""
    if type(value) is Row:
        return Row([part(place, index) for place in value.places])
    return value.take(index) if type(value) in (Column, Nested) else value


def within(index, size):
    """The places an index column means in a tuple of that size."""
    if type(index) is not Column or index.kind == "f":
        raise Inexact("an index that is no integer")
    if not -size <= index.low <= index.high < size:
        index.tighten()
        if not -size <= index.low <= index.high < size:
            raise Inexact("an index out of range")
    place = index.integers()
    return np.where(place < 0, place + size, place) if index.low < 0 else place


def table(items):
    """The numbers of a tuple as a column, or None where they are not of one type."""
    kinds = set(map(type, items))
    return column_of(items) if len(kinds) == 1 and kinds <= set(NUMBERS) else None
