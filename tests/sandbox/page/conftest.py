"""A theatre for the page: a group of Mei and Ann with a bot, and a headless browser that shows it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.people import Sandbox
from sandbox.persons import Person
from sandbox.stage.routes import mount

Json = dict[str, Any]
HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_NO_CHROMIUM = "no chromium on this machine: apt-get install chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ORDER = {
    "inline_keyboard": [
        [{"text": "Order", "callback_data": "order"}, {"text": "Rules", "callback_data": "?"}]
    ]
}


@dataclass(frozen=True, kw_only=True)
class Theatre:
    """A group of Mei and Ann with a bot, and the page that shows it."""

    tg: Sandbox
    http: aiohttp.ClientSession
    bot: Bot
    group: Group
    mei: Person
    ann: Person
    page: Page

    async def opens_as(self, *people: Person) -> Locator:
        """Open the page with these people's windows and return the first."""
        await self.page.goto(f"{self.tg.url}/#{','.join(str(person.id) for person in people)}")
        first = self.window_of(people[0])
        await expect(first.get_by_test_id("chat-title")).to_be_visible()
        return first

    def window_of(self, person: Person) -> Locator:
        return self.page.get_by_role("region", name=f"Telegram as {person.name}")

    async def posts_card(self, text: str = "Yunnan honey") -> int:
        """Post a message with buttons, as the bot would; returns its id."""
        sent = await self.calls("sendMessage", chat_id=self.group.id, text=text, reply_markup=ORDER)
        return int(sent["message_id"])

    async def answers_tap(self, text: str, *, alert: bool = False) -> None:
        """Answer the next press of a button."""
        offset = 0
        while True:
            updates = await self.calls("getUpdates", offset=offset, timeout=5)
            offset = updates[-1]["update_id"] + 1 if updates else offset
            for query in (update["callback_query"] for update in updates if "callback_query" in update):
                await self.calls(
                    "answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert
                )
                return

    @asynccontextmanager
    async def answering(self, answer: Callable[[Json], Awaitable[None]]) -> AsyncIterator[None]:
        """Let a small bot answer every update for the length of a block."""

        async def serve() -> None:
            offset = 0
            while True:
                for update in await self.calls("getUpdates", offset=offset, timeout=20):
                    offset = update["update_id"] + 1
                    await answer(update)

        serving = asyncio.create_task(serve())
        try:
            yield
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    async def opens_panel(self, tab: str) -> Locator:
        """Open a tab of the side panel."""
        if not await self.page.get_by_test_id(f"tab-{tab}").is_visible():
            await self.page.get_by_test_id("toggle-panel").last.click()
        await self.page.get_by_test_id(f"tab-{tab}").click()
        return self.page.get_by_role("complementary", name="Side panel")

    async def calls(self, method: str, **parameters: Any) -> Any:
        async with self.http.post(f"{self.tg.url}/bot{self.bot.token}/{method}", json=parameters) as response:
            answer: Json = await response.json()
            assert answer["ok"], answer
            return answer["result"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    # A busy machine is slow; a page that is wrong stays so.
    expect.set_options(timeout=20_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def theatre(browser: Browser) -> AsyncIterator[Theatre]:
    tg = await Sandbox.start(extend=mount)
    bot = tg.world.add_bot("honey_bot", name="Vouch")
    bot.updates.guards_polling = False
    mei, ann = tg.person("Mei"), tg.person("Ann")
    group = tg.group("Honey", owner=mei, members=[ann])
    await mei.adds_bot(bot, group, admin=True)
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(5_000)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    async with aiohttp.ClientSession() as http:
        yield Theatre(tg=tg, http=http, bot=bot, group=group, mei=mei, ann=ann, page=page)
    await page.close()
    await tg.stop()
    assert broken == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of the page share one browser, and are left out where there is none."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.page)
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium")
                )
