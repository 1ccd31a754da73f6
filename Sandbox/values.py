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
    _encode(value, parts.append, 0)
    return b"".join(parts)


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
    try:
        codes = "".join(map(_CODES.__getitem__, map(type, value)))
        _encode_flat(value, codes, container, put)
        return
    except (KeyError, struct.error):
        pass
    if len(value) > 4 and _encode_rows(value, container, put):
        return
    put(container + _COUNT.pack(len(value)))
    for item in value:
        _encode(item, put, depth + 1)


def _encode_flat(value, codes, container, put):
    count = len(value)
    if count and codes.count(codes[0]) == count:
        packed = struct.pack("<%d%s" % (count, codes[0]), *value)
        put(b"S" + container + _COUNT.pack(count) + codes[0].encode() + packed)
    else:
        packed = struct.pack("<" + codes, *value)
        put(b"S" + container + _COUNT.pack(count) + b"*" + codes.encode() + packed)


def _encode_rows(value, container, put):
    """Equal rows of ordinary integers, in cells of five bytes; False where the value is not that.

    The cells are those of `marshal.dumps(value, 2)`: a tag, then 32 bits (for a row, its length).
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
    put(b"M" + container + inner + _COUNT.pack(len(value)) + _COUNT.pack(columns))
    put(memoryview(cells)[5:])
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
    """From now on sends numpy's values as Python's own: the other side has no numpy."""
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
    try:
        value, at = _decode(memoryview(data), 0, 0)
    except (struct.error, IndexError, KeyError, ValueError, TypeError, OverflowError) as error:
        raise Malformed(str(error)) from None
    if at != len(data):
        raise Malformed("%d bytes too many" % (len(data) - at))
    return value


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


def _decode_rows(data, at, _depth):
    outer, inner = _container(data[at]), _container(data[at + 1])
    rows, at = _counted(data, at + 2)
    columns, at = _counted(data, at)
    part, at = _span(data, at, 5 * (columns + 1) * rows)
    found = struct.iter_unpack("<5x" + "xi" * columns, part)
    return outer(found if inner is tuple else map(list, found)), at


def _dtype(data, at):
    numpy = sys.modules.get("numpy")
    if numpy is None:
        raise Malformed("an array where there is no numpy")
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
    ord("M"): _decode_rows,
    ord("A"): _decode_array,
    ord("a"): _decode_number,
}
