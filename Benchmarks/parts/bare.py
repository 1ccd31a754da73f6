"""The bare evaluation: compiles and evaluates the programs of a run, and nothing else.

    python3 bare.py JOURNAL SPECIFICATION EVOLVE RUN INPUT PART PARTS

Takes every PARTS-th program, from PART on, so that as many can run side by side as a search has workers. Run
with the specification's `funsearch` module on PYTHONPATH. Prints one JSON object: the CPU seconds of the loop
alone, how many programs it evaluated, and how many of them have another score than the journal says.
"""

import json
import sqlite3
import sys
import time

QUERY = """SELECT body.source, step.total FROM step JOIN body ON body.id = step.body
           WHERE step.reused = 0 ORDER BY step.sequence"""


def main(journal, specification, evolve, run, value, part, parts):
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as connection:
        programs = connection.execute(QUERY).fetchall()[int(part)::int(parts)]
    names = {"__name__": "specification"}
    with open(specification, encoding="utf-8") as file:
        exec(compile(file.read(), specification, "exec"), names)
    evaluate, value = names[run], json.loads(value)
    evaluate(value)  # makes what the evaluator makes once in a process
    scores = []
    began = time.process_time()
    for source, _ in programs:
        own = names.copy()
        try:
            exec(compile(source, "candidate", "exec"), own)
            names[evolve] = own[evolve]
            result = evaluate(value)
            scores.append(getattr(result, "score", result))
        except Exception:
            scores.append(None)
    seconds = time.process_time() - began
    different = sum(score != total for score, (_, total) in zip(scores, programs))
    print(json.dumps({"seconds": seconds, "evaluations": len(programs), "different": different}))


if __name__ == "__main__":
    main(*sys.argv[1:])
