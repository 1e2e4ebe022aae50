"""TMF621 v5 over HTTP, PATCH: merge-patch and json-patch say the same, and what can't be done is told."""

import json

import pytest

from tests.integration.backend.support import TICKET, left_alone

MERGE, OPERATIONS = "application/merge-patch+json", "application/json-patch+json"


@pytest.fixture
def patch(api, spec):
    def patch(number, content, media_type):
        headers = {"Content-Type": media_type}
        return api.patch(f"/troubleTicket/{number}", content=json.dumps(content), headers=headers)

    return patch


def operation(op, path, value=None):
    return {"op": op, "path": path, "value": value}


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        (MERGE, {"status": "held", "statusChangeReason": "等待备件"}),
        ("application/json", {"status": "held", "statusChangeReason": "等待备件"}),
        (OPERATIONS, [operation("replace", "/status", "held"), operation("add", "/statusChangeReason", "等待备件")]),
    ],
)
async def test_a_status_is_changed_with_its_reason(spec, filed, patch, media_type, content):
    ticket = spec.check(patch(await filed(), content, media_type), path=TICKET)

    assert (ticket["status"], ticket["statusChangeReason"]) == ("held", "等待备件")


async def test_the_same_patch_again_changes_nothing(filed, patch):
    number, change = await filed(**left_alone()), {"status": "held", "statusChangeReason": "等待备件"}
    once = patch(number, change, MERGE).json()

    assert patch(number, change, MERGE).json() == once
    assert patch(number, {}, MERGE).json() == once
    assert patch(number, [], OPERATIONS).json() == once


async def test_the_reason_of_the_status_before_is_not_taken_for_the_new_one_s(filed, patch):
    number = await filed()
    patch(number, {"status": "pending", "statusChangeReason": "请补交身份证"}, MERGE)

    assert patch(number, {"status": "held"}, MERGE).status_code == 400


@pytest.mark.parametrize(
    ("media_type", "changes"),
    [
        (OPERATIONS, [operation("add", "/note/-", {"text": "客户周末不在家", "author": "合作方"})]),
        # As the interface's own example has it, which adds one note where RFC 6902 would put it in the list's place.
        (OPERATIONS, [operation("add", "/note", {"text": "客户周末不在家", "author": "合作方"})]),
        (MERGE, {"note": [{"text": "客户周末不在家", "author": "合作方"}]}),
    ],
)
async def test_a_note_is_added(spec, filed, patch, media_type, changes):
    ticket = spec.check(patch(await filed(), changes, media_type), path=TICKET)

    (note,) = ticket["note"]
    assert (note["text"], note["author"]) == ("客户周末不在家", "合作方")
    assert ticket["status"] == "acknowledged"


async def test_notes_are_added_to_those_that_are_there_and_none_is_changed_or_taken_away(filed, patch):
    number = await filed()
    first = patch(number, [operation("add", "/note/-", {"text": "一"})], OPERATIONS).json()["note"]
    both = patch(number, {"note": [*first, {"text": "二"}]}, MERGE).json()["note"]

    assert [(note["text"], note["author"]) for note in both] == [("一", "partner"), ("二", "partner")]
    for wrong in ({"note": []}, {"note": None}, {"note": [{"text": "三"}]}, {"note": "四"}):
        answer = patch(number, wrong, MERGE)
        assert (answer.status_code, "note" in answer.json()["message"]) == (400, True)


async def test_everything_wrong_is_told_at_one_time(filed, patch):
    wrong = {"description": "x", "severity": "major", "status": "broken", "note": [{"text": ""}, {"author": "x"}]}
    message = patch(await filed(), wrong, MERGE).json()["message"]

    assert all(named in message for named in ("description", "severity", "status", "note.0.text", "note.1.text"))


@pytest.mark.parametrize(
    ("operations", "status"),
    [
        ([operation("test", "/status", "closed"), operation("replace", "/status", "inProgress")], 409),
        ([operation("replace", "/nothing/there", "x")], 400),
        ([operation("replace", "/severity", "major")], 400),
        ([operation("remove", "/status")], 400),
        ([operation("replace", "", None)], 400),
        ([operation("replace", "no pointer", "x")], 400),
        ([operation("eat", "/status")], 400),
        ([{"op": "add"}], 400),
        ({"op": "add", "path": "/note/-"}, 400),
        ([{"op": "copy", "from": "/note", "path": "/note/-"}], 501),
        ([{"op": "move", "from": "/name", "path": "/status"}], 501),
    ],
)
async def test_operations_that_don_t_fit_are_refused_and_change_nothing(api, spec, filed, patch, operations, status):
    number = await filed(**left_alone())
    before = api.get(f"/troubleTicket/{number}").json()
    answer = patch(number, operations, OPERATIONS)

    assert answer.status_code == status
    spec.check(answer, path=TICKET)
    assert api.get(f"/troubleTicket/{number}").json() == before


@pytest.mark.parametrize("media_type", ["application/json-patch-query+json", "text/plain", "application/xml"])
async def test_another_content_type_is_not_taken(filed, patch, media_type):
    answer = patch(await filed(), {"status": "inProgress"}, media_type)

    assert (answer.status_code, answer.json()["@type"]) == (415, "Error")
    assert MERGE in answer.json()["message"]
