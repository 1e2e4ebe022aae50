"""The tools that measure understanding: what they read, what they write, and that they count right."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import yaml

from engine.nlu.decision import Outcome
from engine.nlu.reader import Reader, Reading
from scripts import nlu_predict
from scripts.nlu_cases import Case, Labels, own, strangers
from scripts.nlu_noise import homophones, noisy
from scripts.nlu_predict import BadLine, in_labels, prediction, texts
from scripts.nlu_scores import Judged, Share, calibration_error, canonical, entity_f1, macro_f1

ROOT = Path(__file__).resolve().parents[2]
LABELS = Labels(strangers={"request_answer": "request_human", "cancel": "cancel_ticket"}, real={"fault": ["report_*"]})


def a_judged(label: str, guess: str, **given: object) -> Judged:
    case = Case(text="有人吗", label=label, right=frozenset({label}), topic="", style="", phones=given.get("marked"))  # type: ignore[arg-type]
    return Judged(
        case=case,
        guesses=(guess,),
        confidence=float(given.get("confidence", 1.0)),  # type: ignore[arg-type]
        outcome=str(given.get("outcome", "act")),
        offered=tuple(given.get("offered", ())),  # type: ignore[arg-type]
        phones=tuple(given.get("phones", ())),  # type: ignore[arg-type]
        addresses=(),
        seconds=0.0,
    )


# ---- labels


def test_every_intent_named_in_the_labels_is_an_intent() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    labels = Labels.read()
    assert set(labels.strangers) <= set(domain)
    assert [label for label in labels.real if not labels.intents_of_real(label, intents=domain)] == []


def test_confidences_of_intents_with_one_label_add_up() -> None:
    ranking = [("ask_fee", 0.4), ("request_human", 0.3), ("request_answer", 0.3)]
    assert in_labels(ranking, LABELS) == [("request_human", 0.6), ("ask_fee", 0.4)]


def test_a_coarse_label_accepts_all_the_intents_it_stands_for() -> None:
    intents = ["report_fault_stb", "report_fault_vod", "ask_fee"]
    assert LABELS.intents_of_real("fault", intents=intents) == {"report_fault_stb", "report_fault_vod"}
    assert LABELS.intents_of_real("ask_fee", intents=intents) == {"ask_fee"}
    assert LABELS.intents_of_real("weather", intents=intents) == frozenset()


# ---- predictions


def test_what_is_acted_on_comes_first_though_two_others_add_up_to_more() -> None:
    ranking = [("ask_fee", 0.4), ("request_human", 0.3), ("request_answer", 0.3)]
    found = prediction("？", Reading(ranking, Outcome("act", ("ask_fee",)), ()), LABELS)
    assert [each["label"] for each in found["labels"]] == ["ask_fee", "request_human"]
    assert found["outcome"] == "act"
    assert found["offered"] == []


def test_a_choice_is_written_in_labels_each_once() -> None:
    ranking = [("request_human", 0.4), ("request_answer", 0.3), ("cancel", 0.3)]
    offer = Outcome("offer", ("request_human", "request_answer", "cancel"))
    assert prediction("？", Reading(ranking, offer, ()), LABELS)["offered"] == ["request_human", "cancel_ticket"]


@pytest.mark.parametrize("line", ["没信号", '"没信号"', "{}", '{"text": 3}', "[]"])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(BadLine, match="line 2"):
        list(texts(['{"text": "没信号"}', line]))


def test_predictions_come_in_the_order_of_the_lines(tmp_path: Path) -> None:
    said = ["怎么报停", "", "电话138 0791 1234", "说\u2028完", "/restart", "😀", "怎么报停"]
    given, made = tmp_path / "lines.jsonl", tmp_path / "out.jsonl"
    given.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in said), encoding="utf-8")
    assert nlu_predict.main([str(given), str(made)]) == 0
    found = [json.loads(line) for line in made.read_text(encoding="utf-8").split("\n") if line]
    assert [each["text"] for each in found] == said
    assert {tuple(each) for each in found} == {("text", "labels", "outcome", "offered", "entities")}
    assert {len(each["labels"]) for each in found} == {3}
    assert {each["outcome"] for each in found} <= {"act", "offer", "fallback"}
    assert found[0] == found[-1]
    assert {"entity": "phone", "value": "+8613807911234"} in found[2]["entities"]


def test_without_a_model_or_lines_one_line_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert nlu_predict.main([str(tmp_path / "none.jsonl"), str(tmp_path / "out.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


# ---- what is measured on


def test_a_second_right_label_and_a_value_are_read_from_the_note(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = [
        {"text": "甲", "intent": "complain_overdue", "style": "chat", "note": "alt:ask_process_resume"},
        {"text": "乙", "intent": "inform_phone", "style": "trad", "note": "value:+8613807911234"},
        {"text": "丙", "intent": "inform_phone", "style": "chat", "note": "value:INVALID, 10 digits"},
        {"text": "丁", "intent": "out_of_scope", "style": "chat", "note": "alt:deny in a return visit"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    cases = strangers(path, topic_of=lambda _name: "some")
    assert cases[0].right == {"complain_overdue", "ask_process_resume"}
    assert [case.phones for case in cases] == [None, ("+8613807911234",), (), None]
    assert [case.foreign for case in cases] == [False, False, False, False]


@pytest.mark.parametrize(
    "name", ["second_readings.yml", *sorted(path.name for path in Path(__file__).parent.glob("entities*.yml"))]
)
def test_every_marked_sentence_is_one_of_ours(name: str) -> None:
    marked = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    assert set(marked) - {case.text for case in own(Path(__file__).parent)} == set()


def test_a_second_reading_is_another_intent_and_is_accepted() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    found = yaml.safe_load((Path(__file__).parent / "second_readings.yml").read_text(encoding="utf-8"))
    twice = [case for case in own(Path(__file__).parent) if case.text in found]
    assert set(found.values()) <= set(domain)
    assert [case.text for case in twice if case.right != {case.label, found[case.text]} or len(case.right) < 2] == []


# ---- noise


def test_noise_is_the_same_every_time_and_leaves_something_to_hear() -> None:
    sentences = [case.text for case in own(Path(__file__).parent)]
    alike = homophones(sentences)
    heard = [noisy(text, alike) for text in sentences]
    assert heard == [noisy(text, alike) for text in sentences]
    assert all(heard)
    changed = sum(one != other for one, other in zip(sentences, heard, strict=True))
    assert changed > 0.6 * len(sentences)


def test_noise_speaks_digits_and_keeps_the_beginning_of_what_is_whole() -> None:
    assert noisy("打10086", {}, whole=True).replace("那个", "").strip("呃嗯啊喂就是说这个") == "打幺零零八六"


def test_homophones_sound_alike() -> None:
    assert homophones(["是事", "电店", "好"]) == {"是": ("事",), "事": ("是",), "电": ("店",), "店": ("电",)}


# ---- counting


def test_the_macro_mean_weighs_a_rare_label_like_a_common_one() -> None:
    read = [a_judged("greet", "greet")] * 9 + [a_judged("thanks", "greet")]
    assert macro_f1(read) == pytest.approx((18 / 19 + 0) / 2)


def test_a_phone_counts_only_where_somebody_marked_what_is_there() -> None:
    read = [
        a_judged("inform_phone", "inform_phone", marked=("1", "2"), phones=("1", "3")),
        a_judged("inform_phone", "inform_phone", marked=(), phones=("4",)),
        a_judged("greet", "greet", phones=("5",)),
    ]
    score, marks = entity_f1(read, marked=lambda case: case.phones, found=lambda each: each.phones)
    assert (score, marks) == (pytest.approx(2 / (2 + 2 + 1)), 2)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("九龍湖，那个七栋幺四零二", "九龙湖7栋1402"), ("5棟 302", "五栋302"), ("6-1-1103", "六-幺-一一零三")],
)
def test_an_address_is_the_same_however_it_is_written(wanted: str, found: str) -> None:
    assert canonical(wanted) == canonical(found)


@pytest.mark.parametrize(("found", "score"), [(("万安路",), 1), (("湾里",), 1 / 2), (("万安路", "3栋"), 1)])
def test_what_may_be_left_out_is_neither_right_nor_wrong(found: tuple[str, ...], score: float) -> None:
    judged = [a_judged("greet", "greet", phones=found), a_judged("greet", "greet", phones=("万安路",))]
    counted, _ = entity_f1(
        judged,
        marked=lambda _case: ("万安路",),
        found=lambda each: each.phones,
        or_not=lambda _case: ("3栋",),
    )
    assert counted == pytest.approx(score)


def test_what_was_misheard_is_compared_by_its_sound() -> None:
    judged = [a_judged("greet", "greet", phones=("洪都露8号",))]
    scores = [
        entity_f1(judged, marked=lambda _case: ("红都路8号",), found=lambda each: each.phones, heard=heard)[0]
        for heard in (False, True)
    ]
    assert scores == [0, 1]


def test_who_is_sure_and_right_half_the_time_is_badly_calibrated() -> None:
    assert calibration_error([a_judged("greet", "greet"), a_judged("thanks", "greet")]) == pytest.approx(0.5)


def test_declining_and_asking_again_are_rejections_and_a_choice_is_none() -> None:
    assert a_judged("greet", "out_of_scope").rejected
    assert a_judged("greet", "greet", outcome="fallback").rejected
    assert not a_judged("greet", "out_of_scope", outcome="offer", offered=("ask_fee",)).rejected


def test_a_share_of_nothing_is_none() -> None:
    assert math.isnan(Share.of([]).value)
    assert str(Share(0, 0)) == "–"
    assert Share(50, 100).margin == pytest.approx(0.096, abs=0.001)


def test_the_newest_model_reads_like_itself_from_run_to_run() -> None:
    first, second = (Reader.newest(ROOT / "models").read("宽带装一条多少钱") for _ in range(2))
    assert first == second
