"""The layers put together: what each process of a worker does to itself, and whether it holds."""

import os
import resource
import sys

from . import kernel, landlock, limits, namespaces, seccomp

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/etc/alternatives", "/etc/ld.so.cache",
           "/dev/null", "/dev/urandom")


class Refusal(Exception):
    """The worker cannot be what the options ask for."""


class Limits:
    """Level 0: resource limits alone, for whoever asked for no isolation."""

    level = 0
    layers = ("rlimits",)

    def enter(self):
        """In the zygote, once."""

    def evaluator(self, zygote):
        """In an evaluator, after its fork."""

    def nursery(self, zygote):
        """In a nursery, after its fork."""

    def candidate(self, memory_bytes, base, cpu_seconds):
        """In a candidate's process, after its fork."""
        os.setsid()
        limits.jail(memory_bytes, base, cpu_seconds)


class Kernel(Limits):
    """Levels 2 and 3: Landlock, system call filters, and namespaces where they can be had."""

    def __init__(self, options):
        self._options = options
        self._namespaces = options.get("namespaces", "try")
        self._workspace = options.get("workspace")
        self._candidate_filter = None
        self.level, self.layers = 2, ("landlock", "seccomp", "rlimits")

    def enter(self):
        """Isolates this process for good; raises `Refusal`."""
        if not seccomp.supported() or sys.platform != "linux":
            raise Refusal("this machine has no system call filter for the sandbox (Linux on x86_64 or "
                          "aarch64 is needed); run in such a virtual machine or container, or with "
                          "--isolation none")
        if landlock.version() < 1:
            raise Refusal("the kernel has no Landlock (Linux 5.13 or later with it switched on is needed); "
                          "run with --isolation none if every program can be trusted")
        readable = needed_folders(self._workspace)
        if self._namespaces == "bwrap":
            if (os.path.exists("/proc/self") or os.path.exists("/etc/passwd")
                    or _has_strangers("/home", readable)):
                raise Refusal("the options say that bubblewrap made the namespaces, but files of the "
                              "machine can be seen; start the worker through the documented command line")
            self._add_namespaces()
        elif self._namespaces == "try":
            if namespaces.enter(readable):
                self._add_namespaces()
        self._leave_root()
        self._check_readable(readable)
        kernel.prctl(kernel.SET_NO_NEW_PRIVS, 1)
        kernel.prctl(kernel.SET_DUMPABLE, 0)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            landlock.restrict(readable)
        except OSError as error:
            raise Refusal("Landlock cannot be applied: %s" % error) from None

    def filter(self):
        """Takes away the system calls that no process of a worker needs."""
        self._candidate_filter = seccomp.CandidateFilter()
        try:
            seccomp.install(seccomp.worker_filter())
        except OSError as error:
            raise Refusal("the system call filter cannot be applied: %s" % error) from None

    def _add_namespaces(self):
        self.level = 3
        self.layers = ("namespaces",) + self.layers

    def _leave_root(self):
        uid = self._options.get("uid")
        if os.getuid() != 0:
            return
        if type(uid) is not int or not 0 < uid < 1 << 31:
            raise Refusal('a worker of root needs a throw-away user to become: give the option "uid"')
        try:
            os.setgroups([])
        except PermissionError:
            pass
        try:
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        except OSError as error:
            raise Refusal("root cannot become user %d: %s" % (uid, error)) from None
        self.layers += ("uid",)

    def _check_readable(self, folders):
        here = os.path.dirname(os.path.abspath(__file__))
        for folder, what in ((os.path.dirname(os.__file__), "the Python interpreter's library"),
                             (here, "the sandbox's own folder"), (self._workspace, "the problem's folder")):
            if folder and not os.access(folder, os.R_OK | os.X_OK):
                raise Refusal("user %d may not read %s, %s; install bubblewrap, or keep it where every user "
                              "may read" % (os.getuid(), what, folder))

    def evaluator(self, zygote):
        """In an evaluator: it starts no process and signals none."""
        kernel.die_with_parent(zygote)
        seccomp.install(seccomp.evaluator_filter())

    def nursery(self, zygote):
        """In a nursery: it inherits whatever its candidates leave."""
        kernel.die_with_parent(zygote)
        kernel.prctl(kernel.SET_CHILD_SUBREAPER, 1)

    def candidate(self, memory_bytes, base, cpu_seconds):
        """In a candidate's process."""
        parent = os.getppid()
        os.setsid()
        kernel.die_with_parent(parent)
        limits.jail(memory_bytes, base, cpu_seconds)
        self._candidate_filter.install()


def _has_strangers(folder, readable):
    """Whether a folder holds something that leads to none of those that the box is made of."""
    known = [os.path.abspath(path) for path in list(readable) + sys.path if path]
    known.append(os.path.dirname(os.path.realpath(sys.executable)))
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    for name in names:
        path = os.path.join(folder, name)
        if any(path == item or path.startswith(item + os.sep) for item in known):
            continue
        if not any(item.startswith(path + os.sep) for item in known) or _has_strangers(path, readable):
            return True
    return False


def needed_folders(workspace):
    """What the interpreter, the sandbox and the problem must be able to read."""
    folders = list(_SYSTEM) + [sys.prefix, sys.base_prefix, sys.exec_prefix,
                               os.path.dirname(os.path.abspath(__file__))]
    if workspace:
        folders.append(workspace)
    return list(dict.fromkeys(folders))
