"""What people do reaches the bot as Telegram would tell it."""

import pytest

from sandbox.changes import NeverHappened
from sandbox.people import Bot, Group, Person, Sandbox, SeenMessage
from tests.sandbox.conftest import Api, button


@pytest.fixture
async def card(api: Api, group: Group) -> SeenMessage:
    await api.ok("sendMessage", chat_id=group.id, text="Honey", reply_markup=button())
    return group.last_message


async def test_a_tap_is_answered_with_a_toast(api: Api, ann: Person, card: SeenMessage) -> None:
    tap = await ann.taps("Ord", on=card)
    [update] = await api.updates("callback_query")
    query = update["callback_query"]
    assert (query["from"]["id"], query["data"], query["chat_instance"]) == (
        ann.id,
        "order:1",
        query["chat_instance"],
    )
    assert query["message"]["message_id"] == card.id
    assert query["message"]["reply_markup"] == button()
    answer = {"callback_query_id": query["id"], "text": "1 jar", "show_alert": True}
    assert await api.ok("answerCallbackQuery", **answer) is True
    toast = await tap.answered()
    assert (toast.text, toast.alert) == ("1 jar", True)


async def test_a_late_answer_is_too_old(tg: Sandbox, api: Api, ann: Person, card: SeenMessage) -> None:
    tap = await ann.taps("Order", on=card)
    assert tap.query is not None
    tg.world.clock.advance(tg.world.callback_lifetime + 1)
    why = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await api.refused("answerCallbackQuery", callback_query_id=tap.query.id) == why
    assert await api.refused("answerCallbackQuery", callback_query_id="1") == why
    with pytest.raises(NeverHappened, match="Ann's press of 'order:1'"):
        await tap.answered(timeout=0.01)


async def test_a_toast_has_two_hundred_characters(api: Api, ann: Person, card: SeenMessage) -> None:
    tap = await ann.taps("Order", on=card)
    assert tap.query is not None
    answer = {"callback_query_id": tap.query.id}
    assert (
        await api.refused("answerCallbackQuery", **answer, text="x" * 201) == "Bad Request: MESSAGE_TOO_LONG"
    )
    await api.ok("answerCallbackQuery", **answer, text="x" * 200)


async def test_a_press_on_a_deleted_message_names_it_only(api: Api, ann: Person, card: SeenMessage) -> None:
    await api.ok("deleteMessage", chat_id=card.chat_id, message_id=card.id)
    await ann.presses_data("forged", on=card)
    [update] = await api.updates("callback_query")
    assert update["callback_query"]["message"] == {
        "chat": {"id": card.chat_id, "type": "supergroup", "title": "Honey friends"},
        "message_id": card.id,
        "date": 0,
    }


async def test_a_missing_button_is_told_with_those_there_are(ann: Person, card: SeenMessage) -> None:
    with pytest.raises(AssertionError, match=r"no button 'Pay' on .*Order"):
        await ann.taps("Pay", on=card)


async def test_a_deep_link_button_starts_the_bot(api: Api, bot: Bot, ann: Person, group: Group) -> None:
    markup = {"inline_keyboard": [[{"text": "Open", "url": "https://t.me/vouch_bot?start=p_1"}]]}
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=markup)
    await ann.taps("Open", on=group.last_message)
    [update] = await api.updates("message")
    message = update["message"]
    assert (message["chat"]["id"], message["chat"]["type"], message["text"]) == (
        ann.id,
        "private",
        "/start p_1",
    )
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    await api.ok("sendMessage", chat_id=ann.id, text="Welcome")
    assert ann.private(bot).last_message.text == "Welcome"


async def test_reactions_replace_one_another(
    api: Api, ann: Person, bob: Person, mei: Person, group: Group, card: SeenMessage
) -> None:
    await mei.adds(bob, to=group)
    await api.updates()
    await ann.reacts("👍", to=card)
    await ann.reacts("👍", "🔥", to=card)
    await bob.reacts("🔥", to=card)
    await bob.reacts(None, to=card)
    assert card.reactions == {"👍": 1, "🔥": 1}
    changes = [update["message_reaction"] for update in await api.updates("message_reaction")]
    assert [[emoji["emoji"] for emoji in change["old_reaction"]] for change in changes] == [
        [],
        ["👍"],
        [],
        ["🔥"],
    ]
    assert [[emoji["emoji"] for emoji in change["new_reaction"]] for change in changes] == [
        ["👍"],
        ["👍", "🔥"],
        ["🔥"],
        [],
    ]
    assert changes[0]["user"]["id"] == ann.id


async def test_anonymous_reactions_come_as_totals(
    api: Api, ann: Person, group: Group, card: SeenMessage
) -> None:
    await ann.reacts("👍", to=card)
    await group.anonymous_reactions(card, {"👍": 3})
    [update] = await api.updates("message_reaction_count")
    assert update["message_reaction_count"]["reactions"] == [
        {"type": {"type": "emoji", "emoji": "👍"}, "total_count": 4}
    ]


async def test_the_bot_reacts_without_hearing_of_it(api: Api, ann: Person, group: Group) -> None:
    said = await ann.says("+2", in_=group)
    where = {"chat_id": group.id, "message_id": said.id}
    await api.updates()
    await api.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert said.reactions == {"👍": 1}
    assert await api.updates() == []
    two = [{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🔥"}]
    assert await api.refused("setMessageReaction", **where, reaction=two) == "Bad Request: REACTIONS_TOO_MANY"
    odd = [{"type": "emoji", "emoji": "🫙"}]
    assert await api.refused("setMessageReaction", **where, reaction=odd) == "Bad Request: REACTION_INVALID"
    await api.ok("setMessageReaction", **where, reaction=[])
    assert said.reactions == {}


async def test_an_edit_by_a_member_is_told(api: Api, ann: Person, card: SeenMessage) -> None:
    said = await ann.says("+2", reply_to=card)
    await ann.edits(said, "+3")
    [update] = await api.updates("edited_message")
    assert update["edited_message"]["text"] == "+3"
    assert update["edited_message"]["edit_date"] >= update["edited_message"]["date"]


async def test_an_anonymous_administrator_speaks_as_the_group(
    api: Api, mei: Person, ann: Person, group: Group
) -> None:
    await mei.promotes(ann, group, title="Curator", anonymous=True)
    await api.updates()
    await ann.says("/close 1", in_=group)
    [update] = await api.updates("message")
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == group.id
    assert update["message"]["author_signature"] == "Curator"


async def test_blocking_is_told_and_a_start_unblocks(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    await ann.blocks(bot)
    await ann.starts(bot, "again")
    updates = await api.updates()
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in updates if "my_chat_member" in u]
    assert statuses == ["kicked", "member"]
    assert updates[-1]["message"]["text"] == "/start again"


async def test_waiting_is_by_condition_and_says_what_never_came(
    api: Api, group: Group, card: SeenMessage
) -> None:
    with pytest.raises(NeverHappened, match=r"waited 0\.01 s for '3 of 20' in .*Honey"):
        await card.until(contains="3 of 20", timeout=0.01)
    with pytest.raises(NeverHappened, match="a message with 'Wool'"):
        await group.until_message(containing="Wool", timeout=0.01)
    await api.ok("sendMessage", chat_id=group.id, text="Wool")
    wool = await group.until_message(containing="Wool")
    with pytest.raises(NeverHappened):
        await group.until_message(containing="Wool", after=wool, timeout=0.01)


async def test_who_is_not_there_cannot_act(ann: Person, bob: Person, mei: Person, group: Group) -> None:
    with pytest.raises(AssertionError, match="<Bob> is not in Honey friends"):
        await bob.says("hello", in_=group)
    with pytest.raises(AssertionError, match="<Ann> is no administrator"):
        await ann.removes(mei, group)
    with pytest.raises(AssertionError, match="is in Honey friends already"):
        await mei.adds(ann, to=group)


async def test_every_change_is_told_to_whoever_watches(
    tg: Sandbox, api: Api, ann: Person, group: Group
) -> None:
    kinds: list[str] = []
    stop = tg.world.on_change(lambda change: kinds.append(change.kind))
    await ann.says("/hi", in_=group)
    await api.ok("sendMessage", chat_id=group.id, text="x")
    stop()
    await ann.says("unheard", in_=group)
    assert kinds == ["update", "message", "message", "call"]
    assert tg.world.calls[-1].method == "sendMessage"
    assert tg.world.update_log[-1].json["message"]["text"] == "unheard"
