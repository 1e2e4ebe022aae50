"""Rasa's server with our channel and nothing else: no HTTP API, no telemetry, private address."""

from __future__ import annotations

import logging
import sys
from asyncio import AbstractEventLoop
from functools import partial
from pathlib import Path

from sanic import Sanic

from engine import logs
from engine.settings import Settings
from engine.trackers import KeptTrackers

_log = logging.getLogger(__name__)


async def _refuse_without_model(app: Sanic, _: AbstractEventLoop) -> None:
    """Rasa logs a model that it can't load, and would serve without one for ever."""
    if not app.ctx.agent.is_ready():
        sys.exit("The model can't be loaded, it may be of another version of engine/: run `make train`.")


async def _fail_aloud(app: Sanic, _: AbstractEventLoop) -> None:
    """Rasa puts a store around ours that forgets a conversation it can't read, and keeps in memory what it can't write.

    Without it such a turn fails, unstored, and the bot tries again or tells the customer.
    """
    processor = app.ctx.agent.processor
    store = processor.tracker_store._tracker_store
    if not isinstance(store, KeptTrackers):  # Rasa takes one in memory where it can't import the one of endpoints.yml
        sys.exit("endpoints.yml must name engine.trackers.KeptTrackers as its tracker store.")
    processor.tracker_store = store


def serve(*, settings: Settings, model: Path) -> None:
    """Blocks until SIGTERM or SIGINT."""
    from rasa.core.run import close_resources, configure_app, create_http_input_channels, load_agent_on_start
    from rasa.core.utils import AvailableEndpoints

    logs.configure()
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    channels = create_http_input_channels(None, "credentials.yml")
    app = configure_app(channels, enable_api=False, endpoints=endpoints, port=settings.port, use_uvloop=True)
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.register_listener(_refuse_without_model, "before_server_start")
    app.register_listener(_fail_aloud, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    _log.info("loading model", extra={"path": model.name})
    app.run(host=settings.host, port=settings.port, workers=1, access_log=False, debug=False, motd=False)
