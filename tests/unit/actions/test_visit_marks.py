"""The mark from 1 to 5, as customers say and type it, and what they say of who came."""

import pytest

from actions import visit_marks
from backend.domain.visit import Conduct


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        *(
            ("5", 5),
            ("五", 5),
            ("5分", 5),
            ("５分吧", 5),
            ("打个五分", 5),
            ("那就给4分吧", 4),
            ("三颗星", 3),
            ("两分", 2),
        ),
        *(("满分", 5), ("给你们打一百分", 5), ("非常满意", 5), ("满意", 4), ("基本满意", 3), ("不满意", 2)),
        *(("很不满意", 1), ("零分", 1), ("一般般吧", 3), ("还可以", 4), ("挺好的", 4), ("很好", 5), ("不太满意", 2)),
        *(
            ("好的", None),
            ("喂", None),
            ("等了三十分钟", None),
            ("5分还是4分", None),
            ("第三次了", None),
            ("差不多吧", None),
        ),
    ],
)
def test_a_mark_is_heard_as_it_is_said(text: str, mark: int | None) -> None:
    assert visit_marks.answered(text) == mark


@pytest.mark.parametrize("text", ["好了可以看了，不错", "现在好了", "还行，能看了", "5号修的"])
def test_beside_another_answer_only_what_is_said_outright_is_a_mark(text: str) -> None:
    assert visit_marks.stated(text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("都做到了", {Conduct.ON_TIME: True, Conduct.SHOWED_ID: True, Conduct.LEFT_CLEAN: True}),
        ("没出示工作证", {Conduct.SHOWED_ID: False}),
        ("迟到了一个小时，走的时候收拾得很干净", {Conduct.ON_TIME: False, Conduct.LEFT_CLEAN: True}),
        ("没出示工作证别的都做到了", {Conduct.ON_TIME: True, Conduct.SHOWED_ID: False, Conduct.LEFT_CLEAN: True}),
        ("没有迟到，态度也好", {Conduct.ON_TIME: True, Conduct.POLITE: True}),
        ("等的时间有点长", {}),
    ],
)
def test_what_is_said_of_who_came_is_kept_by_what_was_asked(text: str, kept: dict[Conduct, bool]) -> None:
    assert visit_marks.conduct(text) == kept
