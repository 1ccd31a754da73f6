"""Landlock: this process and its children may read the named folders and reach nothing else."""

import ctypes
import os
import struct

from . import kernel

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIRECTORY, _WRITE_FILE = 1 << 2, 1 << 3, 1 << 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


def version():
    """The version the kernel speaks, or 0."""
    try:
        return kernel.syscall("landlock_create_ruleset", _CREATE, 0, 0, 1)
    except (OSError, AttributeError):
        return 0


def restrict(readable):
    """Allows reading beneath these paths; raises `OSError`."""
    abi = version()
    handled = (1 << _FILE_RIGHTS.get(abi, 16)) - 1
    attributes = struct.pack("<QQQ", handled, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = kernel.syscall("landlock_create_ruleset", _CREATE, ctypes.c_char_p(attributes), size, 0)
    try:
        for path in readable:
            _allow(rules, path)
        kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)
        kernel.syscall("landlock_restrict_self", _RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules, path):
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rights = _READ_FILE | (_READ_DIRECTORY if os.path.isdir(path) else 0)
        rule = struct.pack("<Qi", rights, fd)
        kernel.syscall("landlock_add_rule", _ADD_RULE, rules, 1, ctypes.c_char_p(rule), 0)
    finally:
        os.close(fd)
