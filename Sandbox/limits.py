"""Limits on time, memory and the rest, by interval timers and resource limits."""

import contextlib
import math
import mmap
import resource
import signal
import time
from time import monotonic as wall_clock
from time import thread_time as cpu_clock

_INTERVAL = 0.05
_RLIM_INFINITY = resource.RLIM_INFINITY


class Expired(BaseException):
    """The time limit named by `limit` (`cpu` or `wall`) is used up."""

    def __init__(self, limit):
        super().__init__(limit)
        self.limit = limit


class Stopwatch:
    """Limits one evaluation: raises `Expired` from a signal handler.

    It raises again every 50 ms, because code may swallow an exception. A candidate in another process
    is watched through its CPU clock, so that its time counts as ours.
    """

    def __init__(self):
        self.armed = False
        self._cpu_end = self._wall_end = 0.0
        self._other = None
        self._other_start = 0.0
        self._last_second = 0
        # When the timers ring next, on either clock; nobody knows before they are set.
        self._cpu_ring = self._wall_ring = math.inf

    def install(self):
        """Takes the two signals; done once in a process."""
        signal.signal(signal.SIGPROF, self._on_cpu)
        signal.signal(signal.SIGALRM, self._on_wall)

    def start(self, cpu_seconds, wall_seconds, other=None):
        """Arms both timers; `other` is the identity of a process whose CPU time counts too.

        A timer that rings early enough is left as it is: it is set anew when it rings, which spares two
        system calls for each of the many evaluations that end long before.
        """
        cpu, wall = cpu_clock(), wall_clock()
        self._cpu_end = cpu + cpu_seconds
        self._wall_end = wall + wall_seconds
        self._other = None
        if other is not None:
            self.watch(other)
        # The kernel counts this limit in clock ticks, which drift from the exact clock by some per cent.
        last_second = int(self._cpu_end * 1.1) + 3
        if last_second != self._last_second:
            self._last_second = last_second
            limit_cpu(last_second)
        self.armed = True
        if self._cpu_ring > self._cpu_end:
            self._ring_on_cpu(cpu, cpu_seconds)
        soonest = min(wall_seconds, cpu_seconds)
        if self._wall_ring > wall + soonest:
            self._ring_on_wall(wall, soonest)

    def watch(self, process):
        """Counts the CPU time of that process from now on."""
        self._other_start = cpu_time_of(process)
        self._other = process

    def stop(self):
        """Disarms both; the timers themselves stop when they next ring, which spares two system calls."""
        self.armed = False

    def _ring_on_cpu(self, now, seconds):
        self._cpu_ring = now + seconds
        signal.setitimer(signal.ITIMER_PROF, seconds, _INTERVAL)

    def _ring_on_wall(self, now, seconds):
        self._wall_ring = now + seconds
        signal.setitimer(signal.ITIMER_REAL, seconds, _INTERVAL)

    def _on_cpu(self, _signal, _frame):
        if not self.armed:
            self._cpu_ring = math.inf
            signal.setitimer(signal.ITIMER_PROF, 0)
            return
        now = cpu_clock()
        if now >= self._cpu_end - 0.001:
            raise Expired("cpu")
        self._ring_on_cpu(now, self._cpu_end - now)

    def _on_wall(self, _signal, _frame):
        if not self.armed:
            self._wall_ring = math.inf
            signal.setitimer(signal.ITIMER_REAL, 0)
            return
        now = wall_clock()
        left = self._wall_end - now
        if left <= 0:
            raise Expired("wall")
        if self._other is not None:
            used = cpu_time_of(self._other) - self._other_start
            left = min(left, self._cpu_end - cpu_clock() - used)
            if left <= 0:
                raise Expired("cpu")
        self._ring_on_wall(now, max(left, 0.001))


def cpu_time_of(process):
    """CPU seconds that a process has used; zero once it is gone."""
    try:
        return time.clock_gettime((~process << 3) | 2)
    except (OSError, AttributeError):
        return 0.0


def limit_cpu(seconds):
    """Lets the kernel end this process after so many seconds of CPU time in all."""
    _hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if _hard != _RLIM_INFINITY:
        seconds = min(seconds, _hard)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, _hard))


def address_space():
    """Bytes of address space this process has now, found by asking for one page under falling limits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 1 << 46
    try:
        while high - low > 65536:
            middle = (low + high) // 2
            resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
            try:
                mmap.mmap(-1, 4096).close()
                high = middle
            except (OSError, MemoryError):
                low = middle
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high


def limit_memory(memory_bytes, base):
    """Lets the process grow by `memory_bytes` over the address space `base`."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = base + memory_bytes
    if hard != _RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextlib.contextmanager
def raised_memory_limit():
    """Lifts the limit meanwhile; what the process has grown by is added to it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == _RLIM_INFINITY:
        yield
        return
    before = address_space()
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        limit_memory(soft - before, address_space())


def jail_for_good():
    """Those limits of a candidate that its parent may have as well; none of them can be lifted again."""
    for name, value in (("FSIZE", 0), ("NOFILE", 64), ("CORE", 0), ("MSGQUEUE", 0), ("MEMLOCK", 0)):
        number = getattr(resource, "RLIMIT_" + name, None)
        if number is not None:
            _lower(number, value)


def jail(memory_bytes, base, cpu_seconds):
    """The other limits of a candidate's own process."""
    _lower(resource.RLIMIT_AS, base + memory_bytes)
    _lower(resource.RLIMIT_CPU, cpu_seconds)
    if _PROCESSES is not None:
        _lower(_PROCESSES, 0)


_PROCESSES = getattr(resource, "RLIMIT_NPROC", None)


def _lower(number, value):
    hard = resource.getrlimit(number)[1]
    if hard != _RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(number, (value, value))
