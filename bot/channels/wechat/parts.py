"""Builds the channel from its parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sanic import Blueprint
from sqlalchemy import Engine

from backend.domain.charter import Charter
from bot.channels.names import Names
from bot.channels.wechat.access_token import AccessToken
from bot.channels.wechat.album import Album, NotedPhotos
from bot.channels.wechat.allowance import Allowance
from bot.channels.wechat.api import Template, WechatApi
from bot.channels.wechat.calls import Calls
from bot.channels.wechat.flow import Account
from bot.channels.wechat.outbox import Outbox
from bot.channels.wechat.push import Follower
from bot.channels.wechat.seal import Seal
from bot.channels.wechat.sender import Sender
from bot.channels.wechat.tries import Tries
from bot.channels.wechat.webhook import Gate, wechat
from bot.conversations.log import MessageLog
from bot.conversations.peers import Peers
from bot.conversations.photos import Photos
from bot.conversations.threads import Threads
from bot.rates import Rates
from bot.settings import WechatSettings


@dataclass(frozen=True, kw_only=True)
class Wechat:
    """`api` and `allowance` are also for what we start of our own accord."""

    routes: Blueprint
    api: WechatApi
    allowance: Allowance
    push: Follower
    sender: Sender
    album: Album

    def start(self) -> None:
        self.sender.start()
        self.album.start()

    async def stop(self) -> None:
        await self.sender.stop()
        await self.album.stop()
        await self.api.close()


def api_of(settings: WechatSettings, *, database: Engine, threads: Threads, clock: Callable[[], datetime]) -> WechatApi:
    calls = Calls(base_url=settings.api)
    token = AccessToken(
        app_id=settings.app_id,
        secret=settings.app_secret,
        database=database,
        calls=calls,
        threads=threads,
        clock=clock,
    )
    template = Template(id=settings.template, fields=settings.template_fields) if settings.template else None
    return WechatApi(
        calls=calls, token=token, allowance=Allowance(database), threads=threads, clock=clock, template=template
    )


def wechat_of(
    settings: WechatSettings,
    *,
    database: Engine,
    log: MessageLog,
    peers: Peers,
    threads: Threads,
    rates: Rates,
    charter: Charter,
    clock: Callable[[], datetime],
) -> Wechat:
    allowance, outbox, tries = Allowance(database), Outbox(database), Tries(database)
    api = api_of(settings, database=database, threads=threads, clock=clock)
    album = Album(api=api, noted=NotedPhotos(database), photos=Photos(database), log=log, threads=threads, clock=clock)
    account = Account(
        log=log,
        peers=peers,
        threads=threads,
        rates=rates,
        allowance=allowance,
        album=album,
        charter=charter,
        names=Names.of(charter),
        clock=clock,
    )
    seal = Seal(token=settings.token, app_id=settings.app_id, aes_key=settings.aes_key)
    gate = Gate(
        account=account,
        api=api,
        outbox=outbox,
        tries=tries,
        seal=seal,
        clock=clock,
        in_time=settings.in_time,
    )
    sender = Sender(api=api, outbox=outbox, tries=tries, threads=threads, clock=clock)
    push = Follower(api=api, sender=sender, operator=charter.operator.short_name, clock=clock)
    return Wechat(routes=wechat(gate), api=api, allowance=allowance, push=push, sender=sender, album=album)
