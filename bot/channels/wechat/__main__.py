"""python -m bot.channels.wechat menu, … code AREA: sets up the official account, while the bot runs or not."""

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime

from backend import telemetry
from backend.charters import CharterInvalid, load_charter
from backend.domain.charter import Charter
from bot.channels.wechat import menu
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.errors import WechatUnavailable
from bot.channels.wechat.parts import api_of
from bot.conversations.database import open_database
from bot.conversations.threads import Threads
from bot.settings import SettingsInvalid, database_url_of, operator_of, wechat_of_environ


async def _done(wanted: argparse.Namespace, api: WechatApi, charter: Charter) -> str:
    if wanted.what == "menu":
        await api.create_menu(menu.body(charter))
        return "the menu is set; who follows the account sees it within 24 hours"
    return f"{wanted.area}: make a QR code 二维码 of {await api.lasting_code(wanted.area)}"


async def _run(wanted: argparse.Namespace, charter: Charter) -> str:
    settings = wechat_of_environ(os.environ)
    if settings is None:
        raise SettingsInvalid("SHOUWEN_WECHAT_APP_ID is missing")
    database = open_database(database_url_of(os.environ))
    threads = Threads(dialect=database.dialect.name)
    api = api_of(settings, database=database, threads=threads, clock=lambda: datetime.now(UTC))
    try:
        return await _done(wanted, api, charter)
    finally:
        await api.close()
        threads.close()
        database.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.channels.wechat", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("menu", help="sets the account's menu 自定义菜单 to what the operator's charter offers")
    code = what.add_parser("code", help="the lasting QR code of an area's contact card 片区联系卡")
    code.add_argument("area", help="a key of areas.yml")
    wanted = parser.parse_args()
    telemetry.configure(process="wechat")
    try:
        charter = load_charter(operator=operator_of(os.environ))
        if wanted.what == "code" and charter.area(wanted.area) is None:
            sys.exit(f"wechat: {wanted.area} is no area of {charter.operator.id}")
        print(asyncio.run(_run(wanted, charter)))  # noqa: T201
    except (SettingsInvalid, CharterInvalid, WechatUnavailable) as refused:
        sys.exit(f"wechat: {refused}")


if __name__ == "__main__":
    main()
