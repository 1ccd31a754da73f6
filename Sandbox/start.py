"""From the options to a serving worker."""

import fcntl
import json
import os
import platform
import re
import sys

from . import funsearch, self_test
from .frames import write_frame
from .isolation import Kernel, Limits, Refusal
from .notebook import Notebook
from .zygote import Zygote

_FIRST_FREE = 10


def start(text):
    """Starts with the options in `text` (JSON); gives the exit status."""
    reader, writer = _move_stream()
    try:
        options = _options(text)
        isolation = _isolation(options)
        numpy = _numpy_version()
        isolation.enter()
        workspace = options.get("workspace")
        if workspace:
            os.chdir(workspace)
            sys.path.insert(0, workspace)
        notebook = Notebook()
        _harden(isolation)
    except (Refusal, OSError) as error:
        _send(writer, {"event": "refused", "message": str(error)})
        return 3
    sys.modules["funsearch"] = funsearch
    _send(writer, _greeting(isolation, numpy))
    _empty_environment()
    return Zygote(reader, writer, isolation, notebook).run()


def _empty_environment():
    """Leaves nothing to be read, and numerical libraries told to start no threads: none may be started."""
    os.environ.clear()
    for library in ("OPENBLAS", "OMP", "MKL", "BLIS"):
        os.putenv(library + "_NUM_THREADS", "1")


def _isolation(options):
    wanted = options.get("isolation", "auto")
    if wanted == "none":
        return Limits()
    if wanted != "auto":
        raise Refusal('there is no isolation %r; use "auto" or "none"' % (wanted,))
    return Kernel(options)


def _harden(isolation):
    """The last layer, and the proof that all of them hold."""
    if isolation.level < 2:
        return
    isolation.filter()
    leaks = self_test.leaks(isolation.candidate)
    if leaks:
        raise Refusal("the sandbox does not hold on this machine: it allows %s" % ", ".join(leaks))


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


def _greeting(isolation, numpy):
    seed = os.environ.get("PYTHONHASHSEED", "")
    return {"event": "ready", "protocol": 1, "python": platform.python_version(),
            "implementation": sys.implementation.name, "numpy": numpy, "level": isolation.level,
            "layers": list(isolation.layers), "uid": os.getuid(),
            "hash_seed": int(seed) if seed.isdigit() else None}


def _numpy_version():
    """The version of numpy, read from its files: loading it takes far longer than starting does."""
    for folder in sys.path:
        try:
            with open(os.path.join(folder, "numpy", "version.py"), encoding="utf-8") as file:
                found = re.search(r"version\s*=\s*['\"](\d[^'\"+]*)", file.read())
        except OSError:
            continue
        return found.group(1) if found else "unknown"
    return None


def _send(writer, message):
    write_frame(writer, json.dumps(message).encode("ascii"))
