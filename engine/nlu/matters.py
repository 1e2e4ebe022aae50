"""Which matters 事项 a message brings where it brings more than one, the urgent one first.

Precision counts more than recall: one story in several clauses is one matter, and must not be answered as two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from engine.nlu.aligned import Aligned
from engine.nlu.clauses import ENDED, JOINED, PAUSED, Clause, clauses, part, spans_within
from engine.nlu.decision import Decision, Ranking
from engine.nlu.spans import Span

# Intents that lead to the same next step are one matter; who is in no family brings no matter.
FAMILIES: Dict[str, str] = {
    **{f"report_fault_{kind}": "fault_tv" for kind in ("no_signal", "picture", "stb", "remote")},
    **{f"report_fault_{kind}": "fault_broadband" for kind in ("broadband_down", "broadband_slow")},
    **{f"report_fault_{kind}": f"fault_{kind}" for kind in ("vod", "telephone", "area")},
    "report_danger": "danger",
    **{f"complain_{kind}": "complaint" for kind in ("attitude", "overdue", "fee", "repeat_fault", "other")},
    "return_visit_unsatisfied": "again",
    "ticket_urge": "ticket",
    "ticket_progress": "ticket",
    "change_appointment": "appointment",
    "cancel_ticket": "withdrawal",
    "supply_materials": "papers",
    "bind_phone": "binding",
    "unbind_phone": "binding",
    "report_key_customer_or_special": "home_service",
    "ask_process_install": "order_install",
    "ask_process_relocate": "order_relocate",
    "ask_process_suspend": "order_suspend",
    "ask_process_resume": "order_resume",
    "ask_process_transfer_owner": "order_transfer",
    "ask_process_paid_channel": "order_channel",
    "ask_process_broadband": "order_broadband",
    "ask_process_pay": "pay",
    "ask_materials": "materials",
    "ask_recommend_stb_or_package": "recommend",
    "ask_fee": "fee",
    "ask_concession": "concession",
    "ask_arrears_or_balance": "account",
    "ask_outlet": "outlet",
    "ask_hotline_or_supervision_phone": "hotline",
    "ask_area_manager": "area_manager",
    "ask_commitment": "commitment",
    "ask_outage": "outage",
}
ORDER = list(dict.fromkeys(["danger", *FAMILIES.values()]))  # as they are served: questions last, or meanwhile
FAULTS = frozenset(family for family in ORDER if family.startswith("fault_"))
_ORDERS = frozenset(family for family in ORDER if family.startswith("order_"))
# What belongs to the story of a fault or a complaint unless a word like 另外 sets it apart.
STORY = FAULTS | {
    *("danger", "complaint", "again", "ticket", "appointment", "withdrawal", "papers", "home_service"),
    *("account", "outage", "commitment"),
}
# What answers the question of a form; beside a matter it stays the answer.
_ANSWERS = (
    *("affirm", "deny", "skip_self_check", "dont_know", "correction", "return_visit_satisfied"),
    *("inform_phone", "inform_address", "inform_time", "inform_name", "inform_ticket_number"),
)
_IN_FORM = {**FAMILIES, **dict.fromkeys(_ANSWERS, "answer")}
_SURE = {JOINED: 0.6, ENDED: 0.8, PAUSED: 0.9}  # of each of two that stand beside each other
_FIRST = "先"
_COUNTED = re.compile(r"[两三四几2-4二][件个样](?:事|问题|情况|业务)")
_ELLIPTIC = frozenset({"ask_fee", "ask_materials", "ask_commitment"})
_SHORT = 8  # characters: too few to name what is asked about
_FAULT = re.compile(r"report_fault_")
_MOST = 0.5  # of a clause, to be no more than a detail
LONG = 100  # characters: in a story so long a pause sets nothing apart
_ASKING = re.compile(r"[?？吗呢么]|怎么|咋|多[少久长]|几|谁|什么|啥|哪|要不要|是不是|[能会可]不[能会可]|有没有|[问查]")


Place = Tuple[int, int]


@dataclass(frozen=True)
class Matter:
    """`part`: its part of the plain text. `places`: what of that tells it, without mere addresses and phones at the
    end, and of a long story without what does not count."""

    intent: str
    confidence: float
    part: Place
    places: Tuple[Place, ...]


@dataclass(frozen=True)
class Said:
    """What a clause says when it stands alone; `cut`: how much the cut in front of it says."""

    family: str
    intent: str
    confidence: float
    start: int
    end: int
    cut: int
    asks: bool


def matters(decision: Decision, plain: Aligned, spans: Sequence[Span], *, in_form: bool = False) -> List[Matter]:
    """Two or more; empty where the message brings one matter, or none.

    In a form, the answer to its question may stand beside a matter: 对，另外…
    """
    found = clauses(plain, spans)
    only_joined = in_form or len(plain.text) > LONG
    if _COUNTED.search(plain.text):  # 我有两个事: a comma is enough
        found = [replace(clause, cut=JOINED) if clause.cut == PAUSED else clause for clause in found]
    if not _may_be_apart(found, plain.text, only_joined=only_joined) or decision.knows(plain, spans):
        return []
    parts: List[List[Said]] = []
    for said in sayings(decision, plain, spans, found, in_form=in_form):
        new = parts and _apart(parts[-1], said, only_joined=only_joined)
        if not parts or (new and not any(_same(each[0].family, said.family) for each in parts)):
            parts.append([said])
        else:
            parts[-1].append(said)
    if len(parts) < 2:
        return []
    starts = [0, *(each[0].start for each in parts[1:])]
    ends = [*starts[1:], len(plain.text)]
    told: List[Matter] = []
    # 电视没信号，网也断了，都重启过了: said of both.
    tried = [(clause.start, clause.end) for clause in found if tells_of_checks(decision, plain, spans, clause)]
    for each, whole in zip(parts, zip(starts, ends, strict=True), strict=True):
        within = [clause for clause in found if whole[0] <= clause.start and clause.end <= whole[1]]
        matter = _matter(decision, plain, spans, each, whole, end=_end(within, spans))
        if _FAULT.match(matter.intent):
            matter = replace(matter, places=(*matter.places, *(place for place in tried if place[0] >= whole[1])))
        if told and matter.intent in _ELLIPTIC and matter.places[0][1] - whole[0] <= _SHORT:
            matter = replace(matter, places=(*told[-1].places, *matter.places))  # 移机多少钱，带什么证件
        if not any(_same(_IN_FORM[other.intent], _IN_FORM[matter.intent]) for other in told):
            told.append(matter)
    if len(told) < 2:
        return []
    if in_form or plain.text.lstrip().startswith(_FIRST):  # 先查进度，再报个修: in the customer's order
        return sorted(told, key=lambda matter: matter.intent != "report_danger")
    return sorted(told, key=lambda matter: _rank(FAMILIES[matter.intent]))


def _rank(family: str) -> int:
    """Of two faults the customer's order holds."""
    return min(map(ORDER.index, FAULTS)) if family in FAULTS else ORDER.index(family)


def _matter(
    decision: Decision, plain: Aligned, spans: Sequence[Span], said: Sequence[Said], whole: Place, *, end: int
) -> Matter:
    families, place = {each.family for each in said}, (whole[0], end)
    if len(families) > 1:  # a story: what it comes to as a whole
        name, confidence = _ranking(decision, plain, spans, place)[0]
        if _IN_FORM.get(name) in families:
            return Matter(name, confidence, whole, (place,))
    family = [each for each in said if each.family == said[0].family]
    # Of several the first that is clear; but 我要投诉 names no grievance, the clause that does says more.
    clear = [each for each in family if each.intent != "complain_other" and each.confidence >= _SURE[ENDED]]
    chosen = clear[0] if clear else max(family, key=lambda each: each.confidence)
    return Matter(chosen.intent, chosen.confidence, whole, (place,))


def tells_of_checks(decision: Decision, plain: Aligned, spans: Sequence[Span], clause: Clause) -> float:
    """都重启过了: how sure it is that this tells of checks already made, 0 where it tells something else."""
    name, confidence = _ranking(decision, plain, spans, (clause.start, clause.end))[0]
    return confidence if name == "skip_self_check" else 0.0


def _end(within: Sequence[Clause], spans: Sequence[Span]) -> int:
    """Where its words end, without the address and the phone that may follow."""
    telling = list(within)
    while len(telling) > 1 and _is_detail(telling[-1], spans):
        telling.pop()
    return telling[-1].end


def _is_detail(clause: Clause, spans: Sequence[Span]) -> bool:
    inside = [span for span in spans if clause.start <= span.start and span.end <= clause.end]
    details = sum(span.end - span.start for span in inside if span.entity in ("phone", "phone_part", "address"))
    return details > _MOST * (clause.end - clause.start)


def _ranking(decision: Decision, plain: Aligned, spans: Sequence[Span], place: Place) -> Ranking:
    return decision.ranking(part(plain, *place), spans_within(spans, *place))


def sayings(
    decision: Decision, plain: Aligned, spans: Sequence[Span], found: Sequence[Clause], *, in_form: bool = False
) -> Iterator[Said]:
    """What is said with some certainty, clause by clause; where no clause of a unit is clear, the unit as a whole."""
    families = _IN_FORM if in_form else FAMILIES
    for unit in _units(found):
        said = [each for clause in unit if (each := _said(decision, plain, spans, clause, families=families))]
        if not said and len(unit) > 1:
            whole = Clause(unit[0].start, unit[-1].end, unit[0].cut)
            said = [each for each in [_said(decision, plain, spans, whole, families=families)] if each]
        if said and unit[0].cut == JOINED:  # 再报个修，遥控器坏了: the unit begins the matter
            said[0] = replace(said[0], start=unit[0].start, cut=JOINED)
        yield from said


def _units(found: Sequence[Clause]) -> List[List[Clause]]:
    units: List[List[Clause]] = []
    for clause in found:
        if clause.cut == JOINED or not units:
            units.append([])
        units[-1].append(clause)
    return units


def _said(
    decision: Decision, plain: Aligned, spans: Sequence[Span], clause: Clause, *, families: Mapping[str, str]
) -> Optional[Said]:
    ranking = _ranking(decision, plain, spans, (clause.start, clause.end))
    name, _ = ranking[0]
    family = families.get(name)
    if family is None:
        return None
    confidence = sum(chance for other, chance in ranking if families.get(other) == family)
    if confidence < _SURE[JOINED]:
        return None
    asks = _ASKING.search(plain.text[clause.start : clause.end + 1]) is not None
    return Said(family, name, confidence, clause.start, clause.end, clause.cut, asks)


def _same(one: str, other: str) -> bool:
    """过户 and its 材料 are told together; a whole building's fault takes in its services."""
    pair = {one, other}
    return one == other or ("materials" in pair and bool(pair & _ORDERS)) or ("fault_area" in pair and pair <= FAULTS)


def _may_be_apart(found: Sequence[Clause], text: str, *, only_joined: bool) -> bool:
    """Whether `_apart` may come to hold, whatever the clauses say: else none of them needs to be judged."""
    cuts = {clause.cut for clause in found[1:]}
    if JOINED in cuts:
        return True
    return not only_joined and (ENDED in cuts or (PAUSED in cuts and _ASKING.search(text) is not None))


def _apart(before: Sequence[Said], said: Said, *, only_joined: bool) -> bool:
    first = max((each for each in before if each.family == before[0].family), key=lambda each: each.confidence)
    pair = {first.family, said.family}
    if min(first.confidence, said.confidence) < _SURE[said.cut]:
        return False
    if said.cut == JOINED or only_joined:
        return said.cut == JOINED
    if pair <= STORY:
        return said.cut == ENDED and pair <= FAULTS
    if pair <= _ORDERS:
        return said.cut == ENDED
    # Only who asks brings up something else by a mere pause: 缴费凭证在手 is a part of the story.
    asking = next(each for each in (said, first) if each.family not in STORY)
    if not asking.asks or (pair & _ORDERS and pair & STORY and said.cut == PAUSED):
        return False
    return pair not in ({"hotline", "complaint"}, {"hotline", "area_manager"}, {"hotline", "outlet"})
