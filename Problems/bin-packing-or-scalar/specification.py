"""Packs items, as they come, into as few bins as possible; a priority is given to each amount of free room.

Two bins with the same room are the same to the evolved function, so that what counts is how many bins there
are of each room. An item goes where its priority is highest, on ties where there is less room; an empty bin
is always among the choices.
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


def preferences(capacity: int, sizes: tuple) -> dict:
    """For every size of an item, the rooms it fits in, best first.

    The function is asked for all items of one room at a time.
    """
    ranked = {size: [] for size in sizes}
    for room in range(min(sizes), capacity + 1):
        fitting = [float(size) for size in sizes if size <= room]
        values = funsearch.map(priority, fitting, float(room))
        values = funsearch.as_floats(values, zip(fitting, itertools.repeat(float(room))))
        for size, value in zip(sizes, values):
            ranked[size].append(-value)
    # Sorting is stable: on ties the smaller room comes first.
    return {
        size: [size + place for place in sorted(range(len(values)), key=values.__getitem__)]
        for size, values in ranked.items()
    }


def pack(each: Instance, preferred: dict) -> tuple:
    """The bin of each item, and how many bins are used."""
    open_bins = [[] for _ in range(each.capacity)]
    open_bins.append(list(range(len(each.items) - 1, -1, -1)))  # the empty ones; the next is the last
    assignment = []
    assign = assignment.append
    for item in each.items:
        for room in preferred[item]:
            if open_bins[room]:
                break
        chosen = open_bins[room].pop()
        open_bins[room - item].append(chosen)
        assign(chosen)
    return assignment, len(each.items) - len(open_bins[each.capacity])


@funsearch.run
def evaluate(choice: dict) -> funsearch.Result:
    """Minus the excess over the lower bound, in percent, of the packings that the priorities lead to."""
    packed = instances(choice)
    sizes = {}
    for each in packed:
        sizes.setdefault(each.capacity, set()).update(each.items)
    preferred = {capacity: preferences(capacity, tuple(sorted(found))) for capacity, found in sizes.items()}
    packings = [pack(each, preferred[each.capacity]) for each in packed]
    return result(choice, [bins for bins, _ in packings], [used for _, used in packings])


@funsearch.evolve
def priority(item: float, bin: float) -> float:
    """Returns the priority with which we want to put an item of size `item` into a bin with room `bin`.

    The room, from `item` to the capacity, is that before the item is in. The highest priority is taken.
    """
    return 0.0
