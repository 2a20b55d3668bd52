"""The side panel: failed deliveries and retries, fault switches, the clock, scenes."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from playwright.async_api import expect

from sandbox.scenes.catalogue import SCENES
from sandbox.stage.playbill import offer_scenes
from tests.sandbox.page.conftest import ORDER, Json, Theatre
from tests.sandbox.page.sights import message

pytestmark = pytest.mark.asyncio(loop_scope="module")


@asynccontextmanager
async def webhook_that_fails(*statuses: int) -> AsyncIterator[str]:
    """A webhook that answers with these statuses at first, and then takes everything; yields its address."""
    failures = list(statuses)

    async def take(request: web.Request) -> web.Response:
        return web.Response(status=failures.pop(0) if failures else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


async def test_a_failed_delivery_and_its_retry_stand_out(theatre: Theatre) -> None:
    theatre.tg.world.webhooks.backoff_scale = 0.01
    await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("traffic")
    async with webhook_that_fails(500, 502) as url:
        await theatre.calls("setWebhook", url=url, drop_pending_updates=True)
        await theatre.ann.says("Is there honey?", in_=theatre.group)
        deliveries = panel.locator("[data-testid=entry][data-kind=delivery]")
        await expect(deliveries.first).to_contain_text("taken at last")
        await theatre.calls("deleteWebhook")
    await expect(deliveries).to_have_count(3)
    await expect(deliveries.nth(2)).to_contain_text("500 Internal Server Error")
    await expect(deliveries.nth(1)).to_contain_text("502 Bad Gateway")
    await expect(deliveries.nth(1).get_by_test_id("retry")).to_have_text("try 2")
    await expect(deliveries.nth(1)).to_have_class(re.compile("is-failed"))
    await expect(deliveries.first.get_by_test_id("retry")).to_have_text("try 3")
    await panel.get_by_test_id("only-trouble").click()
    await expect(panel.locator("[data-testid=entry][data-kind=update]:visible")).to_have_count(0)
    await expect(deliveries.first).to_be_visible()


async def test_a_fault_is_armed_strikes_and_is_gone(theatre: Theatre) -> None:
    await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("faults")
    await expect(panel).to_contain_text("all goes well")
    await panel.get_by_test_id("fault-kind").filter(has_text="429").click()
    await panel.get_by_test_id("fault-name").select_option("sendMessage")
    await panel.get_by_test_id("fault-chat").select_option(label="Honey")
    await panel.get_by_test_id("fault-times").fill("2")
    await panel.get_by_test_id("arm").click()
    armed = panel.get_by_test_id("armed-fault")
    await expect(armed).to_contain_text("sendMessage in Honey · 2 times")
    send = f"{theatre.tg.url}/bot{theatre.bot.token}/sendMessage"
    said = {"chat_id": theatre.group.id, "text": "Fresh honey"}
    for left in ("once", None):
        async with theatre.http.post(send, json=said) as response:
            assert (response.status, response.headers["Retry-After"]) == (429, "5")
        await (expect(armed).to_contain_text(left) if left else expect(armed).to_have_count(0))
    await theatre.calls("sendMessage", **said)
    await theatre.opens_panel("traffic")
    tries = panel.get_by_test_id("entry").filter(has_text="sendMessage")
    await expect(tries).to_have_count(3)
    await expect(tries.nth(1).get_by_test_id("failed")).to_have_text("429")
    await expect(tries.first.get_by_test_id("retry")).to_have_text("try 3")


async def test_a_line_that_is_cut_after_the_effect_is_told_and_all_faults_are_called_off(
    theatre: Theatre,
) -> None:
    ann = await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("faults")
    for words in ("Cut after", "Duplicate", "Slow"):
        await panel.get_by_role("radio", name=words, exact=True).click()
        await panel.get_by_test_id("arm").click()
    await expect(panel.get_by_test_id("armed-fault")).to_have_count(3)
    with pytest.raises(Exception, match=r"disconnected|reset"):
        await theatre.calls("sendMessage", chat_id=theatre.group.id, text="Sent all the same")
    await expect(message(ann, "Sent all the same")).to_have_count(1)
    await panel.get_by_test_id("clear-faults").click()
    await expect(panel.get_by_test_id("armed-fault")).to_have_count(0)
    assert theatre.tg.world.faults.waiting == []
    await theatre.opens_panel("traffic")
    await expect(panel.get_by_test_id("failed").first).to_have_text("cut")


async def test_a_wrong_fault_is_refused_in_a_sentence(theatre: Theatre) -> None:
    await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("faults")
    await panel.get_by_test_id("fault-times").evaluate("field => { field.max = ''; field.value = '9999999' }")
    await panel.get_by_test_id("arm").click()
    await expect(panel.get_by_role("alert").first).to_contain_text("must lie between")


async def test_the_clock_goes_forward(theatre: Theatre) -> None:
    await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("faults")
    clock = theatre.tg.world.clock
    await expect(panel.get_by_test_id("clock")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    for words, least in (("+1 min", 60), ("+1 h", 3_660), ("+1 day", 90_060)):
        await panel.get_by_role("button", name=words).click()
        await expect(panel.locator(".clock-note")).to_contain_text("ahead")
        await theatre.tg.world.until(lambda least=least: clock.offset >= least)  # type: ignore[misc]
    await panel.get_by_role("button", name="Next midnight").click()
    await expect(panel.get_by_test_id("clock")).to_contain_text("00:00:0")


async def test_the_traffic_is_filtered_and_unfolded(theatre: Theatre) -> None:
    await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("traffic")
    await theatre.ann.says("Needle", in_=theatre.group)
    await theatre.mei.says("Hay", in_=theatre.group)
    await panel.get_by_test_id("traffic-filter").fill("needle")
    shown = panel.locator("[data-testid=entry]:visible")
    await expect(shown).to_have_count(1)
    await shown.locator("summary").click()
    await expect(shown.locator("pre")).to_contain_text('"text": "Needle"')


async def test_a_scene_is_started_held_hurried_and_stopped(theatre: Theatre) -> None:
    offer_scenes(theatre.tg.world, SCENES)
    await theatre.opens_as(theatre.ann)
    panel = await theatre.opens_panel("scenes")
    scene = panel.locator("[data-scene=honey]")
    await scene.get_by_test_id("play").click()
    await expect(theatre.window_of(theatre.mei).get_by_test_id("chat-title")).to_have_text("Honey & Harvest")
    await scene.get_by_test_id("pause").click()
    await expect(scene.get_by_role("button", name="Go on")).to_be_visible()
    await scene.get_by_test_id("speed").filter(has_text="20×").click()
    await expect(panel.locator("[data-scene=flash-sale]").get_by_test_id("play")).to_be_disabled()
    await scene.get_by_test_id("stop").click()
    await expect(scene.get_by_test_id("scene-says")).to_contain_text("Stopped")


async def test_a_rush_of_two_hundred_leaves_the_page_smooth(theatre: Theatre) -> None:
    offer_scenes(theatre.tg.world, SCENES)
    await theatre.opens_as(theatre.mei)
    panel = await theatre.opens_panel("scenes")
    await theatre.page.evaluate(_WATCH_LONG_TASKS)

    async def sells(update: Json) -> None:
        if (update.get("message") or {}).get("text", "").startswith("/pick"):
            chat = update["message"]["chat"]["id"]
            await theatre.calls("sendMessage", chat_id=chat, text="#1 Pepper", reply_markup=ORDER)
        elif query := update.get("callback_query"):
            await theatre.calls("answerCallbackQuery", callback_query_id=query["id"], text="Yours")

    async with theatre.answering(sells):
        scene = panel.locator("[data-scene=flash-sale]")
        await scene.get_by_test_id("play").click()
        await scene.get_by_test_id("speed").filter(has_text="20×").click()
        await expect(scene.get_by_test_id("scene-says")).to_contain_text("people wanted it", timeout=30_000)
    lin = theatre.page.get_by_role("region", name="Telegram as Lin")
    await expect(message(lin, "#1 Pepper").first).to_be_in_viewport()
    longest = await theatre.page.evaluate("Math.max(0, ...window.longTasks)")
    assert longest < 500, f"the page stood still for {longest} ms"


async def test_a_scene_says_why_it_ends_early_with_another_bot(theatre: Theatre) -> None:
    offer_scenes(theatre.tg.world, SCENES)
    await theatre.opens_as(theatre.mei)
    panel = await theatre.opens_panel("scenes")
    scene = panel.locator("[data-scene=failed-buy]")
    await scene.get_by_test_id("play").click()
    await scene.get_by_test_id("speed").filter(has_text="20×").click()
    await expect(scene.get_by_test_id("scene-says")).to_contain_text(
        "Vouch did not lead to the settings of its group", timeout=40_000
    )


_WATCH_LONG_TASKS = """() => {
  window.longTasks = [];
  const note = (list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration));
  new PerformanceObserver(note).observe({ entryTypes: ["longtask"] });
}"""
