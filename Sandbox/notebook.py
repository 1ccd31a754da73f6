"""What the evaluator leaves for the zygote and for its own successor.

A shared page tells which request is being worked on, so that the zygote can answer it when the evaluator
dies; an unnamed file keeps the last `load`, which the zygote itself never reads: what it does not hold, no
candidate forked after it can find in its memory.
"""

import mmap
import os
import struct

IDLE, WORKING, REPLYING = 0, 1, 2
_PAGE = struct.Struct("<qqqq")
_SIZE = struct.Struct("<q")


class Notebook:
    """One per worker, made before the first fork."""

    def __init__(self):
        self._page = mmap.mmap(-1, 4096)
        self._file = _unnamed_file()

    def working(self, request):
        """Marks a request as begun."""
        identity = request.get("id")
        known = type(identity) is int and -(1 << 62) < identity < 1 << 62
        _PAGE.pack_into(self._page, 0, WORKING, identity if known else 0, known, request["op"] == "evaluate")

    def replying(self):
        """Marks its reply as begun: from here on nobody else may answer it."""
        _PAGE.pack_into(self._page, 0, REPLYING, 0, 0, 0)

    def idle(self):
        """Marks its reply as written."""
        _PAGE.pack_into(self._page, 0, IDLE, 0, 0, 0)

    def current(self):
        """The state, the identity of the request in work (or None), and whether it is an `evaluate`."""
        state, identity, known, evaluating = _PAGE.unpack_from(self._page, 0)
        return state, identity if known else None, bool(evaluating)

    def keep_load(self, payload):
        """Keeps the `load` request that succeeded last."""
        os.pwrite(self._file, _SIZE.pack(0), 0)
        view, at = memoryview(payload), 8
        while view:
            written = os.pwrite(self._file, view, at)
            view, at = view[written:], at + written
        os.pwrite(self._file, _SIZE.pack(len(payload)), 0)

    def load_request(self):
        """The `load` request kept last, or None."""
        head = os.pread(self._file, 8, 0)
        size = _SIZE.unpack(head)[0] if len(head) == 8 else 0
        parts, at = [], 8
        while size:
            part = os.pread(self._file, size, at)
            if not part:
                return None
            parts.append(part)
            size, at = size - len(part), at + len(part)
        return b"".join(parts) or None

    def close(self):
        """Lets go of both, in a process that must not read them."""
        self._page.close()
        os.close(self._file)


def _unnamed_file():
    if hasattr(os, "memfd_create"):
        return os.memfd_create("load", os.MFD_CLOEXEC)
    import tempfile  # loads much that is not needed otherwise

    fd, path = tempfile.mkstemp()
    os.unlink(path)
    return fd
