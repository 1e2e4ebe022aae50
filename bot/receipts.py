"""/r/<code>: the link in an order to the repair staff; who opens it confirms the receipt with one tap 接单 (R1.8)."""

from html import escape
from typing import Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import BackendClient, BackendUnavailable, Refused
from bot.errors import BackendAway
from bot.responses import correlation_id

LONGEST_CODE: Final = 64
HEADERS: Final = {"Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'self'"}


def receipts(*, backend: BackendClient) -> Blueprint:
    pages = Blueprint("receipts", url_prefix="/r")

    @pages.get("/<code:str>")
    async def ask(_request: Request, code: str) -> HTTPResponse:
        """Looking confirms nothing: what reads links by itself must not."""
        button = '<form method="post"><button style="font-size:1.5em">确认接单</button></form>'
        return _page(f"<p>接单码 {escape(code[:LONGEST_CODE])}</p>{button}")

    @pages.post("/<code:str>")
    async def confirm(request: Request, code: str) -> HTTPResponse:
        try:
            ticket = await backend.confirm_receipt(
                receipt_token=code[:LONGEST_CODE], correlation_id=correlation_id(request)
            )
        except Refused as refusal:
            return _page(f"<p>{escape(refusal.message)}</p>", status=404)
        except BackendUnavailable as away:
            raise BackendAway from away
        return _page(f"<p>已接单：工单 {escape(ticket.number)}。请尽快联系客户，约定上门时间。</p>")

    return pages


def _page(body: str, *, status: int = 200) -> HTTPResponse:
    head = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>接单</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
    )
    page = f"{head}{body}</body></html>"
    return HTTPResponse(page, status=status, headers=HEADERS, content_type="text/html; charset=utf-8")
