"""From the options to a serving worker."""

import fcntl
import json
import os
import platform
import sys

from . import funsearch
from .frames import write_frame
from .zygote import Isolation, Zygote

_FIRST_FREE = 10


def start(text):
    """Starts with the options in `text` (JSON); gives the exit status."""
    reader, writer = _move_stream()
    try:
        options = _options(text)
        level, layers, isolation = 0, [], Isolation()
        workspace = options.get("workspace")
        if workspace:
            os.chdir(workspace)
            sys.path.insert(0, workspace)
    except (Refusal, OSError) as error:
        _send(writer, {"event": "refused", "message": str(error)})
        return 3
    sys.modules["funsearch"] = funsearch
    greeting = _greeting(level, layers)
    os.environ.clear()
    _send(writer, greeting)
    return Zygote(reader, writer, isolation).run()


class Refusal(Exception):
    """The worker cannot be what the options ask for."""


def _move_stream():
    """Moves descriptors 0 and 1 out of reach of everything that prints or reads by habit."""
    reader = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE)
    writer = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1):
        os.dup2(null, fd)
    if null > 2:
        os.close(null)
    return reader, writer


def _options(text):
    try:
        options = json.loads(text)
    except ValueError as error:
        raise Refusal("the options are not JSON: %s" % error) from None
    if type(options) is not dict:
        raise Refusal("the options are not a JSON object")
    return options


def _greeting(level, layers):
    seed = os.environ.get("PYTHONHASHSEED", "")
    return {"event": "ready", "protocol": 1, "python": platform.python_version(),
            "implementation": sys.implementation.name, "numpy": _numpy_version(), "level": level,
            "layers": layers, "hash_seed": int(seed) if seed.isdigit() else None}


def _numpy_version():
    """The version of numpy, read without loading it."""
    from importlib import metadata

    try:
        return metadata.version("numpy")
    except metadata.PackageNotFoundError:
        return None


def _send(writer, message):
    write_frame(writer, json.dumps(message).encode("ascii"))
