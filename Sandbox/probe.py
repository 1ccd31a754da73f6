"""What this machine can do, for `doctor`: starts a worker each way and prints what it says, as JSON."""

import json
import os
import platform
import shutil
import subprocess
import sys
import types

_SECONDS = 30


def _package():
    package = types.ModuleType("sandbox")
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    sys.modules["sandbox"] = package


def main():
    """Prints the findings; `workspace` may be given as the first argument."""
    _package()
    workspace = sys.argv[1] if len(sys.argv) > 1 else None
    print(json.dumps(findings(workspace)))


def findings(workspace=None):
    """Interpreter, kernel facilities, and the level each way of starting reaches."""
    from sandbox import landlock, launch, seccomp

    here = os.path.dirname(os.path.abspath(__file__))
    options = {"isolation": "auto", "uid": launch.UID}
    if workspace:
        options["workspace"] = workspace
    ways = {
        "bubblewrap": launch.bubblewrap(sys.executable, here, workspace),
        "own namespaces": launch.plain(sys.executable, here, dict(options, namespaces="try")),
        "kernel": launch.plain(sys.executable, here, dict(options, namespaces="no")),
    }
    starts = {name: _greeting(command, launch.ENVIRONMENT) for name, command in ways.items()}
    return {
        "python": platform.python_version(), "executable": sys.executable, "prefix": sys.prefix,
        "machine": platform.machine(), "system": platform.system(), "kernel": platform.release(),
        "uid": os.getuid() if hasattr(os, "getuid") else None,
        "landlock": landlock.version(), "seccomp": seccomp.supported(), "bwrap": shutil.which("bwrap"),
        "starts": starts, "level": max(start["level"] for start in starts.values()),
        "hints": list(_hints(starts)),
    }


def _greeting(command, environment):
    """Level, layers and message of a worker started so, with nothing to do."""
    if command is None:
        return {"level": 0, "layers": [], "message": "bubblewrap is not installed"}
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=environment, timeout=_SECONDS, check=False)
        greeting = json.loads(done.stdout[4:])
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        text = done.stderr.decode("utf-8", "replace").strip() if isinstance(error, ValueError) else str(error)
        return {"level": 0, "layers": [], "message": text or "the worker said nothing"}
    return {"level": greeting.get("level", 0), "layers": greeting.get("layers", []),
            "message": greeting.get("message")}


def _hints(starts):
    message = starts["bubblewrap"]["message"] or ""
    if "not installed" in message:
        yield "install bubblewrap for level 3, for instance with `apt-get install bubblewrap`"
    elif "uid map" in message or "RTM_NEWADDR" in message:
        yield "AppArmor keeps user namespaces from bubblewrap; allow them for /usr/bin/bwrap in a profile"
    elif "namespace failed" in message:
        yield "the kernel or the container forbids namespaces; level 2 is what can be had here"


if __name__ == "__main__":
    main()
