"""Replies that change a text instead of writing one: search-and-replace blocks and unified diffs."""

import re

from .reply_kinds import Discard, EDIT
from .reply_repair import INDENT

_SEARCH = re.compile(
    r"^[ \t]*<{5,9}[ \t]*(?:SEARCH|ORIGINAL|OLD|HEAD)?[ \t]*\n(?P<old>(?:.*\n)*?)[ \t]*={5,9}[ \t]*\n"
    r"(?P<new>(?:.*\n)*?)[ \t]*>{5,9}[ \t]*(?:REPLACE|UPDATED|NEW)?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_SEARCH_BEGINS = re.compile(r"^[ \t]*<{5,9}[ \t]*(?:SEARCH|ORIGINAL)\b", re.MULTILINE)
_HUNK = re.compile(r"^@@[^\n]*$", re.MULTILINE)
_DIFF_FENCE = re.compile(
    r"^[ \t]*(?:```|~~~)[ \t]*(?:diff|patch|udiff)\b[^\n]*\n"
    r"(?P<text>[\s\S]*?)(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.MULTILINE | re.IGNORECASE)
_DIFF_HEAD = re.compile(r"^--- [^\n]*\n\+\+\+ [^\n]*$", re.MULTILINE)


def edited(text, bases):
    """The text that the reply's edits make of the first base they fit; None where the reply has no edits."""
    if _SEARCH_BEGINS.search(text):
        edits = [(found["old"], found["new"]) for found in _SEARCH.finditer(text)]
        if not edits:
            raise Discard(EDIT, "a search-and-replace block is not finished; write SEARCH, =======, REPLACE")
        return _applied(edits, bases, None)
    diff = _diff(text)
    if diff is None:
        return None
    edits, whole = _hunks(diff)
    return _applied(edits, bases, whole) if edits else None


def _diff(text):
    fenced = [found["text"] for found in _DIFF_FENCE.finditer(text)]
    if fenced:
        return "\n".join(fenced)
    if _DIFF_HEAD.search(text) or (_HUNK.search(text) and re.search(r"^[+-]", text, re.MULTILINE)):
        return text[(_DIFF_HEAD.search(text) or _HUNK.search(text)).start():]
    return None


def _hunks(diff):
    """Pairs of old and new text, and the new text of all where the diff shows whole functions."""
    edits, old, new = [], [], []

    def close():
        if old != new:
            edits.append(("".join(old), "".join(new)))
        whole.extend(new)
        old.clear()
        new.clear()

    whole = []
    for line in diff.split("\n"):
        if line.startswith(("--- ", "+++ ", "diff ", "index ", "```", "~~~", "\\ No newline")):
            continue
        if line.startswith("@@"):
            close()
        elif line.startswith("+"):
            new.append(line[1:] + "\n")
        elif line.startswith("-"):
            old.append(line[1:] + "\n")
        else:
            kept = (line[1:] if line.startswith(" ") else line) + "\n"
            old.append(kept)
            new.append(kept)
    close()
    text = "".join(whole)
    return edits, text if re.search(r"^\s*def \w+", text, re.MULTILINE) else None


def _applied(edits, bases, whole):
    for base in bases:
        made = base if base.endswith("\n") else base + "\n"
        for old, new in edits:
            made = _replaced(made, old, new)
            if made is None:
                break
        else:
            return made
    if whole is not None:
        return whole
    raise Discard(EDIT, "the edit fits no version of the prompt; repeat the lines to be replaced exactly")


def _replaced(text, old, new):
    """The text with one passage replaced, found exactly or but for white space; None if it is not there."""
    old, new = old.strip("\n"), new.strip("\n")
    if not old.strip():
        return None
    lines, wanted = text.split("\n"), old.split("\n")
    for alike in (lambda line: line.rstrip(), lambda line: "".join(line.split())):
        keys = [alike(line) for line in wanted]
        places = [at for at in range(len(lines) - len(wanted) + 1)
                  if [alike(line) for line in lines[at:at + len(wanted)]] == keys]
        if places:
            at = places[-1]
            return "\n".join(lines[:at] + _shifted(new, wanted[0], lines[at]) + lines[at + len(wanted):])
    return None


def _shifted(new, wanted, found):
    """The new lines, set in as much further as the passage was found than it was quoted."""
    lines = new.split("\n") if new else []
    before, after = INDENT.match(wanted)[0], INDENT.match(found)[0]
    if before == after:
        return lines
    if after.startswith(before):
        return [after[len(before):] + line if line.strip() else line for line in lines]
    extra = before[len(after):] if before.startswith(after) else ""
    return [line[len(extra):] if line.startswith(extra) else line.lstrip() for line in lines]
