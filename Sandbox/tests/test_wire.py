"""Damaged bytes on both streams of a worker are refused or answered; nothing dies or waits of them."""

import json
import os
import random
import unittest

from problem import LIMITS, SPECIFICATION, evaluate, loaded
from worker_process import Worker

from sandbox import candidate, proxy, values
from sandbox.failure import Failure
from sandbox.output import OutputFlood

_REQUESTS = [
    {"op": "parse", "source": "x = 1\n"},
    {"op": "describe", "path": "s.py", "source": SPECIFICATION},
    {"op": "compare", "source": "x = 1", "statements": []},
    {"op": "load", "path": "s.py", "source": SPECIFICATION, "evolve": "priority", "run": "evaluate",
     "verify": None, "inputs": [3], "limits": LIMITS, "trust": "split", "decorators": []},
    {"op": "evaluate", "id": 1, "lane": "split", "source": "def priority(el, n): return 1", "inputs": None,
     "artifact": True},
    {"op": "evaluate", "id": 2, "lane": "proven", "source": "def priority(el, n): return 1", "inputs": [0]},
    {"op": "verify", "input": 0, "artifact": [1]},
    {"op": "trace"},
]
_VALUES = [None, True, -1, 2**70, 1e308, "", "\u0000", "é" * 50, [], [[]], {}, {"a": 1}, "evaluate", "/etc"]


def damaged_request(draw):
    """A request with members missing, swapped or of another type."""
    request = dict(draw.choice(_REQUESTS))
    for _ in range(draw.randint(1, 2)):
        key = draw.choice(list(request) + ["surplus"])
        if draw.random() < 0.3:
            request.pop(key, None)
        else:
            request[key] = draw.choice(_VALUES)
    return json.dumps(request).encode()


def damaged_bytes(draw, data):
    """The bytes with some changed, cut out or doubled."""
    data = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(data) + 1)
        kind = draw.randrange(4)
        if kind == 0 and at < len(data):
            data[at] = draw.randrange(256)
        elif kind == 1:
            del data[at:at + draw.randrange(9)]
        elif kind == 2:
            data[at:at] = bytes(draw.randrange(256) for _ in range(draw.randrange(9)))
        else:
            data += data[at:]
    return bytes(data)


class Requests(unittest.TestCase):
    """What the engine's side may send."""

    def test_damaged_requests_are_answered(self):
        draw = random.Random(1)
        with loaded() as worker:
            for number in range(400):
                payload = damaged_request(draw)
                if number % 2:
                    payload = damaged_bytes(draw, payload)
                worker.send_frame(payload)
                reply = worker.read()
                self.assertIsInstance(reply, dict, payload)
            # Whatever was loaded last, the worker still serves.
            self.assertEqual(worker.ask("parse", source="x")["statements"][0][0], "Expr")

    def test_a_broken_stream_ends_the_worker(self):
        for data in (b"\xff\xff\xff\xff", b"\x09\0\0\0half", b"\x01"):
            with self.subTest(data), Worker() as worker:
                worker.send_bytes(data)
                self.assertIsNotNone(worker.close())

    def test_deep_and_long_requests(self):
        with loaded() as worker:
            for payload in (b"[" * 100000, b'{"op":' * 50000, b'"' + b"x" * 5000000 + b'"', b"1" * 10000):
                worker.send_frame(payload)
                self.assertIn("error", worker.read())
            self.assertEqual(evaluate(worker, " return 1", "split")["outcome"], "scored")


class Replies(unittest.TestCase):
    """What a candidate's process may send."""

    _SOUND = [
        bytes([candidate.VALUE]) + values.encode(1.5),
        bytes([candidate.VALUE]) + values.encode([(1, 2.0, True)] * 9),
        bytes([candidate.VALUE]) + values.encode({"a": [None, "é", b"x"], (1,): 2**90}),
        bytes([candidate.RAISED]) + values.encode(("ValueError", "text", 3)),
        bytes([candidate.RAISED]) + values.encode(("=Own", "text", None)),
        bytes([candidate.FAILED]) + values.encode(("syntax", "text", 3)),
        bytes([candidate.UNSENDABLE]) + values.encode("a set"),
        bytes([candidate.FLOOD]),
    ]

    def _ask(self, make):
        """What comes of one call that is answered by the bytes `make(ticket)`."""
        to_candidate, to_us = os.pipe(), os.pipe()
        side = proxy.Proxy("priority")
        side.connect(to_us[0], to_candidate[1])
        side._tickets = bytes(range(64))
        try:
            os.write(to_us[1], make(bytes(range(8))))
            os.close(to_us[1])
            return side.ask(candidate.CALL, ((1,), {}))
        except proxy.Lost:
            return side.fault
        except OutputFlood:
            return None
        finally:
            side.disconnect()
            os.close(to_candidate[0])

    def test_damaged_replies_are_values_or_failures(self):
        draw = random.Random(2)
        kinds = set()
        for number in range(3000):
            body = draw.choice(self._SOUND)

            def make(ticket, body=body, number=number):
                if number % 3:
                    payload = ticket + damaged_bytes(draw, body)
                else:
                    payload = damaged_bytes(draw, ticket + body)
                frame = len(payload).to_bytes(4, "little") + payload
                return frame if number % 5 else damaged_bytes(draw, frame)

            try:
                result = self._ask(make)
            except Exception as error:
                self.assertTrue(hasattr(error, "funsearch_line"), repr(error))
                continue
            if isinstance(result, Failure):
                kinds.add(result.kind)
        self.assertEqual(kinds - {"syntax"}, {"forged", "crash"})

    def test_what_says_nothing_known_is_forged(self):
        for body in (
            bytes([candidate.VALUE]),
            bytes([9]) + values.encode(1),
            bytes([candidate.RAISED]) + values.encode(("ValueError", "x", 10**400)),
            bytes([candidate.RAISED]) + values.encode(("ValueError", "x", True)),
            bytes([candidate.RAISED]) + values.encode(("ValueError", 5, 1)),
            bytes([candidate.FAILED]) + values.encode(("forged", "x", 1)),
            bytes([candidate.FAILED]) + values.encode(("worker lost", "x", 1)),
        ):
            with self.subTest(body):
                result = self._ask(lambda ticket: (8 + len(body)).to_bytes(4, "little") + ticket + body)
                if body[0] == candidate.VALUE:
                    self.assertIsNone(result)
                else:
                    self.assertEqual(result.kind, "forged")


if __name__ == "__main__":
    unittest.main()
