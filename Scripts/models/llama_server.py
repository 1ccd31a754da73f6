"""Serves a model file with the server of llama.cpp: MODEL PORT GRAMMAR.

Answers follow the grammar in that file, unless a request brings its own.
"""

import pathlib
import sys
import threading

import xllamacpp


def main():
    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = int(sys.argv[2])
    parameters.n_ctx = 16384
    parameters.n_parallel = 2
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    # The more, the less it likes one word better than another.
    parameters.sampling.temp = 2
    grammar = parameters.sampling.grammar
    grammar.type, grammar.grammar = 1, pathlib.Path(sys.argv[3]).read_text()
    parameters.sampling.grammar = grammar
    parameters.use_jinja = True
    parameters.offline = True
    parameters.ui = False
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
