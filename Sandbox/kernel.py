"""The few kernel calls that Python does not have, through ctypes."""

import ctypes
import os
import sys

SET_PDEATHSIG, SET_DUMPABLE, SET_NO_NEW_PRIVS, SET_SECCOMP, SET_CHILD_SUBREAPER = 1, 4, 38, 22, 36

_library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def checked(result, what):
    """The result, or an `OSError` that says what was attempted."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (what, os.strerror(number)))
    return result


def _argument(value):
    return ctypes.c_ulong(value) if isinstance(value, int) else value


def prctl(option, *arguments):
    """`prctl(2)`; raises `OSError`."""
    arguments = (tuple(arguments) + (0, 0, 0, 0))[:4]
    return checked(_library.prctl(option, *map(_argument, arguments)), "prctl %d" % option)


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
