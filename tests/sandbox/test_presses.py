"""Presses of buttons, and what the bot answers."""

import pytest

from sandbox.people import Bot, Group, Person, Sandbox, SeenMessage
from tests.sandbox.conftest import Api, Json, button

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def card(api: Api, group: Group) -> SeenMessage:
    await api.ok("sendMessage", chat_id=group.id, text="Honey", reply_markup=button())
    return group.last_message


async def answered(api: Api, **fields: object) -> Json:
    """Answer the newest press that the bot was told of, and return it."""
    query: Json = (await api.updates("callback_query"))[-1]["callback_query"]
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], **fields)
    return query


async def test_of_several_answers_the_first_is_seen(api: Api, ann: Person, card: SeenMessage) -> None:
    tap = await ann.taps("Order", on=card)
    query = await answered(api, text="1 jar")
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="2 jars")
    assert (await tap.answered()).text == "1 jar"
    assert tap.query is not None
    assert tap.query.answers == 2


async def test_a_press_is_answered_in_its_lifetime_by_its_own_bot(
    tg: Sandbox, api: Api, ann: Person, card: SeenMessage
) -> None:
    tap = await ann.taps("Order", on=card)
    assert tap.query is not None
    other = Api(api.session, tg.url, tg.create_bot("other_bot").token)
    assert await other.refused("answerCallbackQuery", callback_query_id=tap.query.id) == TOO_OLD
    tg.world.clock.advance(151)
    assert await api.updates("callback_query") == []
    assert await api.refused("answerCallbackQuery", callback_query_id=tap.query.id) == TOO_OLD
    assert await api.refused("answerCallbackQuery") == TOO_OLD


async def test_an_answer_is_kept_for_equal_presses(
    tg: Sandbox, api: Api, ann: Person, mei: Person, card: SeenMessage
) -> None:
    await ann.taps("Order", on=card)
    await answered(api, text="3 of 20", cache_time=60)
    again = await ann.taps("Order", on=card)
    assert (await again.answered()).text == "3 of 20"
    assert await api.updates() == []
    await mei.taps("Order", on=card)
    await ann.presses_data("other", on=card)
    assert len(await api.updates()) == 2
    tg.world.clock.advance(61)
    await ann.taps("Order", on=card)
    assert len(await api.updates()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/vouch_bot?start=p_1",
        "t.me/Vouch_Bot?start=p_1",
        "tg://resolve?domain=vouch_bot&start=p_1",
    ],
)
async def test_an_answer_may_open_the_bot_itself(api: Api, ann: Person, card: SeenMessage, url: str) -> None:
    tap = await ann.taps("Order", on=card)
    await answered(api, url=url)
    await ann.opens((await tap.answered()).url or "")
    assert (await api.updates("message"))[-1]["message"]["text"] == "/start p_1"


@pytest.mark.parametrize("url", ["https://x.org", "https://t.me/other_bot?start=x", "t.me/+abc"])
async def test_an_answer_opens_nothing_else(api: Api, ann: Person, card: SeenMessage, url: str) -> None:
    tap = await ann.taps("Order", on=card)
    assert tap.query is not None
    refused = await api.refused("answerCallbackQuery", callback_query_id=tap.query.id, url=url)
    assert refused == "Bad Request: URL_INVALID"


async def test_a_chat_is_told_by_its_instance(
    api: Api, bot: Bot, ann: Person, mei: Person, card: SeenMessage
) -> None:
    await ann.starts(bot)
    await api.ok("sendMessage", chat_id=ann.id, text="Honey", reply_markup=button())
    await ann.taps("Order", on=card)
    await mei.taps("Order", on=card)
    await ann.taps("Order", on=ann.private(bot).last_message)
    first, second, private = [
        update["callback_query"]["chat_instance"] for update in await api.updates("callback_query")
    ]
    assert first == second != private


async def test_an_anonymous_administrator_presses_as_herself(
    api: Api, mei: Person, ann: Person, group: Group, card: SeenMessage
) -> None:
    await mei.promotes(ann, group, anonymous=True)
    await ann.taps("Order", on=card)
    query = (await api.updates("callback_query"))[-1]["callback_query"]
    assert query["from"]["id"] == ann.id


async def test_a_button_leads_to_somebody(api: Api, mei: Person, ann: Person, group: Group) -> None:
    markup = {"inline_keyboard": [[{"text": "Ask Mei", "url": f"tg://user?id={mei.id}"}]]}
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=markup)
    assert (await ann.taps("Ask", on=group.last_message)).opened == f"tg://user?id={mei.id}"


async def test_what_the_sandbox_does_not_open(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    markup = {"inline_keyboard": [[{"text": "Shop", "web_app": {"url": "https://x.org"}}]]}
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    with pytest.raises(AssertionError, match="does not simulate the button"):
        await ann.taps("Shop", on=ann.private(bot).last_message)
