"""The built pages of web/: what the browser asks for by name, each page with a policy that lets nothing else in."""

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
FOR_A_YEAR: Final = {"Cache-Control": "public, max-age=31536000, immutable"}  # the build names each file by its content


def pages(*, built: Path = BUILT) -> Blueprint:
    site = Blueprint("pages")

    @site.get("/")
    async def publicity(_request: Request) -> HTTPResponse:
        return await page(built / "index.html")

    @site.get("/assets/<name:str>")
    async def asset(_request: Request, name: str) -> HTTPResponse:
        """Raises PageUnknown."""
        wanted = built / "assets" / name
        if wanted.parent != built / "assets" or not wanted.is_file():
            raise PageUnknown
        return await file(wanted, headers=FOR_A_YEAR)

    return site


async def page(path: Path) -> HTTPResponse:
    """Raises PageUnknown: also before anything was built."""
    if not path.is_file():
        raise PageUnknown
    return await file(path, headers={"Content-Security-Policy": PAGE_POLICY}, no_store=True)
