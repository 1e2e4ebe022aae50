"""What a page of the chat tells without words: the customer is typing 正在输入, and has read up to a message 已读."""

from typing import Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty

from bot.channels.webchat import LARGEST_SEQ, Web, json_object
from bot.conversations.messages import Speaker
from bot.errors import WrongFields

SEQ: Final = "seq"


def webchat_signs(web: Web) -> Blueprint:
    signs = Blueprint("chat_signs", url_prefix="/chat")

    @signs.post("/typing")
    async def typing(request: Request) -> HTTPResponse:
        conversation = await web.visitor(request)
        await web.rates.sign(conversation=conversation)
        web.hub.types(conversation=conversation, who=Speaker.CUSTOMER)
        return empty()

    @signs.post("/read")
    async def read(request: Request) -> HTTPResponse:
        """Raises NotJson, WrongFields."""
        conversation = await web.visitor(request)
        seq = json_object(request.body).get(SEQ)
        if isinstance(seq, bool) or not isinstance(seq, int) or not 0 <= seq <= LARGEST_SEQ:
            raise WrongFields(what=f"“{SEQ}” 应是消息的序号")
        await web.rates.sign(conversation=conversation)
        await web.log.change(web.peers.has_read, conversation=conversation, by=Speaker.CUSTOMER, seq=seq)
        return empty()

    return signs
