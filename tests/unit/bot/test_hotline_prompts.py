"""What the hotline understands by itself."""

import pytest

from bot.channels.hotline import prompts
from bot.channels.hotline.calls import Step, caller_phone
from bot.conversations.messages import Button
from bot.errors import WrongFields


@pytest.mark.parametrize(
    "said", ["再说一遍", "麻烦您再说一次", "重复一下", "没听清", "听不清楚", "工单号再念一遍", "慢点说", "你刚才说什么"]
)
def test_who_wants_to_hear_it_again(said):
    assert prompts.asks_again(said)


@pytest.mark.parametrize(
    "said", ["再报修一次", "我再说一遍我家电视没信号", "师傅说再来一次", "电视没声音听不清楚说话", "什么时候来", "再见"]
)
def test_who_wants_something_else(said):
    assert not prompts.asks_again(said)


@pytest.mark.parametrize(
    ("said", "yes", "no"),
    [
        *(("对", True, False), ("嗯对的", True, False), ("是的没错", True, False), ("可以", True, False)),
        *(("不对", False, True), ("不是", False, True), ("说错了", False, True)),
        *(("对了我还有件事", False, False), ("不对是电视", False, False), ("查进度", False, False)),
    ],
)
def test_yes_and_no_are_nothing_more_than_that(said, yes, no):
    assert (prompts.agrees(said), prompts.denies(said)) == (yes, no)


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("再见", True),
        ("没有了谢谢拜拜", True),
        ("好了我挂了", True),
        ("再见到师傅的时候让他给我打电话好不好", False),
        ("线挂了下来", False),
    ],
)
def test_goodbye_is_short(said, goes):
    assert prompts.says_goodbye(said) is goes


@pytest.mark.parametrize("said", ["电视没信号", "他说“好了”就走了"])
def test_what_was_asked_back_is_found_again(said):
    assert prompts.doubted(prompts.doubt(said)) == said.replace("“", "").replace("”", "")


def test_no_other_question_is_taken_for_a_doubt():
    assert prompts.doubted("现在好了吗？") is None


def test_the_keys_are_those_of_the_choices_and_two_that_always_work():
    told = prompts.menu([Button(title="好了", payload="好了，能看了"), Button(title="不行", payload="还是不行")])

    assert "好了请按 1，不行请按 2" in told
    assert "按星号" in told
    assert "按零" in told


@pytest.mark.parametrize(
    ("given", "phone"),
    [
        ("+8613807911234", "+8613807911234"),
        ("13807911234", "+8613807911234"),
        ("tel:+8679186112345", "+8679186112345"),
        ("sip:anonymous@anonymous.invalid", None),
        ("+86123", None),
        ("", None),
        (None, None),
        (13807911234, None),
    ],
)
def test_the_caller_s_number_is_one_only_where_it_is_valid(given, phone):
    assert caller_phone(given) == phone


def test_a_step_is_the_same_after_its_way_through_the_platform():
    step = Step(turn=3, heard=12, waiting=11, quiet=1, doubted=9)

    assert Step.read(dict(part.split("=") for part in step.query.split("&"))) == step


@pytest.mark.parametrize("query", [{"turn": "x"}, {"heard": "-1"}, {"quiet": "²"}, {"turn": "9" * 30}])
def test_a_step_that_we_did_not_write_is_refused(query):
    with pytest.raises(WrongFields):
        Step.read(query)
