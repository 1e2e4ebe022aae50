"""Of two services that fail in one message the second comes next; one fault told at length stays one."""

from types import SimpleNamespace

import pytest

from actions.second_place import note_other_service


class Floor:
    def __init__(self, text: str, *, kind: str, service: str) -> None:
        self.turn = SimpleNamespace(text=text, slots={}, also=())
        self.kept = {"fault_kind": kind, "fault_service": service}

    def recall(self, slot):
        return self.kept.get(slot)

    def remember(self, **slots):
        self.kept.update(slots)


def test_a_second_service_in_a_clause_of_its_own_comes_next():
    floor = Floor("我家网好慢，店里电视黑屏", kind="no_signal", service="tv")

    assert note_other_service(floor)
    assert floor.kept["next_matters"] == [
        {"text": "我家网好慢", "intent": "report_fault_broadband_slow", "entities": []}
    ]


@pytest.mark.parametrize(
    ("text", "kind", "service"),
    [
        ("俺家电话坏了打不出去也没声音", "telephone", "telephone"),
        ("电话坏了，没声音了", "telephone", "telephone"),
        ("电视没信号，宽带没问题", "no_signal", "tv"),
        ("电视没信号，是不是网断了", "no_signal", "tv"),
        ("电视看不了，画面全花了", "picture", "tv"),
    ],
)
def test_more_about_the_same_fault_is_no_other_matter(text, kind, service):
    assert not note_other_service(Floor(text, kind=kind, service=service))
