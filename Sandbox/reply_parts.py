"""From a piece of a reply to the statements it holds, whatever stands around and between them."""

import ast
import json
import re

from . import reply_repair as repair
from .reply_kinds import EMPTY_BODY, SYNTAX, TRUNCATED
from .reply_repair import width
from .reply_scope import children, walk

_LONGEST_MENDED = 1 << 16
"""Characters of a piece that is worth many attempts."""
_MOST_TRIMMED = 200
_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)


class Reading:
    """What was found in one piece."""

    def __init__(self, piece):
        self.piece = piece
        self.statements = []
        """Those of a module, in order."""
        self.body = None
        """Statements that stand for the function's body alone, its header left to the prompt."""
        self.starts_with_body = False
        self.trimmed = set()
        """Names of functions, or None for the body, that lost an unfinished end."""
        self.mended = False
        self.broken = []
        """Name (None for a body), kind and message of each definition that cannot be read."""
        self.texts = []
        """Programs that the piece holds as text, such as the value of a JSON object."""


def parse(text, budget):
    """The statements, or the error."""
    budget.spend(len(text))
    try:
        return ast.parse(text).body, None
    except (SyntaxError, ValueError, MemoryError, OverflowError) as error:
        return None, error
    except RecursionError:
        return None, SyntaxError("nested too deeply")


def explained(error):
    """What is wrong with a text, for a message."""
    if isinstance(error, SyntaxError):
        place = " (line %d)" % error.lineno if error.lineno else ""
        return "%s: %s%s" % (type(error).__name__, error.msg, place)
    return "%s: %s" % (type(error).__name__, error)


def read(piece, budget):
    """What the piece holds."""
    reading = Reading(piece)
    text = piece.text
    if text.lstrip()[:1] in ("{", "[", '"'):
        reading.texts = wrapped_texts(text)
        if reading.texts:
            return reading
    text = repair.unescaped(text)
    reading.mended = text is not piece.text
    flush = repair.dedented(text)
    if flush is text and width(text.lstrip("\n")) and len(text) <= _LONGEST_MENDED:
        # It begins set in and goes on at the margin: a continuation, which is no module.
        body, rest, _ = _leading_body(reading, text, budget)
        if body is not None:
            reading.body, reading.starts_with_body = body, True
            _take_chunks(reading, rest, budget)
            return reading
        reading.statements = []
    statements, error = parse(flush, budget)
    if statements is None and len(text) <= _LONGEST_MENDED:
        statements, text = _mended(text, budget)
        reading.mended |= statements is not None
    if statements is not None:
        _take(reading, statements, text)
        return reading
    if len(text) <= _LONGEST_MENDED:
        _take_parts(reading, text, budget)
    if not reading.statements and reading.body is None and not reading.broken:
        reading.texts = members(text)
        if reading.texts:
            return reading
        _note_broken(reading, text, error, False)
    return reading


def _mended(text, budget):
    """The statements of a text that something simple is wrong with, and the text as far as it was mended."""
    for mend in (repair.with_real_lines, repair.without_quote_marks, repair.without_prompts,
                 repair.without_line_numbers, repair.without_plus_signs, repair.visible, repair.ascii_signs):
        changed = mend(text)
        if changed != text:
            text = changed
            statements, _ = parse(repair.dedented(text), budget)
            if statements is not None:
                return statements, text
    for mend in (repair.with_tabs_of(8), repair.with_tabs_of(4), repair.with_tabs_of(2), repair.realigned,
                 repair.body_set_in):
        changed = mend(text)
        if changed != text:
            statements, _ = parse(repair.dedented(changed), budget)
            if statements is not None:
                return statements, changed
    return None, text


def _take(reading, statements, text):
    """Takes a text that is Python as a whole: a module, a bare body, or text in a string."""
    if len(statements) == 1 and isinstance(statements[0], ast.Expr):
        value = statements[0].value
        if isinstance(value, (ast.Dict, ast.List, ast.Constant)):
            reading.texts = [item.value for item in walk(value)
                             if isinstance(item, ast.Constant) and _is_program(item.value)]
            if reading.texts:
                return
    last = max((place for place, item in enumerate(statements) if returns(item)), default=None)
    reading.statements = statements
    if last is not None:
        reading.body = _without_words(statements[:last + 1])
        reading.statements = statements[last + 1:] + [
            item for item in statements[:last + 1] if isinstance(item, _DEFINITIONS)]
        reading.starts_with_body = not isinstance(reading.body[0], _DEFINITIONS)
    for item in statements:
        value = item.value if isinstance(item, ast.Assign) else None
        if isinstance(value, ast.Constant) and _is_program(value.value):
            reading.texts.append(value.value)


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def returns(node):
    """Whether a return that is not of an inner function stands in the node."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.Return):
            return True
        if not isinstance(item, _SCOPES) and not isinstance(item, ast.expr):
            waiting.extend(children(item))
    return False


def _without_words(statements):
    """The statements without single words of prose in front, which are names to Python."""
    at = 0
    while at < len(statements) - 1 and isinstance(statements[at], ast.Expr) \
            and isinstance(statements[at].value, (ast.Name, ast.Tuple)):
        at += 1
    return statements[at:]


def _is_program(value):
    return isinstance(value, str) and ("\n" in value or "def " in value) \
        and re.search(r"\bdef\s+\w+\s*\(|^\s*return\b", value, re.MULTILINE) is not None


# Text that is no Python as a whole


def _take_parts(reading, text, budget):
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    rest = text
    if width(first):
        body, rest, broken = _leading_body(reading, text, budget)
        if body is not None:
            reading.body, reading.starts_with_body = body, True
        elif broken is not None:
            reading.broken.append(broken)
        else:
            rest = text
    elif not _START.match(first) or not re.match(r"(?:async\s+)?def|class|@", first):
        for variant in repair.first_line_set_in(text):
            body, rest, _ = _leading_body(reading, variant, budget)
            if body is not None:
                reading.body, reading.starts_with_body = body, True
                break
        else:
            rest = text
    _take_chunks(reading, rest, budget)
    if reading.body is None and not reading.broken and not reading.piece.fenced and not any(
            isinstance(item, _DEFINITIONS[:3]) for item in reading.statements):
        reading.body = _body_among_words(text, budget)


def _leading_body(reading, text, budget):
    """The function's body that a text begins with, the text behind it, and what is wrong with the body."""
    lines = text.split("\n")
    end = len(lines)
    for _ in range(30):
        statements, error = parse("def _():\n" + "\n".join(lines[:end]), budget)
        if statements is not None:
            body = statements[0].body
            if not any(map(returns, body)):
                return None, text, None
            reading.statements += statements[1:]
            return body, "\n".join(lines[end:]), None
        line = getattr(error, "lineno", None)
        if line is None or line - 2 <= 0:
            return None, text, None
        cut = min(line - 2, end - 1)
        while cut > 0 and not lines[cut].strip():
            cut += 1
            if cut >= end:
                cut = end - 1
                break
        if width(lines[cut]):
            return _broken_body(reading, lines, end, error, budget)
        end = cut
    return None, text, None


def _broken_body(reading, lines, end, error, budget):
    text = "\n".join(lines)
    if reading.piece.at_end and end == len(lines):
        statements = _trimmed("def _():\n" + text, budget)
        if statements is not None and any(map(returns, statements[0].body)):
            reading.trimmed.add(None)
            return statements[0].body, "", None
    kind = TRUNCATED if reading.piece.at_end and _is_open(text) else SYNTAX
    if re.search(r"^[ \t]+return\b", text, re.MULTILINE) or reading.piece.at_end:
        # The line is counted under a header that is not in the reply.
        if isinstance(error, SyntaxError) and error.lineno:
            error.lineno -= 1
        return None, "", (None, kind, explained(error))
    return None, text, None


_START = re.compile(
    r"[ \t\u00a0]*(?:async[ \t]+def[ \t]|def[ \t]+\w|class[ \t]+\w+[ \t]*[(:]|@[A-Za-z_]|"
    r"import[ \t]+[\w., ]+(?:#.*)?$|"
    r"from[ \t]+[\w.]+[ \t]+import[ \t]|if[ \t]+__name__|try:[ \t]*$|"
    r"[A-Za-z_]\w*[ \t]*(?::[ \t]*[A-Za-z][^=\n]*)?=(?!=))")
_FOLLOWS = re.compile(r"[ \t]*(?:[)\]}]|(?:else|elif|except|finally)\b)")


def begins_as_code(text):
    """Whether the first line that is not empty looks like a statement of a module."""
    first = next((line for line in text.split("\n", 50)[:50] if line.strip()), "")
    return _START.match(first) is not None


def _take_chunks(reading, text, budget):
    """Takes the statements of a module that stand among words."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if not _START.match(lines[at]):
            at += 1
            continue
        for joined in (True, False):
            end = _chunk_end(lines, at, joined)
            statements = _chunk(reading, lines, at, end, budget)
            if statements is not None:
                reading.statements += statements
                break
        else:
            # A line of prose may look like a beginning.
            end = at + 1 if "def " not in lines[at] and not lines[at].lstrip().startswith("@") else end
        at = end


def _chunk_end(lines, start, joined):
    """The line behind the statement that begins at a line; `joined` looks at open brackets and strings."""
    columns, end = width(lines[start]), start + 1
    brackets = _Brackets()
    brackets.feed(lines[start])
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if not line.strip():
            brackets.feed(line)
            continue
        decorated = lines[end - 1].lstrip().startswith("@") and width(line) == columns
        belongs = (joined and brackets.are_open) or width(line) > columns or decorated or _FOLLOWS.match(line)
        if belongs:
            end = at + 1
        elif not line.lstrip().startswith("#"):
            break
        brackets.feed(line)
    return end


def _chunk(reading, lines, start, end, budget):
    text = repair.dedented("\n".join(lines[start:end]))
    statements, error = parse(text, budget)
    if statements is None and end > start + 1:
        statements, text = _mended(text, budget)
        reading.mended |= statements is not None
    if statements is not None:
        return statements
    name = _DEFINITION.search(text)
    if name is None:
        return None
    if reading.piece.at_end and not any(line.strip() for line in lines[end:]):
        statements = _trimmed(text, budget)
        if statements is not None:
            reading.trimmed.update(item.name for item in statements[-1:] if hasattr(item, "name"))
            return statements
    _note_broken(reading, text, error, reading.piece.at_end and end >= len(lines) - 1)
    return []


def _note_broken(reading, text, error, at_end):
    kind = SYNTAX
    code = re.sub(r"(?:\n[ \t]*(?:#[^\n]*)?)+$", "", text)
    if code.endswith(":") and "#" in text[len(code):]:
        kind = EMPTY_BODY
    elif at_end and (_is_open(text) or code.endswith(":")):
        kind = TRUNCATED
    for found in _DEFINITION.finditer(text):
        reading.broken.append((found[1], kind, explained(error)))


def _trimmed(text, budget):
    """The statements without an unfinished last one; None where more than that is wrong."""
    lines = text.rstrip().split("\n")
    for end in range(len(lines) - 1, max(0, len(lines) - _MOST_TRIMMED), -1):
        kept = lines[:end]
        if not kept[-1].strip() or kept[-1].rstrip().endswith((":", "\\", ",", "(", "[", "{")):
            continue
        statements, _ = parse("\n".join(kept), budget)
        if statements is not None:
            return statements if _is_unfinished(lines[end:]) else None
    return None


def _is_unfinished(lines):
    """Whether lines begin one statement: headers, then at most one line or one open bracket."""
    lines = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    for place, line in enumerate(lines):
        if not re.search(r"[:\\][ \t]*(?:#.*)?$", line) and not line.lstrip().startswith("@"):
            return place == len(lines) - 1 or _is_open("\n".join(lines[place:]))
    return True


def _is_open(text):
    brackets = _Brackets()
    for line in text.split("\n"):
        brackets.feed(line)
    return brackets.are_open or brackets.ends_in_string


class _Brackets:
    """Follows brackets and long strings from line to line."""

    _TOKEN = re.compile(r"\\.|#.*|'''|\"\"\"|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[()\[\]{}]")

    def __init__(self):
        self._depth = 0
        self._quote = None
        self.ends_in_string = False
        """Whether a short string of the last line has no end."""

    @property
    def are_open(self):
        return self._depth > 0 or self._quote is not None

    def feed(self, line):
        at = 0
        self.ends_in_string = False
        while at < len(line):
            if self._quote:
                end = line.find(self._quote, at)
                if end < 0:
                    return
                at, self._quote = end + 3, None
                continue
            found = self._TOKEN.search(line, at)
            if found is None:
                self.ends_in_string = "'" in line[at:] or '"' in line[at:]
                return
            at = found.end()
            if found[0] in ("'''", '"""'):
                self._quote = found[0]
            elif found[0] in "([{":
                self._depth += 1
            elif found[0] in ")]}":
                self._depth = max(0, self._depth - 1)


def continued(pieces):
    """The code of pieces as one text, in which a function goes on behind words or in a block of its own."""
    lines, columns = [], None
    for piece in pieces:
        text = piece.text
        if piece.fenced and columns is not None and _DEFINITION.search(text) is None and "return" in text:
            text = repair.indented(repair.dedented(text), columns or 4)
        for line in text.split("\n"):
            if width(line) and line.strip():
                if columns is None:
                    continue
                columns = columns or width(line)
            elif line.strip():
                if not _START.match(line) and line[:1] not in ")#":
                    continue
                columns = 0 if _DEFINITION.match(line) else None
            lines.append(line)
    return "\n".join(lines)


_CODE_LINE = re.compile(
    r"[ \t]*(?:(?:for|while|if|with)\b.*:|try:|return\b|"
    r"[A-Za-z_][\w.]*(?:\[.*\])?(?:[ \t]*,[ \t]*[A-Za-z_]\w*)*"
    r"[ \t]*(?::[^=]*)?(?:[-+*/%@&|^]|//|\*\*|<<|>>)?=(?!=)|import\b|from\b.*\bimport\b|\"\"\"|#)")


def _body_among_words(text, budget):
    """A body without a header, found among words by its last return."""
    lines = text.split("\n")
    last = max((at for at, line in enumerate(lines) if re.match(r"[ \t]*return\b", line)), default=None)
    if last is None:
        return None
    end = _chunk_end(lines, last, True)
    tries = 0
    for start in range(end):
        if not _CODE_LINE.match(lines[start]) or tries >= 40:
            continue
        if start and _CODE_LINE.match(lines[start - 1]):
            continue
        tries += 1
        statements, _ = parse(repair.dedented("\n".join(lines[start:end])), budget)
        if statements is not None and any(map(returns, statements)):
            return _without_words(statements)
    return None


# Text in JSON

_KEYS = ("code", "function", "source", "program", "python", "implementation", "solution", "answer", "body",
         "content", "text", "response", "output", "completion", "result")
_MEMBER = re.compile(
    r'"(?:' + "|".join(_KEYS) + r'|\w*(?:code|function|program))"\s*:\s*"((?:[^"\\]|\\[\s\S])*)("?)',
    re.IGNORECASE)


def wrapped_texts(text):
    """The programs that a JSON text holds, whole or cut off."""
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        return []
    except ValueError:
        return members(text)
    found = []
    _collect(value, None, found)
    found.sort(key=lambda item: item[0])
    return [item for _, item in found]


def members(text):
    """The programs under telling keys of objects that stand among words or are cut off."""
    return [found for found in map(_unquoted, _MEMBER.finditer(text)) if _is_program(found)]


def _unquoted(found):
    try:
        return json.loads('"' + found[1].rstrip("\\") + '"', strict=False)
    except ValueError:
        return None


def _collect(value, key, found):
    """Notes programs in a value, those under telling keys last, where they count most."""
    waiting = [(value, key)]
    while waiting:
        value, key = waiting.pop()
        if isinstance(value, str):
            told = (key or "").lower() in _KEYS[:6]
            if _is_program(value) or (told and "return" in value):
                found.append((told, value))
            elif value.lstrip()[:1] == "{" and len(value) > 2:
                found += [(False, item) for item in wrapped_texts(value)]
        elif isinstance(value, dict):
            waiting += [(item, name) for name, item in value.items()]
        elif isinstance(value, list):
            if value and all(isinstance(item, str) for item in value):
                separator = "" if any(item.endswith("\n") for item in value[:-1]) else "\n"
                waiting.append((separator.join(value), key))
            else:
                waiting += [(item, key) for item in value]
