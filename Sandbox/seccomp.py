"""System call filters for seccomp, assembled here and given to the kernel through ctypes.

Two stages: every process of a worker has an allow-list; a candidate's process has a second filter upon it
that takes away all that would reach another process or make one.
"""

import ctypes
import errno
import functools
import os
import platform
import struct

from . import kernel

_NUMBERS = {
    name: (x86, arm)
    for name, x86, arm in (entry.split(":") for entry in """
    read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 close:3:57 fstat:5:80
    newfstatat:262:79 statx:332:291 lseek:8:62 mmap:9:222 mprotect:10:226 munmap:11:215 mremap:25:216
    madvise:28:233 mincore:27:232 msync:26:227 brk:12:214 rt_sigaction:13:134 rt_sigprocmask:14:135
    rt_sigreturn:15:139 rt_sigpending:127:136 sigaltstack:131:132 ioctl:16:29 fcntl:72:25 access:21:-
    faccessat:269:48 faccessat2:439:439 poll:7:- ppoll:271:73 select:23:- pselect6:270:72 sched_yield:24:124
    dup:32:23 dup2:33:- dup3:292:24 pipe:22:- pipe2:293:59 nanosleep:35:101 clock_nanosleep:230:115
    getpid:39:172 getppid:110:173 gettid:186:178 getpgrp:111:- getpgid:121:155 getsid:124:156 setsid:112:157
    sendmsg:46:211 recvmsg:47:212 sendto:44:206 recvfrom:45:207 clone:56:220 fork:57:- vfork:58:-
    clone3:435:435 exit:60:93 exit_group:231:94 wait4:61:260 waitid:247:95 kill:62:129 tkill:200:130
    tgkill:234:131 rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240 pidfd_open:434:434
    pidfd_send_signal:424:424 pidfd_getfd:438:438 uname:63:160 getcwd:79:17 readlink:89:- readlinkat:267:78
    getdents64:217:61 gettimeofday:96:169 time:201:- getrlimit:97:163 setrlimit:160:164 prlimit64:302:261
    getrusage:98:165 sysinfo:99:179 times:100:153 getuid:102:174 getgid:104:176 geteuid:107:175
    getegid:108:177 getresuid:118:148 getresgid:120:150 getgroups:115:158 arch_prctl:158:- futex:202:98
    set_robust_list:273:99 rseq:334:293 set_tid_address:218:96 sched_getaffinity:204:123
    sched_setaffinity:203:122 clock_gettime:228:113 clock_getres:229:114 getrandom:318:278 open:2:-
    openat:257:56 openat2:437:437 stat:4:- lstat:6:- setitimer:38:103 getitimer:36:102
    restart_syscall:219:128 prctl:157:167 seccomp:317:277 membarrier:324:283 statfs:137:43 fstatfs:138:44
    close_range:436:436 ftruncate:77:46 fadvise64:221:223 landlock_create_ruleset:444:444
    landlock_add_rule:445:445 landlock_restrict_self:446:446 getcpu:309:168 socket:41:198 socketpair:53:199
    memfd_create:319:279 ptrace:101:117 process_vm_readv:310:270 process_vm_writev:311:271 mount:165:40
    umount2:166:39 pivot_root:155:41 chroot:161:51 unshare:272:97 setns:308:268 bpf:321:280
    perf_event_open:298:241 keyctl:250:219 add_key:248:217 request_key:249:218 init_module:175:105
    finit_module:313:273 delete_module:176:106 kexec_load:246:104 kexec_file_load:320:294 reboot:169:142
    swapon:167:224 swapoff:168:225 io_uring_setup:425:425 io_uring_enter:426:426 io_uring_register:427:427
    userfaultfd:323:282 open_by_handle_at:304:265 iopl:172:- ioperm:173:- modify_ldt:154:- quotactl:179:60
    acct:163:89 settimeofday:164:170 adjtimex:159:171 clock_settime:227:112 clock_adjtime:305:266
    open_tree:428:428 move_mount:429:429 fsopen:430:430 fsconfig:431:431 fsmount:432:432 fspick:433:433
    mount_setattr:442:442 process_madvise:440:440 kcmp:312:272 execve:59:221 execveat:322:281
    """.split())
}
_ALLOWED = """
    read write readv writev pread64 pwrite64 close fstat newfstatat statx lseek mmap mprotect munmap mremap
    madvise mincore msync brk rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending sigaltstack access
    faccessat faccessat2 poll ppoll select pselect6 sched_yield dup dup2 dup3 pipe pipe2 nanosleep
    clock_nanosleep getpid getppid gettid getpgrp getpgid getsid setsid sendmsg recvmsg sendto recvfrom exit
    exit_group wait4 waitid kill uname getcwd readlink readlinkat getdents64 gettimeofday time getrlimit
    setrlimit prlimit64 getrusage sysinfo times getuid getgid geteuid getegid getresuid getresgid getgroups
    arch_prctl futex set_robust_list rseq set_tid_address sched_getaffinity clock_gettime clock_getres
    getrandom stat lstat setitimer getitimer restart_syscall prctl seccomp membarrier statfs fstatfs
    close_range ftruncate fadvise64 getcpu
""".split()
_KILLING = """
    ptrace process_vm_readv process_vm_writev mount umount2 pivot_root chroot unshare setns bpf
    perf_event_open keyctl add_key request_key init_module finit_module delete_module kexec_load
    kexec_file_load reboot swapon swapoff io_uring_setup io_uring_enter io_uring_register userfaultfd
    open_by_handle_at iopl ioperm modify_ldt quotactl acct settimeofday adjtimex clock_settime clock_adjtime
    open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr process_madvise kcmp pidfd_getfd
""".split()
_NO_CANDIDATE = """
    fork vfork clone clone3 execve execveat kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open
    pidfd_send_signal prctl seccomp socket socketpair sendmsg sendto pipe pipe2 memfd_create setrlimit setsid
    sched_setaffinity ftruncate pwrite64 sysinfo
""".split()

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_HEADER, _PROCESS = struct.Struct("HxxxxxxP"), struct.Struct("I")
_SOME_PROCESS = 0x5A17B0CE
WIRE = 4
"""The only descriptor that a candidate's process may write to."""
_FCNTL = (0, 1, 2, 3, 4, 1030)
_IOCTL = (0x5401, 0x5413, 0x5450, 0x5451, 0x541B, 0x5421)
_NOT_A_FORK = 0x7E020000 | 0x0001C900
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_TMPFILE", 0)
_WRITING &= ~os.O_DIRECTORY


def supported():
    """Whether filters for this machine can be made here."""
    return platform.machine() in _MACHINES and struct.calcsize("P") == 8


def worker_filter():
    """The filter of every process of a worker."""
    program = _Program()
    for name in _ALLOWED:
        program.answer(name, _ALLOW)
    program.unless_any_bit("clone", 0, _NOT_A_FORK, _ALLOW)
    program.answer("fork", _ALLOW)
    program.answer("clone3", _error(errno.ENOSYS))
    program.unless_any_bit("open", 1, _WRITING, _ALLOW)
    program.unless_any_bit("openat", 2, _WRITING, _ALLOW)
    program.if_one_of("fcntl", 1, _FCNTL, _ALLOW)
    program.if_one_of("ioctl", 1, _IOCTL, _ALLOW)
    program.if_one_of("socketpair", 0, (1,), _ALLOW)
    program.if_one_of("tgkill", 0, (os.getpid(),), _ALLOW)
    for name in _KILLING:
        program.answer(name, _KILL)
    return program.finished(_error(errno.EPERM))


def evaluator_filter():
    """Upon the first, in a process that starts no others: it may signal nobody but itself."""
    program = _Program()
    program.if_one_of("kill", 0, (os.getpid(),), _ALLOW)
    for name in ("fork", "vfork", "clone", "clone3", "execve", "execveat", "kill", "setsid"):
        program.answer(name, _error(errno.EPERM))
    return program.finished(_ALLOW)


@functools.lru_cache(maxsize=1)
def _candidate_filter():
    program = _Program()
    program.if_one_of("tgkill", 0, (_SOME_PROCESS,), _ALLOW)
    program.if_zero("prlimit64", 2, _ALLOW)
    program.if_one_of("write", 0, (WIRE,), _ALLOW)
    program.refuse(_NO_CANDIDATE + ["prlimit64", "write", "writev"])
    return program.finished(_ALLOW)


def candidate_filter():
    """Upon the first, in a candidate's process."""
    return _candidate_filter().replace(_PROCESS.pack(_SOME_PROCESS), _PROCESS.pack(os.getpid()))


def install(program):
    """Puts the filter upon this process, which can gain no rights any more, and all that it will fork."""
    _Ready(program).install()


class CandidateFilter:
    """The candidates' filter, made ready before they are forked: each only puts in its own number."""

    def __init__(self):
        program = _candidate_filter()
        self._filter = _Ready(program)
        self._place = program.index(_PROCESS.pack(_SOME_PROCESS))

    def install(self):
        """In a candidate's process."""
        _PROCESS.pack_into(self._filter.code, self._place, os.getpid())
        self._filter.install()


class _Ready:
    """A program in memory, where the kernel looks for it."""

    def __init__(self, program):
        self.code = ctypes.create_string_buffer(program, len(program))
        header = _HEADER.pack(len(program) // 8, ctypes.addressof(self.code))
        self._header = ctypes.create_string_buffer(header, len(header))
        self._address = ctypes.addressof(self._header)

    def install(self):
        kernel.prctl(kernel.SET_SECCOMP, 2, self._address)


def _error(number):
    return 0x00050000 | number


class _Program:
    """A filter being written: one instruction is a code, two relative jumps and a constant."""

    def __init__(self):
        self._column, architecture = _MACHINES[platform.machine()]
        self._code = [
            (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL),
            (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _KILL),
        ]

    def _number(self, name):
        number = _NUMBERS[name][self._column]
        return None if number == "-" else int(number)

    def answer(self, name, action):
        """This call is always answered so."""
        self._block(name, [(_RETURN, 0, 0, action)])

    def refuse(self, names):
        """These calls are answered with EPERM: one instruction for each, and one answer behind them."""
        numbers = [number for number in map(self._number, names) if number is not None]
        self._code += [(_EQUAL, len(numbers) - place, 0, number)
                       for place, number in enumerate(numbers[:-1], 1)]
        self._code += [(_EQUAL, 0, 1, numbers[-1]), (_RETURN, 0, 0, _error(errno.EPERM))]

    def unless_any_bit(self, name, argument, bits, action):
        """This call is answered so where none of these bits is set in an argument."""
        self._block(name, [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), (_ANY_BIT, 1, 0, bits),
                           (_RETURN, 0, 0, action)])

    def if_one_of(self, name, argument, values, action):
        """This call is answered so where an argument (32 bits of it) is one of these."""
        block = [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument)]
        for value in values:
            block += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, action)]
        self._block(name, block)

    def if_zero(self, name, argument, action):
        """This call is answered so where all 64 bits of an argument are zero, as those of no address are."""
        place = _ARGUMENTS + 8 * argument
        self._block(name, [(_LOAD, 0, 0, place), (_EQUAL, 0, 3, 0), (_LOAD, 0, 0, place + 4),
                           (_EQUAL, 0, 1, 0), (_RETURN, 0, 0, action)])

    def _block(self, name, block):
        number = self._number(name)
        if number is None:
            return
        if len(block) > 1:
            block = block + [(_LOAD, 0, 0, _NUMBER)]
        self._code += [(_EQUAL, 0, len(block), number)] + block

    def finished(self, action):
        """The bytes of the program, with the answer to all other calls."""
        return b"".join(struct.pack("HBBI", *line) for line in self._code + [(_RETURN, 0, 0, action)])
