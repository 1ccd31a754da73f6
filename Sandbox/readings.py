"""Notices, in a nursery and what it forks, that a candidate's own code reads a clock or asks for entropy.

What it would be given is another thing each time, so the reading fails as `nondeterministic` instead. This is
for honest programs: whoever wants to can get round it, and is found out when he is evaluated again.
"""

import os
import sys
import time

from .failure import CANDIDATE, Failure
from .random_state import random

_CLOCKS = ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time",
           "process_time_ns", "thread_time", "thread_time_ns", "clock_gettime", "clock_gettime_ns")
_ENTROPY = ("urandom", "getrandom")
_FAR = 12
_watched = False
_IMPORTING = "<frozen importlib"


def watch():
    """From now on readings are noticed."""
    global _watched
    if _watched:
        return
    _watched = True
    for name in _CLOCKS:
        if hasattr(time, name):
            setattr(time, name, _clock(getattr(time, name), "time.%s" % name))
    for name in _ENTROPY:
        if hasattr(os, name):
            setattr(os, name, _entropy(getattr(os, name), "os.%s" % name))
    random._urandom = os.urandom
    random.Random.seed = _seeding(random.Random.seed)
    random.seed = random._inst.seed


def _clock(read, name):
    """Reading a clock is noticed where the candidate's own lines do it; a library may time itself."""
    def reading(*arguments):
        frame = sys._getframe(1)
        if frame.f_code.co_filename == CANDIDATE:
            _fail("%s reads the clock" % name, frame)
        return read(*arguments)

    return reading


def _entropy(read, name):
    """Entropy is noticed where the candidate asks for it by whatever library, but not by importing one."""
    def reading(*arguments):
        frame = _asking()
        if frame is not None:
            _fail("%s gives other bytes each time" % name, frame)
        return read(*arguments)

    return reading


def _seeding(seed):
    def seeding(self, a=None, version=2):
        frame = _asking() if a is None else None
        if frame is not None:
            _fail("a random generator without a seed starts elsewhere each time", frame)
        return seed(self, a, version)

    return seeding


def _asking():
    """The candidate's frame that a call comes from, or None."""
    frame = sys._getframe(2)
    for _ in range(_FAR):
        if frame is None or frame.f_code.co_filename.startswith(_IMPORTING):
            return None
        if frame.f_code.co_filename == CANDIDATE:
            return frame
        frame = frame.f_back
    return None


def _fail(what, frame):
    message = what + "; a program must give the same result each time"
    raise Failure("nondeterministic", message, frame.f_lineno)
