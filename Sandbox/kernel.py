"""The few kernel calls that Python does not have, through ctypes."""

import ctypes
import os
import sys

SET_PDEATHSIG, SET_DUMPABLE, SET_NO_NEW_PRIVS, SET_SECCOMP, SET_CHILD_SUBREAPER = 1, 4, 38, 22, 36

# PyDLL: none of these calls waits, and none is made where there is another thread.
_library = ctypes.PyDLL(None, use_errno=True) if sys.platform == "linux" else None
if _library is not None:
    # Known types spare a candidate's process the making of objects: it shares the nursery's memory until it
    # writes, and each page that it writes to costs it a copy.
    _library.prctl.argtypes = (ctypes.c_int,) + (ctypes.c_ulong,) * 4


def checked(result, what):
    """The result, or an `OSError` that says what was attempted."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (what, os.strerror(number)))
    return result


def _argument(value):
    return ctypes.c_ulong(value) if isinstance(value, int) else value


def prctl(option, first=0, second=0):
    """`prctl(2)` with numbers or addresses; raises `OSError`."""
    result = _library.prctl(option, first, second, 0, 0)
    return result if result >= 0 else checked(result, "prctl %d" % option)


def syscall(name, number, *arguments):
    """A system call by its number; raises `OSError`."""
    return checked(_library.syscall(ctypes.c_long(number), *map(_argument, arguments)), name)


def function(name, *arguments):
    """A function of the C library that answers as system calls do; raises `OSError`."""
    return checked(getattr(_library, name)(*arguments), name)


def die_with_parent(parent):
    """Has this process killed when its parent dies; ends it now if that has happened already."""
    prctl(SET_PDEATHSIG, 9)
    if os.getppid() != parent:
        os._exit(0)
