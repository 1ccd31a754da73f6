"""The canonical form of what `evaluate` returns: JSON values, their digests, and exact scores."""

import marshal
import math

from .blake2 import blake2b
from .failure import Failure

INVALID = "invalid score"


def digest(value, what="artifact"):
    """32 hexadecimal digits of the canonical form of `value`.

    The digest is BLAKE2b-16 of `marshal.dumps(form, 2)`: every sequence a list, every mapping sorted by key.
    """
    data = _cells(value)
    if not data:
        data = marshal.dumps(normal(value, what), 2)
    elif b"(" in data[::5]:
        data = bytearray(data)
        data[::5] = data[::5].replace(b"(", b"[")
    return blake2b(data, digest_size=16).hexdigest()


def _cells(value):
    """The bytes of sequences of ordinary integers, which take the short way; nothing for other values.

    `marshal.dumps(value, 2)` gives every object of these a cell of five bytes (a tag and 32 bits), so that
    tags can be read, and tuples renamed lists, by slicing.
    """
    try:
        data = marshal.dumps(value, 2)
    except ValueError:
        return b""
    return b"" if len(data) % 5 or data[::5].translate(None, b"([i") else data


def writable(value, what="artifact"):
    """The value as the writer of JSON may have it: as `normal`, but tuples may stay what they are."""
    return value if _cells(value) else normal(value, what)


def normal(value, what="artifact"):
    """The value as JSON has it; raises `Failure` saying where it holds something else."""
    return _normal(value, what, 0)


def _normal(value, where, depth):
    kind = type(value)
    if kind is bool or value is None:
        return value
    if kind is int:
        if value.bit_length() > _BITS:
            raise Failure(INVALID, "%s holds a whole number of more than %d bits" % (where, _BITS))
        return value
    if kind is str:
        return _text(value, where)
    if kind is float:
        if not math.isfinite(value):
            raise Failure(INVALID, "%s is %r; only finite numbers can be kept" % (where, value))
        return value
    if depth > 60:
        raise Failure(INVALID, "%s is nested more than 60 deep" % where)
    if kind is list or kind is tuple or (isinstance(value, tuple) and hasattr(kind, "_fields")):
        return [_normal(item, where, depth + 1) for item in value]
    if kind is dict:
        return _normal_mapping(value, where, depth)
    if kind.__module__ == "numpy" and hasattr(value, "tolist"):
        return _normal(value.tolist(), where, depth + 1)
    hint = "return a sorted list instead" if isinstance(value, (set, frozenset)) else (
        "use numbers, text, lists, tuples and dictionaries")
    raise Failure(INVALID, "%s holds a %s; %s" % (where, kind.__name__, hint))


_BITS = 1 << 13
"""Of the longest whole number that Python writes as text without being asked to."""


def _text(value, where):
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            message = "%s holds a text with half a character (a lone surrogate)" % where
            raise Failure(INVALID, message) from None
    return value


def _normal_mapping(value, where, depth):
    texts = {}
    for key, item in value.items():
        if type(key) is not str and type(key) is not int:
            raise Failure(INVALID, "%s has a key of type %s; use text" % (where, type(key).__name__))
        texts[_text(key, where) if type(key) is str else str(_normal(key, where, depth))] = _normal(
            item, where, depth + 1)
    return {key: texts[key] for key in sorted(texts)}


def score(value, what, giver="evaluate"):
    """The score of the input `what` as a finite float, or `Failure` of kind `invalid score`."""
    kind = type(value)
    if kind is not float:
        if kind is int:
            try:
                value = float(value)
            except OverflowError:
                raise _invalid(giver, "an integer beyond the range of float", what) from None
        elif kind.__module__ == "numpy":
            value = _numpy_number(value, what, giver)
        else:
            text = repr(value) if value is None or kind is bool or kind is complex else "a " + kind.__name__
            raise _invalid(giver, text, what)
    if not math.isfinite(value):
        raise _invalid(giver, repr(value), what)
    return value + 0.0


def shown(value):
    """A value as a message shows it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:60] + "…"


def _numpy_number(value, what, giver):
    import numpy

    if not isinstance(value, (numpy.integer, numpy.floating)):
        raise _invalid(giver, "a numpy.%s" % type(value).__name__, what)
    number = value.item()
    try:
        exact = float(number)
    except OverflowError:
        exact = None
    if exact is None or (exact != number and exact == exact):
        raise _invalid(giver, "a numpy.%s that no float equals" % type(value).__name__, what)
    return exact


def _invalid(giver, found, what):
    return Failure(INVALID, "%s returned %s for input %s; return a finite number"
                   % (giver, found, shown(what)))


def metrics(value):
    """The named metrics as finite floats."""
    if value is None:
        return {}
    if type(value) is not dict:
        raise Failure(INVALID, "metrics is a %s; use a dictionary" % type(value).__name__)
    result = {}
    for name, number in value.items():
        if type(name) is not str:
            raise Failure(INVALID, "a metric is named by a %s; use text" % type(name).__name__)
        _text(name, "metrics")
        kind = type(number)
        try:
            if kind is not float and kind is not int and not kind.__module__ == "numpy":
                raise TypeError
            number = float(number)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise Failure(INVALID, "metric %r is not a finite number" % name)
        result[name] = number
    return result
