"""The dashboard on a long run: the time of its pages, at the first look and after it."""

import http.client
import json
import random
import sqlite3
import subprocess
import time
import urllib.parse

from .product import PROBLEMS, Failed
from .table import at_most, note

STEPS, QUICK_STEPS = 1_000_000, 100_000
REPETITIONS = 5
LISTS = (
    "", "?island=3", "?order=best&outcome=scored", "?outcome=timeout", "?operator=hoist&order=slowest",
    "?island=1&epoch=7&operator=swap&order=worst", "?order=oldest&end=1",
)


def rows(product, quick):
    steps = QUICK_STEPS if quick else STEPS
    search = product.search(PROBLEMS / "trivial", 200)
    lengthen(search.journal, steps)
    run = "/".join(search.finished["directory"].split("/")[-2:])
    server = subprocess.Popen(
        [product.binary, "serve", "--port", "0", "--json", "--results", product.results],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        place = urllib.parse.urlsplit(json.loads(server.stdout.readline())["url"])
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=120)
        name = f"dashboard, {steps} programs: ms of "
        first, again = measured(connection, "/")
        table = [at_most(name + "the first page, at once", [first], 100, "%.0f"),
                 at_most(name + "the first page", again, 100, "%.0f")]
        first, again = measured(connection, f"/runs/{run}")
        table += [at_most(name + "a run, at the first look", [first], 100, "%.0f"),
                  at_most(name + "a run", again, 100, "%.0f")]
        for parameters in LISTS:
            first, again = measured(connection, f"/runs/{run}/programs{parameters}")
            table.append(at_most(f"{name}a table {parameters}".rstrip(), again, 50, "%.0f"))
            table.append(note(f"{name}the same at the first look", f"{first:.0f}"))
        following = [page(connection, f"/runs/{run}/programs?order=best&after={number}")[0]
                     for number in range(1000, steps, steps // 20)]
        table.append(at_most(name + "a page in the middle, best first", following, 50, "%.0f"))
        first, again = measured(connection, f"/runs/{run}/programs/{steps - 5}")
        table.append(at_most(name + "a program", again, 50, "%.0f"))
        return table
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def measured(connection, path):
    """Milliseconds of the first answer, and of those after it."""
    times = [page(connection, path)[0] for _ in range(1 + REPETITIONS)]
    return times[0], times[1:]


def page(connection, path):
    """(milliseconds, text) of one answer."""
    begin = time.monotonic()
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise Failed(f"{path}: {answer.status} {text[:300]!r}")
    return (time.monotonic() - begin) * 1e3, text


def lengthen(journal, steps):
    """Appends made-up steps to a finished run, with texts of about 300 bytes, until it has so many."""
    draw = random.Random(1)
    operators = ["hoist", "swap", "insert", "delete", "subtree", "crossover-subtree", "climb-reorder", "wrap"]
    kinds = ["exception", "timeout", "invalid score"]
    with sqlite3.connect(journal) as connection:
        islands = int(connection.execute("SELECT value FROM run WHERE key = 'islands'").fetchone()[0])
        done, last = connection.execute("SELECT count(*), max(sequence) FROM step").fetchone()
        (body,) = connection.execute("SELECT max(id) FROM body").fetchone()
        tree, best = connection.execute("SELECT tree FROM body LIMIT 1").fetchone()[0], 0.0

        def bodies():
            for number in range(steps - done):
                source = f"def f(x):\n  return {draw.random()}\n" + "  # words that a program has\n" * 9
                yield body + 1 + number, draw.randbytes(16), tree, b"", source

        def made():
            for number in range(steps - done):
                place = done + number
                scored = draw.random() < 0.8
                score = float(draw.randrange(5000)) if scored else None
                yield (
                    last + 1 + number, place + 1, place % islands, place // islands, place // islands // 1000,
                    draw.randrange(3), f"[{place // 2},{place // 3}]",
                    json.dumps(draw.choices(operators, k=draw.randint(1, 3)), separators=(",", ":")),
                    body + 1 + number, "scored" if scored else draw.choice(kinds), score,
                    f"[{score}]" if scored else None, None, None if scored else "ValueError: no number", 0,
                    "joined cluster" if scored else "failed", draw.randrange(900), 900)
        connection.executemany(
            "INSERT INTO body (id, hash, tree, support, source) VALUES (?, ?, ?, ?, ?)", bodies())
        connection.executemany(
            "INSERT INTO step (sequence, program, island, step, epoch, redraws, parents, operators, body, "
            "outcome, total, scores, behaviour, message, reused, registration, cpu_microseconds, "
            "wall_microseconds) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made())
        for program, total in connection.execute(
                "SELECT program, total FROM step WHERE total IS NOT NULL ORDER BY program").fetchall():
            if total > best:
                best = total
                connection.execute("INSERT OR IGNORE INTO claim VALUES (?, 1)", (program,))
