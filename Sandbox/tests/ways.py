"""The ways in which a worker can be isolated here, and why some cannot be tried."""

import os
import shutil
import sys

SYSTEM_PYTHON = "/usr/bin/python3" if os.access("/usr/bin/python3", os.X_OK) else sys.executable
_NOBODY = 65534


def ways():
    """(name, options of `Worker`, why it cannot be tried or None)."""
    root, bwrap = os.getuid() == 0, shutil.which("bwrap")
    no_root = None if root else "only root can become another user"
    no_bwrap = None if bwrap else "bubblewrap is not installed"
    yield "kernel", {"isolation": "auto", "uid": 61234, "python": SYSTEM_PYTHON}, None
    yield "bubblewrap", {"isolation": "auto", "bwrap": True, "python": SYSTEM_PYTHON}, no_bwrap
    yield "own namespaces", {"isolation": "auto", "uid": 61234, "namespaces": "try",
                             "python": SYSTEM_PYTHON}, None
    yield "kernel, ordinary user", {"isolation": "auto", "user": _NOBODY, "python": SYSTEM_PYTHON}, no_root
    yield "own namespaces, ordinary user", {"isolation": "auto", "user": _NOBODY, "namespaces": "try",
                                            "python": SYSTEM_PYTHON}, no_root
    yield "bubblewrap, ordinary user", {"isolation": "auto", "user": _NOBODY, "bwrap": True,
                                        "python": SYSTEM_PYTHON}, no_root or no_bwrap
