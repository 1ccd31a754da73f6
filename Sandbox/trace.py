"""The types that the evolved function is called with, seen while the seed program runs."""

import inspect

_RECORDED = 2000
_ROWS = 20000  # different sequences kept of one parameter
_PLAIN = {int: "int", float: "float", bool: "bool", str: "str", type(None): "None", complex: "complex"}


def trace(evaluator, specification):
    """Runs the seed program on every loaded input and tells what its function was given."""
    function = specification.names[specification.evolve]
    seen = Recorder(function)
    names = specification.names
    names[specification.evolve] = seen
    try:
        for value in specification.inputs:
            seen.left = _RECORDED
            evaluator.limited(specification, names[specification.run], value)
    finally:
        names[specification.evolve] = function
    return {"parameters": seen.parameters(), "calls": seen.calls}


class Recorder:
    """Stands in for a function and notes the types of its arguments."""

    def __init__(self, function):
        self.calls = 0
        self.left = 0
        self._function = function
        self._signature = inspect.signature(function)
        self._types = {}
        self._lengths = {}
        self._shapes = {}
        self._immutable = {}
        self._rows = {name: {} for name in self._signature.parameters}
        self._places = list(enumerate(self._signature.parameters))

    def __call__(self, *arguments, **keywords):
        self.calls += 1
        self._note_rows(arguments)
        if self.left > 0:
            self.left -= 1
            bound = self._signature.bind(*arguments, **keywords)
            self._note_lengths(bound.arguments)
            self._note_shapes(bound.arguments)
            for name, value in bound.arguments.items():
                text, immutable = described_type(value)
                self._types.setdefault(name, set()).add(text)
                self._immutable[name] = self._immutable.get(name, True) and immutable
        return self._function(*arguments, **keywords)

    def _note_rows(self, arguments):
        """Keeps the sequences of small whole numbers that parameters were given; None once it was another."""
        for place, name in self._places:
            rows = self._rows[name]
            if rows is not None and place < len(arguments) and len(rows) < _ROWS:
                row = row_text(arguments[place])
                if row is None:
                    self._rows[name] = None
                else:
                    rows[row] = None

    def _note_lengths(self, arguments):
        """Keeps, for every whole number, the arguments whose length it always was."""
        for name, value in arguments.items():
            if type(value) is int:
                of = {
                    other
                    for other, held in arguments.items()
                    if hasattr(held, "__len__") and len(held) == value
                }
                self._lengths[name] = self._lengths.get(name, of) & of

    def _note_shapes(self, arguments):
        """Keeps, for every array, the arguments whose shape it always had."""
        shapes = {name: value.shape for name, value in arguments.items() if type(value).__name__ == "ndarray"}
        for name, shape in shapes.items():
            of = {other for other, its in shapes.items() if its == shape and other != name}
            self._shapes[name] = self._shapes.get(name, of) & of

    def parameters(self):
        """One entry a parameter, in order of the definition."""
        return [self._parameter(name) for name in self._signature.parameters]

    def _parameter(self, name):
        entry = {"name": name, "types": sorted(self._types.get(name, ())),
                 "immutable": self._immutable.get(name, False)}
        lengths = self._lengths.get(name)
        if lengths and entry["types"] == ["int"]:
            entry["length_of"] = min(lengths)
        if self._shapes.get(name):
            entry["shape_of"] = sorted(self._shapes[name])
        if self._rows[name]:
            entry["rows"] = list(self._rows[name])
        return entry


def row_text(value):
    """2 to 64 whole numbers from 0 to 63 as text, a character from "0" on for each; else None."""
    if type(value) not in (tuple, list) or not 2 <= len(value) <= 64:
        return None
    if any(type(item) is not int or not 0 <= item < 64 for item in value):
        return None
    return "".join(chr(48 + item) for item in value)


def described_type(value, depth=0):
    """A type hint that fits the value, and whether nothing of it can be changed."""
    kind = type(value)
    if kind in _PLAIN:
        return _PLAIN[kind], True
    if depth > 4:
        return kind.__name__, False
    if kind is tuple:
        inner = [described_type(item, depth + 1) for item in value[:64]]
        texts = [text for text, _ in inner]
        immutable = all(flag for _, flag in inner)
        if len(set(texts)) == 1:
            return "tuple[%s, ...]" % texts[0], immutable
        return "tuple[%s]" % (", ".join(texts) or "()"), immutable
    if kind in (list, set, frozenset):
        texts = sorted({described_type(item, depth + 1)[0] for item in list(value)[:64]})
        return "%s[%s]" % (kind.__name__, " | ".join(texts)) if texts else kind.__name__, kind is frozenset
    if kind is dict:
        keys = sorted({described_type(item, depth + 1)[0] for item in list(value)[:64]})
        items = sorted({described_type(item, depth + 1)[0] for item in list(value.values())[:64]})
        return "dict[%s, %s]" % (" | ".join(keys), " | ".join(items)) if keys else "dict", False
    if kind.__module__ == "numpy" and kind.__name__ == "ndarray":
        return "numpy.ndarray[%s, %d]" % (value.dtype.name, value.ndim), False
    if kind.__module__ in ("builtins", "numpy"):
        return ("numpy." if kind.__module__ == "numpy" else "") + kind.__name__, kind.__module__ == "numpy"
    return "%s.%s" % (kind.__module__, kind.__qualname__), False
