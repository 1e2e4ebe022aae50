"""Who wants somebody in charge to call, and who only speaks of it."""

import pytest

from actions.leader import wants_leader


@pytest.mark.parametrize(
    "text",
    [
        "你们领导给我打电话",
        "能不能让你们主管给我回个电话",
        "叫经理来跟我谈",
        "让负责人联系我",
        "你们局长给我打电话",
    ],
)
def test_a_leader_is_to_call(text):
    assert wants_leader(text)


@pytest.mark.parametrize(
    "text",
    [
        "你们领导电话是多少",
        "你们经理给我打过电话，说会来修",
        "领导什么时候给我回电话",
        "你们领导没给我打电话",
        "师傅给我打电话",
    ],
)
def test_no_call_is_wished(text):
    assert not wants_leader(text)
