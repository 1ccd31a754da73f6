"""A server that speaks chat completions, for tests: answers with functions for the cap-set problem.

Prints its port, then appends one line of JSON to LOG for each request: before the answer is sent, so that
an answer which was sent is always in it. Answers differ from call to call, as a model's do; now and then one
holds no code.

Usage: model_server.py LOG [--delay SECONDS] [--fail N] [--gone-after N] [--words TEXT]
"""

import argparse
import http.server
import json
import re
import threading
import time


class Server(http.server.ThreadingHTTPServer):
    """Counts requests; one lock orders the lines of the log."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.options = options
        self.lock = threading.Lock()
        self.count = 0

    def handle_error(self, request, client_address):
        """Says nothing of clients that were killed."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one chat completion."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        """Logs the request, waits, and answers."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        options = self.server.options
        with self.server.lock:
            self.server.count += 1
            number = self.server.count
            status = self.status(number)
            line = {"number": number, "status": status, "model": body["model"],
                    "key": self.headers.get("Authorization", "")}
            with open(options.log, "a") as log:
                log.write(json.dumps(line) + "\n")
        time.sleep(options.delay * (1 + number % 3))
        if status == 200:
            self.send(200, self.completion(body, number, options.words))
        else:
            self.send(status, {"error": {"message": "the test says so", "type": "test", "code": str(status)}})

    def status(self, number):
        """What a request is answered with."""
        options = self.server.options
        if options.gone_after and number > options.gone_after:
            return 401
        return 503 if options.fail and number % options.fail == 0 else 200

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
    parser.add_argument("--fail", type=int, default=0, help="every N-th request is answered with 503")
    parser.add_argument("--words", default="", help="what every answer begins with")
    parser.add_argument("--gone-after", type=int, default=0, help="after N requests the key is refused")
    server = Server(parser.parse_args())
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
