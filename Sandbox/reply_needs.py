"""What a function needs beside itself: from the reply, the prompt and the specification, in this order."""

import ast
import builtins
import copy

from .reply_kinds import Discard, UNRESOLVED_NAME
from .reply_scope import bound_names, free_names, global_stores, walk

_ALWAYS = set(dir(builtins)) | {
    "__name__", "__file__", "__doc__", "__builtins__", "__class__", "__annotations__"}
_MODULES = (
    "math", "cmath", "itertools", "functools", "collections", "operator", "random", "statistics", "heapq",
    "re", "bisect", "fractions", "decimal", "copy", "typing", "string", "array", "numbers", "enum",
    "dataclasses", "numpy", "sys")
_MEMBERS = {
    "typing": ("Any", "Callable", "Dict", "Iterable", "Iterator", "List", "Mapping", "NamedTuple", "Optional",
               "Sequence", "Set", "FrozenSet", "Tuple", "Type", "TypeVar", "Union", "Generator", "Literal"),
    "collections": ("Counter", "OrderedDict", "defaultdict", "deque", "namedtuple"),
    "functools": ("lru_cache", "partial", "reduce"),
    "itertools": ("accumulate", "combinations", "combinations_with_replacement", "permutations", "product"),
    "dataclasses": ("dataclass", "field"),
}
_IMPORTS = {name: "import " + name for name in _MODULES}
_IMPORTS["np"] = "import numpy as np"
_IMPORTS.update((name, "from %s import %s" % (module, name))
                for module, names in _MEMBERS.items() for name in names)

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try)


class Layer:
    """The statements of one place that names are looked for in."""

    def __init__(self, statements, is_whole=False):
        """`is_whole` keeps imports as they were written, so that the specification's are known as its own."""
        self.statements = [part for item in statements for part in ([item] if is_whole else _split(item))]
        self._binders = {}
        self._free = {}
        for place, item in enumerate(self.statements):
            if not is_guard(item):
                for name in bound_names(item):
                    self._binders.setdefault(name, []).append(place)

    def binders(self, name):
        """The places of the statements that give the name its value."""
        places = self._binders.get(name, [])
        if places and isinstance(self.statements[places[-1]], _DEFINITIONS):
            return places[-1:]
        return places

    def free(self, place):
        """The names that a statement looks up; those of its own loops have their values from there."""
        if place not in self._free:
            statement = self.statements[place]
            self._free[place] = free_names(statement)
            if isinstance(statement, _COMPOUND):
                self._free[place] -= {name.id for item in walk(statement) if isinstance(item, ast.For)
                                      for name in walk(item.target)
                                      if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}
        return self._free[place]

    def names(self):
        """All names that are bound here."""
        return set(self._binders)

    def alterations(self, names):
        """Places of statements that change, at the module's level, the objects that some names stand for."""
        plain = {name for name in names if any(
            not isinstance(self.statements[place], _DEFINITIONS + (ast.Import, ast.ImportFrom))
            for place in self._binders.get(name, ()))}
        if plain:
            for place, item in enumerate(self.statements):
                if not isinstance(item, _DEFINITIONS) and not is_guard(item) and _alters(item, plain):
                    yield place


def is_guard(statement):
    """Whether the statement is `if __name__ == …`."""
    return isinstance(statement, ast.If) and any(
        isinstance(item, ast.Name) and item.id == "__name__" for item in walk(statement.test))


def _split(statement):
    """Imports of several names as one each."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)) and len(statement.names) > 1:
        for item in statement.names:
            single = copy.copy(statement)
            single.names = [item]
            yield single
    else:
        yield statement


def _alters(statement, names):
    if isinstance(statement, ast.Expr):
        call = statement.value
        return (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
                and _root(call.func) in names)
    if isinstance(statement, (ast.Assign, ast.AugAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return any(not isinstance(item, ast.Name) and _root(item) in names for item in targets)
    if isinstance(statement, ast.Delete):
        return any(_root(item) in names for item in statement.targets)
    if isinstance(statement, _COMPOUND):
        return any(_alters(item, names) for item in walk(statement)
                   if isinstance(item, (ast.Expr, ast.Assign, ast.AugAssign, ast.Delete)))
    return False


def _root(node):
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


class Needs:
    """The statements chosen for a function."""

    def __init__(self, function, layers, name):
        self._layers = layers
        self._chosen = [set() for _ in layers]
        self._seen = {name}
        self._missing = []
        self._extra = []
        self._look_for(free_names(function))
        self._settle_missing(function)

    def _look_for(self, names):
        # In the order of their letters, for a set has none that is the same in every process.
        waiting = sorted(names)
        while waiting:
            name = waiting.pop()
            if name not in self._seen:
                self._seen.add(name)
                waiting += sorted(self._resolve(name))
            if not waiting:
                waiting = self._altering()

    def _resolve(self, name):
        for layer, chosen in zip(self._layers, self._chosen):
            places = layer.binders(name)
            if places:
                return self._choose(layer, chosen, places)
        if name not in _ALWAYS:
            self._missing.append(name)
        return ()

    @staticmethod
    def _choose(layer, chosen, places):
        names = set()
        for place in places:
            if place not in chosen:
                chosen.add(place)
                names |= layer.free(place)
        return names

    def _altering(self):
        names = set()
        for layer, chosen in zip(self._layers, self._chosen):
            names |= self._choose(layer, chosen, list(layer.alterations(self._seen)))
        return sorted(names - self._seen)

    def _settle_missing(self, function):
        missing, self._missing = self._missing, []
        if not missing:
            return
        stars = [item for layer in self._layers for item in layer.statements
                 if isinstance(item, ast.ImportFrom) and item.names[0].name == "*"]
        kept = [function] + [layer.statements[place] for layer, chosen in zip(self._layers, self._chosen)
                             for place in chosen]
        stored = set().union(*map(global_stores, kept))
        futures = self._futures()
        if futures:
            # Such annotations are never worked out.
            meant = _named_outside_annotations(kept)
            missing = [name for name in missing if name in meant]
        tolerant = any(isinstance(item, ast.Name) and item.id == "NameError"
                       for node in kept for item in walk(node))
        self._extra += stars
        for name in sorted(missing):
            if stars or tolerant or name in stored:
                continue
            if name not in _IMPORTS:
                raise Discard(UNRESOLVED_NAME, "%s is defined neither in the reply nor in the prompt" % name)
            self._extra += ast.parse(_IMPORTS[name]).body
            self.imported = True

    imported = False
    """Whether an import was added that the reply forgot."""

    def statements(self):
        """All that was chosen: imports first, then the specification's, the prompt's and the reply's."""
        found = list(self._extra)
        for layer, chosen in reversed(list(zip(self._layers, self._chosen))):
            found += [layer.statements[place] for place in sorted(chosen)]
        found += [part for item in self._futures() for part in _split(item)]
        ordered = sorted(found, key=_rank)
        seen, made = set(), []
        for item in ordered:
            if isinstance(item, (ast.Import, ast.ImportFrom)):
                text = ast.dump(item)
                if text in seen:
                    continue
                seen.add(text)
            made.append(item)
        return made

    def _futures(self):
        return [item for layer in self._layers[:-1] for item in layer.statements
                if isinstance(item, ast.ImportFrom) and item.module == "__future__"
                and any(name.name == "annotations" for name in item.names)]


def _named_outside_annotations(nodes):
    names, waiting = set(), list(nodes)
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.Name):
            names.add(item.id)
        for key, value in item.__dict__.items():
            if key not in ("annotation", "returns"):
                parts = value if isinstance(value, list) else [value]
                waiting += [part for part in parts if isinstance(part, ast.AST)]
    return names


def _rank(statement):
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        return 0
    return 1 if isinstance(statement, (ast.Import, ast.ImportFrom)) else 2
