"""The CPU time and memory of a process and all that it starts, seen from outside.

Two accounts are kept. *Reaped* is what the system adds up when a parent waits for its children; it misses
those that nobody waits for, such as the processes of a sandbox that is killed as a whole. *Watched* looks at
every descendant's CPU clock 20 times a second; it misses what a process did after the last look.
"""

import ctypes
import os
import resource
import subprocess
import threading
import time
from typing import NamedTuple

PR_SET_CHILD_SUBREAPER = 36
LOOK_EVERY_SECONDS = 0.05


class Usage(NamedTuple):
    """What one command took."""

    output: str
    wall_seconds: float
    reaped_seconds: float
    watched_seconds: float
    own_seconds: float  # watched, of the command's own process
    peak_bytes: int  # resident, of the command's own process

    @property
    def cpu_seconds(self):
        """CPU time of all its processes: each account can only miss something."""
        return max(self.reaped_seconds, self.watched_seconds)


def adopt_orphans():
    """Makes processes whose parent has died children of this one, so that their time is reaped here."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(command, on_look=None, environment=None):
    """Runs `command` to its end; its standard output must not be large.

    `on_look` is called with the CPU seconds of the command's own process at every look.
    """
    before, began = reaped(), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    watcher = Watcher(process.pid, on_look)
    output, errors = process.communicate()
    wall = time.monotonic() - began
    watcher.finish()
    reap_orphans()
    if process.returncode:
        raise RuntimeError(f"`{os.path.basename(command[0])} {command[1]} …` ended with status "
                           f"{process.returncode}: " + errors.decode(errors="replace").strip()[-500:])
    return Usage(output.decode(), wall, reaped() - before, sum(watcher.seconds.values()),
                 watcher.seconds.get(process.pid, 0.0), watcher.peak_bytes)


def reaped():
    """CPU seconds of the children that were waited for, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def reap_orphans():
    """Waits, up to two seconds, for processes that were left behind."""
    end = time.monotonic() + 2
    try:
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
    except ChildProcessError:
        pass


class Watcher:
    """A thread that looks at a process and its descendants until the process ends."""

    def __init__(self, root, on_look):
        self.seconds = {}
        self.peak_bytes = 0
        self._root = root
        self._on_look = on_look
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def finish(self):
        self._done.set()
        self._thread.join()

    def _watch(self):
        while not self._done.wait(LOOK_EVERY_SECONDS):
            for process in descendants(self._root):
                try:
                    self.seconds[process] = time.clock_gettime((~process << 3) | 2)
                except OSError:
                    continue
            self.peak_bytes = max(self.peak_bytes, peak_bytes(self._root))
            if self._on_look and self._root in self.seconds:
                self._on_look(self.seconds[self._root])


def descendants(root):
    """The numbers of a process and of all under it."""
    found = [root]
    for process in found:
        try:
            threads = os.listdir(f"/proc/{process}/task")
        except OSError:
            continue
        for thread in threads:
            try:
                with open(f"/proc/{process}/task/{thread}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
            except OSError:
                continue
    return found


def peak_bytes(process):
    """The most resident memory the process has had so far."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
