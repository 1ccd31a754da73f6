"""One `evaluate` request: which inputs, how often, with which seeds; and the results gathered so far."""

from . import canonical, random_state
from .failure import Failure, clipped


class Evaluation:
    """What is asked of one candidate, and what came of it."""

    def __init__(self, request):
        self.id = request.get("id")
        self.source = request["source"]
        self.input = None
        self.other_cpu = 0
        self._wanted = request.get("inputs")
        self._artifact = bool(request.get("artifact"))
        self._noise = request.get("noise")
        self._scores = []
        self._digests = []
        self._behaviours = []
        self._metrics = []
        self._artifacts = []
        self._feedback = []

    def turns(self, specification):
        """The value and the random seed of each call of the entry point, in order."""
        inputs = specification.inputs
        if self._noise is None:
            for index in self._indices(len(inputs)):
                self.input = index
                yield inputs[index], random_state.FIXED
            return
        draws, repeats = self._noise["draws"], self._noise["repeats"]
        for index in self._indices(len(inputs)):
            self.input = index
            for repeat in range(repeats):
                yield inputs[index], random_state.drawn(draws, index, repeat)

    def count(self, specification):
        """The number of turns."""
        inputs = len(self._indices(len(specification.inputs)))
        return inputs * (self._noise["repeats"] if self._noise else 1)

    def _indices(self, count):
        if self._wanted is None:
            return range(count)
        for index in self._wanted:
            if type(index) is not int or not 0 <= index < count:
                raise Failure("exception", "there is no input %r; %d are loaded" % (index, count))
        return self._wanted

    def add(self, result, value):
        """Checks and keeps what the entry point returned in one turn."""
        artifact = behaviour = metrics = feedback = None
        if type(result).__name__ == "Result" and hasattr(result, "artifact"):
            artifact, behaviour = result.artifact, result.behaviour
            metrics, feedback = result.metrics, result.feedback
            result = result.score
        self._scores.append(canonical.score(result, value))
        self._digests.append(_NO_ARTIFACT if artifact is None else canonical.digest(artifact))
        self._behaviours.append(None if behaviour is None else canonical.digest(behaviour, "behaviour"))
        self._metrics.append(canonical.metrics(metrics))
        self._feedback.append(None if feedback is None else clipped(str(feedback)))
        if self._artifact:
            self._artifacts.append(canonical.writable(artifact))

    def scored(self):
        """The reply of a candidate that every turn scored."""
        if self._noise:
            return self._measured(self._noise["repeats"])
        reply = {"id": self.id, "outcome": "scored", "scores": self._scores, "digests": self._digests,
                 "behaviours": self._behaviours, "metrics": self._metrics}
        if self._artifact:
            reply["artifacts"] = self._artifacts
        if any(text is not None for text in self._feedback):
            reply["feedback"] = self._feedback
        return reply

    def _measured(self, repeats):
        """The reply where inputs were scored several times: all scores; nothing that is compared exactly."""
        def by_input(results):
            return [results[at:at + repeats] for at in range(0, len(results), repeats)]

        reply = {"id": self.id, "outcome": "scored", "samples": by_input(self._scores),
                 "metrics": list(map(_averaged, by_input(self._metrics)))}
        if self._artifact:
            reply["artifacts"] = [None if all(item is None for item in items) else items
                                  for items in by_input(self._artifacts)]
        if any(text is not None for text in self._feedback):
            reply["feedback"] = self._feedback[::repeats]
        return reply

    def failed(self, failure):
        """The reply of a candidate that failed."""
        return {"id": self.id, "outcome": "failed", "kind": failure.kind, "message": failure.message,
                "line": failure.line, "input": self.input, "limit": failure.limit}


def _averaged(metrics):
    """The means of those metrics that every repeat gave."""
    names = [name for name in metrics[0] if all(name in others for others in metrics)]
    return {name: sum([each[name] / len(metrics) for each in metrics]) for name in names}


_NO_ARTIFACT = canonical.digest(None)
