"""Founding chats, rights, topics, migration; telephones, keys and colours."""

import re

import pytest
from playwright.async_api import expect

from tests.sandbox.page.conftest import Theatre
from tests.sandbox.page.sights import group_chat, message, private_chat

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_mei_founds_a_forum_and_opens_a_topic(theatre: Theatre) -> None:
    mei = await theatre.opens_as(theatre.mei)
    await mei.get_by_test_id("found").click()
    founding = theatre.page.get_by_test_id("founding")
    await founding.get_by_label("Name").fill("Village market")
    await founding.get_by_label("Forum").check()
    for name in ("Vouch", "Ann"):
        await founding.get_by_role("checkbox", name=name).check()
    await founding.get_by_role("button", name="Found it").click()
    await expect(mei.get_by_test_id("chat-title")).to_have_text("Village market")
    await mei.get_by_test_id("new-topic").click()
    await theatre.page.get_by_label("Name").fill("Deals")
    await theatre.page.get_by_role("button", name="Open it").click()
    await expect(mei.get_by_role("tab", name="Deals")).to_have_attribute("aria-selected", "true")
    await mei.get_by_test_id("composer").fill("Walnuts")
    await mei.get_by_test_id("composer").press("Enter")
    await expect(message(mei, "Walnuts")).to_be_visible()
    await mei.get_by_role("tab", name="General").click()
    await expect(message(mei, "Walnuts")).to_have_count(0)
    await mei.get_by_role("tab", name="All").click()
    await expect(message(mei, "Walnuts")).to_contain_text("# Deals")
    forum = next(chat for chat in theatre.tg.world.chats.values() if chat.title == "Village market")
    assert [member.user.first_name for member in forum.present()] == ["Mei", "Ann", "Vouch"]
    assert forum.member(theatre.bot.user).is_admin


async def test_a_channel_is_written_by_its_owner_alone(theatre: Theatre) -> None:
    mei = await theatre.opens_as(theatre.mei, theatre.ann)
    await mei.get_by_test_id("open-list").click()
    await mei.get_by_test_id("found").click()
    founding = theatre.page.get_by_test_id("founding")
    await founding.get_by_label("Name").fill("Harvest news")
    await founding.get_by_label("Channel").check()
    await founding.get_by_role("checkbox", name="Ann").check()
    await founding.get_by_role("button", name="Found it").click()
    await expect(mei.get_by_test_id("chat-title")).to_have_text("Harvest news")
    await mei.get_by_test_id("composer").fill("The first jars are here")
    await mei.get_by_test_id("composer").press("Enter")
    ann = theatre.window_of(theatre.ann)
    await ann.get_by_test_id("open-list").click()
    await group_chat(ann, "Harvest news").click()
    await expect(message(ann, "The first jars")).to_have_attribute("data-author", "Harvest news")
    await expect(ann).to_contain_text("Only administrators post in this channel.")


async def test_rights_are_given_and_taken_from_the_sheet_of_a_group(theatre: Theatre) -> None:
    mei = await theatre.opens_as(theatre.mei, theatre.ann)
    ann = theatre.window_of(theatre.ann)
    await mei.get_by_test_id("about").click()
    info = theatre.page.get_by_test_id("info")
    member = info.locator(f"[data-testid=member][data-person='{theatre.ann.id}']")
    for words, status in (
        ("Make admin", "admin"),
        ("Take the office back", "member"),
        ("Mute", "restricted"),
    ):
        await member.locator("summary").click()
        deed = member.get_by_role("button", name=words, exact=True)
        await deed.click()
        await expect(member.locator("summary")).to_contain_text(status)
        await expect(deed).to_have_count(0)
    await expect(ann).to_contain_text("You may not write in this group.")
    await info.get_by_test_id("make-link").click()
    url = await info.get_by_test_id("new-link").inner_text()
    assert url in theatre.group.chat.links
    await theatre.page.keyboard.press("Escape")
    await expect(info).to_have_count(0)


async def test_a_basic_group_becomes_a_supergroup_before_ones_eyes(theatre: Theatre) -> None:
    small = theatre.tg.group("Old friends", owner=theatre.mei, members=[theatre.ann], kind="group")
    await theatre.ann.says("Are we a supergroup yet?", in_=small)
    mei = await theatre.opens_as(theatre.mei)
    await group_chat(mei, "Old friends").click()
    await expect(mei.get_by_test_id("chat-title")).to_have_text("Old friends")
    await mei.get_by_test_id("composer").fill("Now we are")
    await mei.get_by_test_id("about").click()
    await theatre.page.get_by_test_id("migrate").click()
    await expect(theatre.page.get_by_test_id("migrate")).to_have_count(0)
    await expect(mei.get_by_test_id("service").last).to_have_text("The group became a supergroup")
    assert small.chat.kind == "supergroup"
    await expect(mei.get_by_test_id("composer")).to_have_value("Now we are")
    await mei.get_by_test_id("composer").press("Enter")
    await expect(message(mei, "Now we are")).to_be_visible()


async def test_a_muted_woman_is_told_why_she_can_not_be_added_twice(theatre: Theatre) -> None:
    mei = await theatre.opens_as(theatre.mei)
    noor = theatre.tg.person("Noor")
    await mei.get_by_test_id("about").click()
    await theatre.page.get_by_test_id("add-people").click()
    adding = theatre.page.get_by_test_id("adding")
    await adding.get_by_role("checkbox", name="Noor").check()
    await theatre.mei.adds(noor, to=theatre.group)
    await adding.get_by_role("button", name="Add").click()
    await expect(adding.get_by_role("alert")).to_contain_text("Noor is in Honey already")


async def test_on_a_phone_there_is_one_column_and_a_way_back(theatre: Theatre) -> None:
    await theatre.page.set_viewport_size({"width": 390, "height": 800})
    ann = await theatre.opens_as(theatre.ann)
    await expect(ann.get_by_test_id("chat-list")).not_to_be_visible()
    await ann.get_by_role("button", name="Back to the chats").click()
    await expect(ann.get_by_test_id("chat-list")).to_be_visible()
    await private_chat(ann).click()
    await expect(ann.get_by_test_id("chat-title")).to_have_text("Vouch")
    await expect(ann.get_by_test_id("chat-list")).not_to_be_visible()
    await ann.get_by_test_id("start").click()
    await expect(ann.get_by_test_id("message").last).to_contain_text("/start")
    for tab in ("scenes", "traffic", "faults"):
        await theatre.opens_panel(tab)
        assert await theatre.page.evaluate("document.documentElement.scrollWidth") <= 390
    await theatre.page.keyboard.press("Escape")
    await expect(ann.get_by_test_id("composer")).to_be_visible()


async def test_ctrl_k_asks_who_one_wants_to_be(theatre: Theatre) -> None:
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_test_id("composer").click()
    await theatre.page.keyboard.press("Control+k")
    people = theatre.page.get_by_test_id("people")
    await expect(people.get_by_role("searchbox")).to_be_focused()
    await theatre.page.keyboard.type("me")
    await theatre.page.keyboard.press("ArrowDown")
    await theatre.page.keyboard.press("Enter")
    await expect(theatre.window_of(theatre.mei).get_by_test_id("chat-title")).to_have_text("Honey")
    await expect(people).to_have_count(0)


async def test_the_arrows_walk_through_chats_and_messages(theatre: Theatre) -> None:
    for words in ("one", "two"):
        await theatre.mei.says(words, in_=theatre.group)
    ann = await theatre.opens_as(theatre.ann)
    await group_chat(ann, "Honey").focus()
    await theatre.page.keyboard.press("ArrowDown")
    await expect(private_chat(ann)).to_be_focused()
    await theatre.page.keyboard.press("Enter")
    await expect(ann.get_by_test_id("chat-title")).to_have_text("Vouch")
    await theatre.page.keyboard.press("ArrowUp")
    await theatre.page.keyboard.press("Enter")
    await expect(ann.get_by_test_id("chat-title")).to_have_text("Honey")
    await ann.get_by_test_id("log").focus()
    await theatre.page.keyboard.press("ArrowUp")
    await expect(message(ann, "two")).to_be_focused()
    await theatre.page.keyboard.press("ArrowUp")
    await expect(message(ann, "one")).to_be_focused()


async def test_light_and_dark_by_a_switch_that_is_remembered(theatre: Theatre) -> None:
    await theatre.page.emulate_media(color_scheme="light")
    ann = await theatre.opens_as(theatre.ann)
    root = theatre.page.locator("html")
    await ann.get_by_test_id("theme").click()
    await expect(root).to_have_attribute("data-theme", "dark")
    dark = await theatre.page.evaluate("getComputedStyle(document.querySelector('.chats')).backgroundColor")
    await theatre.page.reload()
    await expect(root).to_have_attribute("data-theme", "dark")
    await ann.get_by_test_id("theme").click()
    await expect(root).to_have_attribute("data-theme", "light")
    light = await theatre.page.evaluate("getComputedStyle(document.querySelector('.chats')).backgroundColor")
    assert dark != light


async def test_a_refusal_is_said_in_a_sentence(theatre: Theatre) -> None:
    ann = await theatre.opens_as(theatre.ann)
    await ann.get_by_test_id("composer").fill("Hello?")
    await theatre.mei.removes(theatre.ann, theatre.group)
    await expect(ann.get_by_test_id("chat-title")).to_have_text("Vouch")
    await ann.get_by_role("radio", name="Mei").click()
    mei = theatre.window_of(theatre.mei)
    await theatre.mei.says("https://t.me/nobody_here_bot", in_=theatre.group)
    await mei.get_by_role("link", name="nobody_here_bot").click()
    await expect(mei.get_by_test_id("toast")).to_have_text(re.compile("leads nowhere"))
