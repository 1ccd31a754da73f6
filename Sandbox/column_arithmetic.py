"""Binary operators of columns: integers within bounds, floats with Python's own rules for rests."""

import operator

import numpy as np

from .column_values import (LIMIT, Column, Inexact, bounds, elementwise, fits, floats, integers, kind_of,
                            numeric, plain)


def binary(symbol, a, b):
    """`a symbol b`, for the name of an operator in `ast`."""
    if type(a) is not Column and type(b) is not Column:
        return plain(_PLAIN[symbol], a, b)
    numeric(a, b)
    if symbol in _FLOAT and (symbol == "Div" or "f" in (kind_of(a), kind_of(b))):
        return Column(_FLOAT[symbol](floats(a), floats(b)))
    if symbol in ("Pow", "LShift"):
        return elementwise(_PLAIN[symbol], a, b) if symbol == "LShift" else _power(a, b)
    if "f" in (kind_of(a), kind_of(b)):
        raise Inexact("bits of a float")
    if symbol in _BITS:
        return _bits(symbol, a, b)
    try:
        return _INTEGER[symbol](a, b)
    except Inexact:
        for value in (a, b):
            if type(value) is Column:
                value.tighten()
        return _INTEGER[symbol](a, b)


def _add(a, b):
    (p, q), (r, s) = bounds(a), bounds(b)
    fits(p + r, q + s)
    return Column(integers(a) + integers(b), p + r, q + s)


def _subtract(a, b):
    (p, q), (r, s) = bounds(a), bounds(b)
    fits(p - s, q - r)
    return Column(integers(a) - integers(b), p - s, q - r)


def _multiply(a, b):
    (p, q), (r, s) = bounds(a), bounds(b)
    corners = (p * r, p * s, q * r, q * s)
    fits(min(corners), max(corners))
    return Column(integers(a) * integers(b), min(corners), max(corners))


def _divisor(b):
    """The divisor, of which none may be zero."""
    low, high = bounds(b)
    if not -LIMIT < low <= high < LIMIT:
        raise Inexact("a divisor beyond 64 bits")
    y = integers(b)
    if low <= 0 <= high and not (type(b) is Column and y.all()):
        raise Inexact("division by zero")
    return y, low, high


def _floor_divide(a, b):
    y, low, high = _divisor(b)
    p, q = bounds(a)
    fits(p, q)
    if low > 0:
        ends = (p // low, p // high, q // low, q // high)
        return Column(integers(a) // y, min(ends), max(ends))
    far = max(-p, q, 0) + 1
    return Column(integers(a) // y, -far, far)


def _modulo(a, b):
    y, low, high = _divisor(b)
    p, q = bounds(a)
    fits(p, q)
    x = integers(a)
    if low > 0:
        if 0 <= p <= q < low:
            return Column(x, p, q) if type(a) is Column else x
        # Dividing by one number is fast in numpy, the remainder is not.
        rest = x - x // y * y if low == high else x % y
        return Column(rest, 0, high - 1)
    return Column(x % y, min(low, 0) + (low < 0), max(high - 1, 0))


_INTEGER = {"Add": _add, "Sub": _subtract, "Mult": _multiply, "FloorDiv": _floor_divide, "Mod": _modulo}


def _float_divide(x, y):
    _no_zero(y)
    return x / y


def _no_zero(y):
    if not np.all(y):
        raise Inexact("division by zero")


def _float_parts(x, y):
    """Python's remainder of floats and its quotient before rounding (float_divmod)."""
    _no_zero(y)
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    rest = np.fmod(x, y)
    quotient = (x - rest) / y
    other_sign = (rest != 0) & ((y < 0) != (rest < 0))
    return np.where(other_sign, rest + y, rest), np.where(other_sign, quotient - 1.0, quotient), x, y


def _float_modulo(x, y):
    if type(y) is float and y > 0:
        # As below: what is left of a negative number is lifted; a rest of zero loses its sign.
        rest = np.fmod(x, y)
        return np.where(rest < 0, rest + y, np.abs(rest))
    rest, _, _, y = _float_parts(x, y)
    return np.where(np.fmod(x, y) == 0, np.copysign(0.0, y), rest)


def _float_floor_divide(x, y):
    _, quotient, x, y = _float_parts(x, y)
    floor = np.floor(quotient)
    floor = np.where(quotient - floor > 0.5, floor + 1.0, floor)
    return np.where(quotient == 0, np.copysign(0.0, x / y), floor)


_FLOAT = {"Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": _float_divide,
          "FloorDiv": _float_floor_divide, "Mod": _float_modulo}
_BITS = {"BitAnd": operator.and_, "BitOr": operator.or_, "BitXor": operator.xor}
_PLAIN = {"Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
          "FloorDiv": operator.floordiv, "Mod": operator.mod, "Pow": operator.pow, "LShift": operator.lshift,
          "RShift": operator.rshift, "BitAnd": operator.and_, "BitOr": operator.or_,
          "BitXor": operator.xor}


def _bits(symbol, a, b):
    if kind_of(a) == "b" == kind_of(b):
        x, y = (value.array if type(value) is Column else value for value in (a, b))
        return Column(_BITS[symbol](x, y))
    ends = bounds(a) + bounds(b)
    reach = (1 << max(max(end, ~end).bit_length() for end in ends)) - 1
    fits(~reach, reach)
    return Column(_BITS[symbol](integers(a), integers(b)), ~reach if min(ends) < 0 else 0, reach)


def _shift_right(a, b):
    low, high = bounds(b)
    if low < 0 or high > 62:
        raise Inexact("a shift by too much")
    p, q = bounds(a)
    fits(p, q)
    return Column(integers(a) >> integers(b), min(p, 0), max(q, 0))


_INTEGER["RShift"] = _shift_right


def _power(a, b):
    if type(b) is int and 1 <= b <= 4 and kind_of(a) in "bi":
        result = binary("Mult", a, 1)
        for _ in range(b - 1):
            result = binary("Mult", result, a)
        return result
    return elementwise(operator.pow, a, b)
