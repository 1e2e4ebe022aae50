"""/desk/api/events: the desk live 实时. Each event is a conversation's card as it stands now, its id the number of the
change: so whoever connects again with the last id misses nothing, whichever process wrote it.
"""

import asyncio
import json
from typing import Any, Final

from sanic import Blueprint, Request

from bot.channels.webchat import RECONNECT, parse_seq
from bot.conversations.feed import MOST
from bot.conversations.hub import EVERYTHING
from bot.conversations.messages import Speaker
from bot.desk import rendering
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.who import signed_in_of, staff_of

MOST_STREAMS: Final = 1000
HEARTBEAT: Final = 15.0  # seconds
MOMENT: Final = 0.1  # seconds; what comes within it is asked for together


def events(desk: Desk, *, heartbeat: float = HEARTBEAT) -> Blueprint:
    live = Blueprint("desk_events", url_prefix=PREFIX)

    @live.get("/events")
    async def listen(request: Request) -> None:
        """From `after` on, the `change` that came with the list; a browser that reconnects says Last-Event-ID. It ends
        with the session: then nothing more is told."""
        staff_of(request)
        token = signed_in_of(request).session.token
        last = request.headers.get("last-event-id") or request.args.get("after")
        change = parse_seq(last, name="after") if last else await desk.threads(desk.changes.newest)
        with desk.hub.listen(conversation=EVERYTHING, most=MOST_STREAMS) as news:
            stream = await request.respond(
                content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
            )
            await stream.send(f"retry: {RECONNECT}\n")
            typing: frozenset[str] = frozenset()
            while not desk.hub.closed:
                news.clear()
                if not await desk.threads(desk.sessions.lasts, token, at=desk.clock()):
                    break
                changed = await desk.threads(desk.changes.after, change)
                cards = await desk.threads(desk.cards.of, [each for each, _ in changed], at=desk.clock())
                rendered = {card.takeover.conversation: rendering.card(card) for card in cards}
                for conversation, number in changed:
                    await stream.send(_event("conversation", rendered[conversation], number))
                    change = number
                if len(changed) == MOST:
                    continue
                before, typing = typing, desk.hub.who_types(Speaker.CUSTOMER)
                for conversation in before ^ typing:
                    told = {"conversation": conversation, "typing": conversation in typing}
                    await stream.send(_event("typing", told))
                try:
                    async with asyncio.timeout(heartbeat):
                        await news.wait()
                        await asyncio.sleep(MOMENT)
                except TimeoutError:
                    await stream.send(":\n")
            await stream.eof()

    return live


def _event(kind: str, data: dict[str, Any], number: int | None = None) -> str:
    identified = f"id: {number}\n" if number is not None else ""
    return f"{identified}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
