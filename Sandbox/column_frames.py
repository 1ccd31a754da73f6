"""Where column-wise execution stands: local variables, for rows that have taken the same way so far."""

import numpy as np

from .column_rows import Nested, Part, Row, got, part, taken
from .column_values import Column, Inexact, chosen, kind_of, same

MOST_FRAMES = 12


class Frame:
    """Local variables of some rows. `rows` are their numbers, rising, or None for all; `flow` is how it
    left the loop it is in, `break` or `continue`."""

    __slots__ = ("flow", "rows", "size", "variables")

    def __init__(self, variables, size, rows=None):
        self.variables = variables
        self.size = size
        self.rows = rows
        self.flow = None

    def copy(self):
        """The same rows and variables; what is assigned there is not seen here."""
        return Frame(dict(self.variables), self.size, self.rows)

    def part(self, index):
        """The frame of some of its rows, given by their places here."""
        rows = index if self.rows is None else self.rows[index]
        return Frame({name: part(value, index) for name, value in self.variables.items()}, len(index), rows)

    def split(self, mask):
        """The frames of the rows where the mask is true, and of the others."""
        return [self.part(index) for index in (np.flatnonzero(mask), np.flatnonzero(~mask))]

    def places(self, frame):
        """The places here of the rows of a frame that is part of this one."""
        return frame.rows if self.rows is None else np.searchsorted(self.rows, frame.rows)

    def merged(self, frames):
        """The frames, parts of this one, as few as types allow."""
        if len(frames) < 2:
            return frames
        groups = {}
        for frame in frames:
            groups.setdefault(_signature(frame), []).append(frame)
        result = [self._joined(group) if len(group) > 1 else group[0] for group in groups.values()]
        if len(result) > MOST_FRAMES:
            raise Inexact("too many ways through the program")
        return result

    def _joined(self, frames):
        places = [self.places(frame) for frame in frames]
        owner = np.full(self.size, -1, np.int64)
        for number, own in enumerate(places):
            owner[own] = number
        index = None if sum(frame.size for frame in frames) == self.size else np.flatnonzero(owner >= 0)
        variables = {}
        for name in frames[0].variables:
            if all(name in frame.variables for frame in frames):
                values = [frame.variables[name] for frame in frames]
                variables[name] = self._join(name, values, places, owner, index)
        joined = Frame(variables, self.size if index is None else len(index), self.rows)
        if index is not None:
            joined.rows = index if self.rows is None else self.rows[index]
        joined.flow = frames[0].flow
        return joined

    def _join(self, name, values, places, owner, index):
        own = self.variables.get(name)
        if own is not None and all(_is_part_of(value, own) for value in values):
            return own if index is None else part(own, index)
        values = [got(value) for value in values]
        if all(type(value) is type(values[0]) and same(value, values[0]) for value in values[1:]):
            if type(values[0]) not in (Column, Row, Nested):
                return values[0]
        result = spread(values[0], places[0], self.size)
        for number in range(1, len(values)):
            result = chosen(owner == number, spread(values[number], places[number], self.size), result)
        return result if index is None else taken(result, index)


def _is_part_of(value, own):
    while type(value) is Part:
        value = value.origin
        if value is own:
            return True
    return False


def spread(value, places, size):
    """A value of some rows as one of all; the other rows' entries mean nothing."""
    if type(value) is Row or type(value) is Nested:
        raise Inexact("rows that were taken apart")
    if type(value) is not Column:
        return value
    array = np.zeros(size, value.array.dtype)
    array[places] = value.array
    return Column(array, min(value.low, 0), max(value.high, 0))


def _signature(frame):
    """Frames of equal signature have variables of equal types."""
    kinds = []
    for name, value in sorted(frame.variables.items()):
        while type(value) is Part and type(value.origin) is Part:
            value = value.origin
        origin = value.origin if type(value) is Part else value
        kind = kind_of(origin)
        kinds.append((name, kind if kind is not None else id(origin)))
    return (frame.flow,) + tuple(kinds)
