"""The encoder alone, in the engine's Python: a JSON list of sentences in, the seconds of each out."""

import json
import sys
import time
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from engine.nlu.encoder import vector

    vector("您好")  # reads the weights
    seconds = []
    for text in json.load(sys.stdin):
        began = time.perf_counter()
        vector(text)
        seconds.append(time.perf_counter() - began)
    json.dump(seconds, sys.stdout)


if __name__ == "__main__":
    main()
