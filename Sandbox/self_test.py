"""Tries, in a child, what the sandbox must forbid; a worker whose sandbox lets one through does not serve."""

import os
import resource
import socket

from . import seccomp

_FORBIDDEN = {}


def _forbidden(function):
    _FORBIDDEN[function.__name__.replace("_", " ")] = function
    return function


@_forbidden
def starting_a_process():
    if os.fork() == 0:
        os._exit(0)


@_forbidden
def killing_the_parent():
    os.kill(os.getppid(), 0)


@_forbidden
def limiting_the_parent():
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    resource.prlimit(os.getppid(), resource.RLIMIT_CORE, limits)


@_forbidden
def writing_past_the_wire():
    os.write(1, b"x")


@_forbidden
def opening_a_socket():
    socket.socket(socket.AF_UNIX)


@_forbidden
def running_a_program():
    os.execv("/proc/self/exe", ["x"])


@_forbidden
def creating_a_file():
    os.close(os.open("self-test", os.O_WRONLY | os.O_CREAT, 0o600))


@_forbidden
def making_an_unnamed_file():
    os.close(os.memfd_create("x"))


@_forbidden
def reading_the_users_of_the_machine():
    os.close(os.open("/etc/passwd", os.O_RDONLY))


def leaks(jail):
    """What a candidate's process could do that it must not; empty where the sandbox holds."""
    for _ in range(3):  # somebody may kill one
        lines = _tried_by_a_child(jail)
        if "done" in lines:
            return lines[:lines.index("done")]
    return ["(the self-test died)"]


def _tried_by_a_child(jail):
    """What a jailed child could do, a line each, and a line `done` if it lived to the end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(writer, seccomp.WIRE)
            jail(1 << 30, 1 << 32, 10)
            os.write(seccomp.WIRE, "".join("%s\n" % name for name in _tried()).encode() + b"done\n")
        finally:
            os._exit(0)
    os.close(writer)
    text = b""
    while True:
        part = os.read(reader, 65536)
        if not part:
            break
        text += part
    os.close(reader)
    os.waitpid(child, 0)
    return text.decode().split("\n")


def _tried():
    for name, attempt in _FORBIDDEN.items():
        try:
            attempt()
        except OSError:
            continue
        yield name
