"""The evaluator: answers requests, and runs proven candidates in its own process."""

import gc
from time import monotonic_ns, thread_time_ns

from . import canonical, output
from .candidate_function import defined_function
from .columns import Columns
from .evaluation import Evaluation
from .failure import CANDIDATE, Failure, clipped, from_exception, line_in
from .limits import Expired, Stopwatch, address_space, limit_memory
from .output import OutputFlood
from .random_state import of_candidate, reseed
from .specification import Specification, fresh_names
from .split import Killed

_LOADING_SECONDS = 60.0
_MOST_DRAWN = 1 << 19


class Evaluator:
    """A loaded specification and the means to score candidates with it."""

    def __init__(self, split=None):
        self.specification = None
        self.stopwatch = Stopwatch()
        self.dirty = False
        self.columns = Columns()
        self._split = split

    def prepare(self):
        """Takes over signals and output of this process."""
        self.stopwatch.install()
        output.swallow()

    def load(self, request):
        """Executes the specification's module."""
        self.specification = None
        limits = request.get("limits") or {}
        output.allow(1 << 30)
        self.stopwatch.start(max(limits.get("cpu_seconds", 0), _LOADING_SECONDS),
                             max(limits.get("wall_seconds", 0), _LOADING_SECONDS))
        try:
            self.specification = Specification(request)
        except Expired as error:
            self.dirty = True
            raise Failure("timeout", "the specification did not load within %g s of %s time"
                          % (_LOADING_SECONDS, error.limit), None, error.limit) from None
        except Failure:
            raise
        except BaseException as error:
            raise from_exception(error, request.get("path")) from None
        finally:
            self.stopwatch.stop()
        gc.collect()
        gc.freeze()
        limit_memory(self.specification.limit("memory_bytes"), address_space())
        return {"loaded": True}

    def _loaded(self):
        if self.specification is None:
            raise Failure("exception", "no specification is loaded; send `load` first")
        return self.specification

    def evaluate(self, request):
        """The outcome of one candidate."""
        self.columns.prepare()
        cpu, wall = thread_time_ns(), monotonic_ns()
        run = Evaluation(request)
        try:
            specification = self._loaded()
            lane = request.get("lane", "proven")
            if lane == "proven":
                self._evaluate_proven(specification, run)
            elif lane in ("split", "shared"):
                if self._split is None:
                    raise Failure("crash", "this worker has no %s lane" % lane)
                run = self._evaluate_apart(specification, run, request, lane == "shared")
            else:
                raise Failure("exception", "there is no lane %r; use proven, split or shared" % (lane,))
            outcome = run.scored()
        except Failure as failure:
            outcome = run.failed(failure)
        except MemoryError:
            # Telling of the failure took more than there was.
            self.dirty = True
            outcome = run.failed(Failure("memory", "the memory limit was reached"))
        outcome["cpu_microseconds"] = (thread_time_ns() - cpu + run.other_cpu) // 1000
        outcome["wall_microseconds"] = (monotonic_ns() - wall) // 1000
        return outcome

    def _evaluate_apart(self, specification, run, request, shared):
        """Scores in a process of the candidate's own; once more where somebody killed that."""
        try:
            self._split.evaluate(self, specification, run, shared)
        except Killed:
            run = Evaluation(request)
            self._split.evaluate(self, specification, run, shared)
        return run

    def _evaluate_proven(self, specification, run):
        names = fresh_names(specification)
        function = self.limited(
            specification, lambda: defined_function(run.source, names, specification))
        self.columns.offer(function, run.source, specification)
        self.run_inputs(specification, run, function)

    def run_inputs(self, specification, run, function, other=None, lane=None):
        """Scores the inputs with `function` in the place of the evolved one.

        Where the function lives in another process, `other` is that process and `lane` its proxy.
        """
        names, evolve = specification.names, specification.evolve
        seed_function = names[evolve]
        entry = names[specification.run]
        names[evolve] = function
        try:
            for value, seed in run.turns(specification):
                reseed(seed)
                if lane is not None:
                    lane.fresh = of_candidate(seed)
                run.add(self.limited(specification, entry, value, other=other, lane=lane), value)
        finally:
            names[evolve] = seed_function

    def limited(self, specification, function, *arguments, other=None, lane=None):
        """Calls trusted code that may call a candidate, under the limits of one input."""
        limits = specification.limits
        output.SINK.left = limits.get("output_bytes", 65536)
        stopwatch = self.stopwatch
        try:
            stopwatch.start(limits.get("cpu_seconds", 10.0), limits.get("wall_seconds", 20.0), other)
            try:
                result = function(*arguments)
            finally:
                stopwatch.stop()
        except BaseException as error:
            # Another signal may have come before the stopwatch was stopped.
            stopwatch.stop()
            raise self._failure(specification, error, lane) from None
        if lane is not None and lane.fault is not None:
            raise lane.fault
        return result

    def _failure(self, specification, error, lane):
        """What an exception out of trusted code means; marks this process as worn out where it may be."""
        if isinstance(error, Expired):
            self.dirty = True
            seconds = specification.limit(error.limit + "_seconds")
            return Failure("timeout", "%g s of %s time were used up" % (seconds, error.limit),
                           line_in(error.__traceback__, CANDIDATE), error.limit)
        if lane is not None and lane.fault is not None:
            return lane.fault
        if isinstance(error, Failure):
            return error
        if isinstance(error, OutputFlood):
            self.dirty = lane is None
            return Failure("output", "more than %d bytes were printed" % specification.limit("output_bytes"))
        if isinstance(error, (MemoryError, RecursionError)) and not hasattr(error, "funsearch_line"):
            self.dirty = True
        return from_exception(error)

    def trace(self, _request):
        """The argument types that the seed program of the specification is called with."""
        from . import trace

        return trace.trace(self, self._loaded())

    def inputs(self, request):
        """The inputs that the specification's reader makes of a file."""
        specification = self._loaded()
        name = request["name"]
        reader = specification.names.get(request["reader"])
        if not callable(reader):
            raise Failure("exception", "%s: there is no function %s at its top level"
                          % (specification.path, request["reader"]))
        try:
            reseed()
            found = self.limited(specification, reader, request["text"], name)
            if type(found) not in (list, tuple) or not found:
                raise Failure("exception", "it returned %s; return a list of inputs, one or more"
                              % canonical.shown(found))
            return {"inputs": [canonical.normal(value, "an input") for value in found]}
        except Failure as failure:
            raise Failure(failure.kind, clipped("%s cannot read %s: %s"
                          % (request["reader"], name, failure.message)), None, failure.limit) from None

    def verify(self, request):
        """The score that the specification's verifier gives an artifact."""
        specification = self._loaded()
        cpu = thread_time_ns()
        if specification.verify is None:
            raise Failure("exception", "the specification has no function marked @funsearch.verify")
        value = specification.inputs[request["input"]]
        verify = specification.names[specification.verify]
        try:
            reseed()
            result = self.limited(specification, verify, value, request["artifact"])
        except Failure as failure:
            raise Failure(failure.kind, "verify: " + failure.message, None, failure.limit) from None
        score = canonical.score(result, value, "verify")
        return {"score": score, "cpu_microseconds": (thread_time_ns() - cpu) // 1000}

    def view(self, request):
        """What the problem's `view(input, artifact)` draws: SVG text."""
        specification = self._loaded()
        path = request["path"]
        value = specification.inputs[request["input"]]
        try:
            reseed()
            drawn = self.limited(
                specification, lambda: _view(path, request["source"])(value, request["artifact"]))
            if type(drawn) is not str:
                raise Failure("exception",
                              "it returned %s; return the text of an SVG" % canonical.shown(drawn))
            if len(drawn) > _MOST_DRAWN:
                raise Failure("output", "the drawing has %d characters, and may have %d"
                              % (len(drawn), _MOST_DRAWN))
            return {"svg": drawn}
        except Failure as failure:
            raise Failure(failure.kind, clipped("view: " + failure.message), failure.line,
                          failure.limit) from None


def _view(path, source):
    """The function `view` of a module's text, whose names are its own."""
    names = {"__name__": "view"}
    try:
        exec(compile(source, path, "exec", dont_inherit=True), names)
    except SyntaxError as error:
        raise Failure("syntax", "%s: %s" % (path, error.msg), error.lineno) from None
    function = names.get("view")
    if not callable(function):
        raise Failure("exception", "%s: there is no function view(input, artifact) at its top level" % path)
    return function
