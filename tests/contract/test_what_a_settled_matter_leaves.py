"""The engine clears a settled matter by the names of its slots; they are those that the actions clear."""

from __future__ import annotations

from actions.filing import OF_THE_MATTER
from tests.contract.conftest import asked_of_the_engine
from tests.contract.taught import domain

TELL = "import json, sys; from engine.meanwhile import _OF_THE_MATTER; json.dump(_OF_THE_MATTER, sys.stdout)"
STAYS = ("contact_", "progress_", "account_", "tickets_", "meant_", "not_proven", "requested_slot", "binding_")
WISHES = {"contact_wished_time", "contact_leader_wish", "contact_district"}


def test_every_slot_of_a_matter_is_cleared_and_what_names_the_customer_stays():
    cleared = tuple(asked_of_the_engine(TELL))

    assert [slot for slot in OF_THE_MATTER if not slot.startswith(cleared)] == []
    kept = [slot for slot in domain()["slots"] if not slot.startswith(cleared)]
    assert [slot for slot in kept if not slot.startswith(STAYS) or slot in WISHES] == []
