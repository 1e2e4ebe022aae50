"""The built pages of web/: what the browser asks for by name, each page with a policy that lets nothing else in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, file

from bot.errors import PageUnknown

BUILT: Final = Path(__file__).resolve().parent.parent / "web/dist"
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FOR_A_MOMENT: Final = {"Cache-Control": "public, max-age=300"}
FOR_A_YEAR: Final = {"Cache-Control": "public, max-age=31536000, immutable"}  # the build names each file by its content


def pages(*, built: Path = BUILT, origins: Sequence[str] = ()) -> Blueprint:
    """`origins`: the sites of others that may frame the chat."""
    site = Blueprint("pages")
    framed = PAGE_POLICY.replace("frame-ancestors 'none'", " ".join(("frame-ancestors 'self'", *origins)))

    @site.get("/")
    async def publicity(_request: Request) -> HTTPResponse:
        return await page(built / "index.html")

    @site.get("/chat.html")
    async def chat(_request: Request) -> HTTPResponse:
        response = await page(built / "chat.html", policy=framed)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"  # only for browsers that don't know frame-ancestors
        return response

    @site.get("/desk")
    async def desk(_request: Request) -> HTTPResponse:
        return await page(built / "desk.html")

    @site.get("/embed.js")
    async def embed(_request: Request) -> HTTPResponse:
        """The one line that an operator puts into its own site. Raises PageUnknown."""
        if not (built / "embed.js").is_file():
            raise PageUnknown
        return await file(built / "embed.js", headers=FOR_A_MOMENT | {"Cross-Origin-Resource-Policy": "cross-origin"})

    @site.get("/assets/<name:str>")
    async def asset(_request: Request, name: str) -> HTTPResponse:
        """Raises PageUnknown."""
        wanted = built / "assets" / name
        if wanted.parent != built / "assets" or not wanted.is_file():
            raise PageUnknown
        return await file(wanted, headers=FOR_A_YEAR)

    return site


async def page(path: Path, *, policy: str = PAGE_POLICY) -> HTTPResponse:
    """Raises PageUnknown: also before anything was built."""
    if not path.is_file():
        raise PageUnknown
    return await file(path, headers={"Content-Security-Policy": policy}, no_store=True)
