"""The zygote: forks evaluators, replaces them when they are worn out, answers for those that die."""

import json
import os
import signal

from . import notebook as notes
from .frames import write_frame
from .serve import RECYCLE, serve

_RESTARTS_WITHOUT_REPLY = 3


def run(reader, writer, prepare_child=lambda: None):
    """Serves the stream until it ends; gives the exit status of the worker."""
    notebook = notes.Notebook()
    fruitless = 0
    while True:
        evaluator = os.fork()
        if evaluator == 0:
            _evaluate(reader, writer, notebook, prepare_child)
        _, status = os.waitpid(evaluator, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
            return 0
        state, identity, evaluating = notebook.current()
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == RECYCLE:
            fruitless = 0
        elif state == notes.WORKING:
            write_frame(writer, _obituary(status, identity, evaluating))
            notebook.idle()
            fruitless = 0
        else:
            fruitless += 1
            if state == notes.REPLYING or fruitless >= _RESTARTS_WITHOUT_REPLY:
                return 4


def _evaluate(reader, writer, notebook, prepare_child):
    status = 5
    try:
        prepare_child()
        status = serve(reader, writer, notebook)
    finally:
        os._exit(status)


def _obituary(status, identity, evaluating):
    """The reply in place of an evaluator that died at work."""
    kind, message, limit = death(status)
    if evaluating:
        reply = {"id": identity, "outcome": "failed", "kind": kind, "message": message, "line": None,
                 "input": None, "limit": limit, "cpu_microseconds": 0, "wall_microseconds": 0}
    else:
        reply = {"error": {"kind": kind, "message": message, "line": None}}
    return json.dumps(reply, separators=(",", ":")).encode("ascii")


def death(status):
    """Kind, message and limit of the failure that an exit status stands for."""
    if not os.WIFSIGNALED(status):
        return "crash", "the process ended itself with status %d" % os.WEXITSTATUS(status), None
    number = os.WTERMSIG(status)
    name = signal.Signals(number).name if number in set(signal.Signals) else "signal %d" % number
    if number == signal.SIGXCPU:
        return "timeout", "the limit of CPU time was reached within one operation", "cpu"
    if number == signal.SIGSYS:
        return "forbidden", "a system call was made that the sandbox forbids", None
    return "crash", "the process was ended by %s" % name, None
