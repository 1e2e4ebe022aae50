"""Plays a conversation of a YAML file through the public chat API and looks at what the backend stored."""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import yaml
from PIL import Image

ANSWER_WITHIN = 60.0  # seconds; how long we wait, not how fast it must be
QUIET = 0.25  # a turn's messages arrive together
SMS_WITHIN = 30.0
SPOKEN = "零幺二三四五六七八九"


@dataclass
class Customer:
    """Somebody at the web chat. `replies`: what was said to them, turn by turn."""

    http: httpx.Client
    conversation: str
    token: str
    replies: list[list[dict[str, Any]]]

    @classmethod
    def arrives(cls, http: httpx.Client, *, replies: list[list[dict[str, Any]]] | None = None) -> Customer:
        opened = http.post("/chat/sessions").raise_for_status().json()
        kept = [] if replies is None else replies
        return cls(http=http, conversation=opened["conversation"], token=opened["token"], replies=kept)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, text: str, *, message_id: str | None = None) -> int:
        body = {"id": message_id or uuid.uuid4().hex, "text": text}
        seq: int = self.http.post("/chat/messages", json=body, headers=self._headers).raise_for_status().json()["seq"]
        return seq

    def heard(self, *, after: int) -> list[dict[str, Any]]:
        messages = self.http.get("/chat/messages", params={"after": after}, headers=self._headers).raise_for_status()
        return [message for message in messages.json() if message["from"] != "customer"]

    def show(self) -> list[dict[str, Any]]:
        """Send a photo, and wait as after a text."""
        photo = BytesIO()
        Image.new("RGB", (40, 30)).save(photo, format="PNG")
        sent = self.http.post(
            "/chat/photos", params={"id": uuid.uuid4().hex}, content=photo.getvalue(), headers=self._headers
        )
        return self._answer(seq=sent.raise_for_status().json()["seq"], to="a photo", within=ANSWER_WITHIN)

    def say(self, text: str, *, within: float = ANSWER_WITHIN) -> list[dict[str, Any]]:
        """Send and wait until the answer is there and nothing more follows."""
        return self._answer(seq=self.send(text), to=text, within=within)

    def _answer(self, *, seq: int, to: str, within: float) -> list[dict[str, Any]]:
        end = time.monotonic() + within
        heard: list[dict[str, Any]] = []
        while time.monotonic() < end:
            time.sleep(QUIET)
            now = self.heard(after=seq)
            if now and len(now) == len(heard):
                self.replies.append(now)
                return now
            heard = now
        raise AssertionError(f"no answer to {to!r} within {within} s")


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The tickets of the backend, as TMF621 shows them."""

    http: httpx.Client

    def of(self, conversation: str) -> list[dict[str, Any]]:
        mine = {"troubleTicketCharacteristic.conversation": conversation, "limit": 200}
        tickets = self.http.get("/tmf-api/troubleTicket/v5/troubleTicket", params=mine).raise_for_status()
        return list(tickets.json())

    def of_all(self, conversations: list[str]) -> list[dict[str, Any]]:
        return [ticket for conversation in conversations for ticket in self.of(conversation)]

    def move(self, number: str, *statuses: str) -> None:
        """What staff do with a ticket, through TMF621."""
        for status in statuses:
            change = {"status": status, "statusChangeReason": "处理完了"}
            self.http.patch(f"/tmf-api/troubleTicket/v5/troubleTicket/{number}", json=change).raise_for_status()


@dataclass(frozen=True, kw_only=True)
class Phones:
    """The customers' phones: what SMS they got."""

    sms: Path

    def code(self, tail: str) -> str:
        """The newest code that the phone with these last four digits was sent."""
        end = time.monotonic() + SMS_WITHIN
        while time.monotonic() < end:
            lines = self.sms.read_text(encoding="utf-8").splitlines() if self.sms.exists() else []
            for message in map(json.loads, reversed(lines)):
                if message["to"].endswith(tail) and (found := re.search(r"验证码 (\d{6})，", message["text"])):
                    return found[1]
            time.sleep(QUIET)
        raise AssertionError(f"no code came to the phone that ends in {tail}")


def characteristics(ticket: dict[str, Any]) -> dict[str, Any]:
    return {item["name"]: item["value"] for item in ticket["troubleTicketCharacteristic"]}


def owner(ticket: dict[str, Any]) -> str:
    parties = {party["role"]: party["partyOrPartyRole"]["id"] for party in ticket["relatedParty"]}
    return str(parties["firstInquiryOwner"])


def play_and_check(path: Path, *, customer: Customer, stored: Stored, phones: Phones) -> None:
    dialogue = yaml.safe_load(path.read_text(encoding="utf-8"))
    told = ""
    conversations = [customer.conversation]
    for turn in dialogue["conversation"]:
        if "staff" in turn:
            for ticket in stored.of_all(conversations):
                stored.move(ticket["id"], *turn["staff"])
            continue
        if turn.get("elsewhere"):  # the same person another day, in another conversation
            customer = Customer.arrives(customer.http, replies=customer.replies)
            conversations.append(customer.conversation)
        said = str(turn.get("customer", ""))
        if "{number}" in said:
            said = said.replace("{number}", stored.of_all(conversations)[0]["id"])
        if wanted := re.search(r"\{(spoken |wrong )?code\}", said):
            said = said.replace(wanted[0], _as_said(phones.code(re.findall(r"尾号(\d{4})", told)[-1]), how=wanted[1]))
        answer = customer.show() if "photo" in turn else customer.say(said)
        heard = "\n".join(message["text"] for message in answer)
        told += heard + "\n"
        for words in turn.get("bot", ()):
            assert words in heard, f"after {said!r}: {words!r} is not in\n{heard}"
        for words in turn.get("never", ()):
            assert words not in heard, f"after {said!r}: {words!r} is in\n{heard}"
        assert "{" not in heard, f"a fact is missing in\n{heard}"
    _check_tickets(dialogue.get("tickets", []), stored.of_all(conversations), told)


def _as_said(code: str, *, how: str | None) -> str:
    if how == "wrong ":
        return f"{(int(code) + 1) % 10**6:06d}"
    return "".join(SPOKEN[int(digit)] for digit in code) if how else code


def _check_tickets(expected: list[dict[str, Any]], tickets: list[dict[str, Any]], told: str) -> None:
    shown = [(ticket["ticketType"], characteristics(ticket)["subject"]) for ticket in tickets]
    assert len(tickets) == len(expected), f"stored: {shown}"
    for wanted in expected:
        ticket = next((t for t in tickets if _fits(t, wanted)), None)
        assert ticket is not None, f"no ticket like {wanted}; stored: {[characteristics(t) for t in tickets]}"
        assert owner(ticket) in told, "the first-inquiry owner was not told"
        assert ticket["id"] in told.replace(" ", ""), "the number was not told"
        if "expectedResolutionDate" in ticket:
            due = datetime.fromisoformat(ticket["expectedResolutionDate"]) + timedelta(hours=8)
            assert re.search(rf"{due.month}月{due.day}日（周.）{due:%H:%M}", told), "the promise was not told as stored"


def _fits(ticket: dict[str, Any], wanted: dict[str, Any]) -> bool:
    shown = {**ticket, **characteristics(ticket), "photos": len(ticket.get("attachment", ()))}
    after = wanted.get("due_after_hours")
    if after is not None:
        accepted, due = (datetime.fromisoformat(ticket[name]) for name in ("creationDate", "expectedResolutionDate"))
        if due - accepted != timedelta(hours=after):
            return False
    return all(shown.get(name) == value for name, value in wanted.items() if name != "due_after_hours")
