"""What axe finds on a page."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"


async def violations(page: Page) -> list[str]:
    """Everything that is wrong, one line each."""
    await page.evaluate(AXE.read_text())  # run by the debugger: no policy of the page has to allow it
    found: list[dict[str, Any]] = await page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found for node in each["nodes"]]
