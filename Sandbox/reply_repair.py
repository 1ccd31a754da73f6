"""Text of a program as it was meant, where copying, wrapping or typing spoilt it.

Each repair returns the text it was given where it has nothing to do.
"""

import html
import re

INDENT = re.compile(r"[ \t\u00a0]*")


def width(line):
    """Columns of white space at the beginning of a line."""
    found = INDENT.match(line)[0]
    return len(found.expandtabs(8))


def dedented(text):
    """The text with the white space taken away that all its lines begin with."""
    lines = text.split("\n")
    starts = [INDENT.match(line)[0] for line in lines if line.strip()]
    if not starts:
        return ""
    shortest, longest = min(starts), max(starts)
    common = 0
    while common < len(shortest) and shortest[common] == longest[common]:
        common += 1
    if not common:
        return text
    return "\n".join(line[common:] if line.strip() else "" for line in lines)


def indented(text, columns=4):
    """The text with every line that is not empty set in."""
    return "\n".join(" " * columns + line if line.strip() else line for line in text.split("\n"))


_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")


def unescaped(text):
    """Entities of HTML read, where some stand outside strings: `a &lt; b` is Python of another meaning."""
    if _ENTITY.search(text) is None or _ENTITY.search(outside_strings(text)) is None:
        return text
    return html.unescape(text).replace("\u00a0", " ")


_SCAN = re.compile(
    r"(?<!&)#[^\n]*|[rRbBuUfFtT]{0,2}(?:'''(?:[^\\]|\\[\s\S])*?'''|\"\"\"(?:[^\\]|\\[\s\S])*?\"\"\"|"
    r"'(?:[^'\\\n]|\\[\s\S])*'|\"(?:[^\"\\\n]|\\[\s\S])*\")")


def outside_strings(text):
    """The text without its strings and comments."""
    return _SCAN.sub("", text)


def _mapped_outside_strings(text, change):
    parts, at = [], 0
    for found in _SCAN.finditer(text):
        parts += [change(text[at:found.start()]), found[0]]
        at = found.end()
    return "".join(parts) + change(text[at:])


_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_SEPARATORS = re.compile("[\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LOOKS_LIKE = {
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2018": "'", "\u2019": "'",
    "\u201a": "'", "\u2032": "'", "\u2033": '"', "\xab": '"', "\xbb": '"', "\u2212": "-", "\u2010": "-",
    "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\xd7": "*", "\u22c5": "*", "\xf7": "/",
    "\u2264": "<=", "\u2265": ">=", "\u2260": "!=", "\u2026": "...", "\uff08": "(", "\uff09": ")",
    "\uff0c": ",", "\uff1a": ":", "\uff1b": ";", "\uff1d": "=", "\uff0b": "+", "\uff0d": "-",
    "\uff0a": "*", "\uff0f": "/", "\uff3b": "[", "\uff3d": "]", "\uff5b": "{", "\uff5d": "}",
    "\uff1e": ">", "\uff1c": "<", "\uff0e": ".", "\u3010": "[", "\u3011": "]", "\uff02": '"',
    "\uff07": "'",
}
_STRANGE = re.compile("[" + "".join(map(re.escape, _LOOKS_LIKE)) + "]")


def visible(text):
    """Invisible signs taken out, unusual spaces and ends of lines made plain, where no string is."""
    if not any(signs.search(text) for signs in (_INVISIBLE, _SPACES, _SEPARATORS)):
        return text
    return _mapped_outside_strings(
        text, lambda part: _SEPARATORS.sub("\n", _SPACES.sub(" ", _INVISIBLE.sub("", part))))


def ascii_signs(text):
    """Typographic quotes, dashes and signs made those of Python, outside strings and comments."""
    if _STRANGE.search(text) is None:
        return text
    return _mapped_outside_strings(
        text, lambda part: _STRANGE.sub(lambda found: _LOOKS_LIKE[found[0]], part))


_WRITTEN_LINES = re.compile(r"\bdef[ \t]+\w+[ \t]*\([^\n]{0,300}?:[ \t]*\\n")


def with_real_lines(text):
    """The text with its line ends made real, where they are written as the two characters of an escape."""
    if _WRITTEN_LINES.search(text) is None:
        return text
    signs = {"n": "\n", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
    return re.sub(r"\\([nt\"'\\])", lambda found: signs[found[1]], text)


_PROMPT = re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)", re.MULTILINE)
_NOTEBOOK = re.compile(r"^[ \t]*(?:In ?\[\d*\]:|\.{2,}:) ?", re.MULTILINE)


def without_prompts(text):
    """What was typed in a session of the interpreter; what it printed is left out."""
    if re.search(r"^[ \t]*>>> ", text, re.MULTILINE):
        return dedented("\n".join(re.sub(r"^[ \t]*(?:>>>|\.\.\.) ?", "", line)
                                  for line in text.split("\n") if _PROMPT.match(line)))
    if re.search(r"^[ \t]*In ?\[\d*\]: ", text, re.MULTILINE):
        return "\n".join(_NOTEBOOK.sub("", line) for line in text.split("\n")
                         if not re.match(r"[ \t]*Out ?\[", line))
    return text


_NUMBERED = re.compile(r"^[ \t]*[L]?(\d+)(?:[ \t]*[|\u2502\u2192]|[:.)](?=[ \t]|$)|[ \t]|$)(.*)$")


def without_line_numbers(text):
    """The lines without the numbers that stand before all of them and count up."""
    lines = text.split("\n")
    numbers, rest = [], []
    for line in lines:
        found = _NUMBERED.match(line)
        if found is None:
            if line.strip():
                return text
            rest.append("")
            continue
        numbers.append(int(found[1][:9]))
        rest.append(found[2])
    if len(numbers) < 2 or any(b - a < 1 or b - a > 50 for a, b in zip(numbers, numbers[1:])):
        return text
    return dedented("\n".join(rest))


def without_quote_marks(text):
    """The lines without the `>` of a quotation that begins all of them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or any(not re.match(r"[ \t]*>(?!>)", line) for line in lines):
        return text
    return "\n".join(re.sub(r"^[ \t]*>[ ]?", "", line) for line in text.split("\n"))


def without_plus_signs(text):
    """The lines without the sign of a diff's new lines that begins all of them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or any(not line.startswith("+") for line in lines):
        return text
    return "\n".join(line[1:] for line in text.split("\n"))


def with_tabs_of(columns):
    """A repair that makes a tab at the beginning of a line so many columns."""
    def expanded(text):
        if "\t" not in text:
            return text
        starts = ((INDENT.match(line)[0], line) for line in text.split("\n"))
        return "\n".join(start.expandtabs(columns) + line[len(start):] for start, line in starts)
    return expanded


def first_line_set_in(text):
    """The text with a first line set in as far as its fellows: a prompt that ended in white space ate it."""
    lines = text.split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if first is None or width(lines[first]):
        return
    widths = sorted({width(line) for line in lines[first + 1:] if line.strip()} - {0})
    for columns in widths[:6]:
        yield "\n".join(lines[:first] + [" " * columns + lines[first]] + lines[first + 1:])


def body_set_in(text):
    """The text with all lines under a flush header set in, where its body lost its indentation."""
    lines = text.split("\n")
    header = next((place for place, line in enumerate(lines) if re.match(r"(?:async\s+)?def\s", line)), None)
    if header is None:
        return text
    end = header
    while end < len(lines) - 1 and not re.search(r":[ \t]*(?:#.*)?$", lines[end]):
        end += 1
    following = [line for line in lines[end + 1:] if line.strip()]
    if not following or width(following[0]):
        return text
    return "\n".join(lines[:end + 1]) + "\n" + indented("\n".join(lines[end + 1:]))


def realigned(text):
    """The text with lines that return to no earlier column moved to the nearest one."""
    stack, made, shift = [0], [], False
    for line in text.split("\n"):
        if not line.strip():
            made.append(line)
            continue
        columns = width(line)
        if columns > stack[-1]:
            stack.append(columns)
        elif columns not in stack:
            columns = min(stack, key=lambda known: (abs(known - columns), known))
            shift = True
        while stack[-1] > columns:
            stack.pop()
        made.append(" " * columns + line.lstrip(" \t\u00a0"))
    return "\n".join(made) if shift else text
