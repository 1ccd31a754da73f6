"""Messages with file descriptors between the worker's own processes, over a pair of sockets."""

import array
import socket
import struct

_HEAD = struct.Struct("<I")
_MOST = 4
_AT_ONCE = 1 << 14
_NUMBERS = array.array("i")
_RIGHTS = socket.CMSG_SPACE(_MOST * _NUMBERS.itemsize)


def pair():
    """Two connected ends."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)


def send(end, payload=b"", descriptors=()):
    """Sends one message."""
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    data = _HEAD.pack(len(payload)) + payload
    sent = end.sendmsg([data], rights)
    if sent < len(data):
        end.sendall(memoryview(data)[sent:])


def receive(end):
    """The next message and its descriptors, or (None, []) once the other end is closed.

    Messages are answered in turn, so no two of them are ever under way to one end.
    """
    data, ancillary, _, _ = end.recvmsg(_AT_ONCE, _RIGHTS)
    descriptors = array.array("i")
    for level, kind, rights in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(rights[:len(rights) - len(rights) % _NUMBERS.itemsize])
    while len(data) < _HEAD.size or len(data) < _HEAD.size + _HEAD.unpack_from(data)[0]:
        part = end.recv(1 << 20)
        if not part:
            return None, []
        data += part
    return data[_HEAD.size:], list(descriptors)
