"""A follower of the account, through WeChat: wechatpy encrypts, signs and posts, and reads what comes back."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from tests.integration.bot.wechat.platform import APP_ID

TOKEN = "wechat-token-of-the-tests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_10f6c3c3ac5a"
_numbers = count(6054768590064713728)


def signature(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(TOKEN, *parts)
    return str(signer.signature)


@dataclass
class Follower:
    """`aes`: the account is in safe mode."""

    http: httpx.AsyncClient
    aes: bool = False
    openid: str = field(default_factory=lambda: f"o{uuid4().hex[:27]}")

    async def says(self, text: str, **more: Any) -> str | None:
        return await self.posts(self.text(text, **more))

    async def presses(self, key: str) -> str | None:
        return await self.happens("CLICK", EventKey=key)

    async def happens(self, event: str, **more: Any) -> str | None:
        return await self.posts(self.fields("event", Event=event, **more))

    def text(self, text: str, **more: Any) -> dict[str, Any]:
        return self.message("text", Content=text, **more)

    def message(self, kind: str, **more: Any) -> dict[str, Any]:
        return self.fields(kind, MsgId=str(next(_numbers)), **more)

    def fields(self, kind: str, **more: Any) -> dict[str, Any]:
        base = {"ToUserName": ACCOUNT, "FromUserName": self.openid, "CreateTime": str(int(time.time()))}
        return {**base, "MsgType": kind, **more}

    async def posts(self, fields: Mapping[str, Any]) -> str | None:
        """The text of the reply; None for `success`."""
        return self.read(await self.request(fields))

    async def request(self, fields: Mapping[str, Any] | str, **changed: str) -> httpx.Response:
        xml = fields if isinstance(fields, str) else xmltodict.unparse({"xml": fields}, full_document=False)
        timestamp, nonce = str(int(time.time())), uuid4().hex[:10]
        query = {"timestamp": timestamp, "nonce": nonce, "signature": signature(timestamp, nonce)}
        if self.aes:
            sealed = WeChatCrypto(TOKEN, AES_KEY, APP_ID).encrypt_message(xml, nonce, timestamp)
            query |= {"encrypt_type": "aes", "msg_signature": xmltodict.parse(sealed)["xml"]["MsgSignature"]}
            xml = sealed
        return await self.http.post("/wechat", params=query | changed, content=xml.encode())

    def read(self, response: httpx.Response) -> str | None:
        assert response.status_code == 200, response.text
        if response.text == "success":
            return None
        xml = response.text
        if self.aes:
            parts = xmltodict.parse(xml)["xml"]
            crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
            xml = crypto.decrypt_message(xml, parts["MsgSignature"], parts["TimeStamp"], parts["Nonce"])
        reply = xmltodict.parse(xml)["xml"]
        assert (reply["ToUserName"], reply["FromUserName"], reply["MsgType"]) == (self.openid, ACCOUNT, "text")
        content = str(reply["Content"])
        assert len(content.encode()) <= 2048
        return content

    async def tries_three_times(self, fields: Mapping[str, Any], *, apart: float = 0.0) -> list[str | None]:
        async def one(number: int) -> str | None:
            await asyncio.sleep(apart * number)
            return await self.posts(fields)

        return list(await asyncio.gather(*(one(number) for number in range(3))))
