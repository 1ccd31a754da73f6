"""Packs items, as they come, into as few bins as possible; a priority is given to each bin.

This is the construction of the FunSearch paper: the evolved function sees the free room of all bins that the
item fits in, and the item goes into the first bin of highest priority. The bins come in the order they were
opened; after them come eight empty ones, where the paper has as many as there are items.
"""

import bisect
import decimal
import functools
import itertools
import json
import pathlib
import reprlib
from typing import NamedTuple

import funsearch
import numpy as np

EMPTY = 8

MOST_ITEMS = 10**6  # in all instances of one input


class Instance(NamedTuple):
    """The capacity of every bin, the items as they come, and a number of bins that is needed at least."""

    capacity: int
    items: tuple
    bound: int


WORD = (1 << 64) - 1


def scrambled(word: int) -> int:
    """A one-to-one mapping of numbers of 64 bits that leaves no pattern: that of SplitMix64."""
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & WORD
    word = (word ^ word >> 27) * 0x94D049BB133111EB & WORD
    return word ^ word >> 31


def random_words(seed: int, stream: int):
    """Endless random numbers of 64 bits (SplitMix64), the same on every machine."""
    state = scrambled(scrambled(seed & WORD) + stream + 1 & WORD)
    while True:
        state = state + 0x9E3779B97F4A7C15 & WORD
        yield scrambled(state)


def uniform_items(count: int, seed: int, stream: int) -> tuple:
    """Whole sizes from 20 to 100, equally likely, as in the OR-Library's files binpack1 to binpack4."""
    return tuple(20 + (word * 81 >> 64) for word in itertools.islice(random_words(seed, stream), count))


@functools.lru_cache(maxsize=None)
def weibull_thresholds() -> tuple:
    """For each size from 1 to 99, how many of 2 ** 64 draws are at most that size."""
    context = decimal.Context(prec=50)  # exact enough, and not the machine's own exponential
    powers = ((decimal.Decimal(2 * size + 1) / 90) ** 3 for size in range(1, 100))
    return tuple(int((1 - context.exp(-power)) * 2**64) for power in powers)


def weibull_items(count: int, seed: int, stream: int) -> tuple:
    """Sizes from a Weibull distribution of scale 45 and shape 3, rounded to whole numbers from 1 to 100."""
    thresholds = weibull_thresholds()
    words = itertools.islice(random_words(seed, stream), count)
    return tuple(bisect.bisect_right(thresholds, word) + 1 for word in words)


KINDS = {"uniform": (150, uniform_items), "weibull": (100, weibull_items)}


def lower_bound(capacity: int, items: tuple) -> int:
    """The bound L2 of Martello and Toth on the number of bins.

    For every k up to half a bin, items larger than capacity - k need a bin of their own, those larger than
    half a bin, too, and what the latter leave over may be filled with items that are at least k.
    """
    number, total = [0] * (capacity + 2), [0] * (capacity + 2)  # of items of at least a size, and their sum
    for item in items:
        number[item] += 1
        total[item] += item
    for size in range(capacity, -1, -1):
        number[size] += number[size + 1]
        total[size] += total[size + 1]
    half = capacity // 2 + 1
    best = 0
    for k in range(capacity // 2 + 1):
        room = (number[half] - number[capacity - k + 1]) * capacity - (total[half] - total[capacity - k + 1])
        best = max(best, number[half] + max(0, -((room - (total[k] - total[half])) // capacity)))
    return best


def instance(capacity: int, items: tuple, where: str) -> Instance:
    """An instance, checked; ValueError says what is wrong with it."""
    if type(capacity) is not int or not 1 <= capacity <= 10**6:
        raise ValueError(f"{where}: the capacity is {capacity!r}, not a whole number from 1 to 1000000")
    for item in items:
        if type(item) is not int or not 1 <= item <= capacity:
            raise ValueError(f"{where}: the item {item!r} is not a whole number from 1 to {capacity}")
    return Instance(capacity, tuple(items), lower_bound(capacity, items))


def read_text(text: str, where: str) -> list:
    """Instances in the OR-Library's format.

    Their number, then for each a name, capacity, number of items and of bins known to do, and the items.
    """
    words = iter(text.split())
    try:
        found = []
        for _ in range(int(next(words))):
            name, capacity, count = next(words), int(next(words)), int(next(words))
            next(words)  # the best known number of bins
            items = tuple(int(word) for word in itertools.islice(words, count))
            if len(items) != count:
                raise ValueError(f"{name} has {len(items)} items, not {count}")
            found.append(instance(capacity, items, f"{where}: {name}"))
        return found
    except StopIteration:
        raise ValueError(f"{where} ends too early for the OR-Library's format") from None


def read_json(value, where: str) -> list:
    """Instances as {"capacity": C, "items": […]}: one, a list of them, or a mapping from names to them."""
    if type(value) is dict and "items" in value:
        value = [value]
    named = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    found = []
    for name, entry in named:
        if type(entry) is not dict or type(entry.get("items")) is not list:
            raise ValueError(f"{where}: {name} is not a mapping with a capacity and a list of items")
        found.append(instance(entry.get("capacity"), entry["items"], f"{where}: {name}"))
    if not found:
        raise ValueError(f"{where} holds no instances")
    return found


def read_either(text: str, where: str) -> list:
    """Instances in either format."""
    if text.lstrip()[:1] in ("{", "["):
        return read_json(json.loads(text), where)
    return read_text(text, where)


@funsearch.inputs
def read(text: str, name: str) -> list:
    """One input of all the instances in a file, in the OR-Library's format or in JSON."""
    found = read_either(text, name)
    if sum(len(each.items) for each in found) > MOST_ITEMS:
        raise ValueError(f"{name} holds more than {MOST_ITEMS} items")
    return [{"instances": [{"capacity": each.capacity, "items": each.items} for each in found]}]


def read_file(name: str) -> list:
    """The instances of a file beside this specification, in either format."""
    if type(name) is not str or pathlib.PurePath(name).name != name:
        raise ValueError(f"the file {name!r} must be a name, of a file in the problem's folder")
    here = pathlib.Path(__file__).resolve().parent
    path = here / name if (here / name).exists() else here / "problem" / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(f"{name} cannot be read from the problem's folder: {error.strerror}") from None
    return read_either(text, name)


@functools.lru_cache(maxsize=16)
def cached_instances(text: str) -> list:
    """The instances that an input, as JSON text, stands for; made once in a process."""
    choice = json.loads(text)
    if type(choice) is dict and set(choice) == {"file"}:
        return read_file(choice["file"])
    if type(choice) is dict and set(choice) == {"instances"}:
        return read_json(choice["instances"], "instances")
    if type(choice) is dict and set(choice) == {"kind", "items", "seed", "count"} and choice["kind"] in KINDS:
        count, items, seed = choice["count"], choice["items"], choice["seed"]
        if all(type(x) is int and x >= 0 for x in (count, items, seed)) and 0 < items * count <= MOST_ITEMS:
            capacity, draw = KINDS[choice["kind"]]
            return [instance(capacity, draw(items, seed, i), f"instance {i}") for i in range(count)]
    raise ValueError(
        'an input of bin packing is {"kind": "uniform", "items": 500, "seed": 1, "count": 5} (or "weibull"), '
        '{"file": NAME} or {"instances": […]}; at most ' + f"{MOST_ITEMS} items; got {reprlib.repr(choice)}"
    )


def instances(choice) -> list:
    """The instances that an input stands for."""
    return cached_instances(json.dumps(choice, sort_keys=True))


def excess(bins: list, packed: list) -> float:
    """How many more bins were used than are needed at least, in percent of the latter, over all instances."""
    return 100.0 * (sum(bins) - sum(each.bound for each in packed)) / sum(each.bound for each in packed)


def result(choice, assignments: list, used: list) -> funsearch.Result:
    """The score of a packing: minus its excess."""
    share = excess(used, instances(choice))
    return funsearch.Result(
        0.0 - share, artifact=assignments, behaviour=tuple(used), metrics={"bins": sum(used) / len(used)}
    )


@funsearch.verify
def verify(choice: dict, artifact: list) -> float:
    """Minus the excess of a packing, by the definition alone; ValueError where it is none.

    The artifact has for every instance a list that says for each item, in the order they come, its bin.
    """
    packed = instances(choice)
    if type(artifact) not in (list, tuple) or len(artifact) != len(packed):
        raise ValueError(f"a packing is a list of {len(packed)} lists; got {reprlib.repr(artifact)}")
    used = []
    for number, (bins, each) in enumerate(zip(artifact, packed)):
        if type(bins) not in (list, tuple) or len(bins) != len(each.items):
            raise ValueError(f"instance {number}: there must be a bin for each of {len(each.items)} items")
        loads = {}
        for place, item in zip(bins, each.items):
            if type(place) is not int:
                raise ValueError(f"instance {number}: the bin {place!r} is not a whole number")
            loads[place] = loads.get(place, 0) + item
        for place, load in loads.items():
            if load > each.capacity:
                raise ValueError(f"instance {number}: bin {place} holds {load}, more than {each.capacity}")
        used.append(len(loads))
    return 0.0 - excess(used, packed)


def pack(each: Instance) -> tuple:
    """The bin of each item, and how many bins are used."""
    smallest = min(each.items)
    rooms = np.full(len(each.items), float(each.capacity))
    numbers = np.arange(len(rooms))  # of the bins in `rooms`: full ones are left out from time to time
    live = used = 0  # all bins of `rooms` from `live` on are empty
    assignment = []
    for count, item in enumerate(each.items):
        if count % 256 == 255:
            keep = rooms >= smallest
            rooms, numbers = rooms[keep], numbers[keep]
            live = int(np.count_nonzero(keep[:live]))
        seen = rooms[: live + EMPTY]
        fitting = (seen >= item).nonzero()[0]
        bins = seen[fitting]
        priorities = priority(float(item), bins)
        check(priorities, len(fitting))
        best = int(priorities.argmax())
        place = int(fitting[best])
        if priorities[best] != priorities[best]:
            raise ValueError(f"the priority of ({item}, {seen[place]}) is NaN: bins cannot be ordered")
        if place >= live:
            live = place + 1
        if rooms[place] == each.capacity:
            used += 1
        rooms[place] -= item
        assignment.append(int(numbers[place]))
    return assignment, used


def check(priorities, count: int) -> None:
    """Raises ValueError unless the priorities are an array of so many numbers."""
    if type(priorities) is not np.ndarray:
        raise ValueError(f"priority returned a {type(priorities).__name__}; return an array")
    if priorities.shape != (count,):
        raise ValueError(f"priority returned an array of shape {priorities.shape} for {count} bins")
    if priorities.dtype.kind not in "fiub":
        raise ValueError(f"priority returned an array of {priorities.dtype}, not of numbers")


@funsearch.run
def evaluate(choice: dict) -> funsearch.Result:
    """Minus the excess over the lower bound, in percent, of the packings that the priorities lead to."""
    with np.errstate(all="ignore"):
        packings = [pack(each) for each in instances(choice)]
    return result(choice, [bins for bins, _ in packings], [used for _, used in packings])


@funsearch.evolve
def priority(item: float, bins: np.ndarray) -> np.ndarray:
    """Returns the priority with which we want to put an item of size `item` into each of the bins.

    `bins` has the free room of every bin that the item fits in, before it is in; the item goes into the first
    bin of highest priority.
    """
    return 0.0 * bins
