"""What the live view costs: runs on a terminal over runs that say nothing, of the same seed."""

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import threading

from .product import WORKERS, Failed
from .processes import reaped
from .table import at_most, note, spread

STEPS, QUICK_STEPS = 6000, 1500
REPETITIONS, QUICK_REPETITIONS = 3, 2
COLUMNS, LINES = 100, 30


def rows(product, quick):
    steps = QUICK_STEPS if quick else STEPS
    unit = "instructions" if counts_instructions() else "seconds"
    ratios, blocks = [], []
    for repetition in range(QUICK_REPETITIONS if quick else REPETITIONS):
        silent, _ = cost(product, steps, f"quiet{repetition}", ["--quiet"])
        shown, drawn = cost(product, steps, f"live{repetition}", [])
        if not drawn:
            raise Failed("the live view was not drawn; is standard error a terminal?")
        ratios.append(shown / silent)
        blocks.append(drawn)
    name = f"live view: CPU of a run of {steps} steps with it over one without, by {unit}"
    first = (at_most(name, ratios, 1.01, "%.4f") if unit == "instructions"
             else note(name + " (perf is not there; too coarse to judge)", spread(ratios, "%.4f")))
    return [first, note("live view: how often it was drawn", spread(blocks, "%.0f"))]


def counts_instructions():
    """Whether perf can count what a process does, which the load of the machine does not change."""
    return shutil.which("perf") is not None and subprocess.run(
        ["perf", "stat", "-e", "instructions:u", "true"], capture_output=True).returncode == 0


def cost(product, steps, name, options):
    """(instructions or CPU seconds of all processes, how often the block was drawn) of one run."""
    command = [
        product.binary, "run", "cap-set", "--inputs", "6", "--islands", "8", "--seed", "1", "--steps", steps,
        "--workers", WORKERS, "--results", product.results, "--name", name, *options]
    with tempfile.NamedTemporaryFile() as counted:
        if counts_instructions():
            command = ["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", counted.name, *command]
        before = reaped()
        drawn = on_terminal([str(part) for part in command])
        if not counts_instructions():
            return reaped() - before, drawn
        counts = [line.split(",")[0] for line in open(counted.name) if ",instructions:u" in line]
        return int(counts[0]), drawn


def on_terminal(command):
    """Runs a command on a terminal of its own; how often a block was drawn in its place there."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = dict(os.environ, TERM="xterm", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    written = []
    reader = threading.Thread(target=drain, args=(master, written))
    reader.start()
    status = process.wait()
    reader.join()
    os.close(master)
    text = b"".join(written)
    if status:
        raise Failed(f"{command[:6]} ended with status {status}: {text[-500:]!r}")
    return text.count(b"\x1b[J")


def drain(master, written):
    """Reads what is written to a terminal until nobody has it open."""
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:
            return
        if not data:
            return
        written.append(data)
