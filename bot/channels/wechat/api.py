"""What is sent to WeChat: messages, templates, the typing state, the menu; and what is fetched from it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog

from bot.channels.wechat.access_token import AccessToken
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.calls import Calls
from bot.channels.wechat.errors import NotFollowing, QuotaUsed, WechatRefused, WechatUnavailable, WindowClosed
from bot.channels.wechat.rendering import menu_message, numbered, pieces, template_value
from bot.conversations.messages import Button
from bot.conversations.threads import Threads

TOKEN_REFUSED: Final = frozenset({40001, 40014, 42001})
NOT_FOLLOWING, WINDOW_CLOSED, QUOTA_USED = 43004, 45015, 45047
NO_MENUS: Final = frozenset({40008, 40200})  # accounts that may not send 菜单消息
SEND: Final = "/cgi-bin/message/custom/send"
logger: Final = structlog.get_logger()
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Template:
    """A template message 模板消息 of the account. `fields`: our name of a value to the template's own keyword."""

    id: str
    fields: Mapping[str, str] = field(default_factory=dict)


class WechatApi:
    """Each call ends in time. A token that WeChat refuses is renewed once, and the call repeated once."""

    def __init__(
        self,
        *,
        calls: Calls,
        token: AccessToken,
        allowance: Allowance,
        threads: Threads,
        clock: Callable[[], datetime],
        template: Template | None = None,
    ) -> None:
        self._calls = calls
        self._token = token
        self._allowance = allowance
        self._threads = threads
        self._clock = clock
        self._template = template

    async def send_text(self, openid: str, text: str, options: Sequence[Button] = (), *, menu: int = 0) -> None:
        """A customer-service message 客服消息, in as many as its length needs; each is taken from the allowance.

        `menu`: the seq of the message whose options these are, so that a click names its option.
        Raises WindowClosed, QuotaUsed (also without asking WeChat, where nothing is left), NotFollowing,
        WechatUnavailable; after that one a part of a long text may have arrived.
        """
        *before, last = pieces(text)
        for piece in before:
            await self._send(openid, _text(piece))
        if not options:
            await self._send(openid, _text(last))
            return
        try:
            await self._send(openid, menu_message(last, options, menu=menu))
        except WechatRefused as refused:
            if refused.code not in NO_MENUS:
                raise
            await self._send(openid, _text(numbered(last, options)))

    async def send_template(self, openid: str, values: Mapping[str, str], *, key: str, url: str = "") -> bool:
        """A template message; the same `key` again is the same message. False where the settings name no template.

        `values` by our names (title, number, time, note); those without a keyword in the settings are left out.
        Raises NotFollowing, WechatUnavailable.
        """
        if self._template is None:
            return False
        fields = self._template.fields
        data = {
            fields[name]: {"value": template_value(fields[name], values[name])} for name in values if name in fields
        }
        body = {"touser": openid, "template_id": self._template.id, "client_msg_id": key, "data": data}
        await self._told(openid, "/cgi-bin/message/template/send", body | ({"url": url} if url else {}))
        return True

    async def typing(self, openid: str) -> None:
        """对方正在输入, for some seconds. Raises as send_text does; it costs nothing of the allowance."""
        await self._told(openid, "/cgi-bin/message/custom/typing", {"touser": openid, "command": "Typing"})

    async def media(self, media_id: str, *, most: int) -> bytes:
        """What the customer sent, at most `most` bytes and one. Raises WechatUnavailable."""
        return await self._with_token(
            lambda token: self._calls.download(
                "/cgi-bin/media/get", token=token, query={"media_id": media_id}, most=most
            )
        )

    async def create_menu(self, menu: Mapping[str, Any]) -> None:
        """Raises WechatUnavailable."""
        await self._post("/cgi-bin/menu/create", menu)

    async def lasting_code(self, scene: str) -> str:
        """The address of a QR code 带参数二维码 that stands for this scene for ever. Raises WechatUnavailable."""
        body = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
        told = await self._post("/cgi-bin/qrcode/create", body)
        if not isinstance(told.get("url"), str):
            raise WechatUnavailable("no code")
        return str(told["url"])

    async def close(self) -> None:
        await self._calls.close()

    async def _send(self, openid: str, message: Mapping[str, Any]) -> None:
        taken = await self._threads(self._allowance.take, openid=openid, at=self._clock())
        if taken is None:
            follows = await self._threads(self._allowance.follows, openid=openid)
            raise QuotaUsed if follows else NotFollowing
        try:
            await self._told(openid, SEND, {"touser": openid, **message})
        except WechatUnavailable:
            await self._threads(self._allowance.put_back, taken)
            raise

    async def _told(self, openid: str, path: str, body: Mapping[str, Any]) -> None:
        """Raises WindowClosed, QuotaUsed, NotFollowing, noted in the allowance; WechatUnavailable."""
        asked_at = self._clock()
        try:
            await self._post(path, body)
        except WechatRefused as refused:
            if refused.code == NOT_FOLLOWING:
                await self._threads(self._allowance.left_us, openid=openid, at=asked_at)
                raise NotFollowing from refused
            if refused.code in (WINDOW_CLOSED, QUOTA_USED):
                closed = refused.code == WINDOW_CLOSED
                await self._threads(self._allowance.used_up, openid=openid, at=asked_at, closed=closed)
                raise (WindowClosed if closed else QuotaUsed) from refused
            raise

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return await self._with_token(lambda token: self._calls.post(path, body, token=token))

    async def _with_token(self, call: Callable[[str], Awaitable[T]]) -> T:
        token = await self._token.valid()
        try:
            return await call(token)
        except WechatRefused as refused:
            if refused.code not in TOKEN_REFUSED:
                raise
            logger.warning("wechat_token_refused", code=refused.code)
        return await call(await self._token.after(token))


def _text(content: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": content}}
