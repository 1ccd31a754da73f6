"""Tempts the white-list of the proven lane, and checks what it let in by looking at it and by running it.

Arguments: the Sandbox folder, a seed, how many programs to make. A line of JSON per program goes out,
`{"hint":…,"code":[tree of the function]}`; the answer is one line, `true` where the white-list admits it. The
last line out is `{"programs":…,"admitted":…,"ran":…,"stopped":…,"violations":[…]}`.

Programs are functions of the standard library, the attacks of Sandbox/tests/attacks and harmless ones, with
pieces of one another grafted in. What is admitted must have no construct that `_objection` knows, and must,
when run in a process of its own, raise no audit event, change neither its arguments nor any module, and
give the same again; only a limit of time or memory may stop it.
"""

import ast
import builtins
import copy
import json
import math
import os
import random
import re
import resource
import signal
import sys
import sysconfig
import types

HINTS = {
    "int": ["3", "-7"],
    "float": ["0.5"],
    "tuple[int, ...]": ["(1, 2, 0, 2)", "()"],
    "list[int]": ["[3, 1, 2]"],
    "list[list[int]]": ["[[1, 2], [3], []]"],
    "list[str]": ["['b', 'a']"],
    "dict[str, int]": ["{'a': 1}"],
    "np.ndarray": ["np.array([3, 1, 2])", "np.arange(6.0).reshape(2, 3)"],
    None: ["(1, [2], 'a')", "[[0]]", "5", "{'k': [1]}"],
}
HARMLESS = r"""
return sum(el) + n
return el[0] * 2.5 if n > 1 else -1
x = 0\nfor i in range(n):\n    x += i * 3\nreturn x
x = []\nfor v in el:\n    x.append(v * 2)\nreturn len(x)
x = [0] * n\nx[0] = 5\nreturn sum(x)
return max(el, key=lambda v: -v)
return math.sqrt(abs(n)) + math.pi
x = [v for v in el if v != 1]\nreturn sorted(x)[0]
a, b = 0, 1\nfor i in range(n):\n    a, b = b, a + b\nreturn a
x = {}\nfor i, v in enumerate(el):\n    x[i] = v\nreturn len(x)
x = np.abs(el)\nx += 1\nreturn x
x = el * 0.5\nx[1:] *= 2\nreturn x.sum()
x = el.copy()\nreturn np.where(el > 1, el, 0).sum()
x = el.round()\ny = np.round(el)\nreturn x.sum() + y.sum()
s = 'text'\nreturn s.count('t') + len(s * n)
return any(v == n for v in el) + all(el)
for a, b in zip(el, el):\n    n += a == b\nreturn n
x = el[1:]\nreturn x
x = [el, el]\nreturn x[0][0]
return divmod(n, 3)[1] ** 2 + (n << 3)
""".strip().split("\n")
FRAGMENTS = r"""
el.append(1)
el.clear()
el.sort()
x.append(el)
el[0].append(4)
el.__class__
().__class__.__base__.__subclasses__()
open('x')
__import__('os')
eval('1')
exec('1')
getattr(el, 'a')
setattr(el, 'a', 1)
globals()
vars()
print(n)
input()
type(n)
f(el, n)
helper(el)
TABLE
math
np.load('x')
np.add(el, 1, el)
np.sum(el, out=el)
np.random.seed(1)
np.copyto(el, 0)
el.fill(0)
el.resize(3)
el.tofile('x')
el.base
el.T
el.setflags(write=True)
[x for x in el]
(x for x in el)
sorted(el, key=open)
max(el, key=el.pop)
min(el, default=el)
sum([[1]], el)
list(map(open, el))
iter(el)
next(el)
id(el)
hash(el)
str(el)
'%s' % el
'%2000000000d' % n
'{0.__class__}'.format(el)
f'{el}'
n ** n ** n
10 ** 10 ** 8
1 << n
[0] * 10 ** 9
'a' * n * n * n
(el, el)
[x, x]
x + x
x * x
lambda: el
(yield)
*el,
(x := el)
el or x
el if n else x
not el
el @ el
range(10 ** 12)
list(range(10 ** 9))
sum(range(10 ** 14))
math.factorial(n)
math.comb(n, 2)
math.prod(el)
os.system('x')
sys.exit()
breakpoint()
__builtins__
__name__
""".strip().split("\n")
STATEMENTS = r"""
el += [1]
el[0] = 5
el[0] += 5
x = el\nx += [1]
x = el\nx[0] = 1
x = [el]\nx[0][0] = 1
for x in el:\n    x += [1]
for el[0] in range(3):\n    pass
for x in [1, 2]:\n    el.append(x)
x = [1]\nfor v in x:\n    x.append(v)
x = [1]\ny = x\nfor v in y:\n    x += [v]
x = 2\nfor i in range(99):\n    x = x * x
x = 2\nfor i in range(99):\n    x **= 2
x = [1]\nfor i in range(99):\n    x = x + x
x = [1]\nfor i in range(99):\n    x += x
x = ()\nfor i in range(99):\n    x = (x, x)
x = (1,)\nfor i in range(99):\n    x = [x, 1, x]
x = {}\nfor i in range(99):\n    x = {1: x, 2: x}
while True:\n    pass
global TABLE\nTABLE = 1
import os\nos.getpid()
from os import getpid
try:\n    pass\nfinally:\n    pass
with open('x') as x:\n    pass
def g():\n    return g()
class A:\n    pass
del el[0]
raise ValueError
assert el
return f(el, n)
el: int = 3
x: open('x') = 3
max = open\nmax('x')
math = el\nmath.append(1)
sum = el\nsum += [1]
x, *y = el
x = y = el\ny += [1]
(x, y) = (el, 1)\nx += [1]
x = max(el, [1])\nx += [1]
x = sorted(el)\nx += [1]
x = list(el)\nx[0] += [1]
x = [v for v in el]\nx[0] += [1]
x = el[:]\nx += [1]
x = el.copy()\nx += 1
x = np.round(el)\nx += 1
x = el.round()\nx *= 2
x = np.array(el)\nx += 1
x = el[1:]\nx *= 2
x = min(el, default=el)\nx += [1]
for i, x in enumerate(el):\n    x += [i]
for x, y in zip(el, el):\n    x += [1]
x = {1: el}\nx[1] += [1]
x = (n or el)\nx += [1]
x = [[0]] * 3\nx[0] += el\nx[0][0] += [1]
""".strip().split("\n")
_UNESCAPED = [text.replace("\\n", "\n") for text in HARMLESS + STATEMENTS]
_METHODS = {"count", "index", "append", "sum", "mean", "max", "min", "std", "var", "argmax", "argmin", "any",
            "all", "copy", "cumsum", "prod", "round"}
_MODULES = {"math", "np"}
_NAMES = {"abs", "min", "max", "sum", "len", "range", "int", "float", "round", "bool", "sorted", "any", "all",
          "enumerate", "zip", "tuple", "list", "reversed", "divmod"}
_TYPES = {"int", "float", "bool", "str", "tuple", "list", "Tuple", "List", "Sequence", "Iterable"}
_NODES = (
    ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For,
    ast.If, ast.Expr, ast.Pass, ast.Break, ast.Continue, ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp,
    ast.BoolOp,
    ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple,
    ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    ast.comprehension, ast.Lambda,
    ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context,
)


def library_functions(draw):
    """Functions of some modules of the standard library, with whatever parameters they have."""
    root = sysconfig.get_paths()["stdlib"]
    found = []
    for name in sorted(os.listdir(root)):
        if not name.endswith(".py"):
            continue
        try:
            with open(os.path.join(root, name), encoding="utf-8") as file:
                module = ast.parse(file.read())
        except (SyntaxError, ValueError):
            continue
        found += [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    draw.shuffle(found)
    return found[:1500]


def attack_functions(sandbox):
    """The functions of the attack suite that Python can read."""
    for path in sorted(os.scandir(os.path.join(sandbox, "tests", "attacks")), key=lambda entry: entry.name):
        if not path.name.endswith(".txt"):
            continue
        with open(path.path, encoding="utf-8") as file:
            parts = file.read().split("### ")[1:]
        for part in parts:
            try:
                module = ast.parse(re.sub(r"\{[a-z_]+\}", "1", part.partition("\n")[2]))
            except (SyntaxError, ValueError):
                continue
            yield from (node for node in module.body if isinstance(node, ast.FunctionDef))


def function(body):
    """`def f(el, n)` with this body."""
    return ast.parse("def f(el, n):\n" + "".join("    %s\n" % line for line in body.split("\n"))).body[0]


class Graft(ast.NodeTransformer):
    """Puts a piece in the place of one expression."""

    def __init__(self, place, piece):
        self._left = place
        self._piece = piece

    def generic_visit(self, node):
        if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            self._left -= 1
            if self._left == 0:
                return copy.deepcopy(self._piece)
        return super().generic_visit(node)


def expressions(tree):
    """The expressions of a tree that stand for values."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.expr)
            and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)]


def programs(sandbox, draw, count):
    """Functions, from the tame to the hostile."""
    library = library_functions(draw)
    attacks = list(attack_functions(sandbox))
    harmless = [function(text) for text in _UNESCAPED[:len(HARMLESS)]]
    hostile = [function(text + "\nreturn 0") for text in _UNESCAPED[len(HARMLESS):]]
    fragments = [ast.parse(text, mode="eval").body for text in FRAGMENTS if not text.startswith("*")]
    yield from attacks + harmless + hostile
    yield from (function("x = %s\nreturn 0" % text) for text in FRAGMENTS)
    for _ in range(count):
        kind = draw.randrange(10)
        bases = library if kind < 2 else attacks if kind < 3 else harmless + hostile
        base = copy.deepcopy(draw.choice(bases))
        for _ in range(draw.randrange(3)):
            source = draw.choice([library, attacks, harmless, hostile])
            pool = expressions(draw.choice(source))
            piece = draw.choice(fragments) if draw.random() < 0.4 or not pool else draw.choice(pool)
            places = len(expressions(base))
            if places:
                base = Graft(draw.randint(1, places), piece).visit(base)
        if draw.random() < 0.3:
            other = copy.deepcopy(draw.choice(harmless + hostile)).body
            base.body[draw.randrange(len(base.body) + 1):0] = other[:-1]
        base.name, base.decorator_list = "f", [] if draw.random() < 0.8 else base.decorator_list
        yield base


def _objection(tree):
    """What an admitted function has that it must not, found in another way than the white-list does."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    local = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    local |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    hints = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if getattr(node, name, None) is not None:
                hints |= {id(part) for part in ast.walk(getattr(node, name))}
    for node in ast.walk(tree):
        if id(node) in hints:
            continue
        if not isinstance(node, _NODES):
            return "a %s" % type(node).__name__
        if isinstance(node, ast.FunctionDef) and node is not tree:
            return "a function inside"
        if isinstance(node, ast.Attribute):
            module = isinstance(node.value, ast.Name) and node.value.id in _MODULES - local
            if node.attr.startswith("_") or not (module or (id(node) in called and node.attr in _METHODS)):
                return "the attribute %s" % node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id not in local | _NAMES | _MODULES:
                return "the name %s" % node.id
            if id(node) in called and (node.id in local or node.id not in _NAMES):
                return "a call of %s" % node.id
    return None


def _modules():
    names = {"math": math, "builtins": builtins}
    try:
        import numpy
        names["np"] = numpy
    except ImportError:
        pass
    return names


MODULES = _modules()


class Runner:
    """Runs admitted functions, each in a process of its own."""

    def run(self, source, hint):
        """A violation, "stopped" where a limit ended it, or "ran"."""
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            said = "the process failed"
            try:
                resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
                resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
                said = self._observed(source, hint)
            except MemoryError:
                said = "stopped"
            finally:
                os.write(writer, said.encode("utf-8", "replace")[:4000])
                os._exit(0)
        os.close(writer)
        said = b""
        while True:
            part = os.read(reader, 4096)
            if not part:
                break
            said += part
        os.close(reader)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            stopped = number in (signal.SIGXCPU, signal.SIGKILL)
            return "stopped" if stopped else "it ended by signal %d" % number
        return said.decode()

    def _observed(self, source, hint):
        names = dict(MODULES, TABLE=[1], helper=len)
        names["__builtins__"] = builtins
        for name in _TYPES:
            names.setdefault(name, getattr(builtins, name, types.SimpleNamespace))
        exec(compile(source, "candidate.py", "exec"), names)
        events = []
        watching = [False]
        sys.addaudithook(lambda event, _: watching[0] and events.append(event))
        state = self._state(names)
        for text in HINTS[hint]:
            if "np" in text and "np" not in names:
                continue
            results = []
            for _ in range(2):
                arguments = [eval(text, names), 4]
                kept = copy.deepcopy(arguments)
                watching[0] = True
                try:
                    result = names["f"](*arguments)
                except Exception as error:
                    result = type(error)
                watching[0] = False
                results.append(self._shown(result))
                if repr(arguments) != repr(kept):
                    return "it changed its arguments: %s to %s" % (kept, arguments)
            if results[0] != results[1]:
                return "it gave %s, then %s" % tuple(results)
            if events:
                return "it raised the audit events %s" % events
            if self._state(names) != state:
                return "it changed a name of a module"
        return "ran"

    @staticmethod
    def _shown(value):
        """The value as text, without addresses."""
        try:
            return re.sub(" at 0x[0-9a-f]+", "", repr(value)[:1000])
        except RecursionError:
            return "something deep"

    @staticmethod
    def _state(names):
        state = [(key, id(value)) for key, value in names.items()]
        for module in MODULES.values():
            state += [(key, id(value)) for key, value in vars(module).items() if not key.startswith("__")]
        return state, repr(names["TABLE"]), sys.getrecursionlimit()


def main():
    sandbox, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    package = types.ModuleType("sandbox")
    package.__path__ = [sandbox]
    sys.modules["sandbox"] = package
    from sandbox import tree as trees

    draw = random.Random(seed)
    runner = Runner()
    result = {"programs": 0, "admitted": 0, "ran": 0, "stopped": 0, "violations": []}
    for node in programs(sandbox, draw, count):
        try:
            source = ast.unparse(ast.fix_missing_locations(node))
            node = ast.parse(source).body[0]
            code = [trees.statement(node)]
        except (ValueError, SyntaxError, RecursionError):
            continue
        hint = draw.choice(list(HINTS))
        print(json.dumps({"hint": hint, "code": code}), flush=True)
        result["programs"] += 1
        if sys.stdin.readline().strip() != "true":
            continue
        result["admitted"] += 1
        found = _objection(node) or runner.run(source, hint)
        if found in ("ran", "stopped"):
            result[found] += 1
        else:
            result["violations"].append("%s\n(hint %s) %s" % (found, hint, source))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
