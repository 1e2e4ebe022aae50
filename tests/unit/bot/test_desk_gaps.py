"""What was not understood is grouped, masked and made into a patch."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from bot.desk.gap_groups import Heard, digest, groups
from bot.desk.sayings import HIDDEN, masked
from bot.desk.training_patch import TrainingData, TrainingPhrase

AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
FEE = """version: "3.1"

nlu:
  - intent: ask_fee
    metadata: {writer: w0}
    examples: |
      - 移机多少钱
"""
FAULT = """version: "3.1"

nlu:
  - intent: report_fault
    examples: |
      - 电视没信号
"""


def heard(*texts):
    return [Heard(text=text, at=AT + timedelta(minutes=minute)) for minute, text in enumerate(texts)]


def test_what_was_said_alike_is_one_group_and_the_largest_comes_first():
    found = groups(
        heard("能不能看央视八套", "我想退订点播包", "能不能看央视八套？", "能看央视八套吗", "想退订那个点播包")
    )

    assert [group.count for group in found] == [3, 2]
    assert found[0].examples == ("能不能看央视八套", "能看央视八套吗")
    assert found[0].last_at == AT + timedelta(minutes=3)


def test_the_same_sentence_in_other_signs_is_one_saying():
    assert digest("能看央视８套吗？") == digest("能看 央视8套吗")
    (group,) = groups(heard("能看央视８套吗？", "能看 央视8套吗"))

    assert (group.count, len(group.digests)) == (2, 1)


def test_signs_alone_say_nothing():
    assert groups(heard("？？", "……", " ")) == []


def test_two_thousand_sentences_are_grouped_at_once():
    texts = [f"问题{which % 500}号怎么办{'呢' * (which % 3)}" for which in range(2000)]

    assert sum(group.count for group in groups(heard(*texts))) == 2000


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我电话13807911234，帮我看看", "我电话***，帮我看看"),
        ("0791-86881234 打不通", "*** 打不通"),
        ("我在红谷滩世贸路1号3栋502室，能看吗", None),
        ("卡号8001234567还能用吗", "卡号***还能用吗"),
        ("能看央视8套吗", "能看央视8套吗"),
        ("宽带100兆多少钱", "宽带100兆多少钱"),
    ],
)
def test_phones_numbers_and_addresses_are_masked(said, shown):
    hidden = masked(said)

    assert HIDDEN in hidden or hidden == said
    assert hidden == shown if shown else not any(part in hidden for part in ("1号", "3栋", "502", "世贸路"))


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "data" / "nlu"
    folder.mkdir(parents=True)
    (folder / "fee.yml").write_text(FEE, encoding="utf-8")
    (folder / "fault.yml").write_text(FAULT, encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def phrases(path):
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        (block["intent"], line.removeprefix("- ")) for block in read["nlu"] for line in block["examples"].splitlines()
    }


def test_a_patch_is_taken_by_git_and_gives_the_phrases_to_their_topic(checkout):
    data = TrainingData.read(checkout)
    learned = [
        TrainingPhrase(intent="ask_fee", text="移机费现在收多少"),
        TrainingPhrase(intent="report_fault", text="电视黑屏: 一个字也没有 #2"),
    ]
    patch = data.patch(learned)
    subprocess.run(["git", "apply", "-"], cwd=checkout, input=patch.encode(), check=True)

    assert phrases(checkout / "data" / "nlu" / "fee.yml") == {
        ("ask_fee", "移机多少钱"),
        ("ask_fee", "移机费现在收多少"),
    }
    assert ("report_fault", "电视黑屏: 一个字也没有 #2") in phrases(checkout / "data" / "nlu" / "fault.yml")


def test_what_stands_there_already_is_not_written_twice(checkout):
    data = TrainingData.read(checkout)

    assert data.patch([TrainingPhrase(intent="ask_fee", text="移机多少钱")]) == ""
    assert data.topics == {"ask_fee": "fee.yml", "report_fault": "fault.yml"}


def test_without_training_data_there_is_no_patch(tmp_path):
    with pytest.raises(FileNotFoundError):
        TrainingData.read(tmp_path)
