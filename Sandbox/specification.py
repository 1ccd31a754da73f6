"""The loaded specification: its module, the three functions, the inputs and the limits."""

import builtins
import os
import re
import sys
import types

from .failure import Failure, clipped, described, line_in
from .random_state import reseed

NAME = "specification"


class Specification:
    """A specification's module, executed, and what the engine said about it."""

    def __init__(self, request):
        self.path = request.get("path") or "specification.py"
        self.source = request["source"]
        self.evolve = request["evolve"]
        self.run = request["run"]
        self.verify = request.get("verify")
        self.inputs = request.get("inputs") or []
        self.limits = request.get("limits") or {}
        self.trust = request.get("trust")
        self.decorators = request.get("decorators") or []
        self.module = _executed(self.path, request["source"])
        reseed()
        self.names = self.module.__dict__
        for name in (self.evolve, self.run, self.verify):
            if name is not None and not callable(self.names.get(name)):
                raise Failure("exception", "%s: there is no function %s at its top level" % (self.path, name))

    def limit(self, name):
        """One of the limits, or its default."""
        return self.limits.get(name, _DEFAULTS[name])


_DEFAULTS = {"cpu_seconds": 10.0, "wall_seconds": 20.0, "memory_bytes": 1 << 30, "output_bytes": 65536}


def _executed(path, source):
    _forget_workspace()
    module = types.ModuleType(NAME)
    # Where it lies for the worker; in messages it has the path its user knows.
    module.__file__ = os.path.join(os.getcwd(), os.path.basename(path))
    sys.modules[NAME] = module
    try:
        exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    except SyntaxError as error:
        raise Failure("syntax", "%s: %s" % (error.filename, error.msg), error.lineno) from None
    except ModuleNotFoundError as error:
        raise _missing(error, path) from None
    except MemoryError:
        raise Failure("memory", "%s: the memory limit was reached while it was loaded" % path) from None
    except Exception as error:
        line = line_in(error.__traceback__, path)
        raise Failure("exception", "%s:%s: %s" % (path, line, described(error)), line) from None
    return module


def _forget_workspace():
    """Forgets modules of the problem's own folder, so that another problem gets its own."""
    here = os.getcwd() + os.sep
    for name, module in list(sys.modules.items()):
        if name == "funsearch" or name.split(".")[0] == __package__:
            continue
        if (getattr(module, "__file__", None) or "").startswith(here) or name == NAME:
            del sys.modules[name]


_DEBIAN = {"PIL": "python3-pil", "cv2": "python3-opencv"}
_PYPI = {"PIL": "pillow", "yaml": "pyyaml", "sklearn": "scikit-learn", "cv2": "opencv-python"}


def _missing(error, path):
    line = line_in(error.__traceback__, path)
    name = error.name or "?"
    top = name.split(".")[0]
    message = "%s:%s: no module named %s for %s" % (path, line, name, sys.executable)
    if re.fullmatch(r"[A-Za-z0-9_]+", top):
        message += "; install it with `%s -m pip install %s`" % (sys.executable, _PYPI.get(top, top))
        if sys.platform == "linux" and sys.prefix == "/usr":
            message += ", or with the system's packages: `apt-get install %s`" % (
                _DEBIAN.get(top, "python3-" + top.replace("_", "-")))
        message += "; a module of the problem's own must stand beside its specification"
    return Failure("missing module", clipped(message), line)


def fresh_names(specification, hidden=()):
    """A namespace for a candidate: the specification's names, less those hidden from it."""
    names = specification.names.copy()
    for name in hidden:
        names.pop(name, None)
    names["__builtins__"] = builtins
    return names
