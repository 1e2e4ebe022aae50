"""The photos of the chat: /chat/photos, sent as a message of the customer and shown to who holds the token."""

import asyncio
from dataclasses import dataclass
from typing import Final, cast
from uuid import NAMESPACE_URL, uuid5

import structlog
from sanic import Blueprint, Request
from sanic.http import Http
from sanic.response import HTTPResponse, raw

from bot.channels.webchat import Web, plain_id
from bot.conversations.messages import Attachment
from bot.conversations.photos import Photos
from bot.errors import ConversationUnknown, PhotoTooLarge, TokenInvalid
from bot.pictures import MOST_BYTES, MOST_MEGABYTES, cleaned
from bot.responses import correlation_id, json_response

TEXT: Final = "[照片]"  # what stands in the log and goes to the engine beside the attachment
READ_AT_MOST: Final = 4 * MOST_BYTES  # a browser reads the refusal only after it has sent what it wanted to send
CLEANED_AT_ONCE: Final = 2
logger: Final = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Album:
    """What the photos of the chat are kept with."""

    web: Web
    photos: Photos


def webchat_photos(album: Album) -> Blueprint:
    shown = Blueprint("chat_photos", url_prefix="/chat/photos")
    web, cleaning = album.web, asyncio.Semaphore(CLEANED_AT_ONCE)

    @shown.post("/", stream=True, strict_slashes=False)
    async def send(request: Request) -> HTTPResponse:
        """The body is the file; `id` is the client's own: the same one again is the same photo."""
        conversation = await web.visitor(request)
        client_id = plain_id({"id": request.args.get("id")}, "id")
        await web.rates.photo(conversation=conversation)
        content = await body_of(request)
        async with cleaning:
            picture = await asyncio.to_thread(cleaned, content)
        photo = Attachment(
            id=uuid5(NAMESPACE_URL, f"{conversation}/{client_id}").hex,
            conversation=conversation,
            media_type=picture.media_type,
            content=picture.content,
            at=web.clock(),
        )
        try:
            await web.threads(album.photos.keep, photo)
        except ConversationUnknown as gone:
            raise TokenInvalid from gone
        accepted = await web.log.accept(
            conversation=conversation,
            client_id=client_id,
            text=TEXT,
            correlation_id=correlation_id(request),
            at=photo.at,
            attachment=photo.id,
            details={"attachment": photo.id},
        )
        logger.info("photo_accepted", conversation=conversation, seq=accepted.seq, bytes=len(photo.content))
        return json_response({"seq": accepted.seq, "attachment": photo.id}, status=202)

    @shown.get("/<attachment:str>")
    async def show(request: Request, attachment: str) -> HTTPResponse:
        """Raises AttachmentUnknown: also for a photo of another conversation."""
        conversation = await web.visitor(request)
        photo = await web.threads(album.photos.get, conversation=conversation, attachment=attachment)
        return raw(photo.content, content_type=photo.media_type, headers={"Content-Disposition": "inline"})

    return shown


async def body_of(request: Request) -> bytes:
    """Raises PhotoTooLarge."""
    content, length = bytearray(), 0
    stream = cast(Http, request.stream)  # what a handler with `stream=True` is given
    while (part := await stream.read()) is not None:
        length += len(part)
        if length <= MOST_BYTES:
            content += part
        elif length > READ_AT_MOST:
            break
    if length > MOST_BYTES:
        raise PhotoTooLarge(most=MOST_MEGABYTES)
    return bytes(content)
