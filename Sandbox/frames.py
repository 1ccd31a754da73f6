"""Frames: a 4-byte little-endian length, then that many bytes.

Reads are exact and unbuffered, so that another process may go on reading the same
stream where this one stopped.
"""

import os
import struct

LENGTH = struct.Struct("<I")
LIMIT = 64 << 20


class StreamError(Exception):
    """The other end closed the stream within a frame, or announced too long a frame."""


def read_exact(fd, size):
    """The next `size` bytes, or fewer where the stream ends."""
    data = os.read(fd, size)
    if len(data) == size or not data:
        return data
    parts = [data]
    size -= len(data)
    while size:
        data = os.read(fd, min(size, 1 << 20))
        if not data:
            break
        parts.append(data)
        size -= len(data)
    return b"".join(parts)


def read_frame(fd):
    """The payload of the next frame, or None at the end of the stream."""
    head = read_exact(fd, 4)
    if not head:
        return None
    if len(head) < 4:
        raise StreamError("the stream ended within the length of a frame")
    (size,) = LENGTH.unpack(head)
    if size > LIMIT:
        raise StreamError("a frame of %d bytes was announced; the limit is %d" % (size, LIMIT))
    payload = read_exact(fd, size) if size else b""
    if len(payload) < size:
        raise StreamError("the stream ended within a frame: %d of %d bytes" % (len(payload), size))
    return payload


def write_all(fd, data):
    """Writes all of `data`, however many calls that takes."""
    written = os.write(fd, data)
    if written < len(data):
        view = memoryview(data)[written:]
        while view:
            view = view[os.write(fd, view):]


def write_frame(fd, payload):
    """Writes one frame."""
    write_all(fd, LENGTH.pack(len(payload)) + payload)
