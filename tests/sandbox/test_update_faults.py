"""Faults that are ordered for updates: twice, out of order, unreadable, and a webhook that is given up on."""

import pytest
import telegram

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, button
from tests.sandbox.receiver import Receiver


async def test_a_duplicate_comes_twice_by_polling(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    tg.world.faults.duplicate(update="message")
    await ann.starts(bot)
    await ann.says("two", to=bot)
    first, second = await api.ok("getUpdates")
    again = await api.ok("getUpdates", offset=second["update_id"] + 1)
    assert again == [first]
    assert await api.ok("getUpdates", offset=second["update_id"] + 1) == []


async def test_a_late_update_comes_behind_a_later_one(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    tg.world.faults.out_of_order()
    await ann.starts(bot)
    assert await api.ok("getUpdates") == []
    await ann.says("two", to=bot)
    await ann.says("three", to=bot)
    texts = [update["message"]["text"] for update in await api.ok("getUpdates")]
    assert texts == ["two", "/start", "three"]


async def test_a_late_update_is_not_confirmed_unseen(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    tg.world.faults.out_of_order()
    await ann.starts(bot)
    await ann.says("two", to=bot)
    [two] = await api.ok("getUpdates", limit=1)
    assert two["message"]["text"] == "two"
    [start] = await api.ok("getUpdates", offset=two["update_id"] + 1)
    assert start["message"]["text"] == "/start"
    assert await api.ok("getUpdates", offset=two["update_id"] + 1) == []


async def test_no_library_can_read_an_unparsable_update(tg: Sandbox, api: Api, bot: Bot, ann: Person) -> None:
    tg.world.faults.unparsable(update="message")
    await ann.starts(bot)
    [broken] = await api.ok("getUpdates")
    with pytest.raises(KeyError):
        telegram.Update.de_json(broken, None)
    # The log shows what was meant.
    assert tg.world.update_log[-1].json["message"]["text"] == "/start"


async def test_faults_hit_the_updates_meant(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, group: Group
) -> None:
    tg.world.faults.unparsable(chat_id=group.id, update="callback_query")
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=button())
    card = group.last_message
    await ann.says("hello", in_=group)
    await ann.starts(bot)
    await ann.taps("Order", on=card)
    updates = await api.updates()
    assert [list(update.values())[1].get("broken") is not None for update in updates] == [False, False, True]
    assert tg.world.faults.waiting == []


async def test_webhooks_get_duplicates_too(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.faults.duplicate()
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await ann.says("two", to=bot)
    await receiver.until(3)
    assert receiver.texts == ["/start", "/start", "two"]


async def test_a_late_update_reaches_the_webhook_after_a_later_one(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.faults.out_of_order()
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await ann.says("two", to=bot)
    await receiver.until(2)
    assert receiver.texts == ["two", "/start"]


async def test_a_webhook_that_is_given_up_on_has_the_update_already(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, receiver: Receiver
) -> None:
    tg.world.faults.webhook_timeout(update="message")
    await api.ok("setWebhook", url=receiver.url)
    await ann.starts(bot)
    await receiver.until(2)
    assert receiver.texts == ["/start", "/start"]
    assert (await api.ok("getWebhookInfo"))["last_error_message"] == "Read timeout expired"
