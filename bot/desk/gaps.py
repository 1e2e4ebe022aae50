"""/desk/api/gaps: what the assistant did not understand, grouped; marked as an intent, reviewed, and written as a patch
to data/nlu. Only a checkout that a setting names is written to, never the running installation."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.desk.audit import Deed
from bot.desk.gap_groups import Group, groups
from bot.desk.gap_store import Phrase
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.sayings import masked
from bot.desk.shapes import dumped, read, shaped
from bot.desk.training_patch import FOLDER, TrainingData, TrainingPhrase
from bot.desk.who import HEAD, LEADER, SUPERVISOR, staff_of
from bot.errors import IntentUnknown, PersonalPhrase, PhraseKnown, TrainingDataAway
from bot.responses import json_response

MARKS: Final = (HEAD, LEADER, SUPERVISOR)
REVIEWS: Final = (LEADER, SUPERVISOR)
INSTALLATION: Final = Path(__file__).parents[2]  # only read
SHOWN: Final = 200  # groups, and phrases
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Sentence = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\r\n\t]*\S[^\r\n\t]*$")]


@dataclass(frozen=True, kw_only=True)
class Since:
    days: Annotated[int, Field(ge=1, le=365)] = 30


@dataclass(frozen=True, kw_only=True)
class Marked:
    """The sentences of a group mean `intent`; null: there is nothing to learn from them. `phrases`: what is to be
    learned, as it may stand in a repository: without anything of a customer's."""

    digests: Annotated[tuple[Digest, ...], Field(min_length=1, max_length=2000)]
    intent: Annotated[str, Field(max_length=64)] | None
    phrases: Annotated[tuple[Sentence, ...], Field(max_length=50)] = ()


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    approved: bool


def gaps(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_gaps", url_prefix=f"{PREFIX}/gaps")

    @pages.get("/")
    async def listed(request: Request) -> HTTPResponse:
        """?days=30: the largest group first, examples masked."""
        staff_of(request, *MARKS)
        since: Since = shaped(Since, dict(request.get_query_args()))
        found = await desk.threads(_groups, desk, since.days)
        return json_response([dumped(Group, group) for group in found[:SHOWN]])

    @pages.get("/intents")
    async def intents(request: Request) -> HTTPResponse:
        """What can be marked, with the topic that each belongs to."""
        staff_of(request, *MARKS)
        data = await desk.threads(_training_data, desk)
        return json_response([{"intent": intent, "topic": name} for intent, name in data.topics.items()])

    @pages.post("/")
    async def mark(request: Request) -> HTTPResponse:
        staff, marked = staff_of(request, *MARKS), read(request, Marked)
        await desk.threads(_check, desk, marked)
        await desk.threads(
            desk.gaps.deal_with,
            digests=marked.digests,
            intent=marked.intent,
            texts=marked.phrases if marked.intent else (),
            by=staff.job_number,
            at=desk.clock(),
        )
        await desk.record(staff.job_number, Deed.GAP_MARKED, about=f"intent/{marked.intent or '-'}")
        return json_response({"phrases": len(marked.phrases) if marked.intent else 0}, status=201)

    @pages.get("/phrases")
    async def phrases(request: Request) -> HTTPResponse:
        """Those that wait for review first, the latest of each first."""
        staff_of(request, *MARKS)
        found = await desk.threads(desk.gaps.phrases, most=SHOWN)
        return json_response([dumped(Phrase, phrase) for phrase in found])

    @pages.post("/phrases/<number:int>")
    async def review(request: Request, number: int) -> HTTPResponse:
        """复核: by another than who marked it."""
        staff, said = staff_of(request, *REVIEWS), read(request, Reviewed)
        phrase = await desk.threads(
            desk.gaps.review, id=number, approved=said.approved, by=staff.job_number, at=desk.clock()
        )
        await desk.record(staff.job_number, Deed.PHRASE_REVIEWED, about=f"phrase/{number}")
        return json_response(dumped(Phrase, phrase))

    @pages.get("/patch")
    async def patch(request: Request) -> HTTPResponse:
        """What has been approved and not been taken, as a unified diff; looking takes nothing."""
        staff_of(request, *REVIEWS)
        diff = await desk.threads(_patch, desk)
        return _text(diff)

    @pages.post("/patch")
    async def take(request: Request) -> HTTPResponse:
        """The same, once: the phrases are taken. With SHOUWEN_NLU_CHECKOUT it is also written there."""
        staff = staff_of(request, *REVIEWS)
        diff = await desk.threads(_take, desk)
        await desk.record(staff.job_number, Deed.PHRASES_TAKEN, about=str(desk.nlu_checkout or "patch"))
        return _text(diff)

    return pages


def _groups(desk: Desk, days: int) -> list[Group]:
    return groups(desk.gaps.heard(since=desk.clock() - timedelta(days=days)))


def _training_data(desk: Desk) -> TrainingData:
    try:
        return TrainingData.read(desk.nlu_checkout or INSTALLATION)
    except FileNotFoundError as missing:
        raise TrainingDataAway from missing


def _check(desk: Desk, marked: Marked) -> None:
    """Raises IntentUnknown, PersonalPhrase, PhraseKnown."""
    if marked.intent is None:
        return
    data = _training_data(desk)
    if marked.intent not in data.topics:
        raise IntentUnknown
    for text in marked.phrases:
        if masked(text) != text:
            raise PersonalPhrase(phrase=masked(text))
        if data.has(TrainingPhrase(intent=marked.intent, text=text)):
            raise PhraseKnown(phrase=text)


def _patch(desk: Desk) -> str:
    return _training_data(desk).patch(phrase.training for phrase in desk.gaps.approved())


def _take(desk: Desk) -> str:
    """The checkout first: who dies between finds the phrases there already, and takes them anew."""
    approved, data = desk.gaps.approved(), _training_data(desk)
    wanted = [phrase.training for phrase in approved]
    if desk.nlu_checkout:
        for name, text in data.with_phrases(wanted).items():
            _write(desk.nlu_checkout / FOLDER / name, text)
    desk.gaps.take(approved, at=desk.clock())
    return data.patch(wanted)


def _write(path: Path, text: str) -> None:
    """As a whole, or not at all."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _text(diff: str) -> HTTPResponse:
    headers = {"Content-Disposition": 'attachment; filename="phrases.patch"'}
    return HTTPResponse(diff, headers=headers, content_type="text/x-diff; charset=utf-8")
