"""Starts servers on free ports, runs a command that is told of them, and ends all of them.

The command finds the ports in its arguments (STUB_PORT) and in its environment: FUNSEARCH_LITELLM_PORT,
FUNSEARCH_LLAMA_PORT, FUNSEARCH_CHAOS_PORT (a proxy before llama.cpp that spoils connections).
"""

import argparse
import contextlib
import http.client
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
LITELLM_KEY = "sk-local-8c1f52e09a7d4b63"


def free_port():
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, path, process, name, log, limit=120):
    """Waits until a server answers."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    said = pathlib.Path(log).read_text(errors="replace")[-3000:]
    sys.exit(f"{name} does not answer on port {port}:\n{said}")


class Servers(contextlib.ExitStack):
    """Servers that end with the block."""

    def __init__(self):
        super().__init__()
        self.folder = self.enter_context(tempfile.TemporaryDirectory())

    def start(self, name, command, port, path, **environment):
        """Starts a server and waits for it."""
        log = os.path.join(self.folder, name + ".log")
        with open(log, "wb") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
            )
        self.callback(end, process)
        wait_for(port, path, process, name, log)

    def stub(self, program):
        port = free_port()
        self.start("stub", [program, str(port)], port, "/v1/models")
        return port

    def litellm(self):
        port = free_port()
        program = os.path.join(os.path.dirname(sys.executable), "litellm")
        command = [program, "--config", str(HERE / "litellm.yaml")]
        command += ["--host", "127.0.0.1", "--port", str(port)]
        self.start(
            "litellm",
            command,
            port,
            "/health/liveliness",
            LITELLM_LOCAL_MODEL_COST_MAP="True",
            LITELLM_MASTER_KEY=LITELLM_KEY,
        )
        return port

    def llama(self):
        port = free_port()
        model, grammar = os.path.join(self.folder, "tiny.gguf"), str(HERE / "function.gbnf")
        subprocess.run([sys.executable, "-B", str(HERE / "tiny_model.py"), model, grammar], check=True)
        command = [sys.executable, "-B", str(HERE / "llama_server.py"), model, str(port), grammar]
        self.start("llama.cpp", command, port, "/health")
        return port

    def chaos(self, upstream):
        port = free_port()
        # Three of ten, each kind in turn; the first connections are those of the check whether it runs.
        faults = ["cut", "busy", "reset", "unavailable", "garbage", "html", "stall", "refuse"]
        modes = ",".join(f"ok,ok,{fault}" for fault in faults)
        command = [sys.executable, "-B", str(HERE / "chaos_proxy.py"), str(port), str(upstream), modes]
        self.start("chaos", command, port, "/health")
        return port


def end(process):
    """Ends a server, by force if it does not go."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stub", help="the program of our stub server")
    parser.add_argument("--litellm", action="store_true", help="start the LiteLLM proxy")
    parser.add_argument("--llama", action="store_true", help="start llama.cpp, and the proxy before it")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    environment = dict(os.environ)
    command = options.command
    with Servers() as servers:
        if options.stub:
            port = servers.stub(options.stub)
            command = [str(port) if word == "STUB_PORT" else word for word in command]
        if options.litellm:
            environment["FUNSEARCH_LITELLM_PORT"] = str(servers.litellm())
            environment["FUNSEARCH_LITELLM_KEY"] = LITELLM_KEY
        if options.llama:
            port = servers.llama()
            environment["FUNSEARCH_LLAMA_PORT"] = str(port)
            environment["FUNSEARCH_CHAOS_PORT"] = str(servers.chaos(port))
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
