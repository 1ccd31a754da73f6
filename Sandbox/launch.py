"""The bubblewrap command line of a worker, as PROTOCOL.md ("Start") gives it; used by the tests."""

import json
import os
import shutil
import sys

ENVIRONMENT = {"PYTHONHASHSEED": "1", "PYTHONSAFEPATH": "1", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
INSIDE_SANDBOX, INSIDE_PROBLEM = "/sandbox", "/problem"
UID = 61234


def interpreter(python=sys.executable):
    """The interpreter itself and its prefix, past the links of a virtual environment's folder."""
    real = os.path.realpath(python)
    return real, os.path.dirname(os.path.dirname(real))


def plain(python, sandbox, options):
    """The command line of a worker that isolates itself."""
    return [interpreter(python)[0], "-s", "-S", "-B", "-W", "ignore", os.path.join(sandbox, "worker.py"),
            json.dumps(options)]


def bubblewrap(python, sandbox, workspace=None, options=None, as_root=None):
    """The command line of a worker within bubblewrap, or None where that is not installed."""
    program = shutil.which("bwrap")
    if program is None:
        return None
    as_root = os.getuid() == 0 if as_root is None else as_root
    python, prefix = interpreter(python)
    options = {"isolation": "auto", **(options or {}), "namespaces": "bwrap"}
    command = [program, "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net",
               "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox"]
    if as_root:
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        options.setdefault("uid", UID)
    else:
        command += ["--unshare-user", "--disable-userns"]
    command += ["--ro-bind", "/usr", "/usr"]
    for name in ("lib", "lib32", "lib64", "libx32", "bin"):
        if os.path.islink("/" + name):
            command += ["--symlink", os.readlink("/" + name), "/" + name]
        elif os.path.isdir("/" + name):
            command += ["--ro-bind", "/" + name, "/" + name]
    command += ["--perms", "0755", "--dir", "/etc", "--perms", "0755", "--dir", "/dev",
                "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
                "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
                "--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom"]
    if not (prefix + "/").startswith("/usr/"):
        for parent in _parents(prefix):
            command += ["--perms", "0755", "--dir", parent]
        command += ["--ro-bind", prefix, prefix]
    command += ["--ro-bind", sandbox, INSIDE_SANDBOX]
    if workspace:
        command += ["--ro-bind", workspace, INSIDE_PROBLEM, "--chdir", INSIDE_PROBLEM]
        options["workspace"] = INSIDE_PROBLEM
    command += ["--remount-ro", "/", python, "-s", "-S", "-B", "-W", "ignore", INSIDE_SANDBOX + "/worker.py"]
    return command + [json.dumps(options)]


def _parents(path):
    parents = []
    path = os.path.dirname(path)
    while path != "/":
        parents.append(path)
        path = os.path.dirname(path)
    return reversed(parents)
