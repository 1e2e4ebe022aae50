"""What addresses 地址 are learned from, and the learning itself: whole, in a process of its own, or a quick draft.

It takes about as long as the intents, and these want their phrases with the addresses found: a draft finds them, so
that both are learned at the same time.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Iterable, List, Sequence, Tuple

from engine.nlu.divisions import Divisions
from engine.nlu.phones import digit_spans
from engine.nlu.place_features import features, kinds
from engine.nlu.place_grammar import pieces
from engine.nlu.place_practice import Marked, Words, practice

_LEARNING = {"max_iterations": 6, "c": 0.1, "feature.possible_transitions": True}
_DRAFTED = 12  # every twelfth sentence without an address
_TEMPTING = frozenset({"side", "poi", "road", "home", "region", "unit"})  # kinds of words that addresses are made of
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

    @cached_property
    def without(self) -> Tuple[str, ...]:
        """Those others that cannot hold an address; in the rest nobody has looked for one."""
        marked = {text for text, _ in self.marked}
        return tuple(text for text in self.others if text not in marked and not self._may_hold_one(text))

    def learned_beside(self) -> bytes:
        """A tagger from all sentences and their variations, learned beside what this process does."""
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as beside:
            return beside.submit(Lessons.learned, self).result()

    def draft(self) -> bytes:
        """A tagger from the marked sentences and few others, in a tenth of the time."""
        return self._learned([*self.marked, *((text, ()) for text in self.without[::_DRAFTED])])

    def learned(self) -> bytes:
        """From the marked sentences, all others in which something looks like an address, and half of the rest."""
        tempting = [text for text in self.without if _tempts(text)]
        rest = [text for text in self.without if not _tempts(text)]
        sentences = [*self.marked, *((text, ()) for text in (*tempting, *rest[::2]))]
        return self._learned(practice(sentences, words=self.words))

    def _learned(self, sentences: Iterable[Marked]) -> bytes:
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

    def _may_hold_one(self, text: str) -> bool:
        return any(kind in _MAY_BE_ONE for _, _, kind in pieces(text, taken=(), names=self.names))


def _tempts(text: str) -> bool:
    return any(map(str.isdigit, text)) or not _TEMPTING.isdisjoint(kinds(text))


def _labels(text: str, places: Iterable[Tuple[int, int]]) -> List[str]:
    """Beginning, inside, end, or outside."""
    labels = ["O"] * len(text)
    for start, end in places:
        labels[start:end] = ["B", *("I" * (end - start - 2)), *("E" if end - start > 1 else "")]
    return labels
