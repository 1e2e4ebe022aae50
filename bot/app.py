"""Builds the bot from its parts. Nothing is opened before the server starts."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sanic import Sanic
from sqlalchemy import Engine

from backend.client import BackendClient
from backend.domain.charter import Charter
from backend.domain.vocabulary import Channel
from bot.channels.hotline.line import Line
from bot.channels.hotline.persons import Persons
from bot.channels.hotline.twilio import twilio
from bot.channels.hotline.webhooks import hotline
from bot.channels.names import Names
from bot.channels.webchat import HEARTBEAT, Web, webchat
from bot.channels.webchat_origins import open_to
from bot.channels.webchat_photos import Album, webchat_photos
from bot.channels.webchat_signs import webchat_signs
from bot.channels.wechat.parts import wechat_of
from bot.conversations.attendant import Attendant
from bot.conversations.feed import Changes, Feed
from bot.conversations.hub import Hub
from bot.conversations.log import MessageLog
from bot.conversations.messages import Turn
from bot.conversations.open_pages import OpenPages
from bot.conversations.peers import Peers
from bot.conversations.photos import Photos
from bot.conversations.placed_calls import PlacedCalls
from bot.conversations.presence import Presence
from bot.conversations.reached import Reached
from bot.conversations.store import Store
from bot.conversations.takeovers import Takeovers
from bot.conversations.threads import Threads
from bot.conversations.turns import Pace, TurnRunner
from bot.conversations.typing import Typing
from bot.desk.accounts import Accounts
from bot.desk.api import open_desk
from bot.desk.audit import Audit
from bot.desk.cards import Cards
from bot.desk.gap_store import Gaps
from bot.desk.hours import desk_is_open
from bot.desk.knowledge import KnowledgeTests
from bot.desk.parts import Desk
from bot.desk.passwords import Passwords
from bot.desk.sessions import Sessions
from bot.desk.tries import Tries
from bot.engine import ENGINE_TIMEOUT, EngineClient
from bot.health import health
from bot.notices import notices
from bot.outreach.calls import Callouts, callouts
from bot.outreach.reach import OpenPage, Outreach
from bot.outreach.telephone import CALL_TIMEOUT, Jambonz
from bot.pages import pages
from bot.publicity import publicity
from bot.rates import Rates
from bot.receipts import receipts
from bot.responses import prepare
from bot.settings import Settings
from bot.visitors import Visitors
from bot.wording import Wording


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_app(
    *,
    settings: Settings,
    wording: Wording,
    charter: Charter,
    database: Engine,
    clock: Callable[[], datetime] = utc_now,
    pace: Pace | None = None,
    engine_timeout: float = ENGINE_TIMEOUT,
    call_timeout: float = CALL_TIMEOUT,
    heartbeat: float = HEARTBEAT,
) -> Sanic[Any, Any]:
    """`database` is migrated; the caller closes it."""
    app: Sanic[Any, Any] = Sanic("bot", configure_logging=False)
    app.config.PROXIES_COUNT = settings.proxies
    prepare(app)
    hub = Hub()
    threads = Threads(dialect=database.dialect.name)
    patience = settings.patience
    log = MessageLog(store=Store(database, patience=patience), hub=hub, threads=threads)
    peers, photos, presence, changes = Peers(database), Photos(database), Presence(database), Changes(database)
    takeovers = Takeovers(database, patience=patience)
    visitors = Visitors(key=settings.visitor_key, max_age=settings.visitor_max_age)
    rates = Rates(sessions=settings.session_rate, messages=settings.message_rate, redis_url=settings.redis_url)
    engine = EngineClient(base_url=settings.engine_url, token=settings.engine_token, timeout=engine_timeout)
    backend = BackendClient(base_url=settings.backend_url, token=settings.backend_token)

    async def agents(turn: Turn) -> Mapping[str, Any]:
        takeover = await threads(takeovers.of, conversation=turn.conversation)
        here = settings.hotline_agents if takeover.by_phone else await threads(presence.seats, at=clock())
        return {"here": bool(here), "owner": takeover.owner}

    runner = TurnRunner(log=log, engine=engine, wording=wording, clock=clock, agents=agents, pace=pace)
    feed = Feed(changes=changes, typing=Typing(database), hub=hub, threads=threads, clock=clock)
    attendant = Attendant(
        log=log,
        takeovers=takeovers,
        presence=presence,
        threads=threads,
        clock=clock,
        is_open=lambda at: desk_is_open(charter, at=at),
    )

    opened = OpenPages(database)
    web = Web(
        log=log,
        peers=peers,
        pages=opened,
        threads=threads,
        hub=hub,
        visitors=visitors,
        rates=rates,
        greeting=charter.wording.greeting,
        clock=clock,
    )
    chat, chat_photos = webchat(web, heartbeat=heartbeat), webchat_photos(Album(web=web, photos=photos))
    chat_signs = webchat_signs(web)
    open_to(settings.origins, chat, chat_photos, chat_signs)
    for part in (chat, chat_photos, chat_signs):
        app.blueprint(part)
    line = Line(
        log=log,
        persons=Persons(log=log, takeovers=takeovers, threads=threads, clock=clock),
        peers=peers,
        threads=threads,
        clock=clock,
        names=Names.of(charter),
        greeting=charter.wording.greeting,
        placed=PlacedCalls(database),
        agents=settings.hotline_agents,
    )
    if settings.jambonz_secret:
        app.blueprint(hotline(line=line, secret=settings.jambonz_secret))
    if settings.twilio_token:
        app.blueprint(twilio(line=line, token=settings.twilio_token, public_url=settings.public_url))
    official = settings.wechat and wechat_of(
        settings.wechat,
        database=database,
        log=log,
        peers=peers,
        threads=threads,
        rates=rates,
        charter=charter,
        clock=clock,
    )
    if official:
        app.blueprint(official.routes)
    outreach = Outreach(
        channels={
            Channel.WEBCHAT: OpenPage(pages=opened, threads=threads, clock=clock),
            **({Channel.WECHAT: official.push} if official else {}),
        },
        reached=Reached(database),
        threads=threads,
    )
    app.blueprint(
        notices(log=log, peers=peers, threads=threads, outreach=outreach, token=settings.notices_token, clock=clock)
    )
    telephone = Jambonz(settings.telephone, timeout=call_timeout) if settings.telephone else None
    app.blueprint(callouts(Callouts(telephone=telephone, line=line), token=settings.notices_token))
    app.blueprint(receipts(backend=backend))
    app.blueprint(publicity(charter=charter, backend=backend, clock=clock))
    desk = Desk(
        charter=charter,
        backend=backend,
        engine=engine,
        accounts=Accounts(database),
        sessions=Sessions(database, idle=settings.desk_idle, longest=settings.desk_longest),
        tries=Tries(database),
        passwords=Passwords(),
        audit=Audit(database),
        knowledge=KnowledgeTests(database, charter=charter),
        gaps=Gaps(database),
        log=log,
        peers=peers,
        takeovers=takeovers,
        presence=presence,
        photos=photos,
        cards=Cards(database),
        changes=changes,
        hub=hub,
        threads=threads,
        clock=clock,
        secure=settings.proxies > 0 or settings.public_url.startswith("https:"),
        nlu_checkout=settings.nlu_checkout,
    )
    open_desk(app, desk)
    app.blueprint(pages(origins=settings.origins))
    app.blueprint(health(log=log, engine=engine, clock=clock))

    @app.before_server_start
    async def start(_app: Sanic[Any, Any]) -> None:
        await feed.start()
        await runner.start()
        if official:
            official.start()
        await attendant.start()

    @app.before_server_stop
    async def end_streams(_app: Sanic[Any, Any]) -> None:
        hub.close()
        await attendant.stop()
        await runner.stop()
        if official:
            await official.stop()
        await feed.stop()

    @app.after_server_stop
    async def close(_app: Sanic[Any, Any]) -> None:
        await log.close()
        threads.close()
        await engine.close()
        await rates.close()
        await backend.aclose()
        if telephone:
            await telephone.close()

    return app
