"""A member of staff before the desk's page: what they do there and what they see."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.pages.customer import PATIENCE
from tests.system import System

ROOT = Path(__file__).parents[2]
PASSWORD = "youxian-dianshi-2026"


def one_time_password(system: System, job_number: str) -> str:
    """As the operator's administrator gets it: by the command."""
    command = (sys.executable, "-m", "bot.desk", "password", job_number)
    told = subprocess.run(command, cwd=ROOT, env=system.environ, capture_output=True, text=True, check=True, timeout=60)
    return re.search(r"one-time password (\S+)", told.stdout + told.stderr).group(1)  # type: ignore[union-attr]


class Agent:
    page: Page

    def __init__(self, context: BrowserContext, system: System, job_number: str) -> None:
        self.context = context
        self.job_number = job_number
        self._system = system
        self._errors: list[str] = []

    async def signs_in(self) -> None:
        """With a one-time password, which is changed at once."""
        password = one_time_password(self._system, self.job_number)
        self.page = await self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.on("pageerror", lambda error: self._errors.append(str(error)))
        await self.page.goto(f"{self._system.url()}/desk")
        await self.page.get_by_label("工号").fill(self.job_number)
        await self.page.get_by_label("密码").fill(password)
        await self.page.get_by_role("button", name="登录").click()
        await self.page.get_by_label("现在的密码").fill(password)
        await self.page.get_by_label("新密码").fill(PASSWORD)
        await self.page.get_by_label("再填一次").fill(PASSWORD)
        await self.page.get_by_role("button", name="换密码").click()
        await self.sees(self.page.get_by_role("menu", name="页面"))

    async def comes_on_line(self) -> None:
        await self.page.get_by_role("switch", name="接待客户").click()
        await self.sees(self.page.get_by_text("在线接待"))

    async def opens_the_first_who_waits(self) -> None:
        await self.page.get_by_role("navigation", name="对话").get_by_role("listitem").first.click()

    async def presses_alt(self, key: str) -> None:
        await self.page.keyboard.press(f"Alt+{key}")

    async def says(self, text: str) -> None:
        box = self.page.get_by_role("textbox", name="回复客户")
        await box.fill(text)
        await box.press("Enter")

    async def hands_back(self, summary: str) -> None:
        await self.presses_alt("b")
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("textbox").fill(summary)
        await dialog.get_by_role("button", name="交回机器人").click()

    async def goes_to(self, name: str) -> None:
        await self.page.goto(f"{self._system.url()}/desk#/{name}")

    async def sees(self, what: Locator | str) -> None:
        shown = self.page.get_by_text(what).first if isinstance(what, str) else what
        await expect(shown).to_be_visible(timeout=PATIENCE * 1000)

    def met_no_error(self) -> None:
        assert self._errors == []
