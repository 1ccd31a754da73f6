"""Typed values between the evaluator and a candidate's process: exact, bounded, never code.

A value is one tag byte and its content, as `_ENCODERS` and `_DECODERS` list them. Whoever decodes trusts
nothing: every count is compared with the bytes that are there, and no tag makes anything but plain data.
"""

import marshal
import re
import struct
import sys

_COUNT = struct.Struct("<I")
_CODES = {int: "q", float: "d", bool: "?"}
_SIZES = {ord("q"): 8, ord("d"): 8, ord("?"): 1}
_DTYPE = re.compile(r"[<>|=]?[biufc][0-9]{1,2}")
_DEEPEST = 64


class Unsendable(TypeError):
    """A value of a type that cannot cross."""


class Malformed(Exception):
    """Bytes that no encoder writes."""


def encode(value):
    """The value as bytes."""
    parts = []
    put(value, parts.append)
    return b"".join(parts)


def put(value, add):
    """Gives the parts of the value's bytes to `add`, in order."""
    _encode(value, add, 0)


def _encode(value, put, depth):
    encoder = _ENCODERS.get(type(value))
    if encoder is None:
        encoder = _numpy_encoder(value)
    if depth > _DEEPEST:
        raise Unsendable("a value nested more than %d deep" % _DEEPEST)
    encoder(value, put, depth)


def _encode_int(value, put, _depth):
    try:
        put(b"i" + struct.pack("<q", value))
    except struct.error:
        data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
        put(b"I" + _COUNT.pack(len(data)) + data)


def _encode_text(value, put, _depth):
    data = value.encode("utf-8", "surrogatepass")
    put(b"s" + _COUNT.pack(len(data)) + data)


def _encode_sequence(value, put, depth):
    container = b"(" if type(value) is tuple else b"["
    if type(value) is tuple and len(value) >= _LEAST_KEPT:
        for kept, data in _kept:
            if kept is value:
                put(data)
                return
    kinds = set(map(type, value))
    if kinds <= _CODES.keys():
        try:
            _encode_flat(value, kinds, container, put)
            return
        except struct.error:
            pass
    elif len(value) > 4 and _encode_rows(value, container, put):
        return
    put(container + _COUNT.pack(len(value)))
    for item in value:
        _encode(item, put, depth + 1)


def _encode_flat(value, kinds, container, put):
    if len(kinds) == 1:
        code = _CODES[kinds.pop()]
        packed = struct.pack("<%d%s" % (len(value), code), *value)
    else:
        codes = "".join(map(_CODES.__getitem__, map(type, value)))
        code = "*" + codes
        packed = struct.pack("<" + codes, *value)
    put(b"S" + container + _COUNT.pack(len(value)) + code.encode())
    put(packed)


_LEAST_KEPT, _MOST_KEPT, _MOST_BYTES = 1000, 4, 1 << 20
_kept = []
"""The latest long tuples of tuples of whole numbers, none of which can change, with their bytes: a problem
has the same rows for every candidate."""


def _encode_rows(value, container, put):
    """Equal rows of ordinary integers; False where the value is not that.

    `marshal.dumps(value, 2)` tells, for it gives each a cell of five bytes: a tag, then 32 bits (of a row,
    its length). Where all are bytes they are sent as bytes, else in those cells.
    """
    first = value[0]
    if type(first) is not tuple and type(first) is not list or not first:
        return False
    try:
        cells = marshal.dumps(value, 2)
    except ValueError:
        return False
    inner = b"(" if type(first) is tuple else b"["
    columns = len(first)
    if cells[::5] != container + (inner + b"i" * columns) * len(value):
        return False
    step, length = 5 * (columns + 1), _COUNT.pack(columns)
    if any(cells[6 + byte::step] != length[byte:byte + 1] * len(value) for byte in range(4)):
        return False
    cells = cells[5:]
    head = container + inner + _COUNT.pack(len(value)) + _COUNT.pack(columns)
    if columns < 256 and not any(cells[byte::5].strip(b"\0") for byte in (2, 3, 4)):
        cells = bytearray(cells[1::5])
        del cells[::columns + 1]
        data = b"B" + head + cells
    else:
        data = b"M" + head + cells
    if container == inner == b"(" and _LEAST_KEPT <= len(value) and len(data) <= _MOST_BYTES:
        _kept.insert(0, (value, data))
        del _kept[_MOST_KEPT:]
    put(data)
    return True


def _encode_mapping(value, put, depth):
    put(b"{" + _COUNT.pack(len(value)))
    for key, item in value.items():
        _encode(key, put, depth + 1)
        _encode(item, put, depth + 1)


_ENCODERS = {
    type(None): lambda value, put, depth: put(b"n"),
    bool: lambda value, put, depth: put(b"t" if value else b"f"),
    int: _encode_int,
    float: lambda value, put, depth: put(b"d" + struct.pack("<d", value)),
    str: _encode_text,
    bytes: lambda value, put, depth: put(b"b" + _COUNT.pack(len(value)) + value),
    tuple: _encode_sequence,
    list: _encode_sequence,
    dict: _encode_mapping,
}


_plain = False


def send_plain():
    """From now on sends numpy's values as Python's own, as the other side may have no numpy; this side loads
    it where it is sent an array."""
    global _plain
    _plain = True


def _numpy_encoder(value):
    numpy = sys.modules.get("numpy")
    if numpy is not None and _plain:
        if type(value) is numpy.ndarray or isinstance(value, (numpy.bool_, numpy.integer, numpy.floating)):
            return _encode_plain
    elif numpy is not None:
        if type(value) is numpy.ndarray and _DTYPE.fullmatch(value.dtype.str):
            return _encode_array
        if isinstance(value, numpy.generic) and _DTYPE.fullmatch(value.dtype.str):
            return _encode_number
    raise Unsendable("a value of type %s" % type(value).__name__)


def _encode_plain(value, put, depth):
    found = value.tolist()
    if type(found) is type(value):
        raise Unsendable("a value of type %s" % type(value).__name__)
    _encode(found, put, depth)


def _encode_array(value, put, _depth):
    kind = value.dtype.str.encode()
    put(b"A" + bytes([len(kind)]) + kind + bytes([value.ndim]))
    put(struct.pack("<%dQ" % value.ndim, *value.shape))
    put(value.tobytes())


def _encode_number(value, put, _depth):
    kind = value.dtype.str.encode()
    put(b"a" + bytes([len(kind)]) + kind + value.tobytes())


def decode(data):
    """The value that the bytes stand for, all of them; raises `Malformed`."""
    value, rest = decode_first(data)
    if rest:
        raise Malformed("%d bytes too many" % len(rest))
    return value


def decode_first(data):
    """The value that the bytes begin with, and those behind it; raises `Malformed`."""
    data = memoryview(data)
    try:
        value, at = _decode(data, 0, 0)
    except (struct.error, IndexError, KeyError, ValueError, TypeError, OverflowError) as error:
        raise Malformed(str(error)) from None
    return value, data[at:]


def items(data):
    """What a sequence holds that the bytes stand for; rows of numbers are made only when they are asked for,
    so that they need not all be in memory."""
    form = _ROWS.get(data[0])
    if form is None:
        return decode(data)
    _, inner, found, _ = form(memoryview(data), 1)
    return found if inner is tuple else map(list, found)


def _decode(data, at, depth):
    if depth > _DEEPEST:
        raise Malformed("nested too deeply")
    return _DECODERS[data[at]](data, at + 1, depth)


def _span(data, at, size):
    end = at + size
    if end > len(data):
        raise Malformed("%d bytes are missing" % (end - len(data)))
    return data[at:end], end


def _counted(data, at):
    (count,) = _COUNT.unpack_from(data, at)
    if count > len(data):
        raise Malformed("a count of %d in %d bytes" % (count, len(data)))
    return count, at + 4


def _decode_big(data, at, _depth):
    count, at = _counted(data, at)
    part, at = _span(data, at, count)
    return int.from_bytes(part, "little", signed=True), at


def _decode_text(data, at, _depth):
    count, at = _counted(data, at)
    part, at = _span(data, at, count)
    return str(part, "utf-8", "surrogatepass"), at


def _decode_bytes(data, at, _depth):
    count, at = _counted(data, at)
    part, at = _span(data, at, count)
    return bytes(part), at


def _decode_items(data, at, depth):
    count, at = _counted(data, at)
    items = []
    for _ in range(count):
        item, at = _decode(data, at, depth + 1)
        items.append(item)
    return items, at


def _decode_tuple(data, at, depth):
    items, at = _decode_items(data, at, depth)
    return tuple(items), at


def _decode_mapping(data, at, depth):
    count, at = _counted(data, at)
    mapping = {}
    for _ in range(count):
        key, at = _decode(data, at, depth + 1)
        mapping[key], at = _decode(data, at, depth + 1)
    return mapping, at


def _container(byte):
    if byte == 40:
        return tuple
    if byte == 91:
        return list
    raise Malformed("no such container")


def _decode_flat(data, at, _depth):
    container = _container(data[at])
    count, at = _counted(data, at + 1)
    code, at = data[at], at + 1
    if code == 42:
        codes, at = _span(data, at, count)
        codes = bytes(codes)
        if codes.translate(None, b"qd?"):
            raise Malformed("no such scalar")
        form = "<" + codes.decode()
        size = 8 * count - 7 * codes.count(b"?")
    else:
        form, size = "<%d%c" % (count, code), _SIZES[code] * count
    part, at = _span(data, at, size)
    values = struct.unpack(form, part)
    return (values if container is tuple else list(values)), at


def _rows(data, at, size, form):
    """The two containers, the rows as an iterator of tuples, and where they end."""
    outer, inner = _container(data[at]), _container(data[at + 1])
    rows, at = _counted(data, at + 2)
    columns, at = _counted(data, at)
    part, at = _span(data, at, size(columns) * rows)
    return outer, inner, struct.iter_unpack(form(columns), part), at


def _byte_rows(data, at):
    return _rows(data, at, lambda columns: columns, lambda columns: "<%dB" % columns)


def _cell_rows(data, at):
    return _rows(data, at, lambda columns: 5 * (columns + 1), lambda columns: "<5x" + "xi" * columns)


_ROWS = {ord("B"): _byte_rows, ord("M"): _cell_rows}


def _decode_rows(data, at, _depth):
    outer, inner, found, end = _ROWS[data[at - 1]](data, at)
    return outer(found if inner is tuple else map(list, found)), end


def _dtype(data, at):
    numpy = sys.modules.get("numpy")
    if numpy is None:
        if not _plain:
            raise Malformed("an array where there is no numpy")
        import numpy
    part, at = _span(data, at + 1, data[at])
    text = str(part, "ascii")
    if not _DTYPE.fullmatch(text):
        raise Malformed("no such kind of array")
    return numpy, numpy.dtype(text), at


def _decode_array(data, at, _depth):
    numpy, dtype, at = _dtype(data, at)
    dimensions, at = data[at], at + 1
    part, at = _span(data, at, 8 * dimensions)
    shape = struct.unpack("<%dQ" % dimensions, part)
    size = dtype.itemsize
    for length in shape:
        size *= length
    part, at = _span(data, at, size)
    return numpy.frombuffer(part, dtype).reshape(shape).copy(), at


def _decode_number(data, at, _depth):
    numpy, dtype, at = _dtype(data, at)
    part, at = _span(data, at, dtype.itemsize)
    return numpy.frombuffer(part, dtype)[0], at


_DECODERS = {
    ord("n"): lambda data, at, depth: (None, at),
    ord("t"): lambda data, at, depth: (True, at),
    ord("f"): lambda data, at, depth: (False, at),
    ord("i"): lambda data, at, depth: (struct.unpack_from("<q", data, at)[0], at + 8),
    ord("d"): lambda data, at, depth: (struct.unpack_from("<d", data, at)[0], at + 8),
    ord("I"): _decode_big,
    ord("s"): _decode_text,
    ord("b"): _decode_bytes,
    ord("("): _decode_tuple,
    ord("["): _decode_items,
    ord("{"): _decode_mapping,
    ord("S"): _decode_flat,
    ord("B"): _decode_rows,
    ord("M"): _decode_rows,
    ord("A"): _decode_array,
    ord("a"): _decode_number,
}
