"""The photos of a conversation at the desk: those the customer sent, shown; the agent's own, sent."""

import asyncio
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, raw

from bot.channels.webchat import plain_id
from bot.channels.webchat_photos import CLEANED_AT_ONCE, TEXT, body_of
from bot.conversations.messages import Attachment
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.who import staff_of
from bot.pictures import cleaned
from bot.responses import json_response

PATH: Final = f"{PREFIX}/conversations/<conversation:str>/photos"


def conversation_photos(desk: Desk) -> Blueprint:
    shown, cleaning = Blueprint("desk_conversation_photos", url_prefix=PATH), asyncio.Semaphore(CLEANED_AT_ONCE)

    @shown.post("/", stream=True)
    async def send(request: Request, conversation: str) -> HTTPResponse:
        """The body is the file; `id` is the page's own. Raises NobodyServes, NotYourConversation."""
        agent = staff_of(request, *SERVES).job_number
        takeover = await desk.threads(desk.takeovers.of, conversation=conversation)
        takeover.check_held(agent=agent)
        client_id = plain_id({"id": request.args.get("id")}, "id")
        content = await body_of(request)
        async with cleaning:
            picture = await asyncio.to_thread(cleaned, content)
        photo = Attachment(
            id=uuid5(NAMESPACE_URL, f"{conversation}/{agent}/{client_id}").hex,
            conversation=conversation,
            media_type=picture.media_type,
            content=picture.content,
            at=desk.clock(),
        )
        await desk.threads(desk.photos.keep, photo)
        said = {"agent": agent, "text": TEXT, "client_id": client_id, "at": photo.at, "attachment": photo.id}
        seq = await desk.log.change(desk.takeovers.say, conversation=conversation, **said)
        return json_response({"seq": seq, "attachment": photo.id}, status=201)

    @shown.get("/<attachment:str>")
    async def show(request: Request, conversation: str, attachment: str) -> HTTPResponse:
        """Raises AttachmentUnknown."""
        staff_of(request)
        photo = await desk.threads(desk.photos.get, conversation=conversation, attachment=attachment)
        return raw(photo.content, content_type=photo.media_type, headers={"Content-Disposition": "inline"})

    return shown
