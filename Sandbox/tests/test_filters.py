"""The system call filters of both machines, run on paper: every call of the table against every filter."""

import errno
import os
import platform
import re
import struct
import unittest

from unittest import mock

import worker_process  # noqa: F401 - makes the package
from sandbox import seccomp

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
HEADERS = {
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"),
    "aarch64": ("/usr/include/asm-generic/unistd.h",),
}
_OTHER_NAMES = {"newfstatat": "fstatat"}
KILL, ALLOW = "kill", "allow"
ME = os.getpid()

# What a candidate may do, and what becomes of the rest: (call, arguments, answer).
CANDIDATE = [
    ("read", (3,), ALLOW), ("write", (4,), ALLOW), ("write", (1,), errno.EPERM), ("write", (2,), errno.EPERM),
    ("write", (5,), errno.EPERM), ("writev", (4,), errno.EPERM), ("pwrite64", (4,), errno.EPERM),
    ("mmap", (), ALLOW), ("munmap", (), ALLOW), ("brk", (), ALLOW), ("futex", (), ALLOW),
    ("exit_group", (), ALLOW), ("rt_sigaction", (), ALLOW), ("clock_nanosleep", (), ALLOW),
    ("openat", (0, 0, os.O_RDONLY), ALLOW), ("openat", (0, 0, os.O_WRONLY), errno.EPERM),
    ("openat", (0, 0, os.O_RDWR), errno.EPERM), ("openat", (0, 0, os.O_CREAT), errno.EPERM),
    ("openat", (0, 0, os.O_RDONLY | os.O_TRUNC), errno.EPERM),
    ("openat", (0, 0, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY), ALLOW),
    ("openat2", (), errno.EPERM), ("clone", (17,), errno.EPERM), ("clone", (0x3D0F00,), errno.EPERM),
    ("clone3", (), errno.EPERM), ("execve", (), errno.EPERM), ("execveat", (), errno.EPERM),
    ("kill", (ME, 9), errno.EPERM), ("kill", (1, 9), errno.EPERM), ("tkill", (ME,), errno.EPERM),
    ("rt_sigqueueinfo", (ME,), errno.EPERM), ("rt_tgsigqueueinfo", (ME,), errno.EPERM),
    ("pidfd_open", (1,), errno.EPERM), ("pidfd_send_signal", (), errno.EPERM), ("prctl", (4, 1), errno.EPERM),
    ("seccomp", (), errno.EPERM), ("socket", (2,), errno.EPERM), ("socketpair", (1,), errno.EPERM),
    ("sendmsg", (), errno.EPERM), ("sendto", (), errno.EPERM), ("pipe2", (), errno.EPERM),
    ("memfd_create", (), errno.EPERM), ("setrlimit", (), errno.EPERM), ("setsid", (), errno.EPERM),
    ("prlimit64", (0, 7, 0), ALLOW), ("prlimit64", (0, 7, 0x7FFF0000), errno.EPERM),
    ("prlimit64", (0, 7, 1 << 32), errno.EPERM), ("ioctl", (1, 0x5401), ALLOW),
    ("ioctl", (1, 0x5412), errno.EPERM),
    ("ioctl", (1, 0x5412 | 1 << 40), errno.EPERM), ("fcntl", (1, 3), ALLOW), ("fcntl", (1, 8), errno.EPERM),
    ("ptrace", (), KILL), ("process_vm_readv", (), KILL), ("process_vm_writev", (), KILL),
    ("mount", (), KILL),
    ("umount2", (), KILL), ("pivot_root", (), KILL), ("chroot", (), KILL), ("unshare", (), KILL),
    ("setns", (), KILL),
    ("bpf", (), KILL), ("perf_event_open", (), KILL), ("keyctl", (), KILL), ("add_key", (), KILL),
    ("request_key", (), KILL), ("io_uring_setup", (), KILL), ("userfaultfd", (), KILL), ("kcmp", (), KILL),
    ("open_by_handle_at", (), KILL), ("pidfd_getfd", (), KILL), ("init_module", (), KILL),
    ("reboot", (), KILL),
]
# Calls outside of the table: numbers of both machines that no filter names.
UNKNOWN = {"x86_64": (29, 30, 64, 68, 82, 83, 84, 86, 88, 90, 92, 105, 133, 240, 253, 283, 290, 447, 461),
           "aarch64": (20, 26, 33, 34, 35, 36, 37, 38, 52, 54, 85, 180, 186, 190, 194, 262, 447, 461)}


class Paper:
    """A filter, interpreted."""

    def __init__(self, program):
        self._code = [struct.unpack_from("HBBI", program, at) for at in range(0, len(program), 8)]

    def answer(self, number, arguments=(), architecture=ARCHITECTURES["x86_64"]):
        """What the kernel would do: ALLOW, KILL, or the number of an error."""
        arguments = [value & (1 << 64) - 1 for value in tuple(arguments) + (0,) * 6][:6]
        data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments)
        at = loaded = 0
        while True:
            code, if_true, if_false, value = self._code[at]
            at += 1
            if code == 0x20:
                (loaded,) = struct.unpack_from("<I", data, value)
            elif code == 0x06:
                return {0x80000000: KILL, 0x7FFF0000: ALLOW}.get(value, value & 0xFFFF)
            else:
                holds = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
                at += if_true if holds else if_false


def strictest(answers):
    """What the kernel makes of the answers of several filters, the newest first."""
    return KILL if KILL in answers else next((answer for answer in answers if answer != ALLOW), ALLOW)


class Filters(unittest.TestCase):
    """Both stages, for both machines."""

    def _filters(self, machine):
        with mock.patch.object(platform, "machine", lambda: machine):
            seccomp._candidate_filter.cache_clear()
            found = Paper(seccomp.worker_filter()), Paper(seccomp.candidate_filter())
            found += (Paper(seccomp.evaluator_filter()),)
        seccomp._candidate_filter.cache_clear()
        return found

    def _number(self, machine, name):
        number = seccomp._NUMBERS[name][0 if machine == "x86_64" else 1]
        return None if number == "-" else int(number)

    def test_what_a_candidate_may_do(self):
        for machine, architecture in ARCHITECTURES.items():
            worker, jail, _ = self._filters(machine)
            for name, arguments, answer in CANDIDATE:
                number = self._number(machine, name)
                with self.subTest(machine=machine, call=name, arguments=arguments):
                    answers = [part.answer(number, arguments, architecture) for part in (jail, worker)]
                    found = strictest(answers)
                    self.assertEqual(found, answer)

    def test_what_is_not_named_is_denied(self):
        for machine, architecture in ARCHITECTURES.items():
            worker, jail, _ = self._filters(machine)
            named = {self._number(machine, name) for name in seccomp._NUMBERS}
            allowed = {self._number(machine, name) for name in seccomp._ALLOWED}
            for number in range(512):
                found = strictest([part.answer(number, (-1,) * 6, architecture) for part in (jail, worker)])
                if number not in named:
                    self.assertEqual(found, errno.EPERM, (machine, number))
                elif number not in allowed:
                    self.assertNotEqual(found, ALLOW, (machine, number))
            for number in UNKNOWN[machine]:
                self.assertNotIn(number, allowed, machine)

    def test_other_machines_are_killed(self):
        for machine, architecture in ARCHITECTURES.items():
            for part in self._filters(machine):
                for other in (0x40000003, 0x40000028, *set(ARCHITECTURES.values()) - {architecture}):
                    self.assertEqual(part.answer(0, (), other), KILL)
                self.assertEqual(part.answer(0x40000000 + 39, (), architecture), KILL)

    def test_an_evaluator_starts_and_signals_nobody(self):
        for machine, architecture in ARCHITECTURES.items():
            evaluator = self._filters(machine)[2]
            for name, arguments, answer in (
                ("clone", (17,), errno.EPERM), ("clone3", (), errno.EPERM), ("execve", (), errno.EPERM),
                ("kill", (1, 9), errno.EPERM), ("kill", (ME, 9), ALLOW), ("setsid", (), errno.EPERM),
            ):
                number = self._number(machine, name)
                self.assertEqual(evaluator.answer(number, arguments, architecture), answer, (machine, name))

    def test_numbers_are_those_of_the_kernel(self):
        for machine, paths in HEADERS.items():
            path = next((path for path in paths if os.path.exists(path)), None)
            if path is None:
                continue
            with open(path, encoding="ascii") as file:
                found = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", file.read()))
            for name in seccomp._NUMBERS:
                number = self._number(machine, name)
                aliases = (name, _OTHER_NAMES.get(name))
                known = next((found[alias] for alias in aliases if alias in found), None)
                with self.subTest(machine=machine, call=name):
                    if number is not None and known is not None:
                        self.assertEqual(number, int(known))
                    elif number is None and machine == "aarch64":
                        self.assertIsNone(known)

    def test_every_name_has_a_number(self):
        for name in seccomp._ALLOWED + seccomp._KILLING + seccomp._NO_CANDIDATE:
            self.assertIn(name, seccomp._NUMBERS)


if __name__ == "__main__":
    unittest.main()
