"""Stands, in the evaluator, for a function that lives in a candidate's process."""

import builtins
import os

from . import candidate, values
from .failure import Failure, clipped
from .frames import StreamError, read_frame, write_frame
from .output import OutputFlood

_KINDS = ("syntax", "exception", "invalid score", "nondeterministic")
_LINES = 1 << 31


class Lost(BaseException):
    """The candidate's process broke the rules or is gone; no `except Exception` may hide that."""


class Proxy:
    """Sends calls, and believes nothing of what comes back but its type."""

    def __init__(self, name):
        self.fault = None
        self.ended = False
        self.fresh = None
        self.leftover = False
        self._name = name
        self._reader = self._writer = None
        self._tickets = b""

    def connect(self, reader, writer):
        """Takes the two pipes."""
        self._reader, self._writer = reader, writer

    def disconnect(self):
        """Closes the pipes of a candidate that is gone, noting whether something was left in them."""
        os.set_blocking(self._reader, False)
        try:
            self.leftover = bool(os.read(self._reader, 1))
        except BlockingIOError:
            pass
        os.close(self._reader)
        os.close(self._writer)

    def function(self, noticed):
        """What stands in the place of the evolved function; `noticed` is told how many rows come at once."""
        def call(*arguments, **named):
            return self.ask(candidate.CALL, (arguments, named))

        def together(rows, fixed, unpack=False):
            rows = rows if type(rows) is list or type(rows) is tuple else list(rows)
            noticed(len(rows))
            result = self.ask(candidate.MAP, (fixed, bool(unpack)), rows)
            if type(result) is not list or len(result) != len(rows):
                self._lose("forged", "a batch was not answered by as many values")
            return result

        call.__name__ = call.__qualname__ = self._name
        call.__funsearch_map__ = together
        return call

    def defined(self):
        """Waits until the candidate's text has been executed."""
        return self._result(bytes(candidate.TICKET))

    def ask(self, kind, *arguments):
        """One call and its reply."""
        if self.fault is not None:
            raise Lost
        parts = []
        try:
            for value in arguments:
                values.put(value, parts.append)
        except values.Unsendable as error:
            self._lose("exception", "%s cannot be given to a candidate in a process of its own; use plain "
                       "numbers, text, lists, tuples, dictionaries or arrays, or ask for "
                       "`trust: shared`" % error)
        tickets = self._tickets or os.urandom(64 * candidate.TICKET)
        ticket, self._tickets = tickets[:candidate.TICKET], tickets[candidate.TICKET:]
        head = ticket
        if self.fresh is not None:
            kind |= candidate.RESEED
            head += candidate.SEED.pack(self.fresh)
            self.fresh = None
        try:
            write_frame(self._writer, b"".join([bytes((kind,)), head, *parts]))
        except BrokenPipeError:
            self._gone()
        return self._result(ticket)

    def _result(self, ticket):
        frame = self._frame()
        size = candidate.TICKET
        if frame[:size] != ticket or len(frame) <= size:
            self._lose("forged", "a reply came that does not belong to the call")
        status = frame[size]
        if status == candidate.FLOOD:
            raise OutputFlood
        try:
            value = values.decode(memoryview(frame)[size + 1:]) if len(frame) > size + 1 else None
        except values.Malformed as error:
            self._lose("forged", "a malformed reply came: %s" % error)
        if status == candidate.VALUE:
            return value
        raise self._error(status, value)

    def _frame(self):
        try:
            frame = read_frame(self._reader)
        except StreamError as error:
            if "ended" in str(error):
                self._gone()
            self._lose("forged", "the candidate's process broke the protocol: %s" % error)
        if frame is None:
            self._gone()
        return frame

    def _error(self, status, value):
        if _says_what_failed(value):
            if status == candidate.RAISED:
                return _local_exception(*value)
            if status == candidate.FAILED and value[0] in _KINDS:
                self._lose(value[0], clipped(value[1]), value[2])
        if status == candidate.UNSENDABLE and type(value) is str:
            return _local_exception("TypeError", "the function returned %s; only numbers, text, lists, "
                                    "tuples, dictionaries and arrays can be returned" % clipped(value), None)
        return self._lose("forged", "a reply came that says nothing known")

    def _gone(self):
        self.ended = True
        self._lose("crash", "the candidate's process ended")

    def _lose(self, kind, message, line=None):
        self.fault = Failure(kind, message, line)
        raise Lost


def _says_what_failed(value):
    """Whether it is a name or kind, a text, and a line or None."""
    if type(value) is not tuple or len(value) != 3 or type(value[0]) is not str or type(value[1]) is not str:
        return False
    line = value[2]
    return line is None or (type(line) is int and 0 < line < _LINES)


def _local_exception(name, text, line):
    """An exception of the candidate's as one of ours: the builtin type of that name, or a new one."""
    base = getattr(builtins, name, None)
    if not (isinstance(base, type) and issubclass(base, BaseException)):
        name, base = name.lstrip("="), Exception
    kind = type(clipped(name)[:100], (base,), {"__str__": lambda error: text, "__init__": _plain})
    error = kind.__new__(kind)
    error.args = (text,)
    error.funsearch_line = line
    return error


def _plain(self, *_arguments):
    """Builtin exceptions want arguments of their own; a text is all there is."""
