"""The evaluator's loop: one request, one reply, in order."""

import json

from . import describe
from .evaluate import Evaluator
from .failure import Failure, described
from .frames import LIMIT, read_frame, write_frame

RECYCLE = 10
"""The exit status that asks the zygote for a fresh evaluator."""


def serve(reader, writer, notebook, split=None):
    """Answers requests until the stream ends (status 0) or the process is worn out (`RECYCLE`)."""
    evaluator = Evaluator(split)
    evaluator.prepare()
    operations = {"describe": describe.describe, "parse": describe.parse, "compare": describe.compare,
                  "keep": describe.keep,
                  "load": evaluator.load, "inputs": evaluator.inputs, "trace": evaluator.trace,
                  "evaluate": evaluator.evaluate, "verify": evaluator.verify, "view": evaluator.view,
                  "extract": _Extraction(evaluator.stopwatch)}
    restored = notebook.load_request()
    if restored is not None:
        try:
            evaluator.load(json.loads(restored))
        except Failure:
            evaluator.specification = None
    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
    while True:
        payload = read_frame(reader)
        if payload is None:
            return 0
        reply = _answer(operations, payload, notebook)
        data = _written(reply, encode)
        notebook.replying()
        write_frame(writer, data)
        notebook.idle()
        if evaluator.dirty:
            return RECYCLE


class _Extraction:
    """The request `extract`, whose modules are loaded when it first comes: most workers never get one."""

    def __init__(self, stopwatch):
        self._stopwatch = stopwatch
        self._reader = None

    def __call__(self, request):
        if self._reader is None:
            from . import reply

            self._reader = reply.Reader(self._stopwatch)
        return self._reader.extract(request)


def _written(reply, encode):
    """The bytes of a reply, or of a failure where it is too long or holds what JSON does not have."""
    try:
        data = encode(reply).encode("ascii")
        if len(data) <= LIMIT:
            return data
        why = "it is %d bytes long, and may be %d" % (len(data), LIMIT)
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        why = described(error)
    failure = Failure("invalid score", "the result cannot be written: " + why)
    if "outcome" not in reply:
        return encode(failure.error()).encode("ascii")
    return encode({"id": reply["id"], "outcome": "failed", "kind": failure.kind, "message": failure.message,
                   "line": None, "input": None, "limit": None}).encode("ascii")


def _answer(operations, payload, notebook):
    try:
        request = json.loads(payload.decode("utf-8"))
        operation = operations[request["op"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return Failure("exception", "the request cannot be understood: " + described(error)).error()
    notebook.working(request)
    try:
        reply = operation(request)
        if request["op"] == "load":
            notebook.keep_load(payload)
        return reply
    except Failure as failure:
        return failure.error()
    except Exception as error:
        return Failure("exception", "the request cannot be served: " + described(error)).error()
