"""What a sentence means, in order of likelihood, and whether to act on it, to offer a choice 给出选项, or to ask again.

The one place that decides, with and without Rasa around it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

from engine.nlu import answers
from engine.nlu.aligned import Aligned
from engine.nlu.hearing import Hearing
from engine.nlu.masking import masked
from engine.nlu.model import IntentModel, Told, fit
from engine.nlu.spans import Span

FALLBACK, OFFER = "nlu_fallback", "nlu_offer"
FOREIGN = "out_of_scope"
_SURE = 0.99
_MOST_CHOICES = 3

# Steps of the talk itself, no matters: 您是想说“是的”，还是想说“您好”？ is no choice to give anybody.
NO_CHOICE = frozenset(
    {
        *("greet", "thanks", "goodbye", "affirm", "deny", "cancel", "repeat", "abuse", "praise", "ask_are_you_bot"),
        *("correction", "dont_know", "skip_self_check", "inform_phone", "inform_address", "inform_time", "inform_name"),
        *("inform_ticket_number", FOREIGN),
    }
)

Ranking = List[Tuple[str, float]]


@dataclass(frozen=True)
class Thresholds:
    """config.yml gives them; `scripts/nlu_thresholds.py` shows what others would do."""

    act: float = 0.4  # below it nothing is done without asking
    sure: float = 0.0  # from it on nothing is asked; not above `act`: no choice is ever offered
    close: float = 0.6  # what the two or three candidates of a choice have together, at least
    least: float = 0.05  # what each of them has, at least


@dataclass(frozen=True)
class Outcome:
    kind: str  # act | offer | fallback
    intents: Tuple[str, ...] = ()  # act: the one; offer: two or three, the likeliest first

    @property
    def rejected(self) -> bool:
        """The customer is told that this is not understood or not ours."""
        return self.kind == "fallback" or self.intents == (FOREIGN,)


def outcome(ranking: Ranking, thresholds: Thresholds, *, in_form: bool = False) -> Outcome:
    """`in_form`: a form asks something, where another question would be one too many: the best guess acts."""
    name, confidence = ranking[0]
    if confidence < thresholds.sure and not in_form and (name not in NO_CHOICE or name == FOREIGN):
        choices = [each for each in ranking if each[0] not in NO_CHOICE and each[1] >= thresholds.least]
        choices = choices[:_MOST_CHOICES]
        if len(choices) > 1 and sum(chance for _, chance in choices) >= thresholds.close:
            return Outcome("offer", tuple(choice for choice, _ in choices))
    return Outcome("act", (name,)) if confidence >= thresholds.act else Outcome("fallback")


@dataclass(frozen=True)
class Decision:
    model: IntentModel
    hearing: Hearing
    known: Dict[str, str]  # phrases of the training data that stand under one intent only
    thresholds: Thresholds = Thresholds()

    def ranking(self, plain: Aligned, spans: Sequence[Span], *, asked: str = "") -> Ranking:
        """All intents, the most likely first; a known phrase and a bare detail are certain."""
        text = masked(plain, spans)
        meant = self.hearing.meant(text)
        chances = dict(zip(self.model.intents, self.model.probabilities(meant).tolist(), strict=True))
        certain = self.known.get(text) or answers.direct(text, spans, plain=plain, asked=asked)
        if certain in chances:
            rest = max(1.0 - chances[certain], 1e-9)
            chances = {name: chance * (1.0 - _SURE) / rest for name, chance in chances.items()}
            chances[certain] = _SURE
        return sorted(chances.items(), key=lambda item: -item[1])

    def knows(self, plain: Aligned, spans: Sequence[Span]) -> bool:
        """Whether it is a phrase of the training data, word for word."""
        return masked(plain, spans) in self.known

    def outcome(self, ranking: Ranking, *, in_form: bool = False) -> Outcome:
        return outcome(ranking, self.thresholds, in_form=in_form)

    def save(self, folder: Path) -> None:
        self.model.save(folder)
        self.hearing.save(folder)
        (folder / "known.json").write_text(json.dumps(self.known, ensure_ascii=False), encoding="utf-8")
        (folder / "thresholds.json").write_text(json.dumps(asdict(self.thresholds)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Decision:
        known, thresholds = (
            json.loads((folder / name).read_text(encoding="utf-8")) for name in ("known.json", "thresholds.json")
        )
        return cls(IntentModel.load(folder), Hearing.load(folder), known, Thresholds(**thresholds))

    @classmethod
    def learned(
        cls,
        read: Sequence[Tuple[Aligned, Sequence[Span]]],
        intents: Sequence[str],
        *,
        strength: float,
        scale: float,
        temperature: float,
        seen: int,
        told: Told,
        thresholds: Thresholds = Thresholds(),
    ) -> Decision:
        texts = [masked(plain, spans) for plain, spans in read]
        told(f"hearing: the characters of {len(texts)} phrases")
        hearing = Hearing.learned(texts)
        model = fit(texts, intents, strength=strength, scale=scale, temperature=temperature, seen=seen, told=told)
        return cls(model, hearing, answers.unambiguous(texts, intents), thresholds)
