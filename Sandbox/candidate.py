"""In the jailed process: executes a candidate's text and answers calls of its function."""

import builtins
import json
import os
import struct
import sys

from . import funsearch, output, values
from .candidate_function import defined_function
from .canonical import normal
from .failure import Failure, described, from_exception, type_name
from .frames import LENGTH, LIMIT, read_frame, write_all, write_frame
from .output import OutputFlood
from .random_state import reseed
from .seccomp import WIRE
from .specification import fresh_names

READER, WRITER = 3, WIRE
TICKET = 8
"""Bytes that a reply must repeat from its call."""
CALL, MAP, EVALUATE, RESEED = 1, 2, 3, 128
VALUE, RAISED, FAILED, FLOOD, UNSENDABLE = 0, 1, 2, 3, 4
SEED = struct.Struct("<Q")
"""Of the random generators, behind the ticket of a call that begins a new input."""


def serve(source, specification, shared):
    """Defines the function, then answers until the evaluator is gone."""
    hidden = () if shared else (specification.run, specification.verify)
    names = fresh_names(specification, hidden)
    if not shared:
        for name in hidden:
            specification.names.pop(name, None)
    if "numpy" not in sys.modules:
        values.send_plain()
    reseed()
    output.allow(specification.limit("output_bytes"))
    try:
        function = defined_function(source, names, specification)
        reply = bytes([VALUE])
    except BaseException as error:
        function = None
        reply = _failed(error)
    read, write, decode = read_frame, write_all, values.decode_first
    write_frame(WRITER, bytes(TICKET) + reply)
    if function is None:
        return
    specification.names[specification.evolve] = function
    while True:
        frame = read(READER)
        if frame is None:
            return
        kind, at = frame[0], 1 + TICKET
        if kind & RESEED:
            reseed(*SEED.unpack_from(frame, at))
            at += SEED.size
            output.allow(specification.limit("output_bytes"))
        arguments, rest = decode(memoryview(frame)[at:])
        reply = _answered(kind & 127, function, arguments, rest, specification)
        write(WRITER, LENGTH.pack(TICKET + len(reply)) + frame[1:1 + TICKET] + reply)


def _answered(kind, function, arguments, rest, specification):
    try:
        if kind == CALL:
            positional, named = arguments
            result = function(*positional, **named)
        elif kind == MAP:
            fixed, unpack = arguments
            # Not `funsearch.map`: a candidate's object may say that it has a way of its own.
            result = funsearch.one_by_one(function, values.items(rest), fixed, unpack)
        else:
            result = _evaluated(specification, arguments)
        parts = [b"\0"]
        values.put(result, parts.append)
        reply = b"".join(parts)
        if len(reply) > LIMIT - TICKET:
            raise values.Unsendable("a value of %d bytes" % (len(reply) - 1))
        return reply
    except values.Unsendable as error:
        return bytes([UNSENDABLE]) + values.encode(str(error))
    except BaseException as error:
        return _failed(error)


def _evaluated(specification, text):
    """The shared lane: the whole evaluation of one input, here."""
    result = specification.names[specification.run](json.loads(text))
    if isinstance(result, funsearch.Result):
        behaviour = None if result.behaviour is None else normal(result.behaviour, "behaviour")
        return result.score, normal(result.artifact), behaviour, result.metrics, result.feedback
    return result, None, None, None, None


def _failed(error):
    """An exception as text: what it is called, what it says, and where the candidate raised it."""
    if isinstance(error, OutputFlood):
        return bytes([FLOOD])
    failure = from_exception(error)
    if failure.kind == "memory":
        return bytes([RAISED]) + values.encode(("MemoryError", "", failure.line))
    if isinstance(error, Failure):
        return bytes([FAILED]) + values.encode((error.kind, error.message, error.line))
    if failure.kind == "syntax":
        return bytes([FAILED]) + values.encode((failure.kind, failure.message, failure.line))
    name = type_name(error)
    known = getattr(builtins, name, None) is type(error)
    text = described(error)[len(name):].partition(": ")[2]
    return bytes([RAISED]) + values.encode((name if known else "=" + name, text, failure.line))
