"""The built pages of web/: what the browser asks for by name, each page with a policy that lets nothing else in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.errors import PageUnknown
from bot.responses import EITHER_WAY, GZIP, accepts_gzip, file_response

BUILT: Final = Path(__file__).resolve().parent.parent / "web/dist"
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
FOR_A_MOMENT: Final = {"cache-control": "public, max-age=300"}
FOR_A_YEAR: Final = {"cache-control": "public, max-age=31536000, immutable"}  # the build names each file by its content


def pages(*, built: Path = BUILT, origins: Sequence[str] = ()) -> Blueprint:
    """`origins`: the sites of others that may frame the chat."""
    site = Blueprint("pages")
    framed = PAGE_POLICY.replace("frame-ancestors 'none'", " ".join(("frame-ancestors 'self'", *origins)))

    @site.get("/")
    async def publicity(request: Request) -> HTTPResponse:
        return await page(request, built / "index.html")

    @site.get("/chat.html")
    async def chat(request: Request) -> HTTPResponse:
        response = await page(request, built / "chat.html", policy=framed)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"  # only for browsers that don't know frame-ancestors
        return response

    @site.get("/desk")
    async def desk(request: Request) -> HTTPResponse:
        return await page(request, built / "desk.html")

    @site.get("/embed.js")
    async def embed(request: Request) -> HTTPResponse:
        """The one line that an operator puts into its own site. Raises PageUnknown."""
        headers = FOR_A_MOMENT | {"Cross-Origin-Resource-Policy": "cross-origin"}
        return await packed(request, built / "embed.js", headers=headers)

    @site.get("/assets/<name:str>")
    async def asset(request: Request, name: str) -> HTTPResponse:
        """Raises PageUnknown."""
        wanted = built / "assets" / name
        if wanted.parent != built / "assets":
            raise PageUnknown
        return await packed(request, wanted, headers=FOR_A_YEAR)

    return site


async def page(request: Request, path: Path, *, policy: str = PAGE_POLICY) -> HTTPResponse:
    """Raises PageUnknown: also before anything was built."""
    return await packed(request, path, headers={"Content-Security-Policy": policy, "cache-control": "no-store"})


async def packed(request: Request, path: Path, *, headers: dict[str, str]) -> HTTPResponse:
    """As the build has packed it, where it has and the browser unpacks it. Raises PageUnknown."""
    if not path.is_file():
        raise PageUnknown
    small = path.with_name(f"{path.name}.gz")
    if small.is_file() and accepts_gzip(request):
        return await file_response(small, headers=headers | EITHER_WAY | GZIP, name=path.name)
    return await file_response(path, headers=headers | EITHER_WAY)
