"""Takes the pictures of the documentation from the real demo: `.venv/bin/python docs/pictures/take.py`.

It needs the system's Chromium, as the page test does (Debian: apt-get install chromium).
"""

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

HERE = Path(__file__).parent
RUN_BOT = HERE.parent.parent / "run_bot.py"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PICK = "/pick 12.90 Yunnan honey | 20 jars | till 20:00"
# The card is edited once in a few seconds, whatever happens in between.
PATIENCE_MS = 15_000
# A third of the bytes; only the shades of the round initials show it.
COLOURS = 256


def main() -> None:
    """Play a small sale and take every picture on the way."""
    if CHROMIUM is None:
        sys.exit("No chromium on this machine: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        desk = open_desk(browser, url)
        play_the_sale(desk)
        take_side_by_side(desk)
        take_phone(browser, url)
        take_settings(desk)
        close_the_sale(desk)
        take_roll_up(desk)
        take_rush(desk)
        take_traffic(desk)
        watching = open_desk(browser, url)
        take_market(watching)
        take_trust(watching)
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo on a free port; yields the page's address."""
    command = [sys.executable, str(RUN_BOT), "demo", "--port", "8200"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = (re.search(r"http://\S+", line) for line in process.stdout)
        yield next(match[0] for match in found if match)
    finally:
        process.terminate()
        process.wait(timeout=15)


def open_desk(browser: Browser, url: str) -> Page:
    """The page on a desktop, with Mei's window."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(url)
    page.get_by_test_id("close-panel").click()
    return page


def play_the_sale(page: Page) -> None:
    """Mei posts the honey; everybody orders in a way of her own."""
    mei = become(page, "Mei")
    answer(mei, "The first jars", PICK)
    expect(card(mei)).to_contain_text("0 of 20 jars")

    ann = become(page, "Ann")
    tap(ann, "Order +1")
    expect(card(ann)).to_contain_text("1 of 20 jars")
    react(ann, "😍")
    expect(card(ann)).to_contain_text("😍 1")

    ben = become(page, "Ben")
    answer(ben, "12.90 each", "+2")
    expect(message(ben, "+2").last.get_by_test_id("chip")).to_contain_text("👌")
    composer(ben).press("ArrowUp")
    say(ben, "+3")
    expect(card(ben)).to_contain_text("4 of 20 jars")

    xiaolin = become(page, "小林")
    answer(xiaolin, "12.90 each", "来两份")
    expect(card(xiaolin)).to_contain_text("6 of 20 jars ordered by 3 people")
    react(xiaolin, "🔥")
    expect(card(xiaolin)).to_contain_text("🔥 1")

    dmitri = become(page, "Дмитрий")
    react(dmitri, "🔥")
    expect(card(dmitri)).to_contain_text("🔥 2")


def take_side_by_side(page: Page) -> None:
    """Mei and Ann in the same chat, as Ann takes one more."""
    become(page, "Mei")
    page.get_by_test_id("side-by-side").click()
    ann = window(page, "Ann")
    tap(ann, "Order +1")
    expect(ann.get_by_test_id("toast")).to_contain_text("2 × Yunnan honey")
    for name in ("Mei", "Ann"):
        expect(card(window(page, name))).to_contain_text("7 of 20 jars")
    show_card(ann)
    take(page, "side-by-side")
    ann.get_by_test_id("close-client").click()


def take_settings(page: Page) -> None:
    """The settings card in Mei's private chat."""
    mei = window(page, "Mei")
    open_private(mei)
    cards = message(mei, "Settings of Honey & Harvest")
    before = cards.count()
    say(mei, "/settings")
    expect(cards).to_have_count(before + 1)
    tap(mei, "Time zone")
    tap(mei, "Berlin")
    expect(message(mei, "Europe/Berlin")).to_be_visible()
    expect(mei.get_by_test_id("toast")).to_have_count(0)
    take(page, "settings")


def take_phone(browser: Browser, url: str) -> None:
    """Ben's phone in the evening."""
    page = browser.new_page(
        viewport={"width": 390, "height": 844}, device_scale_factor=1.5, color_scheme="dark", has_touch=True
    )
    page.goto(url)
    show_card(become(page, "Ben"))
    take(page, "phone")
    page.close()


def close_the_sale(page: Page) -> None:
    """Mei closes her pick in the group."""
    mei = window(page, "Mei")
    mei.locator("[data-testid=chat-item][data-chat^='-']").click()
    say(mei, "/close 1")
    expect(card_closed(mei)).to_be_visible()


def take_roll_up(page: Page) -> None:
    """The list that Mei gets at the close."""
    mei = window(page, "Mei")
    open_private(mei)
    expect(message(mei, "Closed: 7 ordered by 3 people")).to_be_visible()
    take(page, "roll-up")


def take_rush(page: Page) -> None:
    """Two hundred people at one card, with the scene beside it."""
    open_panel(page, "scenes")
    scene = page.locator("[data-scene=flash-sale]")
    scene.get_by_test_id("play").click()
    lin = window(page, "Lin")
    expect(card(lin)).to_be_visible()
    expect(card(lin)).to_contain_text(re.compile(r"(6|7|8)\d of 120 tins"), timeout=60_000)
    show_card(lin)
    take(page, "rush")
    scene.get_by_test_id("speed").filter(has_text="20×").click()
    expect(scene.get_by_test_id("scene-says")).to_contain_text("people wanted it", timeout=60_000)


def take_traffic(page: Page) -> None:
    """A question while Telegram answers 502: the try that failed and the one that came off."""
    mei = become(page, "Mei")
    mei.locator("[data-testid=chat-item][data-chat^='-']").click()
    expect(mei.get_by_test_id("chat-title")).to_have_text("Honey & Harvest")
    open_panel(page, "faults")
    page.get_by_role("radio", name="5xx").click()
    page.get_by_test_id("fault-name").select_option("sendMessage")
    page.get_by_test_id("fault-chat").select_option(label="Honey & Harvest")
    page.get_by_test_id("arm").click()
    expect(page.get_by_test_id("armed-fault")).to_be_visible()
    take(page, "faults")
    open_panel(page, "traffic")
    say(mei, "/picks")
    expect(page.get_by_test_id("failed").first).to_be_visible()
    expect(page.get_by_test_id("retry").first).to_be_visible()
    take(page, "traffic")


def take_market(page: Page) -> None:
    """What Noor's group could sell for Mei's, in the scene of both."""
    open_panel(page, "scenes")
    page.locator("[data-scene=two-groups]").get_by_test_id("play").click()
    expect(message(window(page, "Noor"), "Supplied by Bees of Lucca")).to_be_visible(timeout=60_000)
    take(page, "market")
    finish(page, "two-groups", "the page of her pick")


def take_trust(page: Page) -> None:
    """What a group bears, once a pick was told to some in it."""
    page.locator("[data-scene=spared]").get_by_test_id("play").click()
    finish(page, "spared", "Whoever was told")
    expect(page.get_by_test_id("toast")).to_have_count(0)
    take(page, "trust")


def finish(page: Page, scene: str, outcome: str) -> None:
    """Let a scene end, at the pace that it has."""
    says = page.locator(f"[data-scene={scene}]").get_by_test_id("scene-says")
    expect(says).to_contain_text(outcome, timeout=90_000)


def open_panel(page: Page, tab: str) -> None:
    """Open a tab of the side panel."""
    if not page.get_by_test_id(f"tab-{tab}").is_visible():
        page.get_by_test_id("toggle-panel").click()
    page.get_by_test_id(f"tab-{tab}").click()


def become(page: Page, name: str) -> Locator:
    """Be this person in the first window; it shows the group or whatever she had open."""
    page.get_by_test_id("client").first.get_by_role("radio", name=re.compile(f"^{name},")).click()
    mine = window(page, name)
    expect(mine).not_to_have_attribute("aria-busy", "true")
    return mine


def window(page: Page, name: str) -> Locator:
    """The window of a person."""
    return page.get_by_role("region", name=f"Telegram as {name}")


def message(window: Locator, words: str) -> Locator:
    """Messages with these words."""
    return window.get_by_test_id("message").filter(has_text=words)


def card(window: Locator) -> Locator:
    """The card that takes orders."""
    return window.get_by_test_id("message").filter(has=window.page.get_by_text("Order +1"))


def card_closed(window: Locator) -> Locator:
    """The card that takes none any more."""
    return message(window, "#1 Yunnan honey").filter(has_text="Closed")


def composer(window: Locator) -> Locator:
    """Where the person writes."""
    return window.get_by_test_id("composer")


def say(window: Locator, text: str) -> None:
    """Write something and send it."""
    composer(window).fill(text)
    window.get_by_test_id("send").click()
    expect(composer(window)).to_have_value("")


def answer(window: Locator, words: str, text: str) -> None:
    """Reply to the newest message with these words."""
    answered = message(window, words).last
    answered.hover()
    answered.get_by_test_id("reply").click()
    say(window, text)


def tap(window: Locator, words: str) -> None:
    """Tap a button below a message."""
    window.get_by_test_id("key").filter(has_text=words).last.click()


def react(window: Locator, emoji: str) -> None:
    """Give the card a face."""
    card(window).hover()
    card(window).get_by_test_id("react").click()
    window.locator(f"[data-testid=face][data-emoji='{emoji}']").first.click()
    expect(card(window).locator(f"[data-testid=chip][data-emoji='{emoji}']")).to_be_visible()


def open_private(window: Locator) -> None:
    """Open the chat with the bot."""
    window.locator("[data-testid=chat-item][data-chat*=':']").click()
    expect(window.get_by_test_id("chat-title")).to_have_text("Vouch")


def show_card(window: Locator) -> None:
    """Scroll so that the card ends where the window's messages end."""
    card(window).evaluate("card => card.scrollIntoView({ block: 'end' })")


def take(page: Page, name: str) -> None:
    """Write docs/pictures/<name>.png."""
    page.mouse.move(1, 1)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
