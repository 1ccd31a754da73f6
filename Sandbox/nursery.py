"""The nursery: holds the specification's module without any input, and forks candidates from it."""

import fcntl
import gc
import json
import os
import signal
import socket
import struct

from . import candidate, channel, limits, output, readings
from .failure import Failure
from .limits import address_space
from .specification import Specification

ENDED = struct.Struct("<iqqB")
"""Exit status, CPU nanoseconds, peak kilobytes, and whether no process is left."""


_PLACES = [candidate.READER, candidate.WRITER]
"""Of a candidate's descriptors, free until one is forked; so that is where they mostly arrive."""
_OUT_OF_THE_WAY = 20
_UNEXPECTED = 70


def tend(end, jail):
    """Answers the evaluator's messages until it closes its end; `jail` isolates a candidate's process."""
    output.swallow()
    # What is printed below Python must not reach the engine, and 3 and 4 are for candidates' descriptors.
    os.dup2(1, 2)
    moved = fcntl.fcntl(end.detach(), fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, moved)
    nursery = _Nursery(jail)
    while True:
        payload, descriptors = channel.receive(end)
        if payload is None:
            nursery.end()
            return
        channel.send(end, nursery.answer(payload, descriptors))


class _Nursery:
    def __init__(self, jail):
        self._jail = jail
        self._loaded = None
        self._specification = None
        self._base = 0
        self._child = None

    def answer(self, payload, descriptors):
        operation = payload[:1]
        if operation == b"L":
            return self._load(payload[1:])
        if operation == b"S":
            return self._start(payload[1:], descriptors)
        return self.end()

    def _load(self, payload):
        """Executes the module; the same load again costs nothing."""
        self.end()
        if payload == self._loaded:
            return b"{}"
        output.allow(1 << 30)
        try:
            self._specification = Specification(json.loads(payload))
        except Failure as failure:
            return json.dumps(failure.error()).encode()
        self._loaded = payload
        limits.jail_for_good()
        readings.watch()
        gc.collect()
        gc.freeze()
        self._base = address_space()
        return b"{}"

    def _start(self, payload, descriptors):
        shared, cpu_seconds = payload[0] == 1, int.from_bytes(payload[1:5], "little")
        if descriptors != _PLACES:
            for place, fd in zip(_PLACES, self._kept_away(descriptors)):
                os.dup2(fd, place, False)
                os.close(fd)
        gc.disable()
        child = os.fork()
        if child == 0:
            status = _UNEXPECTED
            try:
                self._become_candidate(payload[5:], shared, cpu_seconds)
                status = 0
            finally:
                os._exit(status)
        gc.enable()
        os.close(candidate.READER)
        os.close(candidate.WRITER)
        self._child = child
        return struct.pack("<i", child)

    @staticmethod
    def _kept_away(descriptors):
        """The same descriptors under numbers that are in nobody's way."""
        away = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY) for fd in descriptors]
        for fd in descriptors:
            os.close(fd)
        return away

    def _become_candidate(self, source, shared, cpu_seconds):
        gc.enable()
        specification = self._specification
        self._loaded = None
        os.closerange(candidate.WRITER + 1, 256)
        self._jail(specification.limit("memory_bytes"), self._base, cpu_seconds)
        candidate.serve(source.decode("utf-8", "surrogatepass"), specification, shared)

    def end(self):
        """Kills and reaps the candidate, and proves that nothing of it is left."""
        if self._child is None:
            return ENDED.pack(0, 0, 0, 1)
        child, self._child = self._child, None
        for kill in (os.kill, os.killpg):
            try:
                kill(child, signal.SIGKILL)
            except OSError:
                pass
        _, status, usage = os.wait4(child, 0)
        try:
            clean = os.waitpid(-1, os.WNOHANG) is None
        except ChildProcessError:
            clean = True
        cpu = int((usage.ru_utime + usage.ru_stime) * 1e9)
        return ENDED.pack(status, cpu, usage.ru_maxrss, clean)
