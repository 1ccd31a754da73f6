"""Starts workers for the tests and talks to them."""

import json
import os
import subprocess
import sys

from pathlib import Path

SANDBOX = Path(__file__).resolve().parent.parent
ENVIRONMENT = {"PYTHONHASHSEED": "1", "PYTHONSAFEPATH": "1", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}


class Worker:
    """A worker process; a context manager that ends it."""

    def __init__(self, python=sys.executable, prefix=(), hash_seed=1, **options):
        self.options = dict({"isolation": "none", "namespaces": "no"}, **options)
        command = [*prefix, python, "-s", "-B", "-W", "ignore", str(SANDBOX / "worker.py"),
                   json.dumps(self.options)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(ENVIRONMENT, PYTHONHASHSEED=str(hash_seed)))
        self.greeting = self.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, **request):
        """Writes one request."""
        data = json.dumps(request).encode("utf-8")
        self._process.stdin.write(len(data).to_bytes(4, "little") + data)
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

    def close(self):
        """Ends the input and waits; gives the exit status."""
        if self._process.poll() is None:
            self._process.stdin.close()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self.errors = self._process.stderr.read().decode()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            pipe.close()
        return self._process.returncode
