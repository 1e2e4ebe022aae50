"""服务忌语 (R8.2): what an operator never says to a customer stands in none of our replies."""

from __future__ import annotations

import pytest

from scripts.lookups import charters
from tests.contract.taught import responses


@pytest.mark.parametrize("charter", charters(), ids=lambda charter: charter.operator.id)
def test_no_reply_has_a_forbidden_phrase(charter):
    forbidden = charter.wording.forbidden
    replies = [variant["text"] for variants in responses().values() for variant in variants if variant.get("text")]

    assert forbidden
    assert [text for text in replies if any(phrase in text for phrase in forbidden)] == []
