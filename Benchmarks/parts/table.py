"""Rows of the table, and numbers in them."""

import datetime
import os
import platform
import statistics
from typing import NamedTuple, Optional


class Row(NamedTuple):
    """One line: what was measured, what it came to, and what it has to be."""

    name: str
    measured: str
    must: str = ""
    ok: Optional[bool] = True  # None: nothing is asked of it


def median(values):
    return statistics.median(values)


def spread(values, form="%.2f"):
    """The median, with the smallest and the largest."""
    text = form % median(values)
    if len(values) > 1:
        text += f" ({form % min(values)}–{form % max(values)})"
    return text


def at_most(name, values, limit, form="%.2f", unit=""):
    """A row whose median may not pass `limit`."""
    return Row(name, spread(values, form) + unit, f"≤ {limit}{unit}", median(values) <= limit)


def at_least(name, values, limit, form="%.0f", unit=""):
    """A row whose median may not fall below `limit`."""
    return Row(name, spread(values, form) + unit, f"≥ {limit}{unit}", median(values) >= limit)


def note(name, text):
    """A row of which nothing is asked."""
    return Row(name, text, "", None)


def print_table(rows):
    """Prints the rows as Markdown, with the machine they were measured on."""
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, load {load}, {platform.system()} "
          f"{platform.release()}\n")
    table = [("row", "measured (median, min–max)", "must", "")]
    verdicts = {True: "ok", False: "short", None: ""}
    table += [(row.name, row.measured, row.must, verdicts[row.ok]) for row in rows]
    widths = [max(len(line[column]) for line in table) for column in range(4)]
    for number, line in enumerate(table):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
