"""One word for one thing, in every folder: domain.yml = phrases = rules = replies = actions = docs/intents.md."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from actions.complaint_words import ComplaintKind
from actions.fault_kinds import KIND_OF_INTENT
from actions.form import FORM_OF_INTENT
from actions.known_already import LOOK_FIRST
from backend.domain.labels import FAULT_LABELS
from backend.domain.vocabulary import FaultKind, QuestionKind
from tests.contract.backend import Backend
from tests.contract.talk import Talk, parts
from tests.contract.taught import FIRST_ACTION, ROOT, domain, intents, responses, rules

FOLDERS = ("nlu", "rules", "responses")
TOPICS = sorted(path.stem for path in (ROOT / "data/responses").glob("*.yml"))
OF_RASA = {"utter_default"}  # said by its own action_default_fallback
MODULES = sorted((ROOT / "actions").glob("*.py"))
RESPONSES = responses()

# Names of responses that are put together, and what may stand in the gap.
PUT_TOGETHER = {
    "utter_fault_heard_{}": [kind for kind in FaultKind if kind is not FaultKind.DANGER],
    "utter_complaint_heard_{}": list(ComplaintKind),
    "utter_{}_offered": [QuestionKind.CALLBACK, QuestionKind.ANSWER],
}
FIGURE = re.compile(r"(?:\d|[零一二两三四五六七八九十百])\s*个?(?:元|小时|天|工作日)")
NOT_SPEAKABLE = re.compile(
    r"https?:|www\.|\n|^\s*(?:[-*•]|\d+[.、)])\s|[#*_`]|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]", re.MULTILINE
)


def strings(module: Path) -> Iterator[str]:
    """Every string of the code, with {} for the gaps; docstrings are none."""
    tree = ast.parse(module.read_text("utf-8"))
    within = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in within | told:
            yield node.value


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_phrases_know_the_intents_of_the_domain_and_no_other(learned):
    assert {phrase.intent for phrase in learned} == intents()


def test_the_page_of_intents_lists_those_of_the_domain():
    cells = re.findall(r"^\| ([a-z_, ]+?) \|", (ROOT / "docs/intents.md").read_text("utf-8"), re.MULTILINE)
    listed = [name for cell in cells if cell != "intent" for name in cell.split(", ")]

    assert sorted(listed) == sorted(intents())


def test_every_intent_starts_something():
    assert set(FIRST_ACTION) == intents() | {"nlu_fallback", "nlu_offer", "send_photo"}


def test_what_starts_a_form_is_the_same_for_the_rules_and_for_matters_that_come_later():
    forms = set(domain()["forms"])

    assert {intent: action for intent, action in FIRST_ACTION.items() if action in forms} == FORM_OF_INTENT


def test_what_the_engine_holds_for_one_matter_is_served_by_one_form(families):
    """`engine.nlu.matters` sets apart what a message brings, `actions.form` takes it up: no arrow lets them share."""
    forms = {family: {FORM_OF_INTENT.get(intent) for intent in families if families[intent] == family}
             for family in families.values()}  # fmt: skip

    assert {family: found for family, found in forms.items() if len(found) != 1} == {}
    assert set(families) <= intents()
    assert FORM_OF_INTENT.keys() - families.keys() == {"request_human", "request_answer"}  # steps of the talk
    assert {intent for intent in families.keys() - FORM_OF_INTENT.keys() if not intent.startswith("ask_")} == set()


def test_every_form_is_followed_by_what_files_it():
    conditions = [rule["condition"][0]["active_loop"] for rule in rules() if "condition" in rule]

    assert sorted(conditions) == sorted(domain()["forms"])


def test_the_domain_names_the_actions_that_are_registered(tmp_path):
    backend = Backend()

    assert set(Talk.begin(parts(tmp_path, backend), backend).actions) == set(domain()["actions"])


def test_names_put_together_are_all_in_the_table():
    composed = {text for module in MODULES for text in strings(module) if text.startswith("utter_") and "{}" in text}

    assert composed == set(PUT_TOGETHER)


def test_the_replies_that_are_said_are_the_replies_that_are_written():
    said = {text for module in MODULES for text in strings(module) if text.startswith("utter_") and "{}" not in text}
    said |= {name.format(value) for name, values in PUT_TOGETHER.items() for value in values}
    said |= {
        step["action"] for rule in rules() for step in rule["steps"] if step.get("action", "").startswith("utter_")
    }

    assert said | OF_RASA == set(RESPONSES)


def test_no_reply_is_written_twice():
    names = [
        name
        for path in [*(ROOT / "data").rglob("*.yml"), ROOT / "domain.yml"]
        for name in re.findall(r"^  (utter_\w+):", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert {name for name, times in Counter(names).items() if times > 1} == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data").rglob("*.yml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_intents_are_declared_in_the_domain_only(path):
    assert not re.search(r"^intents:", path.read_text("utf-8"), re.MULTILINE)  # Rasa drops them without a word


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_topic_has_one_name_in_every_folder(folder):
    assert sorted(path.stem for path in (ROOT / "data" / folder).glob("*.yml")) == TOPICS


def test_a_topic_has_its_module():
    modules = {module.stem for module in MODULES}

    assert set(TOPICS) <= modules


def test_the_domain_groups_its_intents_by_the_same_topics(learned_by_topic):
    text = (ROOT / "domain.yml").read_text("utf-8").partition("\nentities:")[0]
    groups = {
        topic: set(re.findall(r"^  - (\w+)", lines, re.MULTILINE))
        for topic, lines in re.findall(r"# ---- (\w+)[^\n]*\n((?:  - \w+\n?)+)", text)
    }

    assert groups == learned_by_topic


@pytest.mark.parametrize("fault", FaultKind)
def test_every_kind_of_fault_has_an_intent_and_a_name(fault):
    assert [intent for intent, kind in KIND_OF_INTENT.items() if kind is fault and intent in intents()]
    assert FAULT_LABELS[fault]


@pytest.mark.parametrize("name", RESPONSES)
def test_a_reply_with_buttons_can_be_said_on_the_telephone(name):
    channels = [variation.get("channel") for variation in RESPONSES[name]]

    if any("buttons" in variation for variation in RESPONSES[name]):
        assert "hotline" in channels
    assert channels.count(None) == 1, "one wording for all other channels"


SPOKEN = {
    name: variation
    for name, variations in RESPONSES.items()
    for variation in variations
    if variation.get("channel") == "hotline"
}


@pytest.mark.parametrize("name", SPOKEN)
def test_what_is_said_on_the_telephone_can_be_spoken(name):
    assert not NOT_SPEAKABLE.search(re.sub(r"\{\w+\}", "", SPOKEN[name]["text"]))
    assert "buttons" not in SPOKEN[name]


@pytest.mark.parametrize("name", SPOKEN)
def test_what_is_said_on_the_telephone_needs_no_other_facts(name):
    (written,) = (variation["text"] for variation in RESPONSES[name] if "channel" not in variation)

    assert gaps(SPOKEN[name]["text"]) <= gaps(written) | {
        "choices",
        "sms",
    }  # what buttons show is said; who reads has it in writing


def test_what_a_button_says_is_a_phrase_of_exactly_one_intent(learned, read):
    payloads = sorted(
        {
            button["payload"]
            for variations in RESPONSES.values()
            for variation in variations
            for button in variation.get("buttons", ())
        }
        | {LOOK_FIRST}
    )
    intents = {payload: {phrase.intent for phrase in learned if phrase.read == said}
               for payload, said in zip(payloads, read(payloads), strict=True)}  # fmt: skip

    assert payloads
    assert {payload: found for payload, found in intents.items() if len(found) != 1} == {}


@pytest.mark.parametrize("name", RESPONSES)
def test_no_figure_is_typed_into_a_reply(name):
    assert [variation["text"] for variation in RESPONSES[name] if FIGURE.search(variation["text"])] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_figure_is_typed_into_an_action(module):
    assert [text for text in strings(module) if FIGURE.search(text)] == []
