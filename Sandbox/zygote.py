"""The zygote: forks evaluators, replaces them when they are worn out, answers for those that die."""

import json
import os
import resource
import signal

from . import channel, nursery
from . import notebook as notes
from .death import death, was_killed
from .frames import write_frame
from .serve import RECYCLE, serve
from .split import Split

_RESTARTS_WITHOUT_REPLY = 3


class Zygote:
    """Owns the stream and the processes; never holds a specification, an input or a candidate."""

    def __init__(self, reader, writer, isolation, notebook):
        self._reader = reader
        self._writer = writer
        self._isolation = isolation
        self._notebook = notebook
        self._nursery = None
        self._nursery_end = None

    def run(self):
        """Serves until the stream ends; gives the exit status of the worker."""
        fruitless = 0
        while True:
            status = self._one_evaluator()
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
                self._end_nursery()
                self._farewell()
                return 0
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == RECYCLE:
                fruitless = 0
                continue
            self._end_nursery()
            state, identity, evaluating = self._notebook.current()
            if state == notes.WORKING and was_killed(status):
                # Not the request's doing: the engine asks another worker; it gives up if that is killed too.
                os.write(2, b"the process that worked on the request was killed\n")
                return 4
            if state == notes.WORKING:
                write_frame(self._writer, _obituary(status, identity, evaluating))
                self._notebook.idle()
                fruitless = 0
                continue
            fruitless += 1
            if state == notes.REPLYING or fruitless >= _RESTARTS_WITHOUT_REPLY:
                return 4

    def _farewell(self):
        """Tells what all processes of this worker used; no namespace's parent can account for it."""
        used = sum(
            usage.ru_utime + usage.ru_stime
            for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        )
        try:
            write_frame(self._writer, json.dumps({"event": "ended", "cpu_seconds": used}).encode("ascii"))
        except OSError:
            pass  # nobody listens any more

    def _one_evaluator(self):
        """Forks an evaluator, gives it nurseries when it asks, and waits for its end."""
        zygote = os.getpid()
        ours, theirs = channel.pair()
        evaluator = os.fork()
        if evaluator == 0:
            status = 5
            try:
                ours.close()
                self._isolation.evaluator(zygote)
                status = serve(self._reader, self._writer, self._notebook, Split(theirs))
            finally:
                os._exit(status)
        theirs.close()
        while True:
            message, _ = channel.receive(ours)
            if message is None:
                break
            if message == b"fresh nursery":
                self._end_nursery()
            self._have_nursery(ours)
            channel.send(ours, b"", (self._nursery_end.fileno(),))
        ours.close()
        return os.waitpid(evaluator, 0)[1]

    def _have_nursery(self, control):
        if self._nursery is not None and os.waitpid(self._nursery, os.WNOHANG) == (0, 0):
            return
        zygote = os.getpid()
        self._nursery_end, theirs = channel.pair()
        self._nursery = os.fork()
        if self._nursery == 0:
            try:
                control.close()
                self._nursery_end.close()
                self._notebook.close()
                os.close(self._reader)
                os.close(self._writer)
                self._isolation.nursery(zygote)
                nursery.tend(theirs, self._isolation.candidate)
            finally:
                os._exit(0)
        theirs.close()

    def _end_nursery(self):
        if self._nursery is not None:
            try:
                os.kill(self._nursery, signal.SIGKILL)
                os.waitpid(self._nursery, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
            self._nursery_end.close()
            self._nursery = self._nursery_end = None


def _obituary(status, identity, evaluating):
    """The reply in place of an evaluator that died at work."""
    kind, message, limit = death(status)
    if evaluating:
        reply = {"id": identity, "outcome": "failed", "kind": kind, "message": message, "line": None,
                 "input": None, "limit": limit, "cpu_microseconds": 0, "wall_microseconds": 0}
    else:
        reply = {"error": {"kind": kind, "message": message, "line": None}}
    return json.dumps(reply, separators=(",", ":")).encode("ascii")
