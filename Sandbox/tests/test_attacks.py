"""Hostile candidates: each is contained, told by its kind, and the worker goes on serving."""

import os
import tempfile
import unittest

from problem import evaluate, loaded
from ways import ways

TRIES = (
    "try:\n  %s\nexcept (OSError, ValueError):\n  raise RuntimeError('contained') from None\n"
    "raise SystemError('ESCAPED')\n"
)
DEFINE = "def priority(el, n):\n  return 0.0\n"


def attempt(code):
    """A program that tries one thing; it says whether the sandbox let it."""
    return "import os, socket, ctypes, mmap, signal, sys\n" + TRIES % code.replace("\n", "\n  ") + DEFINE


CONTAINED = {
    "IPv4": "socket.socket(socket.AF_INET).connect(('127.0.0.1', 1))",
    "IPv6": "socket.socket(socket.AF_INET6)",
    "unix socket": "socket.socket(socket.AF_UNIX)",
    "socket pair": "socket.socketpair()",
    "reading the users": "open('/etc/passwd').read()",
    "reading the environment": "open('/proc/self/environ').read()",
    "reading a process": "open('/proc/1/mem', 'rb').read(1)",
    "writing in /tmp": "open('/tmp/escaped', 'w')",
    "writing here": "open('escaped', 'w')",
    "writing in /dev/shm": "open('/dev/shm/escaped', 'w')",
    "a fork": "os.fork()",
    "a double fork": "os.setsid(); os.fork()",
    "a program": "os.execv('/usr/bin/env', ['env'])",
    "a shell": "import subprocess; subprocess.run(['true'])",
    "killing the parent": "os.kill(os.getppid(), 9)",
    "killing all": "os.kill(-1, 9)",
    "killing through the terminal's group": "os.killpg(1, 9)",
    "an unnamed file": "os.memfd_create('x')",
    "a pipe": "os.pipe()",
    "a new limit": "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (99, 99))",
    "removing": "os.unlink('/usr/bin/env')",
    "renaming": "os.rename('/usr/bin/env', '/usr/bin/envy')",
    "changing rights": "os.chmod('/usr/bin/env', 0o777)",
    "root again": "os.setuid(0); os.open('/etc/shadow', os.O_RDONLY)",
    "a pid handle": "os.pidfd_open(os.getppid())",
    "prctl": "ctypes.CDLL(None, use_errno=True).prctl(4, 1, 0, 0, 0) and os.fork()",
    "SysV memory": "if ctypes.CDLL(None).shmget(0, 1 << 30, 0o1600) < 0: raise OSError",
}

KINDS = {
    "infinite loop": (" while True: pass", ["timeout"], "cpu"),
    "sleeping for ever": (" import time; time.sleep(1000)", ["timeout"], "wall"),
    "catching everything": (
        " while True:\n  try:\n   while True: pass\n  except BaseException: pass",
        ["timeout"],
        "cpu",
    ),
    "list bomb": (" x = [0]\n while True: x += x", ["memory"], None),
    "mmap bomb": (" import mmap\n x = mmap.mmap(-1, 1 << 32)\n return 0", ["memory"], None),
    "string bomb": (" return len('x' * 10**11)", ["memory"], None),
    "huge number": (" return 10 ** 10 ** 9", ["timeout", "memory"], None),
    "huge score": (" return 10 ** 400", ["exception", "invalid score"], None),
    "deep recursion": (" return priority(el, n)", ["exception"], None),
    "output flood": (" while True: print('x' * 1000)", ["output"], None),
    "exit": (" import os; os._exit(0)", ["crash"], None),
    "sys.exit": (" raise SystemExit(0)", ["exception"], None),
    "segfault": (" import ctypes; ctypes.string_at(0)", ["crash"], None),
    "abort": (" import os; os.abort()", ["crash"], None),
    "ptrace": (" import ctypes; ctypes.CDLL(None).ptrace(16, 1, 0, 0); return 0", ["forbidden"], None),
    "unshare": (" import ctypes; ctypes.CDLL(None).unshare(0x10000000); return 0", ["forbidden"], None),
    "keyring": (" import ctypes; ctypes.CDLL(None).syscall(250, 0, 0); return 0", ["forbidden"], None),
    "x32 call": (" import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 39); return 0", ["forbidden"], None),
    "alarm": (
        " import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\n while True: pass",
        ["timeout"],
        "cpu",
    ),
    "own signal": (" import os; os.kill(os.getpid(), 9)", ["forbidden", "crash"], None),
    "not a number": (" return float('nan')", ["invalid score"], None),
    "infinity": (" return float('inf')", ["invalid score"], None),
    "lying float": (" class F(float):\n  def __float__(self): return 1e9\n return F(1)", ["exception"], None),
    "lying object": (
        " class F:\n  def __float__(self): return 1e9\n  def __eq__(self, o): return True\n return F()",
        ["exception"],
        None,
    ),
    "frame walk": (
        " import sys\n f = sys._getframe()\n while f: \n  if 'best' in f.f_locals: return 4242\n"
        "  if 'inputs' in f.f_locals: return 4242\n  f = f.f_back\n raise KeyError('no caller')",
        ["exception"],
        None,
    ),
    "forged frames": (
        " import os\n os.write(4, b'\\x11\\0\\0\\0' + bytes(17))\n return 0.0",
        ["forged"],
        None,
    ),
    "early reply": ("import os\nos.write(4, b'\\x12\\0\\0\\0' + bytes(18))\n" + DEFINE, ["forged"], None),
    "closing the pipe": (" import os\n os.close(4)\n return 0.0", ["crash"], None),
    "hostile text": (
        " class E(Exception):\n  def __str__(self): raise E('again')\n raise E()",
        ["exception"],
        None,
    ),
    "catastrophic expression": (
        " import re\n return bool(re.match('(a+)+$', 'a' * 64 + 'b'))",
        ["timeout"],
        "cpu",
    ),
    "hash of the module": (
        " import gc\n for o in gc.get_objects():\n  if type(o) is dict and 'inputs' in o"
        " and 'op' in o: return 4242\n raise KeyError('none')",
        ["exception"],
        None,
    ),
}


class Attacks:
    """The attacks, for one way of isolation."""

    options = {}

    @classmethod
    def setUpClass(cls):
        cls.worker = loaded(**cls.options)
        if cls.worker.greeting is None or cls.worker.greeting["event"] != "ready":
            greeting = cls.worker.greeting
            cls.worker.close()
            raise unittest.SkipTest("this machine cannot start it: %s" % (greeting or cls.worker.errors))

    @classmethod
    def tearDownClass(cls):
        cls.worker.close()

    def serves_on(self):
        good = evaluate(self.worker, " return sum(el)", "split")
        self.assertEqual((good["outcome"], good.get("scores")), ("scored", [81.0, 81.0]), good)

    def test_what_is_denied(self):
        for name, code in CONTAINED.items():
            with self.subTest(name):
                outcome = evaluate(self.worker, attempt(code), "split")
                self.assertEqual(outcome["outcome"], "failed", outcome)
                self.assertIn("contained", outcome["message"], outcome)
        self.serves_on()

    def test_reading_the_home_of_the_runner(self):
        with tempfile.NamedTemporaryFile(dir=os.path.expanduser("~")) as secret:
            os.chmod(secret.name, 0o644)
            outcome = evaluate(self.worker, attempt("open(%r).read()" % secret.name), "split")
        self.assertIn("contained", outcome["message"], outcome)

    def test_no_environment(self):
        outcome = evaluate(self.worker, " import os; return float(len(os.environ))", "split")
        self.assertEqual(outcome["scores"], [0.0, 0.0], outcome)

    def test_kinds(self):
        for name, (body, kinds, limit) in KINDS.items():
            with self.subTest(name):
                outcome = evaluate(self.worker, body, "split", inputs=[0])
                self.assertEqual(outcome["outcome"], "failed", outcome)
                self.assertIn(outcome["kind"], kinds, outcome)
                self.assertEqual(outcome["limit"], limit or outcome["limit"], outcome)
            self.serves_on()

    def test_fork_bomb(self):
        outcome = evaluate(
            self.worker,
            " import os\n while True:\n  try: os.fork()\n  except OSError: pass",
            "split",
            inputs=[0],
        )
        self.assertEqual(outcome["kind"], "timeout", outcome)
        self.serves_on()

    def test_handlers_at_exit_do_not_run(self):
        program = "import atexit, os\natexit.register(os.write, 4, b'late')\n" + DEFINE
        self.assertEqual(evaluate(self.worker, program, "split")["outcome"], "scored")

    def test_late_reply(self):
        program = "import os\ncalls = 0\ndef priority(el, n):\n  global calls\n  calls += 1\n  return 0.0\n"
        program += "class Late(list):\n  pass\nimport sandbox.candidate as c\nold = c.write_frame\n"
        program += "def new(fd, data):\n  old(fd, data); os.write(fd, b'late')\nc.write_frame = new\n"
        outcome = evaluate(self.worker, program, "split", inputs=[0])
        self.assertEqual(outcome.get("kind"), "forged", outcome)
        self.serves_on()

    def test_nothing_lasts_between_candidates(self):
        evaluate(self.worker, "import math\nmath.pi = 3\n" + DEFINE, "split")
        outcome = evaluate(self.worker, " import math; return math.pi", "split", inputs=[0])
        self.assertAlmostEqual(outcome["scores"][0], 27 * 3.141592653589793)


def load_tests(loader, _tests, _pattern):
    """One class for each way of isolation."""
    suite = unittest.TestSuite()
    for name, options, reason in ways():
        title = "Attacks (%s)" % name
        kind = type(title, (Attacks, unittest.TestCase), {"options": options, "__module__": __name__})
        if reason:
            kind = unittest.skip(reason)(kind)
        suite.addTests(loader.loadTestsFromTestCase(kind))
    return suite
