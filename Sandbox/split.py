"""The evaluator's side of the split and shared lanes: a candidate in another process, as a function."""

import json
import os
import socket
import struct

from . import candidate, channel, funsearch
from .failure import Failure
from .limits import Expired
from .nursery import ENDED
from .death import death, was_killed
from .proxy import Proxy

_LOADING_SECONDS = 60


class Killed(Failure):
    """A process of the candidate's was killed from outside, as far as can be told."""


class Split:
    """Starts candidates in the nursery and scores inputs with them."""

    def __init__(self, control):
        self._control = control
        self._nursery = None
        self._loaded = None

    def evaluate(self, evaluator, specification, run, shared):
        """Scores the inputs with the candidate in a process of its own."""
        self._load(evaluator, specification)
        proxy = Proxy(specification.evolve)
        count = max(run.count(specification), 1)
        cpu_seconds = int(specification.limit("cpu_seconds") * count) + 2
        pid = self._start(run.source, shared, cpu_seconds, proxy)
        problem = None
        try:
            evaluator.limited(specification, proxy.defined, other=pid, lane=proxy)
            if shared:
                _run_shared(evaluator, specification, run, proxy, pid)
            else:
                function = proxy.function(evaluator.columns.noticed)
                evaluator.run_inputs(specification, run, function, other=pid, lane=proxy)
        except Failure as failure:
            problem = failure
        finally:
            status, cpu_time, clean = self._end(proxy)
            run.other_cpu += cpu_time
        if not clean:
            self._loaded = None
            raise Failure("forbidden", "the candidate left another process behind")
        if problem is not None:
            raise _explained(problem, proxy, status, cpu_time, specification)
        if proxy.leftover:
            raise Failure("forged", "the candidate's process wrote more than it was asked for")

    def _load(self, evaluator, specification):
        """Has the specification's module executed in the nursery, without its inputs."""
        if self._loaded is specification:
            return
        self._connect(b"nursery" if self._nursery is None else b"fresh nursery")
        request = {"path": specification.path, "source": specification.source, "evolve": specification.evolve,
                   "run": specification.run, "verify": specification.verify, "limits": specification.limits,
                   "decorators": specification.decorators}
        try:
            evaluator.stopwatch.start(_LOADING_SECONDS, _LOADING_SECONDS)
            try:
                reply = self._ask(b"L" + json.dumps(request, sort_keys=True).encode())
            finally:
                evaluator.stopwatch.stop()
        except Expired:
            self._connect(b"fresh nursery")
            raise Failure("crash", "the specification did not load within %d s beside the candidate"
                          % _LOADING_SECONDS) from None
        error = json.loads(reply).get("error")
        if error:
            raise Failure("crash", "the specification does not load beside the candidate: %s"
                          % error["message"])
        self._loaded = specification

    def _connect(self, message):
        if self._nursery is not None:
            self._nursery.close()
        self._loaded = None
        channel.send(self._control, message)
        _, (descriptor,) = channel.receive(self._control)
        self._nursery = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, descriptor)

    def _ask(self, payload, descriptors=()):
        try:
            channel.send(self._nursery, payload, descriptors)
            reply, _ = channel.receive(self._nursery)
        except OSError:
            reply = None
        if reply is None:
            self._loaded = None
            raise Killed("crash", "the candidate's parent process is gone")
        return reply

    def _start(self, source, shared, cpu_seconds, proxy):
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        proxy.connect(ours_in, ours_out)
        try:
            reply = self._ask(
                b"S" + bytes([shared]) + min(cpu_seconds, 1 << 30).to_bytes(4, "little")
                + source.encode("utf-8", "surrogatepass"), (theirs_in, theirs_out))
        except BaseException:
            proxy.disconnect()
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return struct.unpack("<i", reply)[0]

    def _end(self, proxy):
        try:
            status, cpu_time, _, clean = ENDED.unpack(self._ask(b"E"))
        finally:
            proxy.disconnect()
        return status, cpu_time, clean


def _run_shared(evaluator, specification, run, proxy, pid):
    for value, seed in run.turns(specification):
        proxy.fresh = seed
        parts = evaluator.limited(specification, proxy.ask, candidate.EVALUATE, json.dumps(value),
                                  other=pid, lane=proxy)
        if type(parts) is not tuple or len(parts) != 5:
            raise Failure("forged", "the candidate's process did not send a result")
        run.add(funsearch.Result(*parts), value)


def _explained(problem, proxy, status, cpu_time, specification):
    """The failure, told by how the candidate's process ended where that says more."""
    if not proxy.ended:
        return problem
    kind, message, limit = death(status)
    if kind == "crash" and cpu_time >= (specification.limit("cpu_seconds") - 0.1) * 1e9:
        kind, message, limit = "timeout", "the limit of CPU time was reached", "cpu"
    if kind == "crash" and was_killed(status):
        return Killed(kind, message)
    return Failure(kind, message, None, limit)
