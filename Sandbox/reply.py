"""The request `extract`: from a model's reply to the function it proposes (PROTOCOL.md).

Nothing of the reply is run. Every reply ends as a program or as a discard of one kind.
"""

import ast
import re

from . import reply_edits, reply_function, reply_text, tree
from .describe import marker
from .failure import Failure, clipped
from .limits import Expired, address_space, limit_memory
from .reply_function import Shape, is_docstring
from .reply_kinds import (Budget, Discard, EMPTY, EMPTY_BODY, NO_CODE, NO_VALUE, REFUSED, SYNTAX,
                          THINKING_ONLY, TOO_COMPLEX, TOO_LONG, TRUNCATED, UNRESOLVED_NAME, WRONG_NAME)
from .reply_needs import Layer, Needs, is_guard
from .reply_parts import begins_as_code, continued, parse, read
from .reply_rename import fresh, names_in, rename
from .reply_scope import bound_names, children, clone, free_names, local_names, walk
from .reply_text import Piece

LONGEST = 1 << 20
"""Characters of a reply that is read."""
_PARSED = 3 << 20
_CPU_SECONDS, _WALL_SECONDS, _MEMORY = 1.5, 20.0, 512 << 20
_DEEPEST_WRAPPING = 3


class Reader:
    """Answers `extract` requests in a process that runs no specification and no candidate."""

    def __init__(self, stopwatch):
        self._stopwatch = stopwatch
        self._limited = False
        self._context = None
        self._shown = ("", [])

    def extract(self, request):
        """The program in a reply, as a tree, or why there is none."""
        if not self._limited:
            limit_memory(_MEMORY, address_space())
            self._limited = True
        try:
            self._stopwatch.start(_CPU_SECONDS, _WALL_SECONDS)
            try:
                return self._extracted(request)
            finally:
                self._stopwatch.stop()
        except Discard as discard:
            return _discarded(discard.kind, discard.message)
        except Failure:
            raise
        except Expired as error:
            self._stopwatch.stop()
            return _discarded(TOO_COMPLEX, "reading the reply took more %s time than it may" % error.limit)
        except MemoryError:
            self._context = None
            return _discarded(TOO_COMPLEX, "reading the reply took more memory than it may")
        except RecursionError:
            return _discarded(TOO_COMPLEX, "the reply's code is nested too deeply to be read")

    def _extracted(self, request):
        context = self._for(request)
        text = request["reply"]
        if len(text) > LONGEST:
            raise Discard(TOO_LONG, "the reply has %d characters; at most %d are read" % (len(text), LONGEST))
        extraction = _Extraction(context, request, self._statements_shown(request.get("shown") or ""))
        statements, marks = extraction.program(text)
        try:
            trees = [tree.statement(item) for item in statements]
        except ValueError as error:
            raise Discard(SYNTAX, "it cannot be written down: %s" % error) from None
        return {"statements": trees, "marks": sorted(marks)}

    def _for(self, request):
        key = (request["specification"], request["evolve"], request.get("run"), request.get("verify"))
        if self._context is None or self._context.key != key:
            self._context = Context(key)
        return self._context

    def _statements_shown(self, source):
        if self._shown[0] != source:
            try:
                self._shown = (source, ast.parse(source).body)
            except (SyntaxError, ValueError):
                raise Failure("syntax", "the versions shown in the prompt are not Python") from None
        return self._shown[1]


def _discarded(kind, message):
    return {"discard": {"kind": kind, "message": clipped(message)}}


class Context:
    """What a specification says, read once."""

    def __init__(self, key):
        self.key = key
        source, self.evolve, run, verify = key
        module = ast.parse(source)
        self.source = source
        seed = next((item for item in module.body
                     if isinstance(item, ast.FunctionDef) and item.name == self.evolve), None)
        if seed is None:
            raise Failure("exception", "the specification has no function %s" % self.evolve)
        self.seed = seed
        self.seed_text = ast.get_source_segment(source, seed) or ast.unparse(seed)
        self.shape = Shape(seed)
        self.hidden = {run, verify} - {None, self.evolve}
        own = [item for item in module.body if not is_docstring(item) and not (
            isinstance(item, ast.FunctionDef) and (item.name in self.hidden or item is seed))]
        self.layer = Layer(own, is_whole=True)


class _Found:
    """A definition that may be the one asked for."""

    def __init__(self, rank, order, reading, make, name):
        self.rank = rank
        self.order = order
        self.reading = reading
        self.make = make
        """Gives the function, or raises a discard."""
        self.name = name
        self.known = False
        """Whether the prompt showed the same."""


_ASKED, _BODY, _NAMED, _EARLIER, _ALIKE = 5, 4, 3, 2, 1


class _Extraction:
    """One reply."""

    def __init__(self, context, request, shown):
        self._context = context
        self._shape = context.shape
        self._version = request.get("version")
        self._against = request.get("against")
        self._is_cut = bool(request.get("cut"))
        self._shown = shown
        self._budget = Budget(_PARSED)
        self._marks = set()

    # From text to readings

    def program(self, text):
        """The statements of the program and marks."""
        if not text.strip("\ufeff\u200b \t\r\n\f\v\0"):
            raise Discard(EMPTY, "the reply is empty")
        text = reply_text.plain(text)
        looks_mixed = "```" in text or "<" in text
        if looks_mixed and begins_as_code(text) and parse(text, self._budget)[0] is not None:
            # Fences and tags in a text that is Python as a whole are in its strings.
            return self._program_in([Piece(text, at_end=True)], text)
        answer, thought = reply_text.without_thoughts(text)
        if thought:
            self._marks.add("thoughts")
        if not answer.strip():
            raise Discard(THINKING_ONLY, "the reply ends within its thoughts; give the model more tokens, "
                                         "or let it think less")
        answer = self._cut_short(answer)
        edited = reply_edits.edited(answer, self._bases())
        if edited is not None:
            self._marks.add("edit")
            pieces = [Piece(edited, True)]
        else:
            pieces = reply_text.pieces(answer)
        before = set(self._marks)
        try:
            return self._program_in(pieces, answer)
        except Discard as discard:
            if discard.kind not in (EMPTY_BODY, NO_VALUE, SYNTAX):
                raise
            self._marks = before | {"mended"}
            try:
                return self._program_in([Piece(continued(pieces))], answer)
            except Discard:
                raise discard from None

    def _program_in(self, pieces, answer):
        readings = self._readings(pieces, 0)
        found = self._found(readings)
        if not found:
            spans = [Piece(code, True) for code in reply_text.code_spans(answer)]
            readings += self._readings(spans, _DEEPEST_WRAPPING)
            found = self._found(readings)
        if not found:
            raise self._nothing(readings, answer)
        return self._best(found, readings)

    def _cut_short(self, answer):
        """Without a last line that the limit of tokens cut: whether it is whole cannot be known."""
        if not self._is_cut or answer.endswith("\n") or "\n" not in answer:
            return answer
        return answer[:answer.rindex("\n") + 1]

    def _bases(self):
        """Texts that an edit may be meant for, the likeliest first."""
        if self._against:
            yield self._against
        for item in reversed(self._shown):
            yield ast.unparse(item)
        yield self._context.seed_text
        yield self._context.source

    def _readings(self, pieces, depth):
        found = []
        for piece in pieces:
            reading = read(piece, self._budget)
            if reading.texts and depth < _DEEPEST_WRAPPING:
                for text in reading.texts:
                    found += self._readings(reply_text.pieces(reply_text.plain(text)), depth + 1)
                if not reading.statements:
                    continue
            found.append(reading)
        return found

    # From readings to definitions

    def _rank(self, name, function=None):
        """How well a name fits the function that was asked for; 0 for not at all."""
        evolve = self._shape.name
        if name == evolve:
            return _NAMED
        numbered = re.fullmatch(re.escape(evolve) + r"_?[vV]?_?(\d{1,9})", name)
        if numbered:
            number = int(numbered[1])
            if number == self._version:
                return _ASKED
            return _NAMED if self._version is None or number > self._version else _EARLIER
        alike = evolve.replace("_", "").lower() in name.replace("_", "").lower()
        if not alike or function is None:
            return 0
        given = [item.arg for item in function.args.args]
        return _ALIKE if len(given) == len(self._shape.parameters) else 0

    def _found(self, readings):
        found = []
        for reading in readings:
            for item in reading.statements:
                found += self._definitions(item, reading, len(found))
            if reading.body is not None:
                rank = _BODY if reading.starts_with_body else _ALIKE
                found.append(_Found(rank, len(found), reading, _body_maker(reading.body, self._shape), None))
            for name, kind, message in reading.broken:
                rank = (_BODY if name is None else self._rank(name))
                if rank:
                    failing = _failing(kind, message, name or "the body")
                    found.append(_Found(rank, len(found), reading, failing, name))
        if not found:
            for reading in readings:
                found += self._nested(reading, len(found))
        return found

    def _definitions(self, item, reading, order):
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            rank = max(self._rank(item.name, item), _NAMED if self._is_marked(item) else 0)
            if rank and not self._is_marked(item, ("run", "verify")):
                yield _Found(rank, order, reading, _function_maker(item), item.name)
        elif isinstance(item, ast.ClassDef):
            for method in item.body:
                if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    rank = self._rank(method.name)
                    if rank:
                        yield _Found(rank, order, reading, _method_maker(item, method), method.name)
        elif isinstance(item, (ast.Assign, ast.AnnAssign)) and item.value is not None:
            targets = item.targets if isinstance(item, ast.Assign) else [item.target]
            for target in targets:
                rank = self._rank(target.id) if isinstance(target, ast.Name) else 0
                if rank and isinstance(item.value, (ast.Lambda, ast.Name, ast.Call)):
                    maker = _assigned_maker(target.id, item, reading, self._shape)
                    yield _Found(rank, order, reading, maker, target.id)
        elif isinstance(item, (ast.If, ast.Try, ast.With)) and not is_guard(item):
            for inner in children(item):
                if isinstance(inner, ast.stmt):
                    yield from self._definitions(inner, reading, order)

    def _is_marked(self, function, markers=("evolve",)):
        names = {"funsearch": None, "evolve": "evolve"}
        return any(marker(item, names) in markers for item in function.decorator_list)

    def _nested(self, reading, order):
        """Definitions inside other functions, where they use nothing of those."""
        for outer in reading.statements:
            if not isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            locals_ = local_names(outer)
            for inner in walk(outer):
                if isinstance(inner, ast.FunctionDef) and inner is not outer and self._rank(inner.name) \
                        and not (free_names(inner) - {inner.name}) & locals_:
                    yield _Found(self._rank(inner.name), order, reading, _function_maker(inner), inner.name)

    # From definitions to a program

    def _best(self, found, readings):
        """The program of the best definition that makes one."""
        if len(found) > 1:
            known = self._known()
            for item in found:
                item.known = _text_of(item) in known
        found.sort(key=lambda item: (item.rank, not item.known, not self._is_trimmed(item), item.order),
                   reverse=True)
        first = None
        for item in found:
            if first is not None and item.rank < first.rank:
                break
            first = first or item
            try:
                return self._program(item, readings)
            except Discard as discard:
                failure = discard if item is first else failure
        raise failure

    @staticmethod
    def _is_trimmed(item):
        return item.name in item.reading.trimmed

    def _known(self):
        functions = [self._context.seed] + [item for item in self._shown if isinstance(item, ast.FunctionDef)]
        return {_body_text(item) for item in functions}

    def _program(self, item, readings):
        function = item.make()
        shape = self._shape
        trimmed = self._is_trimmed(item)
        try:
            reply_function.checked(function, shape)
        except Discard:
            if trimmed or (self._is_cut and item.reading.piece.at_end):
                raise Discard(TRUNCATED, "%s is cut off before it returns anything" % function.name) from None
            raise
        if trimmed:
            self._marks.add("trimmed")
        if item.reading.mended:
            self._marks.add("mended")
        own = function.name
        if item.name is None:
            own = self._asked_name()
            function.name = own
            self._marks.add("body")
        layers = self._layers(item, readings, own)
        layers.insert(0, Layer(getattr(item.make, "helpers", ())))
        self._part_names(function, layers, own)
        for name in sorted(self._context.hidden):
            self._rename_helper(function, layers, name, name + "_own")
        function, helpers, marks = reply_function.with_signature(function, shape)
        self._marks |= marks
        if own != shape.name and item.name is not None:
            self._marks.add("renamed")
        if helpers:
            layers.insert(0, Layer(helpers))
        if not any(part.name == own for part in helpers):
            layers[:-1] = [self._refer(layer, own) for layer in layers[:-1]]
        needs = self._needs(function, layers)
        statements = needs.statements()
        if needs.imported:
            self._marks.add("imported")
        if any(not isinstance(part, (ast.Import, ast.ImportFrom)) for part in statements):
            self._marks.add("helpers")
        statements.append(function)
        _check_compiles(statements)
        return statements, self._marks

    def _asked_name(self):
        return self._shape.name if self._version is None else "%s_v%d" % (self._shape.name, self._version)

    def _needs(self, function, layers):
        try:
            return Needs(function, layers, self._shape.name)
        except Discard as discard:
            name = discard.message.split(" ")[0]
            if name in self._context.hidden:
                raise Discard(UNRESOLVED_NAME, "%s scores programs; programs cannot call it" % name) from None
            if self._rank(name):
                raise Discard(UNRESOLVED_NAME,
                              "%s is a version that neither the reply nor the prompt has" % name) from None
            raise

    def _layers(self, item, readings, own):
        """Where names are looked for: the definition's own block, the nearest others, then the rest."""
        place = next(at for at, reading in enumerate(readings) if reading is item.reading)
        others = readings[:place][::-1] + readings[place + 1:]
        layers = []
        for reading in [item.reading] + others:
            kept = [part for part in _opened(reading.statements, own) if not (
                isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) and part.name == own)
                and not _assigns(part, own)]
            layers.append(Layer(kept))
        layers.append(Layer(self._shown))
        layers.append(self._context.layer)
        return layers

    def _part_names(self, function, layers, own):
        """Gives another name to what the reply itself calls by the function's name in the specification."""
        name = self._shape.name
        if own != name:
            self._rename_helper(function, layers, name, name + "_before")

    @staticmethod
    def _rename_helper(function, layers, name, other):
        """Gives another name to a helper that has one which is not the reply's to give."""
        if not any(layer.binders(name) for layer in layers[:-1]):
            return
        other = fresh(other, names_in(function).union(*(layer.names() for layer in layers)))
        for place, layer in enumerate(layers[:-1]):
            layers[place] = _renaming(layer, name, other, lambda part: name in names_in(part))
        if name in free_names(function):
            rename(function, name, other)

    def _refer(self, layer, own):
        """The helpers of a layer, calling the function by the name it now has."""
        name = self._shape.name
        if own == name:
            return layer
        for place, part in enumerate(layer.statements):
            if own in layer.free(place) and name in names_in(part):
                layer.statements[place] = clone(part)
                rename(layer.statements[place], name, fresh(name + "_value", names_in(part)))
        return _renaming(layer, own, name, lambda part: own in free_names(part))

    def _nothing(self, readings, answer):
        """The discard of a reply that defines nothing of what was asked for."""
        names = [part.name for reading in readings for part in reading.statements
                 if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef))]
        broken = [entry for reading in readings for entry in reading.broken]
        if names:
            return Discard(WRONG_NAME, "it defines %s, not %s" % (
                ", ".join(list(dict.fromkeys(names))[:5]), self._asked_name()))
        if broken:
            name, kind, message = broken[-1]
            if kind != TRUNCATED:
                kind = WRONG_NAME if name else SYNTAX
            return Discard(kind, "%s: %s" % (name, message))
        if reply_text.refuses(answer):
            return Discard(REFUSED, "the model declines: %s" % " ".join(answer.split())[:200])
        for reading in readings:
            if not reading.statements and _looks_meant(reading.piece):
                statements, error = parse(reading.piece.text, self._budget)
                if statements is None:
                    return Discard(SYNTAX, "the code block is not Python: %s" % error)
        return Discard(NO_CODE, "no definition of %s is in the reply" % self._asked_name())


def _renaming(layer, old, new, concerns):
    """The layer with statements that something concerns renamed; the layer itself where there are none."""
    places = [place for place, part in enumerate(layer.statements) if concerns(part)]
    if not places:
        return layer
    statements = list(layer.statements)
    for place in places:
        statements[place] = clone(statements[place])
        rename(statements[place], old, new)
    return Layer(statements)


def _looks_meant(piece):
    return piece.fenced and piece.info.lower() in ("", "py", "python", "python3") and "return" in piece.text


def _opened(statements, name):
    """The statements, with what stands beside a conditional definition of the name out of the condition."""
    for item in statements:
        body = getattr(item, "body", None) if isinstance(item, (ast.If, ast.Try, ast.With)) else None
        if body and any(getattr(part, "name", None) == name for part in body):
            yield from body
        else:
            yield item


def _assigns(statement, name):
    return isinstance(statement, (ast.Assign, ast.AnnAssign)) and name in bound_names(statement)


def _function_maker(item):
    def make():
        if isinstance(item, ast.AsyncFunctionDef):
            return clone(reply_function.from_async(item))
        return clone(item)
    make.node = item
    return make


def _method_maker(owner, method):
    return lambda: clone(reply_function.from_method(owner, method))


def _body_maker(statements, shape):
    return lambda: clone(reply_function.of_body(statements, shape))


def _assigned_maker(name, item, reading, shape):
    def make():
        value = item.value
        if isinstance(value, ast.Lambda):
            return clone(reply_function.from_lambda(name, value, item))
        if isinstance(value, ast.Name):
            for other in reversed(reading.statements):
                if isinstance(other, ast.FunctionDef) and other.name == value.id:
                    return clone(other)
        inner = ast.Name(id=shape.name + "_inner", ctx=ast.Store())
        helper = ast.Assign(targets=[inner], value=clone(value), type_comment=None)
        make.helpers = [ast.fix_missing_locations(ast.copy_location(helper, item))]
        made = reply_function.calling(name, shape, ast.Name(id=inner.id, ctx=ast.Load()))
        return ast.fix_missing_locations(ast.copy_location(made, item))
    return make


def _failing(kind, message, name):
    def make():
        raise Discard(kind, "%s: %s" % (name, message))
    return make


def _body_text(function):
    body = function.body[1:] if function.body and is_docstring(function.body[0]) else function.body
    return "".join(map(ast.dump, body))


def _text_of(item):
    node = getattr(item.make, "node", None)
    return _body_text(node) if node is not None else None


def _check_compiles(statements):
    module = ast.Module(body=statements, type_ignores=[])
    try:
        try:
            compile(module, "reply", "exec", dont_inherit=True)
        except TypeError:  # a node that was made here has no line
            compile(ast.fix_missing_locations(module), "reply", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError) as error:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        raise Discard(SYNTAX, "%s: %s" % (type(error).__name__, message)) from None
