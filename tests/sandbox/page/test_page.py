"""The chat page in a headless browser; the bot's side is played over the sandbox's own HTTP API."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from sandbox.models.media import plain_picture
from sandbox.stage.hints import Fill, Hint, offer_hints
from tests.sandbox.page.conftest import ORDER, Theatre
from tests.sandbox.page.sights import message

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_ann_orders_and_mei_watches_beside_her(theatre: Theatre) -> None:
    ann = await theatre.opens_as(theatre.mei)
    await ann.get_by_role("radio", name="Ann").click()
    ann = theatre.window_of(theatre.ann)
    # What is typed while the window still changes hands would go with the old one.
    await expect(ann.get_by_role("log")).to_contain_text("Mei added Vouch")
    await ann.get_by_test_id("composer").fill("Is there honey?")
    await ann.get_by_test_id("composer").press("Enter")
    await expect(message(ann, "Is there honey?")).to_have_class(re.compile("is-own"))
    assert (await theatre.group.until_message(containing="honey?")).author is theatre.ann.user

    card_id = await theatre.posts_card()
    await ann.get_by_role("button", name="Order").click()
    await expect(ann.get_by_role("button", name="Order")).to_have_attribute("aria-busy", "true")
    await theatre.answers_tap("1 jar for you")
    await expect(ann.get_by_test_id("toast")).to_have_text("1 jar for you")
    await expect(ann.get_by_role("button", name="Order")).not_to_have_attribute("aria-busy", "true")

    await ann.get_by_test_id("side-by-side").click()
    mei = theatre.window_of(theatre.mei)
    edit = {"chat_id": theatre.group.id, "message_id": card_id, "reply_markup": ORDER, "parse_mode": "HTML"}
    await theatre.calls("editMessageText", text="Yunnan honey: <b>1 of 20</b>", **edit)
    for window in (ann, mei):
        await expect(message(window, "Yunnan honey").locator("strong")).to_have_text("1 of 20")
        await expect(message(window, "Yunnan honey").get_by_test_id("edited")).to_be_visible()


async def test_ann_answers_and_corrects_herself_with_the_keyboard(theatre: Theatre) -> None:
    await theatre.posts_card()
    ann = await theatre.opens_as(theatre.ann)
    await message(ann, "Yunnan honey").hover()
    await ann.get_by_test_id("reply").click()
    await expect(ann.get_by_test_id("banner")).to_contain_text("Reply to Vouch")
    composer = ann.get_by_test_id("composer")
    await composer.fill("+2")
    await composer.press("Enter")
    await expect(message(ann, "+2").get_by_test_id("quotation")).to_contain_text("Yunnan honey")
    await composer.press("ArrowUp")
    await expect(ann.get_by_test_id("banner")).to_contain_text("Edit message")
    await composer.fill("+3")
    await composer.press("Enter")
    await expect(message(ann, "+3").get_by_test_id("edited")).to_be_visible()
    last = theatre.group.last_message
    assert (last.text, last.is_edited, last.reply_to is not None) == ("+3", True, True)
    await composer.press("ArrowUp")
    await composer.press("Escape")
    await expect(ann.get_by_test_id("banner")).to_have_count(0)
    await expect(composer).to_have_value("")


async def test_reactions_are_counted_and_ones_own_stands_out(theatre: Theatre) -> None:
    said = await theatre.mei.says("Good morning", in_=theatre.group)
    ann = await theatre.opens_as(theatre.ann)
    await message(ann, "Good morning").hover()
    await ann.get_by_test_id("react").click()
    await ann.locator("[data-testid=face][data-emoji='🔥']").click()
    chip = message(ann, "Good morning").get_by_test_id("chip")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await theatre.mei.reacts("🔥", to=said)
    await expect(chip).to_have_text("🔥2")
    await chip.click()
    await expect(chip).to_have_attribute("aria-pressed", "false")
    assert said.reactions == {"🔥": 1}


async def test_an_alert_waits_to_be_read(theatre: Theatre) -> None:
    await theatre.posts_card()
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_role("button", name="Rules").click()
    await theatre.answers_tap("One jar a family", alert=True)
    alert = theatre.page.get_by_test_id("alert")
    await expect(alert).to_contain_text("One jar a family")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_have_count(0)


async def test_a_newcomer_joins_by_a_link_in_a_message(theatre: Theatre) -> None:
    url = await theatre.mei.makes_link(theatre.group)
    await theatre.mei.says(f"Bring your friends: {url}", in_=theatre.group)
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_role("link", name=url).click()
    await theatre.page.get_by_role("button", name="Join as somebody new…").click()
    newcomer = theatre.page.get_by_test_id("newcomer")
    await newcomer.get_by_label("Name").fill("Noor")
    await newcomer.get_by_role("button", name="Create").click()
    noor = theatre.page.get_by_role("region", name="Telegram as Noor")
    await expect(noor.get_by_test_id("chat-title")).to_have_text("Honey")
    await expect(noor.get_by_test_id("service").last).to_have_text("Noor joined the group")
    assert "Noor" in theatre.group.member_names


async def test_a_deep_link_button_opens_the_private_chat(theatre: Theatre) -> None:
    button = {"text": "My orders", "url": "https://t.me/honey_bot?start=orders"}
    markup = {"inline_keyboard": [[button]]}
    await theatre.calls("sendMessage", chat_id=theatre.group.id, text="Honey", reply_markup=markup)
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_role("button", name="My orders").click()
    await expect(ann.get_by_test_id("chat-title")).to_have_text("Vouch")
    await expect(ann.get_by_test_id("message").last).to_contain_text("/start orders")


async def test_a_slash_suggests_the_commands_of_the_bot(theatre: Theatre) -> None:
    commands = [{"command": name, "description": f"About {name}"} for name in ("order", "my", "offers")]
    await theatre.calls("setMyCommands", commands=commands)
    ann = await theatre.opens_as(theatre.ann)
    composer = ann.get_by_test_id("composer")
    await composer.press_sequentially("/o")
    await expect(ann.get_by_test_id("suggestion")).to_have_text(["/orderAbout order", "/offersAbout offers"])
    await composer.press("ArrowDown")
    await composer.press("Enter")
    await expect(composer).to_have_value("/offers ")


async def test_a_photo_is_sent_with_its_caption(theatre: Theatre, tmp_path: Path) -> None:
    picture = tmp_path / "jar.png"
    picture.write_bytes(plain_picture())
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_test_id("photo-input").set_input_files(picture)
    await ann.get_by_test_id("composer").fill("A jar")
    await ann.get_by_test_id("send").click()
    await expect(message(ann, "A jar").locator("img")).to_be_visible()
    assert theatre.group.last_message.photo == picture.read_bytes()


async def test_what_people_write_is_never_markup(theatre: Theatre) -> None:
    hostile = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"
    await theatre.tg.person(hostile).joins(await theatre.mei.makes_link(theatre.group))
    said = await theatre.mei.says(hostile, in_=theatre.group)
    ann = await theatre.opens_as(theatre.ann)
    await expect(ann.locator(f"[data-id='{said.id}'] .words")).to_have_text(hostile)
    await expect(theatre.page).to_have_title(re.compile("Sandbox"))
    await expect(ann.locator("img, script")).to_have_count(0)


async def test_a_long_chat_shows_its_end_and_earlier_messages_on_demand(theatre: Theatre) -> None:
    for number in range(1_000):
        await theatre.mei.says(f"line {number}", in_=theatre.group)
    ann = await theatre.opens_as(theatre.ann)
    await expect(message(ann, "line 999")).to_be_in_viewport()
    assert await ann.get_by_test_id("message").count() <= 200
    await ann.get_by_test_id("earlier").click()
    await expect(message(ann, "line 850")).to_have_count(1)
    await theatre.mei.says("the end", in_=theatre.group)
    await ann.get_by_test_id("to-end").click()
    await expect(message(ann, "the end")).to_be_in_viewport()


async def test_traffic_and_hints_in_the_panel(theatre: Theatre) -> None:
    fill = Fill(
        label="Ask", person=theatre.ann.id, chat=str(theatre.group.id), text="Honey?", reply_to="card"
    )
    offer_hints(theatre.tg.world, "To try", [Hint(words="Ask Mei.", fills=(fill,))])
    await theatre.posts_card()
    await theatre.opens_as(theatre.mei)
    await theatre.page.get_by_test_id("fill").click()
    ann = theatre.window_of(theatre.ann)
    await expect(ann.get_by_test_id("composer")).to_have_value("Honey?")
    await expect(ann.get_by_test_id("banner")).to_contain_text("Yunnan honey")
    await theatre.page.get_by_test_id("tab-traffic").click()
    await ann.get_by_test_id("composer").press("Enter")
    entry = theatre.page.get_by_test_id("entry").first
    await expect(entry).to_contain_text("Ann · Honey?")
    await entry.locator("summary").click()
    await expect(entry.locator("pre")).to_contain_text("reply_to_message")
