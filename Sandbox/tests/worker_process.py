"""Starts workers for the tests and talks to them."""

import json
import os
import subprocess
import sys
import types

from pathlib import Path

SANDBOX = Path(__file__).resolve().parent.parent
if "sandbox" not in sys.modules:
    package = types.ModuleType("sandbox")
    package.__path__ = [str(SANDBOX)]
    sys.modules["sandbox"] = package

from sandbox import launch  # noqa: E402


class Worker:
    """A worker process; a context manager that ends it."""

    def __init__(self, python=sys.executable, hash_seed=1, user=None, bwrap=False, workspace=None, **options):
        options.setdefault("isolation", "none")
        options.setdefault("namespaces", "no")
        if bwrap:
            command = launch.bubblewrap(
                python, str(SANDBOX), workspace, options, as_root=not (user or os.getuid())
            )
        else:
            if workspace:
                options["workspace"] = workspace
            command = launch.plain(python, str(SANDBOX), options)
        self.command = command
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(launch.ENVIRONMENT, PYTHONHASHSEED=str(hash_seed)),
            cwd="/",
            bufsize=-1,
            **({"user": user, "group": user, "extra_groups": []} if user else {})
        )
        self.greeting = self.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, **request):
        """Writes one request."""
        self.send_frame(json.dumps(request).encode("utf-8", "surrogatepass"))

    def send_frame(self, payload):
        """Writes one frame, whatever is in it."""
        self.send_bytes(len(payload).to_bytes(4, "little") + payload)

    def send_bytes(self, data):
        """Writes bytes as they are."""
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def read(self):
        """Reads one reply, or None at the end of the stream."""
        head = self._process.stdout.read(4)
        if len(head) < 4:
            return None
        return json.loads(self._process.stdout.read(int.from_bytes(head, "little")))

    def ask(self, op, **request):
        """One request and its reply."""
        self.send(op=op, **request)
        return self.read()

    @property
    def number(self):
        """The number of the process that was started."""
        return self._process.pid

    def descendants(self):
        """Numbers of the processes whose parents lead to the one that was started."""
        parents = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
            except OSError:
                pass
        found = {self._process.pid}
        while True:
            more = {pid for pid, parent in parents.items() if parent in found} - found
            if not more:
                return sorted(found - {self._process.pid})
            found |= more

    def end_input(self):
        """Lets the worker come to its end; what it says then can be read."""
        self._process.stdin.close()

    def close(self):
        """Ends the input and waits; gives the exit status."""
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if not self._process.stderr.closed:
            self.errors = self._process.stderr.read().decode()
            self._process.stdout.close()
            self._process.stderr.close()
        return self._process.returncode
