"""A member of staff before the desk's page: what they do there and what they see."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.pages.axe import violations
from tests.system import System

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000.0  # milliseconds; longer than the 30 s after which a page looks again by itself
PASSWORD = "youxian-dianshi-2026"


def one_time_password(system: System, job_number: str) -> str:
    """As the operator's administrator gets it: by the command."""
    command = (sys.executable, "-m", "bot.desk", "password", job_number)
    told = subprocess.run(command, cwd=ROOT, env=system.environ, capture_output=True, text=True, check=True, timeout=60)
    return re.search(r"one-time password (\S+)", told.stdout + told.stderr).group(1)  # type: ignore[union-attr]


def ago(**time: float) -> str:
    """As the database writes it."""
    return (datetime.now(UTC) - timedelta(**time)).replace(tzinfo=None).isoformat(" ")


class Agent:
    page: Page

    def __init__(self, context: BrowserContext, system: System, job_number: str) -> None:
        self.context = context
        self.job_number = job_number
        self._system = system
        self._errors: list[str] = []

    async def opens_the_desk(self) -> None:
        self.page = await self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self._errors.append(str(error)))
        await self.page.goto(f"{self._system.url()}/desk")

    async def signs_in(self, password: str | None = None) -> None:
        """With a one-time password, by default of the command; it is changed at once."""
        password = password or one_time_password(self._system, self.job_number)
        await self.opens_the_desk()
        await self.page.get_by_label("工号").fill(self.job_number)
        await self.page.get_by_label("密码").fill(password)
        await self.page.get_by_role("button", name="登录").click()
        await self.page.get_by_label("现在的密码").fill(password)
        await self.page.get_by_label("新密码").fill(PASSWORD)
        await self.page.get_by_label("再填一次").fill(PASSWORD)
        await self.page.get_by_role("button", name="换密码").click()
        await self.sees(self.page.get_by_role("menu", name="页面"))

    async def comes_on_line(self) -> None:
        async with self.page.expect_response(lambda told: told.url.endswith("/presence/") and told.ok):
            await self.page.get_by_role("switch", name="接待客户").click()
        await self.sees(self.page.get_by_text("在线接待"))

    async def claims_the_next(self) -> None:
        await self.sees(self.page.get_by_role("navigation", name="对话").get_by_role("listitem").first)
        await self.presses_alt("j")
        await self.sees(self.page.get_by_role("button", name="接入"))
        await self.presses_alt("j")
        await self.sees(self.box)

    async def presses_alt(self, key: str) -> None:
        await self.page.keyboard.press(f"Alt+{key}")

    async def types(self, text: str, *, then: str) -> None:
        """To wherever the focus is."""
        await self.page.keyboard.type(text)
        await self.page.keyboard.press(then)

    async def says(self, text: str) -> None:
        await self.writes(text)
        await self.sends()

    async def sends(self) -> None:
        """What stands in the box."""
        await expect(self.box).to_be_focused()
        await self.page.keyboard.press("Enter")

    async def writes(self, text: str) -> None:
        """And does not send it."""
        await expect(self.box).to_be_focused()
        await self.page.keyboard.type(text)

    async def ends_the_talk(self) -> None:
        """And waits until it is ended: a browser that is closed before leaves the customer to the next test."""
        await self.presses_alt("e")
        await expect(self.box).to_have_count(0)

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="回复客户")

    @property
    def conversation(self) -> str:
        """The one that is open."""
        return self.page.url.rpartition("/")[2]

    async def opens_with_alt(self, key: str) -> Locator:
        await self.presses_alt(key)
        dialog = self.page.get_by_role("dialog")
        await self.sees(dialog)
        return dialog

    async def hands_back(self, summary: str) -> None:
        dialog = await self.opens_with_alt("b")
        await expect(dialog.get_by_role("textbox")).to_be_focused()
        await self.types(summary, then="Control+Enter")
        await expect(dialog).to_be_hidden()

    async def goes_to(self, name: str) -> None:
        await self.page.goto(f"{self._system.url()}/desk#/{name}")

    async def looks_at_tickets(self, view: str) -> None:
        """A tab at a desk, a choice on a phone."""
        tab = self.page.get_by_role("tab", name=view)
        choice = self.page.get_by_role("combobox", name="看哪些工单")
        await self.sees(tab.or_(choice))
        if await tab.is_visible():
            await tab.click()
        else:
            await choice.click()
            option = self.page.locator(".ant-select-item-option").filter(has_text=view)  # its role is elsewhere
            await option.click()
            await expect(option).to_be_hidden()
        await self.sees(self.page.get_by_role("table").get_by_role("link").first)

    async def sees(self, what: Locator | str | re.Pattern[str]) -> None:
        shown = what if isinstance(what, Locator) else self.page.get_by_text(what).filter(visible=True).first
        await expect(shown).to_be_visible()

    async def has_settled(self) -> None:
        """What was asked for is there, what moved in has arrived; what turns for ever may go on."""
        await self.page.wait_for_function(
            """() => !document.querySelector(".ant-skeleton-active, .ant-spin-spinning") &&
                document.getAnimations().every((each) =>
                    each.playState !== "running" || each.effect.getComputedTiming().iterations === Infinity)"""
        )

    async def violations(self) -> list[str]:
        return await violations(self.page)

    def met_no_error(self) -> None:
        assert self._errors == []
