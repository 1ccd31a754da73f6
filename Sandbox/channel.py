"""Messages with file descriptors between the worker's own processes, over a pair of sockets."""

import array
import socket
import struct

_HEAD = struct.Struct("<I")
_MOST = 4


def pair():
    """Two connected ends."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)


def send(end, payload=b"", descriptors=()):
    """Sends one message."""
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    end.sendmsg([_HEAD.pack(len(payload))], rights)
    if payload:
        end.sendall(payload)


def receive(end):
    """The next message and its descriptors, or (None, []) once the other end is closed."""
    size = array.array("i").itemsize
    head, ancillary, _, _ = end.recvmsg(_HEAD.size, socket.CMSG_SPACE(_MOST * size))
    descriptors = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data[:len(data) - len(data) % size])
    if len(head) < _HEAD.size:
        return None, []
    payload = bytearray()
    (left,) = _HEAD.unpack(head)
    while left:
        part = end.recv(left)
        if not part:
            return None, []
        payload += part
        left -= len(part)
    return bytes(payload), list(descriptors)
