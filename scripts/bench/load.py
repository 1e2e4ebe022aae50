"""Short conversations, so many at a time, each with whoever answers; every turn is timed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from scripts.bench.measures import Load

TIMEOUT = 30.0


class NotAnswered(Exception):
    """Who was asked, and what came instead of an answer."""


class Talk(Protocol):
    """One conversation. `say` returns when the answer is there; raises NotAnswered."""

    def say(self, text: str) -> Any: ...


class Http:
    """A kept connection; the standard library's, since a heavier client would be measured as well."""

    def __init__(self, url: str, **headers: str) -> None:
        self._url = url
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)
        self._headers = {"Content-Type": "application/json", **headers}

    def post(self, path: str, body: Any) -> Any:
        return self._ask("POST", path, json.dumps(body))

    def get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def _ask(self, method: str, path: str, body: str | None) -> Any:
        try:
            self._connection.request(method, path, body=body, headers=self._headers)
            answer = self._connection.getresponse()
            raw = answer.read()
        except (OSError, HTTPException) as error:
            raise NotAnswered(f"{self._url}{path}: {type(error).__name__}") from error
        if answer.status >= 300:
            raise NotAnswered(f"{self._url}{path}: {answer.status} {raw[:200]!r}")
        return json.loads(raw)


class EngineTalk:
    """Our engine, asked as the bot asks it; returns the intent."""

    def __init__(self, url: str, *, token: str) -> None:
        self._http = Http(url, Authorization=f"Bearer {token}")
        self._conversation = uuid4().hex

    def say(self, text: str) -> str:
        number = uuid4().hex
        metadata = {"channel": "webchat", "accepted_at": "2026-11-22T02:00:00+00:00", "correlation_id": number}
        turn = {"conversation": self._conversation, "message_id": number, "text": text, "metadata": metadata}
        answer = self._http.post("/webhooks/shouwen/turn", turn)
        if not answer["messages"]:
            raise NotAnswered(f"the engine said nothing: {answer['understood']}")
        return str(answer["understood"]["intent"])


class RestTalk:
    """Rasa's own REST channel; returns how many messages came."""

    def __init__(self, url: str) -> None:
        self._http = Http(url)
        self._sender = uuid4().hex

    def say(self, text: str) -> int:
        return len(self._http.post("/webhooks/rest/webhook", {"sender": self._sender, "message": text}))


class ChatTalk:
    """The public chat API, as a page uses it: message by POST, answer over server-sent events; returns its text."""

    def __init__(self, url: str) -> None:
        opened = Http(url).post("/chat/sessions", {})
        bearer = {"Authorization": f"Bearer {opened['token']}"}
        self._http = Http(url, **bearer)
        listening = HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)
        listening.request("GET", "/chat/events", headers=bearer)
        self._events = self._read(listening)

    def say(self, text: str) -> str:
        seq = self._http.post("/chat/messages", {"id": uuid4().hex, "text": text})["seq"]
        for message in self._events:
            if message["from"] != "customer" and message["seq"] > seq:
                return str(message["text"])
        raise NotAnswered("the stream ended")

    @staticmethod
    def _read(listening: HTTPConnection) -> Iterator[Any]:
        with closing(listening):
            for line in listening.getresponse():
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """So many conversations at a time, one customer each, who says the next thing as soon as the answer is there."""

    talk: Callable[[], Talk]
    sentences: Iterator[str]

    def measured(self, *, conversations: int, turns: int, in_a_row: int = 1) -> Load:
        """`in_a_row`: how many conversations each customer has, one after the other."""
        plans = [[[next(self.sentences) for _ in range(turns)] for _ in range(in_a_row)] for _ in range(conversations)]
        seconds: list[float] = []
        failed: list[BaseException] = []
        begin = threading.Barrier(conversations + 1)

        def customer(plan: list[list[str]]) -> None:
            try:
                talks = [self.talk() for _ in plan]
                begin.wait(TIMEOUT)
                for talk, said in zip(talks, plan, strict=True):
                    seconds.extend([timed(talk, text) for text in said])
            except BaseException as error:
                failed.append(error)
                begin.abort()

        customers = [threading.Thread(target=customer, args=(plan,), daemon=True) for plan in plans]
        for each in customers:
            each.start()
        try:
            begin.wait(TIMEOUT)
        except threading.BrokenBarrierError:
            raise failed[0] from None
        began = time.perf_counter()
        for each in customers:
            each.join()
        whole = time.perf_counter() - began
        if failed:
            raise failed[0]
        return Load(conversations=conversations, seconds=tuple(seconds), whole=whole)


def timed(talk: Talk, text: str) -> float:
    began = time.perf_counter()
    talk.say(text)
    return time.perf_counter() - began


def long_conversation(talk: Talk, sentences: Iterator[str], *, turns: int) -> list[float]:
    """The seconds of each turn of one conversation."""
    return [timed(talk, next(sentences)) for _ in range(turns)]
