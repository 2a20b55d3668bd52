"""What messages hold besides words: polls, invoices, albums, files, and what inline bots offer."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.models.inline import InlineMode
from sandbox.models.media import plain_picture
from tests.sandbox.page.conftest import Json, Theatre
from tests.sandbox.page.sights import message, private_chat

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def sends_invoice(theatre: Theatre, **more: Any) -> None:
    """Ask the group for 25.80 euro, or what is named."""
    token = theatre.tg.world.payments.connect_provider(theatre.bot)
    fields: Json = {
        "currency": "EUR",
        "prices": [{"label": "2 jars", "amount": 2580}],
        "provider_token": token,
    }
    about = {"title": "Yunnan honey", "description": "Two jars, on Saturday.", "payload": "order:1"}
    await theatre.calls("sendInvoice", chat_id=theatre.group.id, **about, **(fields | more))


def agreeing(theatre: Theatre, refusal: str | None = None) -> Any:
    """A bot that says yes to every payment, or no with a reason."""

    async def answer(update: Json) -> None:
        if query := update.get("pre_checkout_query"):
            words = {"error_message": refusal} if refusal else {}
            await theatre.calls(
                "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=refusal is None, **words
            )

    return theatre.answering(answer)


async def test_ann_pays_an_invoice_after_the_bank_refused_a_card(theatre: Theatre) -> None:
    await sends_invoice(theatre, max_tip_amount=500, suggested_tip_amounts=[100, 200])
    ann = await theatre.opens_as(theatre.ann)
    await expect(ann.get_by_test_id("invoice")).to_contain_text("25.80 EUR")
    async with agreeing(theatre):
        await ann.get_by_test_id("pay").click()
        sheet = theatre.page.get_by_test_id("pay-sheet")
        await sheet.get_by_test_id("tip").filter(has_text="1.00").click()
        await expect(sheet.get_by_test_id("total")).to_have_text("26.80 EUR")
        await sheet.get_by_test_id("pay-bad-card").click()
        await expect(sheet.get_by_test_id("pay-outcome")).to_contain_text("bank refuses this card")
        await sheet.get_by_role("button", name="Try again").click()
        await sheet.get_by_test_id("pay-card").click()
        await expect(sheet.get_by_role("heading", name="Paid")).to_be_visible()
        await sheet.get_by_role("button", name="Close").click()
    await expect(ann.get_by_test_id("toast")).to_contain_text("Paid")
    await private_chat(ann).click()
    await expect(ann.get_by_test_id("service").last).to_have_text("Ann paid 26.80 EUR")


async def test_the_bots_no_to_a_payment_is_shown_in_its_own_words(theatre: Theatre) -> None:
    await sends_invoice(theatre)
    ann = await theatre.opens_as(theatre.ann)
    async with agreeing(theatre, refusal="The last jar went a minute ago."):
        await ann.get_by_test_id("pay").click()
        await theatre.page.get_by_test_id("pay-card").click()
        await expect(theatre.page.get_by_test_id("pay-outcome")).to_have_text(
            "The last jar went a minute ago."
        )
    assert theatre.tg.world.payments.charges == {}


async def test_stars_are_paid_from_a_balance(theatre: Theatre) -> None:
    await sends_invoice(
        theatre, currency="XTR", prices=[{"label": "A tip", "amount": 150}], provider_token=""
    )
    ann = await theatre.opens_as(theatre.ann)
    async with agreeing(theatre):
        await ann.get_by_test_id("pay").click()
        sheet = theatre.page.get_by_test_id("pay-sheet")
        await sheet.get_by_test_id("pay-stars").click()
        await expect(sheet.get_by_role("alert")).to_contain_text("Stars")
        for balance in ("⭐ 100", "⭐ 200"):
            await sheet.get_by_test_id("buy-stars").click()
            await expect(sheet.get_by_test_id("stars")).to_have_text(balance)
        await sheet.get_by_test_id("pay-stars").click()
        await expect(sheet.get_by_role("heading", name="Paid")).to_be_visible()
    assert theatre.ann.stars == 50


async def test_two_people_vote_and_see_each_others_votes(theatre: Theatre) -> None:
    options = [{"text": "Friday"}, {"text": "Saturday"}]
    await theatre.calls("sendPoll", chat_id=theatre.group.id, question="When?", options=options)
    ann = await theatre.opens_as(theatre.ann, theatre.mei)
    mei = theatre.window_of(theatre.mei)
    await ann.get_by_test_id("option").filter(has_text="Saturday").click()
    await expect(ann.get_by_test_id("option").last).to_contain_text("100%")
    await expect(ann.get_by_test_id("option").last).to_have_attribute("aria-pressed", "true")
    await expect(mei.get_by_test_id("poll-total")).to_have_text("1 vote")
    await expect(mei.get_by_test_id("poll")).not_to_contain_text("%")
    await mei.get_by_test_id("option").filter(has_text="Friday").click()
    await expect(ann.get_by_test_id("option").first).to_contain_text("50%")
    await ann.get_by_test_id("retract").click()
    await expect(mei.get_by_test_id("option").first).to_contain_text("100%")


async def test_of_several_answers_those_that_are_ticked_count(theatre: Theatre) -> None:
    options = [{"text": "Dark"}, {"text": "Light"}, {"text": "Both"}]
    poll = {"question": "Which?", "options": options, "allows_multiple_answers": True}
    await theatre.calls("sendPoll", chat_id=theatre.group.id, **poll)
    ann = await theatre.opens_as(theatre.ann)
    for words in ("Dark", "Both"):
        await ann.get_by_test_id("option").filter(has_text=words).get_by_role("checkbox").check()
    await ann.get_by_test_id("vote").click()
    await expect(ann.get_by_test_id("poll-total")).to_have_text("1 vote")
    assert theatre.group.last_message.poll is not None
    assert theatre.group.last_message.poll.votes == {theatre.ann.id: [0, 2]}


async def test_a_result_of_an_inline_bot_is_chosen_with_the_keyboard(theatre: Theatre) -> None:
    theatre.bot.inline = InlineMode()
    ann = await theatre.opens_as(theatre.ann)
    composer = ann.get_by_test_id("composer")

    async def offer(update: Json) -> None:
        if query := update.get("inline_query"):
            results = [
                {
                    "type": "article",
                    "id": title,
                    "title": title,
                    "description": f"found for {query['query']}",
                    "input_message_content": {"message_text": f"{title}: 12.90"},
                }
                for title in ("Chestnut", "Acacia")
            ]
            await theatre.calls("answerInlineQuery", inline_query_id=query["id"], results=results)

    async with theatre.answering(offer):
        await composer.press_sequentially("@honey_bot sweet")
        await expect(ann.get_by_test_id("inline-result")).to_have_count(2)
        await expect(ann.get_by_test_id("inline-result").first).to_contain_text("found for sweet")
        await composer.press("ArrowDown")
        await composer.press("Enter")
        await expect(message(ann, "Acacia: 12.90")).to_contain_text("via @honey_bot")
    await expect(composer).to_have_value("")


async def test_a_card_is_sent_into_a_chat_that_she_picks(theatre: Theatre) -> None:
    theatre.bot.inline = InlineMode()
    picture = theatre.tg.world.add_file(plain_picture(), name="honey.png")
    family = theatre.tg.group("Family", owner=theatre.ann)
    keyboard = {"inline_keyboard": [[{"text": "Send it on", "switch_inline_query": "#1 honey"}]]}
    await theatre.calls("sendMessage", chat_id=theatre.group.id, text="Share it", reply_markup=keyboard)
    ann = await theatre.opens_as(theatre.ann)

    async def offer(update: Json) -> None:
        if query := update.get("inline_query"):
            result = {"type": "photo", "id": "1", "photo_file_id": picture.file_id, "title": query["query"]}
            await theatre.calls("answerInlineQuery", inline_query_id=query["id"], results=[result])

    async with theatre.answering(offer):
        await ann.get_by_role("button", name="Send it on").click()
        await theatre.page.get_by_test_id("pick-chat").get_by_role("button", name="Family").click()
        await expect(ann.get_by_test_id("chat-title")).to_have_text("Family")
        result = ann.get_by_test_id("inline-result")
        await expect(result).to_contain_text("#1 honey")
        await expect(result.get_by_role("presentation")).to_be_visible()
        await result.click()
        await expect(ann.get_by_role("button", name="Open the photo")).to_be_visible()
    assert family.last_message.message.photo is not None


async def test_an_album_is_one_message_with_a_grid(theatre: Theatre) -> None:
    await theatre.mei.sends_album(
        *[plain_picture(red) for red in (50, 100, 150)], caption="Three", in_=theatre.group
    )
    ann = await theatre.opens_as(theatre.ann)
    await expect(message(ann, "Three")).to_have_count(1)
    await expect(ann.get_by_test_id("album").get_by_role("img")).to_have_count(3)
    await theatre.mei.sends_album(plain_picture(), plain_picture(1), caption="Two more", in_=theatre.group)
    await expect(message(ann, "Two more").get_by_role("img")).to_have_count(2)
    await ann.get_by_role("button", name="Open photo 2 of 2").click()
    await expect(theatre.page.get_by_test_id("picture")).to_be_visible()


async def test_a_file_goes_up_and_comes_down_again(theatre: Theatre, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("jar;price\n1;12.90\n")
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_test_id("photo-input").set_input_files(numbers)
    await ann.get_by_test_id("composer").fill("Last year")
    await ann.get_by_test_id("send").click()
    async with theatre.page.expect_download() as download:
        await message(ann, "Last year").get_by_test_id("document").click()
    fetched = await download.value
    assert fetched.suggested_filename == "numbers.csv"
    assert (await fetched.path()).read_bytes() == numbers.read_bytes()
