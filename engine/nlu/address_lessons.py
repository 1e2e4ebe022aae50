"""What addresses 地址 are learned from, and the learning itself: whole, in a process of its own, or a quick draft.

It takes about as long as the intents, and these want their phrases with the addresses found: a draft finds them, so
that both are learned at the same time.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, List, Sequence, Tuple

from engine.nlu.divisions import Divisions
from engine.nlu.phones import digit_spans
from engine.nlu.place_features import features
from engine.nlu.place_grammar import pieces
from engine.nlu.place_practice import Marked, Words, practice

_LEARNING = {"max_iterations": 6, "c": 0.1, "feature.possible_transitions": True}
_DRAFTED = 6  # every sixth sentence without an address
_MAY_BE_ONE = frozenset({"region", "road", "community", "room", "known"})


@dataclass(frozen=True)
class Lessons:
    """`marked`: plain texts with their addresses. `others`: more, of which those count that cannot hold any.

    `names`: places the charters know. `divisions`: those everybody knows. `words`: what to practise with.
    """

    marked: Sequence[Marked]
    others: Sequence[str]
    names: Sequence[str]
    divisions: Divisions
    words: Words

    def may_hold_one(self, text: str) -> bool:
        """Whether nobody marked an address there only because nobody looked."""
        return any(kind in _MAY_BE_ONE for _, _, kind in pieces(text, taken=(), names=self.names))

    def whole(self) -> bytes:
        """The tagger, learned beside what this process does: from all sentences and their variations."""
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as beside:
            return beside.submit(_whole, self).result()

    def draft(self) -> bytes:
        """A tagger in a sixth of the time; 4 % of what it finds in the phrases would be read otherwise."""
        return self.learned([*self.marked, *self._without()[::_DRAFTED]])

    def practised(self) -> Iterable[Marked]:
        return practice([*self.marked, *self._without()], words=self.words)

    def learned(self, sentences: Iterable[Marked]) -> bytes:
        import pycrfsuite

        trainer = pycrfsuite.Trainer(algorithm="pa", verbose=False)  # passive-aggressive: a third of the time
        trainer.set_params(_LEARNING)
        for text, places in sentences:
            divisions, taken = self.divisions.found(text), digit_spans(text)
            trainer.append(features(text, divisions=divisions, taken=taken, names=self.names), _labels(text, places))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tagger"
            trainer.train(str(path))
            return path.read_bytes()

    def _without(self) -> List[Marked]:
        known = {text for text, _ in self.marked}
        return [(text, ()) for text in self.others if text not in known and not self.may_hold_one(text)]


def _whole(lessons: Lessons) -> bytes:
    return lessons.learned(lessons.practised())


def _labels(text: str, places: Iterable[Tuple[int, int]]) -> List[str]:
    """Beginning, inside, end, or outside."""
    labels = ["O"] * len(text)
    for start, end in places:
        labels[start:end] = ["B", *("I" * (end - start - 2)), *("E" if end - start > 1 else "")]
    return labels
