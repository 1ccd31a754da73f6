"""What the live view costs: runs on a terminal beside runs that say nothing, of the same seed."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading

from .processes import Watcher, reap_orphans
from .product import WORKERS, Failed
from .table import at_most, note, spread

STEPS, QUICK_STEPS = 6000, 2000
REPETITIONS, QUICK_REPETITIONS = 5, 3
COLUMNS, LINES = 100, 30


def rows(product, quick):
    steps = QUICK_STEPS if quick else STEPS
    silent, shown, blocks = [], [], []
    for repetition in range(QUICK_REPETITIONS if quick else REPETITIONS):
        silent.append(on_terminal(command(product, steps, f"quiet{repetition}") + ["--quiet"])[0])
        taken, drawn = on_terminal(command(product, steps, f"live{repetition}"))
        if not drawn:
            raise Failed("the live view was not drawn; is standard error a terminal?")
        shown.append(taken)
        blocks.append(drawn)
    # The view is drawn by the engine's own process; what else the machine does can only add to a measurement.
    more = min(own for own, _ in shown) - min(own for own, _ in silent)
    share = more / min(everything for _, everything in silent)
    return [
        at_most(f"live view: its share of the CPU of a run of {steps} steps, in percent", [100 * share], 1),
        note("live view: how often it was drawn", spread(blocks, "%.0f")),
        note("live view: s CPU of the engine without it", spread([own for own, _ in silent])),
        note("live view: s CPU of the engine with it", spread([own for own, _ in shown])),
    ]


def command(product, steps, name):
    return [str(part) for part in (
        product.binary, "run", "cap-set", "--inputs", "6", "--islands", "8", "--seed", "1", "--steps", steps,
        "--workers", WORKERS, "--results", product.results, "--name", name)]


def on_terminal(command):
    """Runs a command on a terminal: CPU seconds of it alone and of all its processes; how often it drew."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = dict(os.environ, TERM="xterm", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    written = []
    reader = threading.Thread(target=drain, args=(master, written))
    reader.start()
    watcher = Watcher(process.pid, None)
    status = process.wait()
    watcher.finish()
    reap_orphans()
    reader.join()
    os.close(master)
    text = b"".join(written)
    if status:
        raise Failed(f"{command[:6]} ended with status {status}: {text[-500:]!r}")
    return (watcher.seconds[process.pid], sum(watcher.seconds.values())), text.count(b"\x1b[J")


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
