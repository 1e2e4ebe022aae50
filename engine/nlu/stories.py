"""Long stories 长篇叙述 and what is unclear as a whole, judged clause by clause: like nothing that was learned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Dict, List, Sequence, Tuple

from engine.nlu.aligned import Aligned
from engine.nlu.clauses import clauses
from engine.nlu.decision import FOREIGN, Decision, Ranking
from engine.nlu.matters import (
    FAMILIES,
    FAULTS,
    LONG,
    ORDER,
    STORY,
    Matter,
    Place,
    Said,
    matters,
    sayings,
    tells_of_checks,
)
from engine.nlu.spans import Span

_PAPERS = "ask_materials"
_SURE = 0.8
_ALIKE = 8  # characters
_SUMMARY = 160  # characters


def brought(
    decision: Decision, plain: Aligned, spans: Sequence[Span], *, ranking: Ranking, in_form: bool
) -> List[Matter]:
    """The matters of a message where it brings several or tells one at length; else nothing that `ranking` lacks."""
    several = matters(decision, plain, spans, in_form=in_form)
    unclear = not in_form and decision.outcome(ranking).kind == "fallback"  # 你们这群废物，宽带又断了
    if not several and (unclear or len(plain.text) > LONG):
        several = _story(decision, plain, spans, ranking=ranking, in_form=in_form)
    return [_shortened(matter, decision, plain, spans) for matter in several]


def _story(
    decision: Decision, plain: Aligned, spans: Sequence[Span], *, ranking: Ranking, in_form: bool
) -> List[Matter]:
    decided, (name, confidence) = decision.outcome(ranking, in_form=in_form), ranking[0]
    if decided.kind == "offer":
        orders = [each for each in decided.intents if each != _PAPERS]  # 过户 and its 材料 are told together
        return [_whole(orders[0], confidence, plain)] if len(orders) == 1 else []
    if name == FOREIGN and confidence >= _SURE:
        return []
    whole = [] if decided.rejected else [_whole(name, confidence, plain)]
    return whole if whole and confidence >= _SURE else _gist(decision, plain, spans) or whole


def _gist(decision: Decision, plain: Aligned, spans: Sequence[Span]) -> List[Matter]:
    """The matter that the clauses speak of most; empty where no clause is clear."""
    weight: Dict[str, float] = defaultdict(float)
    # What is said twice counts once; the first of a unit begins at the unit, so its end tells it.
    once = {plain.text[max(said.start, said.end - _ALIKE) : said.end]: said for said in _told(decision, plain, spans)}
    clear = [said for said in once.values() if said.confidence >= _SURE]
    for said in clear:
        weight[said.family] += said.confidence
    if not weight:
        return []
    family = "danger" if "danger" in weight else max(weight, key=lambda each: (weight[each], -ORDER.index(each)))
    chosen = max((said for said in clear if said.family == family), key=lambda said: said.confidence)
    return [_whole(chosen.intent, chosen.confidence, plain)]


def _whole(intent: str, confidence: float, plain: Aligned) -> Matter:
    place = (0, len(plain.text))
    return Matter(intent, confidence, place, (place,))


def _shortened(matter: Matter, decision: Decision, plain: Aligned, spans: Sequence[Span]) -> Matter:
    """A long matter cut down to the clauses that tell something; a complaint is kept as it was told."""
    (start, end), *_ = matter.places
    if end - start <= LONG or matter.intent.startswith("complain_"):
        return matter
    kept: List[Place] = []
    of_fault = FAMILIES.get(matter.intent) in FAULTS
    wanted = STORY if of_fault else frozenset(ORDER)
    length = 0
    for said in _told(decision, plain, spans):
        if start <= said.start and said.end <= end and said.family in wanted:
            length += said.end - said.start
            if length <= _SUMMARY:
                kept.append((said.start, said.end))
    if kept and of_fault:  # 路由器重启了好几次: nobody is told to do it once more
        kept += [
            (clause.start, clause.end)
            for clause in clauses(plain, spans)
            if start <= clause.start and clause.end <= end and tells_of_checks(decision, plain, spans, clause) >= _SURE
        ]
    return replace(matter, places=tuple(sorted(set(kept)))) if kept else matter


def _told(decision: Decision, plain: Aligned, spans: Sequence[Span]) -> Tuple[Said, ...]:
    return tuple(sayings(decision, plain, spans, clauses(plain, spans)))
