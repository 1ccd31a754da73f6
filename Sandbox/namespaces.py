"""Own namespaces, for a machine without bubblewrap: an empty root with the needed folders, read-only.

All of it is tried in a child first, so that a machine that forbids a step leaves this process as it was.
"""

import ctypes
import os
import sys

from . import kernel

_USER, _PID, _NET, _MOUNT, _IPC, _UTS, _CGROUP = (
    0x10000000, 0x20000000, 0x40000000, 0x00020000, 0x08000000, 0x04000000, 0x02000000)
_READ_ONLY, _NO_SUID, _NO_DEV, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
_DETACH = 2
_PLACES = ("/mnt", "/media", "/srv", "/run", "/tmp", "/var")
"""Folders one of which is covered by the new root while that is made."""


def enter(readable):
    """Moves this process into new namespaces; False where the machine does not let it."""
    if sys.platform != "linux" or not _works(readable):
        return False
    _enter(readable)
    return True


def _works(readable):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _enter(readable)
            status = 0
        except (OSError, StopIteration):
            pass
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def _enter(readable):
    uid, gid = os.getuid(), os.getgid()
    flags = _PID | _NET | _MOUNT | _IPC | _UTS | _CGROUP
    kernel.function("unshare", flags if uid == 0 else flags | _USER)
    if uid != 0:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", "%d %d 1" % (uid, uid))
        _write("/proc/self/gid_map", "%d %d 1" % (gid, gid))
    kernel.function("sethostname", b"sandbox", ctypes.c_size_t(7))
    _stand_in()
    _new_root(readable)


def _stand_in():
    """Goes on as the first process of the new namespace; the old one waits and passes on the status."""
    child = os.fork()
    if child == 0:
        # The parent is outside of the new namespace, so its number cannot be compared here.
        kernel.prctl(kernel.SET_PDEATHSIG, 9)
        return
    os.closerange(0, 256)
    _, status = os.waitpid(child, 0)
    os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


def _new_root(readable):
    _mount(None, "/", None, _RECURSIVE | _PRIVATE)
    place = next(name for name in _PLACES if os.path.isdir(name)
                 and not any(path.startswith(name + "/") for path in readable))
    _mount("tmpfs", place, "tmpfs", _NO_SUID | _NO_DEV)
    os.chmod(place, 0o755)
    for path in readable:
        _show(path, place)
    here = place + "/.old"
    os.mkdir(here)
    kernel.function("pivot_root", place.encode(), here.encode())
    os.chdir("/")
    kernel.function("umount2", b"/.old", _DETACH)
    os.rmdir("/.old")
    _mount(None, "/", None, _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEV)


def _show(path, place):
    """Makes one folder, file or link of the machine visible in the new root."""
    target = place + path
    if os.path.lexists(target) or not os.path.lexists(path):
        return
    os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)
    if os.path.islink(path):
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.mkdir(target, 0o755)
    else:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    _mount(path, target, None, _BIND | _RECURSIVE)
    if not path.startswith("/dev/"):
        _mount(None, target, None, _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEV)


def _mount(source, target, kind, flags):
    kernel.function("mount", source.encode() if source else None, target.encode(),
                    kind.encode() if kind else None, ctypes.c_ulong(flags), None)


def _write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
