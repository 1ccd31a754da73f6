"""What the end of a process says about the request it was working on."""

import os
import signal


def was_killed(status):
    """Whether somebody killed the process: what it does itself ends it in other ways."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def death(status):
    """Kind, message and limit of the failure that an exit status stands for."""
    if not os.WIFSIGNALED(status):
        return "crash", "the process ended itself with status %d" % os.WEXITSTATUS(status), None
    number = os.WTERMSIG(status)
    name = signal.Signals(number).name if number in set(signal.Signals) else "signal %d" % number
    if number == signal.SIGXCPU:
        return "timeout", "the limit of CPU time was reached within one operation", "cpu"
    if number == signal.SIGSYS:
        return "forbidden", "a system call was made that the sandbox forbids", None
    return "crash", "the process was ended by %s" % name, None
