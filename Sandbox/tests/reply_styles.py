"""Known functions put into replies of random styles; what they must become is known by how they were made."""

import html
import json
import random
import textwrap

BODIES = [
    "return el[0] + n\n",
    "total = 0\nfor i, x in enumerate(el):\n    if x == 1 and el[-i] == 2:\n        total += i * x\n"
    "    else:\n        total -= 1\n"
    "return total / (n + 1)\n",
    "if not el:\n    return 0.0\n\nbest = max(el)\nreturn best + priority(el[1:], n)\n",
    "weights = [\n    1.5,\n    -2,\n]\nreturn sum(w * x for w, x in zip(weights, el))\n",
    "def inner(x):\n    return x ** 2\n\nreturn sum(map(inner, el)) % (n or 1)\n",
    "while n > 3:\n    n -= 1\n    if el.count(n) < 2:\n        break\nelse:\n    n = 0\nreturn n\n",
    "text = 'a < b & \"c\"'\nreturn len(text) + el.count(0)  # counted\n",
    "try:\n    return el[n]\nexcept IndexError:\n    return -1.0\n",
    "score = {0: 1, 1: 2}.get(el[0], 3)\nreturn -score if score > n else score\n",
]
HELPERS = [
    "def weight(x):\n    return 3 * x\n",
    "import math\n\n\ndef weight(x):\n    return math.sqrt(x)\n",
    "SCALE = 4\n\n\ndef weight(x):\n    return SCALE * x\n",
]
HEADER = "def priority(el: tuple[int, ...], n: int) -> float:\n"
PROSE = [
    "Here is an improved version of the function.", "Sure!", "I thought about symmetry, and about `el`.", "",
    "The idea: weigh the coordinates.\n\n- first\n- second", "Let x = 3 be the weight; then it is better.",
]


class Style:
    """One reply, made at random from a seed."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        choose = self._random.choice
        self.name = choose(["priority", "priority_v2"])
        body = choose(BODIES)
        helper = choose(HELPERS) if self._random.random() < 0.3 else ""
        if helper:
            body = body.replace("return ", "return weight(2) + ", 1)
        self.expected = helper + HEADER + textwrap.indent(body, "    ")
        self.reply = self._wrapped(self._code(helper, body))

    def _code(self, helper, body):
        """The definition as a model might write it; for a bare body, that."""
        choose = self._random.choice
        body = body.replace("priority(", self.name + "(")
        unit = choose(["  ", "    ", "        ", "\t", "   "])
        body = "".join(_reindented(line, unit) for line in body.splitlines(True))
        self.is_body = not helper and self._random.random() < 0.25
        if self.is_body:
            return textwrap.indent(body, unit) if self._random.random() < 0.7 else body
        header = choose([
            "def %s(el, n):\n", "def %s(el: tuple[int, ...], n: int) -> float:\n", "def %s(el,n) :\n",
            "def %s(\n    el: tuple,\n    n: int = 8,\n):\n", "@funsearch.evolve\ndef %s(el, n):\n",
        ]) % self.name
        long_doc = "'''Doc.\n\n%sMore.\n%s'''" % (unit, unit)
        doc = unit + choose(['"""Improved version of `priority_v1`."""', long_doc]) + "\n"
        if self._random.random() < 0.5:
            doc = ""
        return helper + "\n\n" + header + doc + textwrap.indent(body, unit)

    def _wrapped(self, code):
        kinds = ["fence", "fence", "fence", "bare", "json", "html", "thoughts"]
        if not self.is_body:
            kinds += ["prose", "session", "numbers", "quote", "list"]
        kind = self._random.choice(kinds)
        text = getattr(self, "_" + kind)(code)
        if self._random.random() < 0.2:
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if self._random.random() < 0.1 else "") + text

    def _fence(self, code):
        choose = self._random.choice
        fence = choose(["```", "```", "````", "~~~"])
        info = choose(["python", "py", "", "Python", "python3", "python {.x}"])
        end = choose(["\n", "\n", ""])
        text = "%s\n\n%s%s\n%s%s%s\n" % (choose(PROSE), fence, info, code.strip("\n"), end, fence)
        if self._random.random() < 0.3:
            text += "\nUsage:\n\n```python\nprint(%s((0, 1), 2))\n```\n" % self.name
        return text + "\n" + choose(PROSE)

    def _bare(self, code):
        return code

    def _prose(self, code):
        return "%s\n\n%s\n\n%s\n" % (self._random.choice(PROSE), code, self._random.choice(PROSE))

    def _json(self, code):
        key = self._random.choice(["code", "function", "program"])
        return json.dumps({"explanation": "short", key: code})

    def _html(self, code):
        return "<pre><code>%s</code></pre>" % html.escape(code)

    def _thoughts(self, code):
        tag = self._random.choice(["think", "thinking", "Thought"])
        draft = "```python\ndef %s(el, n):\n    return -77\n```" % self.name
        return "<%s>\nA first idea:\n%s\n</%s>\n\n%s" % (tag, draft, tag, self._fence(code))

    def _session(self, code):
        lines = code.strip("\n").split("\n")
        marks = [">>> " if line[:1] not in (" ", "\t", "", ")") else "... " for line in lines]
        return "\n".join(mark + line for mark, line in zip(marks, lines)) + "\n...\n>>> 1 + 1\n2\n"

    def _numbers(self, code):
        form = self._random.choice(["%d  %s", "%4d | %s", "%d: %s"])
        lines = code.strip("\n").expandtabs(4).split("\n")
        return "```\n%s\n```" % "\n".join(form % (number, line) for number, line in enumerate(lines, 1))

    def _quote(self, code):
        return "\n".join("> " + line for line in ("```python\n%s\n```" % code.strip("\n")).split("\n"))

    def _list(self, code):
        return "1. The code:\n\n" + textwrap.indent("```python\n%s\n```" % code.strip("\n"), "   ")


def _reindented(line, unit):
    depth = (len(line) - len(line.lstrip(" "))) // 4
    return unit * depth + line.lstrip(" ")
