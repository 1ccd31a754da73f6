"""From a reply to the pieces of it that may be code, through thoughts, wrappers and fences."""

import re

_NAMES = (r"think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|inner_thoughts|"
          r"inner_monologue|seed:think|chain_of_thought")
_THOUGHT = re.compile(
    r"(?P<open><(?:\w+:)?(?:" + _NAMES + r")(?:\s[^<>\n]*)?>|\[THINK\]|\u25c1think\u25b7|"
    r"<\|begin_of_thought\|>)"
    r"|(?P<close></(?:\w+:)?(?:" + _NAMES + r")\s*>|\[/THINK\]|\u25c1/think\u25b7|<\|end_of_thought\|>)",
    re.IGNORECASE)
_MOST_TAGS = 2000
_CHANNEL = re.compile(
    r"(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*(\w+)[^<\n]*(?:<\|constrain\|>[^<\n]*)?<\|message\|>")
_END_OF_TURN = re.compile(
    r"(?:<\|(?:im_end|im_start|eot_id|end|return|endoftext|end_of_text|eom_id|end_of_turn|call)\|>|</s>|"
    r"<end_of_turn>|<\uff5cend\u2581of\u2581sentence\uff5c>)[ \t]*(?=\n|$)")

_BREAK = re.compile(r"\bdef[ \t]+\w+[ \t]*\([^\n]{0,300}?:[ \t]*<br\s*/?>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)


class Piece:
    """A stretch of a reply that may be code."""

    def __init__(self, text, fenced=False, info="", closed=True, at_end=False):
        self.text = text
        self.fenced = fenced
        self.info = info
        self.closed = closed
        """Whether a fence that opens it also closes."""
        self.at_end = at_end
        """Whether nothing but space follows in the reply."""


def plain(text):
    """The text with one kind of line end, and without the marks that only begin a file or end a turn."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # As a rule such signs stand in strings; where they are the only ends of lines, they are meant so.
    if text.count("\u2028") + text.count("\u2029") > text.count("\n"):
        text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    if _BREAK.search(text):
        text = re.sub(r"<br\s*/?>\n?", "\n", text)
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda found: found[1], text)
    return _END_OF_TURN.sub("", text.lstrip("\ufeff\u200b"))


def without_thoughts(text):
    """What follows or surrounds the thoughts, and whether there were any."""
    channels = list(_CHANNEL.finditer(text))
    if channels:
        final = [found for found in channels if found[1].lower() == "final"]
        if not final:
            return "", True
        return re.split(r"<\|(?:end|return|start|channel)\|>", text[final[-1].end():])[0], len(channels) > 1
    kept, start, depth, opened = [], 0, 0, None
    any_thought = False
    last_close = None
    for count, found in enumerate(_THOUGHT.finditer(text)):
        if count >= _MOST_TAGS:
            break
        if found["open"]:
            if depth == 0:
                if not _begins_thoughts(text, found, kept, start):
                    continue
                kept.append(text[start:found.start()])
                opened, last_close = found.start(), None
            depth += 1
        elif depth:
            depth -= 1
            last_close = found.end()
            if depth == 0:
                start, any_thought = found.end(), True
        elif _stands_alone(text, found):
            # Servers put the opening tag into the prompt: all before this was thought.
            kept, start, any_thought = [], found.end(), True
    if depth:
        if last_close is None:
            return "".join(kept), True
        start, any_thought = last_close, True
    return "".join(kept) + text[start:], any_thought


def _begins_thoughts(text, found, kept, start):
    """Whether an opening tag is meant: not one in code, nor one that is only talked about."""
    before = text[text.rfind("\n", 0, found.start()) + 1:found.start()]
    if before[-1:] in ("'", '"', "`") or (before.strip() and not _closes_later(text, found)):
        return False
    return not _is_within_fence("".join(kept) + text[start:found.start()])


def _closes_later(text, found):
    following = _THOUGHT.search(text, found.end())
    return following is not None and bool(following["close"])


def _stands_alone(text, found):
    line_start = text.rfind("\n", 0, found.start()) + 1
    line_end = text.find("\n", found.end())
    after = text[found.end():len(text) if line_end < 0 else line_end]
    return not text[line_start:found.start()].strip() or not after.strip()


_OPENER = re.compile(
    r"^(?P<indent>[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)"
    r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_LATE_OPENER = re.compile(r"(?<=[^`])(?P<fence>`{3,})[ \t]*(?P<info>python3?|py)[ \t]*$", re.IGNORECASE)
_LONGEST_OPENER = 200


def _opener(line):
    """The match of a line that opens a block, also behind words."""
    if "```" not in line and "~~~" not in line:
        return None
    found = _OPENER.match(line) if len(line) <= _LONGEST_OPENER else None
    return found or _LATE_OPENER.search(line, max(0, len(line) - 40))


_TRIPLE = re.compile(r'"""|\'\'\'')


def _is_within_fence(text):
    fence = None
    for line in text.split("\n"):
        found = _OPENER.match(line) if len(line) <= _LONGEST_OPENER else None
        if fence is None:
            fence = found and found["fence"]
        elif found and not found["info"].strip() and found["fence"].startswith(fence):
            fence = None
    return fence is not None


_TAGS = (r"pre|code|python|answer|solution|program|function|output|final|final_answer|response|result|"
         r"implementation|new_function|improved_function|tool_call")
_LISTINGS = r"lstlisting|verbatim|minted|python|code"
_WRAPPERS = [
    (re.compile(r"<pre\b[^>]*>\s*<code\b[^>]*>|<(?:" + _TAGS + r")\b[^<>]*>"
                r"(?=[ \t]*(?:\n|$|(?:async[ \t]+def|def|import|from|class)[ \t]))|"
                r"\[(?:code|python)\]|\\begin\{(?:" + _LISTINGS + r")\}(?:[\[{][^\]}\n]*[\]}])*|"
                r"^[ \t]*#\+begin_src[^\n]*$",
                re.IGNORECASE | re.MULTILINE),
     re.compile(r"</code>\s*</pre>|</(?:" + _TAGS + r")>|\[/(?:code|python)\]|"
                r"\\end\{(?:" + _LISTINGS + r")\}|^[ \t]*#\+end_src",
                re.IGNORECASE | re.MULTILINE)),
]


def _unwrapped(text):
    """Tags that stand around code, made fences where the reply has none of its own."""
    for opening, closing in _WRAPPERS:
        if opening.search(text):
            text = closing.sub("\n~~~~~\n", opening.sub("\n~~~~~python\n", text))
    return text


def pieces(text):
    """The fenced blocks of a text and what stands between them, in order."""
    if "```" not in text and "~~~" not in text:
        text = _unwrapped(text)
    lines = text.split("\n")
    found, between, at = [], [], 0
    while at < len(lines):
        opener = _opener(lines[at])
        if opener is None:
            between.append(lines[at])
            at += 1
            continue
        end = _end_of_string(between, lines, at)
        if end is not None:
            between += lines[at:end]
            at = end
            continue
        _add(found, between)
        between = []
        block, at = _block(lines, at, opener)
        found.append(block)
    _add(found, between)
    if found:
        last = [piece for piece in found if piece.text.strip()]
        if last:
            last[-1].at_end = not last[-1].fenced or not last[-1].closed
    return [part for piece in found for part in _inside(piece)]


def _add(found, between):
    text = "\n".join(between)
    if text.strip():
        found.append(Piece(text))


def _end_of_string(before, lines, at):
    """The line behind a docstring that the fence at a line stands in; None for a fence outside of one."""
    if len(_TRIPLE.findall("\n".join(before))) % 2 == 0:
        return None
    opening = max(place for place, line in enumerate(before) if _TRIPLE.search(line))
    if before[opening][:1] not in " \t" or not _opens_function(before[:opening]):
        return None
    fences = 0
    for end in range(at, len(lines)):
        if _TRIPLE.search(lines[end]):
            # Where a fence is left open, the block it opens is meant, and not the string.
            return None if fences % 2 else end + 1
        fences += _opener(lines[end]) is not None
    return None


def _opens_function(lines):
    """Whether the last line at the margin, or of a signature that ends there, begins a function."""
    for line in reversed(lines):
        if line.strip() and line[:1] not in " \t)":
            return re.match(r"(?:async[ \t]+)?def[ \t]", line) is not None
    return False


_CLOSED_LATE = re.compile(r"^[ \t]*[^`~#\s][^`~]*(?:`{3,}|~{3,})[ \t]*$")
"""A line of code that the closing fence follows on the same line."""


def _block(lines, at, opener):
    """The block that begins at a line, and the line behind it."""
    fence, info = opener["fence"], opener["info"].strip()
    indent = opener["indent"] if "indent" in opener.groupdict() else ""
    closer = re.compile(r"^[ \t]*(?:>[ \t]?)*" + re.escape(fence[0]) + "{%d,}[ \t]*$" % len(fence))
    first_end = None
    triples = 0
    for end in range(at + 1, len(lines)):
        line = lines[end]
        if closer.match(line):
            if first_end is None:
                first_end = end
            # A fence inside a string of many lines is text of that string.
            if triples % 2 == 0:
                return _made(lines, at, end, indent, info, True), end + 1
        elif triples % 2 == 0 and _CLOSED_LATE.match(line) and line.rstrip().endswith(fence):
            lines[end] = line.rstrip().rstrip(fence[0])
            return _made(lines, at, end + 1, indent, info, True), end + 1
        triples += len(_TRIPLE.findall(line))
    if first_end is not None:
        return _made(lines, at, first_end, indent, info, True), first_end + 1
    return _made(lines, at, len(lines), indent, info, False), len(lines)


_CODE_IN_INFO = re.compile(
    r"^(?:(?:python3?|py)\s+)?((?:async\s+)?def\s+\w+.*|from\s+\w.*\simport\s.*|import\s+\w.*)$",
    re.IGNORECASE)


def _made(lines, at, end, indent, info, closed):
    body = lines[at + 1:end]
    width = len(indent.expandtabs(4))
    if ">" in indent:
        body = [re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line) for line in body]
    elif width:
        body = [_less(line, width) for line in body]
    code = _CODE_IN_INFO.match(info)
    if code:
        body.insert(0, code[1])
        info = "python"
    return Piece("\n".join(body), True, info, closed)


def _less(line, width):
    """The line without up to so many columns of white space."""
    at = columns = 0
    while at < len(line) and columns < width and line[at] in " \t":
        columns += 1 if line[at] == " " else 4 - columns % 4
        at += 1
    return line[at:]


_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]*\b(?:def|lambda)\b[^`\n]*)\1(?!`)")


_AFTER_WORDS = re.compile(r"^[^\n]{1,200}?:[ \t]*(def[ \t]+\w+[ \t]*\([^\n]*\breturn\b[^\n]*)$", re.MULTILINE)


def code_spans(text):
    """Definitions that stand within a line, between backticks or behind words."""
    return [found[2] for found in _SPAN.finditer(text)] + [found[1] for found in _AFTER_WORDS.finditer(text)]


def _inside(piece):
    """The blocks of a block of text that itself holds blocks, such as a page of Markdown; else itself."""
    if piece.fenced and re.match(r"(?:markdown|md|text|txt|plaintext|xml|html)?$", piece.info, re.IGNORECASE):
        has_fence = any(_OPENER.match(line[:_LONGEST_OPENER]) for line in piece.text.split("\n"))
        if has_fence and len(_TRIPLE.findall(piece.text)) % 2 == 0:
            inner = pieces(piece.text)
            if any(part.fenced for part in inner):
                return inner
    return [piece]


_REFUSAL = re.compile(
    r"\b(?:I(?:'|\u2019)?m sorry|I am sorry|I apologi[sz]e|"
    r"I can(?:'|\u2019)?t (?:help|assist|do|provide|comply|fulfil)|"
    r"I cannot (?:help|assist|do|provide|comply|fulfil|write|generate)|I(?:'|\u2019)?m (?:unable|not able)|"
    r"I am (?:unable|not able)|I won(?:'|\u2019)?t|I must decline|as an AI\b|"
    r"against my (?:guidelines|policy))",
    re.IGNORECASE)


def refuses(text):
    """Whether words without code decline the task."""
    return _REFUSAL.search(text[:2000]) is not None
