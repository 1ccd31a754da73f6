"""Finds a formula for the last column of a CSV file from the columns before it.

The evolved function may be off by a factor and a constant: those are fitted to the rows for training by least
squares (linear scaling), so that only the formula's form is searched.
"""

import csv
import functools
import io
import math
import operator
import pathlib
import reprlib
from typing import NamedTuple

import funsearch


MOST_TEXT = 8 * 4**8
"""Characters of a CSV file that becomes a part of the run."""


class Table(NamedTuple):
    """The rows of a file, and what the last column holds."""

    train: list  # tuples of float
    train_values: list
    test: list
    test_values: list


@functools.lru_cache(maxsize=8)
def table(name: str) -> Table:
    """A file of the problem's folder, read once in a process."""
    if type(name) is not str or pathlib.PurePath(name).name != name:
        raise ValueError(f"the file {name!r} must be a name, of a file in the problem's folder")
    here = pathlib.Path(__file__).resolve().parent
    path = here / name if (here / name).exists() else here / "problem" / name
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return table_of(file.read(), name)
    except OSError as error:
        raise ValueError(f"{name} cannot be read from the problem's folder: {error.strerror}") from None


@functools.lru_cache(maxsize=8)
def table_of(text: str, name: str) -> Table:
    """The table that CSV text holds, read once in a process; every fourth row is for testing."""
    reader = csv.reader(io.StringIO(text, newline=""))
    lines = [(number, line) for number, line in enumerate(reader, 1) if line]
    rows = []
    for number, line in lines[1:]:  # the first line has the names
        try:
            rows.append(tuple(map(float, line)))
        except ValueError:
            raise ValueError(f"{name}:{number}: {reprlib.repr(line)} holds what is no number") from None
        if len(line) != len(lines[0][1]) or len(line) < 2 or not all(map(math.isfinite, rows[-1])):
            raise ValueError(f"{name}:{number}: {len(lines[0][1])} finite numbers are needed, at least two")
    train = [row for i, row in enumerate(rows) if i % 4 != 3]
    test = rows[3::4]
    if len(set(row[-1] for row in train)) < 2 or len(set(row[-1] for row in test)) < 2:
        raise ValueError(f"{name}: the last column must hold different numbers; have at least eight rows")
    return Table(
        train=[row[:-1] for row in train],
        train_values=[row[-1] for row in train],
        test=[row[:-1] for row in test],
        test_values=[row[-1] for row in test],
    )


@funsearch.inputs
def read(text: str, name: str) -> list:
    """One input of a CSV file from anywhere: its rows for training."""
    if len(text) > MOST_TEXT:
        raise ValueError(f"{name} has more than {MOST_TEXT} characters; put it into a copy of the folder")
    table_of(text, name)
    return [{"name": name, "csv": text, "rows": "train"}]


to_float = operator.methodcaller("__float__")  # takes no strings, unlike float()


def predictions(rows: list) -> list:
    """What the evolved function says of each row; ValueError names a row where that is no finite number."""
    found = []
    for row, value in zip(rows, funsearch.map(predict, rows)):
        try:
            number = to_float(value)
        except OverflowError:
            number = math.inf
        except (AttributeError, TypeError):
            raise ValueError(f"the value for {row} is a {type(value).__name__}, not a number") from None
        if not abs(number) < 1e100:  # so that squares are finite, too
            raise ValueError(f"the value for {row} is {number}; it must be finite and below 1e100")
        found.append(number)
    return found


def scaled(found: list, values: list) -> tuple:
    """The factor and the constant with which `found` comes nearest to the values, by least squares."""
    mean, middle = math.fsum(found) / len(found), math.fsum(values) / len(values)
    spread = math.fsum((x - mean) * (x - mean) for x in found)
    # Below this it is but rounding: the function is a constant.
    if spread <= 1e-24 * math.fsum(x * x for x in found):
        return 0.0, middle
    factor = math.fsum((x - mean) * (y - middle) for x, y in zip(found, values)) / spread
    return factor, middle - factor * mean


def unexplained(found: list, values: list) -> float:
    """The squared errors, in percent of those that the mean of the values has."""
    middle = math.fsum(values) / len(values)
    errors = math.fsum((x - y) * (x - y) for x, y in zip(found, values))
    return 100.0 * errors / math.fsum((y - middle) * (y - middle) for y in values)


def checked(choice: dict) -> tuple:
    """The table and whether its rows for testing are meant; ValueError unless the input says so."""
    if type(choice) is dict and choice.get("rows") in ("train", "test"):
        if set(choice) == {"file", "rows"}:
            return table(choice["file"]), choice["rows"] == "test"
        if set(choice) == {"name", "csv", "rows"} and type(choice["csv"]) is type(choice["name"]) is str:
            return table_of(choice["csv"], choice["name"]), choice["rows"] == "test"
    raise ValueError(
        'an input of symbolic-regression is {"file": "data.csv", "rows": "train"}, or "test" for the rows '
        'that are not trained on; "name" and "csv", its text, may stand for the file; '
        f"got {reprlib.repr(choice)}"
    )


@funsearch.run
def evaluate(choice: dict) -> funsearch.Result:
    """Minus the share of the variance, in percent, that the formula leaves unexplained; 0 is perfect."""
    data, is_test = checked(choice)
    found = predictions(data.train)
    factor, constant = scaled(found, data.train_values)
    wanted = data.train_values
    if is_test:
        found, wanted = predictions(data.test), data.test_values
    fitted = [factor * x + constant for x in found]
    if not all(map(math.isfinite, fitted)):
        raise ValueError("the fitted values are not finite")
    return funsearch.Result(
        0.0 - unexplained(fitted, wanted), artifact=fitted, metrics={"factor": factor, "constant": constant}
    )


@funsearch.verify
def verify(choice: dict, artifact: list) -> float:
    """Minus the share of the variance that the artifact, a value for each row, leaves unexplained."""
    data, is_test = checked(choice)
    wanted = data.test_values if is_test else data.train_values
    if type(artifact) not in (list, tuple) or len(artifact) != len(wanted):
        raise ValueError(f"there must be a list of {len(wanted)} values; got {reprlib.repr(artifact)}")
    if not all(type(value) in (int, float) and math.isfinite(value) for value in artifact):
        raise ValueError(f"the values must be finite numbers; got {reprlib.repr(artifact)}")
    return 0.0 - unexplained(artifact, wanted)


@funsearch.evolve
def predict(row: tuple[float, ...]) -> float:
    """Returns what the last column should be, up to a factor and a constant, from the columns before it."""
    return 0.0
