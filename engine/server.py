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

_log = logging.getLogger(__name__)


async def _refuse_without_model(app: Sanic, _: AbstractEventLoop) -> None:
    """Rasa logs a model that it can't load, and would serve without one for ever."""
    if not app.ctx.agent.is_ready():
        sys.exit("The model can't be loaded, it may be of another version of engine/: run `make train`.")


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
    app.register_listener(close_resources, "after_server_stop")
    _log.info("loading model", extra={"path": model.name})
    app.run(host=settings.host, port=settings.port, workers=1, access_log=False, debug=False, motd=False)
