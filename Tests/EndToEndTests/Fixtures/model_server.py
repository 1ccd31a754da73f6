"""A server that speaks chat completions, for tests: answers with functions for the cap-set problem.

Prints its port, then appends one line of JSON to LOG for each request: before the answer is sent, so that
an answer which was sent is always in it. Answers differ from call to call, as a model's do, or with --steady
from question to question; now and then one holds no code.

With --faults N so many of a hundred requests are answered badly, in one of ten ways: broken, late, garbled,
refused. After four bad answers to one question a good one follows, and two of them at most are of a kind that
may have to be paid.

Usage: model_server.py LOG [--delay SECONDS] [--steady] [--faults PERCENT] [--fail N] [--gone-after N]
                       [--dead-after N] [--words TEXT]
"""

import argparse
import collections
import hashlib
import http.server
import json
import re
import socket
import struct
import threading
import time

REFUSALS = ["busy", "unavailable", "page"]
"""Faults that tell the client that no work was done."""
LOSSES = ["cut", "reset", "silent", "stall", "garbage", "halved", "empty"]
"""Faults after which the work may have to be paid."""


class Server(http.server.ThreadingHTTPServer):
    """Counts requests; one lock orders the lines of the log."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.options = options
        open(options.log, "a").close()
        self.lock = threading.Lock()
        self.count = 0
        self.under_way = 0
        self.asked = collections.Counter()
        self.spoilt = collections.Counter()
        """Of each question, the bad answers since the last good one."""
        self.faults = 0

    def handle_error(self, request, client_address):
        """Says nothing of clients that were killed."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one chat completion."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        """Logs the request, waits, and answers."""
        with self.server.lock:
            self.server.under_way += 1
        try:
            self.answer()
        finally:
            with self.server.lock:
                self.server.under_way -= 1

    def answer(self):
        """The whole of it."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        options = self.server.options
        with self.server.lock:
            self.server.count += 1
            number = self.server.count
            status = self.status(number)
            question = hashlib.sha256(body["messages"][-1]["content"].encode()).hexdigest()
            fault = self.fault(question)
            line = {"number": number, "status": status, "model": body["model"], "question": question,
                    "fault": fault, "under_way": self.server.under_way,
                    "key": self.headers.get("Authorization", "")}
            with open(options.log, "a") as log:
                log.write(json.dumps(line) + "\n")
        place, number = number, int(question[:8], 16) if options.steady else number
        time.sleep(options.delay * (1 + number % 3))
        if options.dead_after and place > options.dead_after:
            # Keeps the connection and says nothing, until the client closes it.
            self.close_connection = True
            self.rfile.read(1)
        elif fault:
            self.spoil(fault, self.completion(body, number, options.words))
        elif status == 200:
            self.send(200, self.completion(body, number, options.words))
        else:
            self.send(status, {"error": {"message": "the test says so", "type": "test", "code": str(status)}})

    def status(self, number):
        """What a request is answered with."""
        options = self.server.options
        if options.gone_after and number > options.gone_after:
            return 401
        return 503 if options.fail and number % options.fail == 0 else 200

    def fault(self, question):
        """How a question is answered badly this time; None for well."""
        server = self.server
        server.asked[question] += 1
        place = server.asked[question]
        draw = int(hashlib.sha256(f"{question} {place}".encode()).hexdigest()[:8], 16)
        if draw % 100 >= server.options.faults or server.spoilt[question] >= 4:
            server.spoilt[question] = 0
            return None
        server.spoilt[question] += 1
        server.faults += 1
        # The client does not ask again and again what may have been paid each time.
        faults = REFUSALS + (LOSSES if server.spoilt[question] <= 2 else [])
        return faults[server.faults % len(faults)]

    def spoil(self, fault, value):
        """Answers badly and ends the connection."""
        self.close_connection = True
        data = json.dumps(value).encode()
        half = data[: len(data) // 2]
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        try:
            if fault in REFUSALS:
                self.refuse(fault)
            elif fault in ("cut", "reset", "stall"):
                self.wfile.write(head % len(data) + half)
            elif fault == "garbage":
                self.wfile.write(b"\x00\xffthis is not HTTP\r\n\r\n")
            elif fault == "halved":
                self.wfile.write(head % len(half) + half)
            elif fault == "empty":
                self.wfile.write(head % 0)
            if fault in ("stall", "silent"):
                # Until the client has enough of it and closes the connection.
                self.rfile.read(1)
            if fault == "reset":
                # Without lingering a close is a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass

    def refuse(self, fault):
        """Says that it has not done any work."""
        if fault == "page":
            page = b"<html><head><title>502 Bad Gateway</title></head></html>"
            head = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
            self.wfile.write(head % len(page) + page)
        else:
            status = 429 if fault == "busy" else 503
            code = "rate_limit_exceeded" if fault == "busy" else "overloaded"
            self.send(status, {"error": {"message": "not now", "type": code, "code": code}})

    @staticmethod
    def completion(body, number, words):
        """A function of the version that the prompt asks for, or words."""
        prompt = body["messages"][-1]["content"]
        name = (["f"] + re.findall(r"def (\w+)\(", prompt))[-1]
        if number % 7 == 0:
            text = words + " I would rather not."
        else:
            value = "(el[0] * %d + sum(el) * %d) %% %d" % (number % 5, number % 11, 2 + number % 13)
            text = words + " Here it is.\n```python\ndef %s(el, n):\n  return %s\n```\n" % (name, value)
        tokens = len(prompt) // 4
        usage = {"prompt_tokens": tokens, "completion_tokens": 40, "total_tokens": tokens + 40}
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        return {"id": "x", "object": "chat.completion", "created": 0, "model": body["model"],
                "choices": [choice], "usage": usage}

    def send(self, status, value):
        """One JSON answer; a client that was killed is no error here."""
        data = json.dumps(value).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            pass

    def log_message(self, *arguments):
        """Says nothing on standard error."""


def main():
    """Serves until it is killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("log")
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--steady", action="store_true", help="one question has one answer")
    parser.add_argument("--faults", type=int, default=0, help="of 100 requests so many are answered badly")
    parser.add_argument("--fail", type=int, default=0, help="every N-th request is answered with 503")
    parser.add_argument("--dead-after", type=int, default=0, help="after N requests nothing is answered")
    parser.add_argument("--words", default="", help="what every answer begins with")
    parser.add_argument("--gone-after", type=int, default=0, help="after N requests the key is refused")
    server = Server(parser.parse_args())
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
