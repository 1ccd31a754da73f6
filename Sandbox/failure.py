"""Why a request failed: the kinds of PROTOCOL.md, with message and line."""

import errno
import re


class Failure(Exception):
    """One failure, ready to be written as a reply."""

    def __init__(self, kind, message, line=None, limit=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.line = line
        self.limit = limit

    def error(self):
        """The reply to a request other than `evaluate`."""
        return {"error": {"kind": self.kind, "message": self.message, "line": self.line}}


CANDIDATE = "candidate.py"
_LONGEST = 2000


def line_in(traceback, filename):
    """The line of the innermost frame of that file, or None."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == filename:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


_NAME = type.__dict__["__name__"].__get__
_TRACEBACK = BaseException.__dict__["__traceback__"].__get__
"""What an exception's own class, or the class of that, may have put something else in place of."""


def type_name(error):
    """The name of an exception's class, whatever that class says of itself."""
    return _NAME(type(error))


def described(error):
    """`Type: text`, for an exception whose own `__str__` may be broken or very long."""
    name = type_name(error)[:_LONGEST]
    try:
        text = str(error)[:_LONGEST + 1]
    except BaseException:  # noqa: B902 - whatever a hostile __str__ raises
        text = "(its text cannot be had)"
    return clipped("%s: %s" % (name, text) if text else name)


def clipped(text):
    """Text short enough to be kept, valid as UTF-8, and with nothing in it that a terminal would obey."""
    text = _OBEYED.sub(_escaped, text[:_LONGEST + 1])
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls, and what turns the direction of writing."""


def _escaped(found):
    number = ord(found.group())
    return "\\x%02x" % number if number < 256 else "\\u%04x" % number


def _is_refused_thread(error):
    return isinstance(error, RuntimeError) and described(error).endswith(": can't start new thread")


def _line_told(error):
    """The line that an exception brought from another process, or None."""
    try:
        line = getattr(error, "funsearch_line", None)
    except BaseException:  # noqa: B902 - whatever a hostile property raises
        return None
    return line if type(line) is int and 0 < line < 1 << 31 else None


def from_exception(error, filename=CANDIDATE):
    """The failure that an exception out of `evaluate` stands for."""
    if isinstance(error, Failure):
        return error
    line = _line_told(error)
    if line is None:
        line = line_in(_TRACEBACK(error), filename)
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return Failure("memory", "the memory limit was reached", line)
    if isinstance(error, SyntaxError) and error.filename == filename:
        return Failure("syntax", clipped("%s: %s" % (type(error).__name__, error.msg)), error.lineno)
    if isinstance(error, PermissionError) or _is_refused_thread(error):
        return Failure("forbidden", described(error), line)
    return Failure("exception", described(error), line)
