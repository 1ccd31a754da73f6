"""Random bodies of a function of `el` and `n`, to compare ways of running it."""

import random

_CONSTANTS = ("0", "1", "2", "3", "-1", "7", "0.0", "-0.0", "0.5", "1.7", "-2.5", "1e300", "True", "False",
              "n", "2**40", "10**18", "float('inf')", "float('-inf')")
_ARITHMETIC = ("+", "-", "*", "//", "%", "/", "+", "-", "*", "%", "**", "&", "|", "^", "<<", ">>")
_BITS = ("&", "|", "^", "<<", ">>")
_IN_LOOPS = ("+", "-", "//", "%", "+", "-", "&", ">>")
_COMPARED = ("==", "!=", "<", "<=", ">", ">=")


class Programs:
    """Draws programs; the same seed gives the same."""

    def __init__(self, seed):
        self._draw = random.Random(seed)
        self._loops = []
        self._locals = []

    def body(self):
        """A function's body that returns in most cases."""
        self._loops, self._locals = [], []
        lines = ["a = %s" % self.expression(1), "b = %s" % self._draw.choice(("0", "0.0", "n", "el[0]"))]
        self._locals = ["a", "b"]
        for _ in range(self._draw.randrange(4)):
            lines += self._statement(2)
        lines.append("return %s" % self.expression(3))
        return "".join(" %s\n" % line for line in lines)

    def _block(self, depth):
        lines = []
        for _ in range(self._draw.randrange(1, 3)):
            lines += self._statement(depth)
        return [" " + line for line in lines]

    def _statement(self, depth):
        kind = self._draw.randrange(9 if depth else 3)
        name = self._draw.choice(("a", "b"))
        if kind < 2:
            return ["%s = %s" % (name, self.expression(2))]
        if kind < 5:
            return ["%s %s= %s" % ((name,) + self._operation(2))]
        if kind < 7:
            lines = ["if %s:" % self.condition(2)] + self._block(depth - 1)
            if self._draw.random() < 0.5:
                lines += ["else:"] + self._block(depth - 1)
            return lines
        if kind == 7:
            if self._loops and self._draw.random() < 0.5:
                word = self._draw.choice(("break", "continue", "break"))
            else:
                word = "return %s" % self.expression(2)
            return ["if %s:" % self.condition(1), " " + word]
        loop = "ij"[len(self._loops)] if len(self._loops) < 2 else None
        if loop is None:
            return ["pass"]
        self._loops.append(loop)
        over = self._draw.choice(("range(n)", "range(n)", "el", "range(1, n)", "el[1:]", "(1, 0, 2)"))
        lines = ["for %s in %s:" % (loop, over)] + self._block(depth - 1)
        self._loops.pop()
        return lines

    def _name(self):
        return self._draw.choice(["el[0]", "el[-1]", "n"] + self._loops + self._locals)

    def _index(self):
        choice = self._draw.randrange(12)
        if choice < 4:
            return str(self._draw.randrange(-3, 3))
        if choice < 11:
            name = self._draw.choice(["el.count(1)", "n"] + [loop for loop in self._loops if loop in "ij"])
            return "(%s + %d) %% n" % (name if choice < 9 else self._name(), self._draw.randrange(4))
        return self._name()

    def expression(self, depth):
        """A number."""
        draw, deeper = self._draw, depth - 1
        if depth <= 0:
            kind = draw.randrange(4)
            if kind == 0:
                return draw.choice(_CONSTANTS)
            return "el[%s]" % self._index() if kind == 1 else self._name()
        kind = draw.randrange(17)
        if kind < 5:
            return "(%s %s %s)" % ((self.expression(deeper),) + self._operation(deeper))
        if kind < 7:
            return "el[%s]" % self._index()
        if kind == 7:
            return "el.count(%s)" % self.expression(0)
        if kind == 8:
            return "(%s if %s else %s)" % (
                self.expression(deeper), self.condition(deeper), self.expression(deeper))
        if kind == 9:
            word = draw.choice(("and", "or"))
            return "(%s %s %s)" % (self.expression(deeper), word, self.expression(deeper))
        if kind == 10:
            form = draw.choice(("-%s", "+%s", "abs(%s)", "int(%s)", "float(%s)", "bool(%s)", "round(%s)",
                           "(not %s)", "(~%s)", "math.sqrt(abs(%s))", "math.floor(%s)"))
            return form % self.expression(deeper)
        if kind == 11:
            return "%s(%s, %s)" % (
                draw.choice(("min", "max")), self.expression(deeper), self.expression(deeper))
        if kind == 12:
            return self._table()
        if kind == 13:
            return "(%s)" % self.condition(deeper)
        if kind == 14:
            return "%s(el)" % draw.choice(("sum", "min", "max", "any", "all", "len"))
        return self._gathering(deeper)

    def _operation(self, depth):
        """An operator and its right operand; none that makes numbers of millions of digits."""
        symbol = self._draw.choice(_IN_LOOPS if self._loops else _ARITHMETIC)
        if symbol in _BITS and self._draw.random() < 0.7:
            symbol = "+"
        right = self.expression(depth)
        if symbol in ("/", "//", "%") and self._draw.random() < 0.8:
            return symbol, self._draw.choice(
                ("3", "n", "(abs(%s) + 1)" % right, "2.5", "-2", "-0.7", "(n - el[0] * 20)"))
        if symbol == "*" and not self._loops:
            return symbol, right
        return symbol, "(%s %% 3)" % right if symbol in ("**", "<<") else right

    def _table(self):
        size = self._draw.choice((3, 9))
        items = [self._draw.choice(("0", "1", "5", "-2", "3")) for _ in range(size)]
        if self._draw.random() < 0.3:
            items = [item + ".5" for item in items]
        if self._draw.random() < 0.15:
            items[0] = self._draw.choice(("0.5", "1", "True"))
        index = self._draw.choice(("%s %% %d", "%s %% %d - 1", "%s"))
        name = self._draw.choice(("el[0]", "el[1]", "el.count(1)", "sum(el)", self._name()))
        index = index % (name, size) if "d" in index else index % name
        if size == 9 and self._draw.random() < 0.3:
            rows = ["(%s)" % ", ".join(items[at:at + 3]) for at in (0, 3, 6)]
            return "(%s)[%s %% 3][el[%d]]" % (", ".join(rows), self._name(), self._draw.randrange(2))
        return "(%s)[%s]" % (", ".join(items), index)

    def _gathering(self, deeper):
        loop = self._draw.choice("kl")
        self._loops.append(loop)
        over = self._draw.choice(("range(n)", "el", "range(n)", "range(2)", "reversed(el)", "sorted(el)"))
        item = self._draw.choice((self.expression(deeper), self.condition(1), "1"))
        test = " if " + self.condition(1) if self._draw.random() < 0.5 else ""
        self._loops.pop()
        return "%s(%s for %s in %s%s)" % (
            self._draw.choice(("sum", "sum", "sum", "min", "max", "any", "all")), item, loop, over, test)

    def condition(self, depth):
        """What is true or false."""
        draw, deeper = self._draw, max(depth - 1, 0)
        kind = draw.randrange(8)
        if kind < 5 or depth <= 0:
            return "%s %s %s" % (self.expression(deeper), draw.choice(_COMPARED), self.expression(deeper))
        if kind == 5:
            return "(%s %s %s)" % (self.condition(deeper), draw.choice(("and", "or")), self.condition(deeper))
        if kind == 6:
            return "(not %s)" % self.expression(deeper)
        return "%s in %s" % (self.expression(0), draw.choice(("el", "(0, 2)", "(1, 2, 7)")))
