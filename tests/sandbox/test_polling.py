"""getUpdates: offsets, long polls, conflicts, what is allowed and for how long."""

import asyncio

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api


async def test_updates_are_numbered_in_a_row_and_stay_until_confirmed(
    api: Api, ann: Person, bot: Bot
) -> None:
    await ann.starts(bot)
    await ann.says("two", to=bot)
    first = await api.ok("getUpdates")
    again = await api.ok("getUpdates", offset=first[0]["update_id"])
    assert first == again
    assert first[1]["update_id"] == first[0]["update_id"] + 1
    rest = await api.ok("getUpdates", offset=first[1]["update_id"])
    assert [update["message"]["text"] for update in rest] == ["two"]
    assert await api.ok("getUpdates", limit="1") == rest


async def test_a_negative_offset_forgets_what_is_older(api: Api, ann: Person, bot: Bot) -> None:
    for text in ("/start", "two", "three"):
        await ann.says(text, to=bot)
    last = await api.ok("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in last] == ["three"]
    assert len(await api.ok("getUpdates")) == 1


async def test_a_long_poll_answers_when_something_happens(
    api: Api, ann: Person, bot: Bot, tg: Sandbox
) -> None:
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await tg.world.until(lambda: bot.updates.is_polled, waiting_for="a long poll")
    await ann.starts(bot)
    assert [update["message"]["text"] for update in await poll] == ["/start"]


async def test_of_two_pollers_the_first_is_turned_away(api: Api, ann: Person, bot: Bot, tg: Sandbox) -> None:
    first = asyncio.create_task(api.call("getUpdates", timeout=50))
    await tg.world.until(lambda: bot.updates.is_polled, waiting_for="a long poll")
    second = asyncio.create_task(api.ok("getUpdates", timeout=50))
    assert (await first)["error_code"] == 409
    assert "terminated by other getUpdates request" in (await first)["description"]
    await ann.starts(bot)
    assert len(await second) == 1


async def test_polling_with_a_webhook_is_a_conflict(api: Api, bot: Bot, tg: Sandbox) -> None:
    first = asyncio.create_task(api.call("getUpdates", timeout=50))
    await tg.world.until(lambda: bot.updates.is_polled, waiting_for="a long poll")
    await api.ok("setWebhook", url="http://127.0.0.1:9/")
    assert "terminated by setWebhook request" in (await first)["description"]
    assert await api.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )
    await api.ok("deleteWebhook")
    assert await api.ok("getUpdates") == []


async def test_what_is_allowed_persists(api: Api, bot: Bot, ann: Person, group: Group) -> None:
    said = await ann.says("hello", in_=group)
    await api.ok("getUpdates", offset=-1, allowed_updates=[])
    await ann.reacts("👍", to=said)
    await api.ok("getUpdates")
    await ann.edits(said, "hello you")
    await api.ok("getUpdates", allowed_updates=["message_reaction"])
    await ann.edits(said, "unheard")
    await ann.reacts("🔥", to=said)
    await api.ok("getUpdates")
    kinds = [kind for update in await api.updates() for kind in update if kind != "update_id"]
    assert kinds == ["message", "edited_message", "message_reaction"]
    assert (await api.ok("getWebhookInfo"))["allowed_updates"] == ["message_reaction"]


async def test_by_default_three_kinds_are_left_out(tg: Sandbox) -> None:
    other = tg.create_bot("other_bot")
    assert not {"chat_member", "message_reaction", "message_reaction_count"} & other.updates.allowed
    assert {"message", "my_chat_member", "chat_join_request"} <= other.updates.allowed


async def test_updates_expire(tg: Sandbox, api: Api, ann: Person, group: Group) -> None:
    await api.ok("sendMessage", chat_id=group.id, text="x")
    await ann.presses_data("1", on=group.last_message)
    await ann.says("hello", in_=group)
    tg.world.clock.advance(151)
    assert len(await api.ok("getUpdates")) == 1
    tg.world.clock.advance(86_400)
    assert await api.ok("getUpdates") == []


async def test_asking_for_the_same_at_once_gets_one_update(api: Api, ann: Person, bot: Bot) -> None:
    bot.updates.guards_polling = True
    await ann.starts(bot)
    await ann.says("two", to=bot)
    first, second = await api.ok("getUpdates"), await api.ok("getUpdates")
    assert (len(first), len(second)) == (2, 1)


async def test_everything_can_be_handed_over_twice(tg: Sandbox, api: Api, ann: Person, bot: Bot) -> None:
    tg.world.redeliver_everything_twice()
    await ann.starts(bot)
    [first] = await api.ok("getUpdates")
    [second] = await api.ok("getUpdates", offset=first["update_id"] + 1)
    assert first == second
    assert await api.ok("getUpdates", offset=first["update_id"] + 1) == []


async def test_a_short_poll_leaves_the_one_that_waits_alone(
    api: Api, ann: Person, bot: Bot, tg: Sandbox
) -> None:
    waiting = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await tg.world.until(lambda: bot.updates.is_polled, waiting_for="a long poll")
    assert await api.ok("getUpdates") == []
    await ann.starts(bot)
    assert len(await waiting) == 1


async def test_an_offset_far_ahead_confirms_nothing(api: Api, ann: Person, bot: Bot) -> None:
    await ann.starts(bot)
    [update] = await api.ok("getUpdates")
    assert await api.ok("getUpdates", offset=update["update_id"] + 1_000) == [update]
    assert await api.ok("getUpdates", offset=update["update_id"] + 5) == []


@pytest.mark.asks_wrongly("Telegram clamps numbers")
async def test_limits_are_clamped(api: Api, ann: Person, bot: Bot) -> None:
    for number in range(101):
        await ann.says(str(number), to=bot)
    assert len(await api.ok("getUpdates", limit=1_000)) == 100
    assert len(await api.ok("getUpdates", limit=-5, timeout=-1)) == 1


async def test_a_repeated_conflict_is_answered_late(tg: Sandbox, api: Api, bot: Bot) -> None:
    bot.updates.guards_polling = True
    await api.ok("setWebhook", url="https://example.org/")
    await api.refused("getUpdates")
    again = asyncio.create_task(api.refused("getUpdates"))
    answered, _ = await asyncio.wait((again,), timeout=0.2)
    assert not answered
    again.cancel()


@pytest.mark.asks_wrongly("Telegram takes capitals")
async def test_an_unknown_kind_is_named(api: Api, bot: Bot) -> None:
    assert await api.refused("getUpdates", allowed_updates=["message", "massage"]) == (
        "Bad Request: unknown kind of update in allowed_updates: massage"
    )
    assert await api.ok("getUpdates", allowed_updates=["Message"]) == []
    assert (await api.ok("getWebhookInfo"))["allowed_updates"] == ["message"]


async def test_each_kind_has_its_lifetime(tg: Sandbox, bot: Bot) -> None:
    for kind in ("inline_query", "callback_query", "chosen_inline_result", "message", "poll"):
        bot.updates.push(kind, {}, ("chat", 1))
    left = []
    for moment in (29, 2, 118, 2, 448, 2, 85_798, 3):
        tg.world.clock.advance(moment)
        bot.updates.drop_expired()
        left.append(len(bot.updates.pending))
    assert left == [5, 4, 4, 3, 3, 2, 2, 0]


async def test_kinds_that_wait_for_one_another_share_a_lane(bot: Bot) -> None:
    def lane(kind: str) -> object:
        update = bot.updates.push(kind, {}, (kind, 7))
        return update.lane if update else None

    assert lane("chat_member") == lane("chat_join_request")
    assert lane("shipping_query") == lane("pre_checkout_query")
    assert lane("poll") == lane("poll_answer")
    assert lane("message_reaction") != lane("message_reaction_count")
