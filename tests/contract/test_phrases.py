"""The phrases of data/nlu: enough of each, none twice, none that the held-out phrases of tests/nlu repeat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from tests.contract.conftest import Phrase

SAME_WORDING = 90  # rapidfuzz.fuzz.ratio
SHORT = 5  # 转人工, 人工: short answers are alike by nature


def alike(phrase: Phrase, others: Iterable[Phrase]) -> Iterator[Phrase]:
    by_place = list(others)
    found = process.extract_iter(
        phrase.read, [other.read for other in by_place], scorer=fuzz.ratio, score_cutoff=SAME_WORDING
    )
    yield from (by_place[place] for _, _, place in found)


def test_there_are_twenty_intents_with_forty_phrases_each(learned):
    count = Counter(phrase.intent for phrase in learned)

    assert len(count) >= 20
    assert {intent: number for intent, number in count.items() if number < 40} == {}


def test_no_phrase_stands_twice_within_an_intent(learned):
    of_intent = defaultdict(list)
    for phrase in learned:
        of_intent[phrase.intent].append(phrase)

    alikes = [
        f"{phrase.intent}: {phrase.text} = {other.text}"
        for phrases in of_intent.values()
        for place, phrase in enumerate(phrases)
        if len(phrase.read) > SHORT
        for other in alike(phrase, phrases[:place])
    ]

    assert not alikes, "\n".join(alikes)


def test_no_phrase_stands_under_two_intents(learned):
    intents = defaultdict(set)
    for phrase in learned:
        intents[phrase.read].add(phrase.intent)

    shared = [f"{text}: {', '.join(sorted(under))}" for text, under in intents.items() if len(under) > 1]
    assert not shared, "\n".join(shared)


def test_held_out_phrases_share_no_wording_with_what_is_learned(learned, held_out):
    assert held_out
    known = {phrase.read for phrase in learned}
    longer = [phrase for phrase in learned if len(phrase.read) > SHORT]

    repeated = [f"{phrase.intent}: {phrase.text}" for phrase in held_out if phrase.read in known]
    alikes = [
        f"{phrase.intent}: {phrase.text} = {other.intent}: {other.text}"
        for phrase in held_out
        if len(phrase.read) > SHORT
        for other in alike(phrase, longer)
    ]

    assert not repeated, "\n".join(repeated)
    assert not alikes, "\n".join(alikes)
