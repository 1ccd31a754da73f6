"""Language models: what a call costs the engine, how many are under way, how fast replies are read."""

import contextlib
import json
import os
import subprocess
import sys

from .product import ROOT
from .table import at_least, at_most, note, spread

sys.path.insert(0, str(ROOT / "Sandbox" / "tests"))

SERVER = ROOT / "Tests" / "EndToEndTests" / "Fixtures" / "model_server.py"
STYLES = 100
"""Replies that are read again and again, each in a style of its own."""


def rows(product, quick):
    calls, repetitions = (300, 1) if quick else (1500, 3)
    few, many = [], []
    for _ in range(repetitions):
        few.append(asking(product, 10).engine_seconds)
        many.append(asking(product, calls))
    cost = [(search.engine_seconds - least) / (requests(search) - 10) * 1e3
            for search, least in zip(many, few)]
    rates = [1 / reading_seconds(product.python(), quick) for _ in range(repetitions)]
    return [
        at_most(f"models: ms CPU of the engine a call, {calls} steps of cap sets in 3 dimensions", cost, 1),
        note("models: calls for a step, duplicates asked for again included",
             spread([requests(search) / search.steps for search in many])),
        at_least("models: calls under way at once", [peak(product)], 64),
        at_least("models: replies read a CPU second, by a warm worker", rates, 500),
    ]


def requests(search):
    """Calls that a finished run made."""
    return search.finished["models"]["total"]["requests"]


@contextlib.contextmanager
def server(product, *options):
    """A model's server in a process of its own: the file of models that describes it, and its log."""
    log = os.path.join(product.results, "model.log")
    with contextlib.suppress(FileNotFoundError):
        os.remove(log)
    process = subprocess.Popen([sys.executable, str(SERVER), log, *options],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        address = f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        models = log + ".yaml"
        with open(models, "w", encoding="utf-8") as file:
            file.write(f"models: [{{name: m, model: m, api_base: '{address}', concurrency: 64}}]")
        yield models, log
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def asking(product, steps):
    """A run that asks a model at every step."""
    with server(product) as (models, _):
        return product.search("cap-set", steps, "--inputs", 3, "--islands", 16, "--models-file", models)


def peak(product):
    """The most calls that a slow server had under way."""
    with server(product, "--delay", "0.3") as (models, log):
        product.search("cap-set", 200, "--inputs", 3, "--islands", 16, "--models-file", models)
        with open(log, encoding="utf-8") as lines:
            return max(json.loads(line)["under_way"] for line in lines)


def reading_seconds(python, quick):
    """CPU seconds of a worker for a reply, with the way to it and back, once it is warm."""
    from problem import SPECIFICATION
    from reply_styles import Style
    from worker_process import Worker

    replies = [Style(seed).reply for seed in range(STYLES)]
    request = {"specification": SPECIFICATION, "evolve": "priority", "run": "evaluate", "verify": "verify",
               "version": 2}
    turns = 3 if quick else 10
    with Worker(python=python) as worker:
        def read(count):
            for _ in range(count):
                for reply in replies:
                    worker.ask("extract", reply=reply, **request)

        read(1)
        before = cpu_seconds(worker)
        read(turns)
        return (cpu_seconds(worker) - before) / turns / STYLES


def cpu_seconds(worker):
    """What all processes of a worker took until now."""
    ticks = 0
    for process in [worker.number, *worker.descendants()]:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
