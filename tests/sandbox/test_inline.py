"""Inline mode: typing, offering, choosing, sharing, and messages that come through a bot."""

from collections.abc import Callable

import pytest

from sandbox.changes import NeverHappened
from sandbox.models.inline import InlineQuery
from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button

Offer = Callable[..., Json]


def article(number: str = "1", title: str = "Acacia", **fields: object) -> Json:
    """Return a result that sends its title as a text."""
    content = {"message_text": f"<b>{title}</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": title, "input_message_content": content} | fields


@pytest.fixture
def inline_bot(bot: Bot) -> Bot:
    """The bot with inline mode and full feedback, as set at BotFather."""
    bot.set_inline(placeholder="Search honey …", feedback_percent=100)
    return bot


@pytest.fixture
async def search(api: Api, inline_bot: Bot, ann: Person, group: Group) -> InlineQuery:
    """Ann has typed @vouch_bot honey in the group, and the bot has not answered so far."""
    return await ann.types_inline(inline_bot, "honey", in_=group)


async def answer(api: Api, search: InlineQuery, *results: Json, **fields: object) -> None:
    await api.ok("answerInlineQuery", inline_query_id=search.id, results=list(results), **fields)


async def test_what_she_types_reaches_the_bot(api: Api, ann: Person, search: InlineQuery) -> None:
    assert (await api.ok("getMe"))["supports_inline_queries"] is True
    [update] = await api.updates()
    assert update["inline_query"] == {
        "id": search.id,
        "from": ann.user.to_json(),
        "query": "honey",
        "offset": "",
        "chat_type": "supergroup",
    }


async def test_the_kind_of_chat_is_told(
    tg: Sandbox, api: Api, inline_bot: Bot, ann: Person, group: Group
) -> None:
    other = tg.create_bot("other_bot")
    await ann.types_inline(inline_bot, to=inline_bot)
    await ann.types_inline(inline_bot, to=other)
    kinds = [update["inline_query"]["chat_type"] for update in await api.updates()]
    assert kinds == ["sender", "private"]


async def test_a_chosen_result_is_sent_by_her_through_the_bot(
    api: Api, ann: Person, group: Group, search: InlineQuery
) -> None:
    await api.updates()
    await answer(api, search, article("1"), article("2", "Linden", reply_markup=button(), description="Pale"))
    offered = await search.answered()
    assert offered.titles == ["Acacia", "Linden"]
    sent = await ann.chooses(search, "Linden")
    assert (sent.text, sent.author, sent.buttons) == ("Linden", ann.user, [["Order"]])
    message, chosen = await api.updates()
    assert message["message"]["via_bot"]["username"] == "vouch_bot"
    assert message["message"]["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert chosen["chosen_inline_result"] == {
        "result_id": "2",
        "from": ann.user.to_json(),
        "query": "honey",
        "inline_message_id": sent.message.inline_id,
    }


async def test_a_message_without_buttons_has_no_name(
    api: Api, ann: Person, search: InlineQuery, inline_bot: Bot
) -> None:
    await answer(api, search, article())
    sent = await ann.chooses(search)
    assert sent.message.inline_id is None
    [update] = await api.updates("chosen_inline_result")
    assert "inline_message_id" not in update["chosen_inline_result"]
    inline_bot.set_inline(feedback_percent=50)
    for _ in range(4):
        await ann.chooses(search)
    assert len(await api.updates("chosen_inline_result")) == 2


async def test_a_press_on_such_a_message_names_it_by_its_inline_id(
    api: Api, ann: Person, mei: Person, search: InlineQuery
) -> None:
    await answer(api, search, article(reply_markup=button()))
    sent = await ann.chooses(search)
    await api.updates()
    tap = await mei.taps("Order", on=sent)
    [update] = await api.updates()
    query = update["callback_query"]
    assert query["inline_message_id"] == sent.message.inline_id
    assert "message" not in query
    assert query["chat_instance"] == sent.message.chat.instance
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="1 jar")
    assert (await tap.answered()).text == "1 jar"


async def test_the_bot_edits_it_by_its_inline_id(api: Api, ann: Person, search: InlineQuery) -> None:
    await answer(api, search, article(reply_markup=button()))
    sent = await ann.chooses(search)
    where = {"inline_message_id": sent.message.inline_id}
    assert await api.ok("editMessageText", **where, text="Sold out") is True
    assert (sent.text, sent.buttons, sent.is_edited) == ("Sold out", [], True)
    assert await api.ok("editMessageReplyMarkup", **where, reply_markup=button("Again")) is True
    assert sent.buttons == [["Again"]]
    assert "message is not modified" in await api.refused(
        "editMessageText", **where, text="Sold out", reply_markup=button("Again")
    )
    by_number = {"chat_id": sent.chat_id, "message_id": sent.id}
    assert (await api.ok("editMessageText", **by_number, text="Sold out soon"))["text"] == "Sold out soon"
    assert await api.refused("editMessageText", inline_message_id="x", text="y") == (
        "Bad Request: invalid inline message identifier specified"
    )
    await ann.deletes(sent)
    assert await api.refused("editMessageText", **where, text="y") == "Bad Request: MESSAGE_ID_INVALID"


async def test_photos_and_documents_are_offered_by_their_file_id(
    tg: Sandbox, api: Api, ann: Person, search: InlineQuery
) -> None:
    picture = tg.world.add_file(plain_picture(), name="honey.png")
    paper = tg.world.add_file(b"%PDF", name="honey.pdf", mime_type="application/pdf")
    photo = {"type": "photo", "id": "p", "photo_file_id": picture.file_id, "caption": "<b>Jar</b>"}
    document = {"type": "document", "id": "d", "title": "List", "document_file_id": paper.file_id}
    seen = {
        "type": "photo",
        "id": "seen",
        "photo_url": "https://x.org/a.jpg",
        "thumbnail_url": "https://x.org/t",
    }
    content = {"input_message_content": {"message_text": "A photo, in words"}}
    await answer(api, search, photo | {"parse_mode": "HTML"}, document, seen | content)
    jar, papers = await ann.chooses(search, "p"), await ann.chooses(search, "List")
    assert (jar.photo, jar.text, jar.entities[0]["type"]) == (picture.content, "Jar", "bold")
    assert papers.document == b"%PDF"
    assert (await ann.chooses(search, "seen")).text == "A photo, in words"


async def test_an_invoice_may_be_offered(api: Api, ann: Person, search: InlineQuery) -> None:
    invoice = {
        "title": "Honey",
        "description": "A jar",
        "payload": "jar:1",
        "currency": "XTR",
        "prices": [{"label": "Jar", "amount": 50}],
    }
    await answer(api, search, article("i", "Pay", input_message_content=invoice))
    sent = await ann.chooses(search, "Pay")
    assert sent.message.invoice is not None
    assert "pay" in sent.rows[0][0]
    await ann.buys_stars(100)
    payment = await ann.pays(sent)
    [asked] = await api.updates("pre_checkout_query")
    query = asked["pre_checkout_query"]
    await api.ok("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    assert (await payment.paid()).amount == 50
    assert 'Can\'t find field "currency"' in await api.refused(
        "answerInlineQuery",
        inline_query_id=search.id,
        results=[article(input_message_content={"payload": "x", "title": "x", "description": "x"})],
    )


IN_RESULT = "can't parse inline query result: "
ELSEWHERE = "the sandbox opens no outside addresses: offer the file by its "


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ("x", IN_RESULT + "Inline query result must be an object"),
        ({"id": "1"}, IN_RESULT + 'Can\'t find field "type"'),
        ({"type": "article"}, IN_RESULT + 'Can\'t find field "id"'),
        ({"type": 5, "id": "1"}, IN_RESULT + 'Field "type" must be of type String'),
        (
            {"type": "song", "id": "1"},
            IN_RESULT + 'Type "song" is unsupported for the inline query result',
        ),
        (
            {"type": "gif", "id": "1"},
            IN_RESULT + "The sandbox does not simulate inline query results of type gif",
        ),
        (
            article(hue=1),
            IN_RESULT + 'Unknown field "hue" in an inline query result of type article',
        ),
        (article(""), "RESULT_ID_EMPTY"),
        (article("x" * 65), "RESULT_ID_INVALID"),
        (article(title=""), "ARTICLE_TITLE_EMPTY"),
        ({"type": "article", "id": "1", "title": "x"}, IN_RESULT + 'Can\'t find field "message_text"'),
        (article(input_message_content={}), IN_RESULT + "Input message content is not specified"),
        (
            article(input_message_content="x"),
            IN_RESULT + 'Field "input_message_content" must be of type Object',
        ),
        (
            article(input_message_content={"latitude": 1}),
            IN_RESULT + "The sandbox does not simulate locations in inline results",
        ),
        (
            article(input_message_content={"message_text": "x", "hue": 1}),
            IN_RESULT + 'Unknown field "hue" in InputTextMessageContent',
        ),
        (article(reply_markup=button(data="x" * 65)), "BUTTON_DATA_INVALID"),
        (article(reply_markup={"keyboard": [["x"]]}), IN_RESULT + "Inline keyboard expected"),
        (
            {"type": "photo", "id": "1", "photo_url": "https://x.org/a", "thumbnail_url": "https://x.org/t"},
            IN_RESULT + ELSEWHERE.capitalize() + "photo_file_id",
        ),
        ({"type": "photo", "id": "1", "photo_url": "x"}, IN_RESULT + 'Can\'t find field "thumbnail_url"'),
        ({"type": "photo", "id": "1", "photo_file_id": "x"}, "PHOTO_INVALID"),
        ({"type": "document", "id": "1", "title": "x", "document_file_id": "x"}, "DOCUMENT_INVALID"),
        ({"type": "document", "id": "1", "title": ""}, "FILE_TITLE_EMPTY"),
        (
            {"type": "document", "id": "1", "title": "x", "document_url": "x", "mime_type": "text/plain"},
            IN_RESULT + "Unallowed document MIME type",
        ),
    ],
)
async def test_a_wrong_result_is_refused(api: Api, search: InlineQuery, result: Json, why: str) -> None:
    refused = await api.refused("answerInlineQuery", inline_query_id=search.id, results=[result])
    assert refused == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"results": [article(str(n)) for n in range(51)]}, "too many inline query results specified"),
        ({"results": [article("1"), article("1")]}, "RESULT_ID_DUPLICATE"),
        ({"next_offset": "я" * 33}, "NEXT_OFFSET_INVALID"),
        ({"inline_query_id": "7"}, "query is too old and response timeout expired or query ID is invalid"),
        (
            {"button": {"text": "x"}},
            "can't parse inline query results button:"
            " InlineQueryResultsButton must have exactly one optional field",
        ),
        (
            {"button": {"start_parameter": "x"}},
            "can't parse inline query results button: Can't find field \"text\"",
        ),
        (
            {"button": {"text": "x", "start_parameter": 1}},
            'can\'t parse inline query results button: Field "start_parameter" must be of type String',
        ),
        ({"button": {"text": "x", "start_parameter": ""}}, "can't use empty switch_pm_parameter"),
        ({"button": {"text": "x", "start_parameter": "x" * 65}}, "too long switch_pm_parameter specified"),
        (
            {"button": {"text": "x", "start_parameter": "a b"}},
            "unallowed characters in switch_pm_parameter are used",
        ),
        (
            {"button": {"text": "x", "web_app": {"url": "https://x.org"}}},
            "the sandbox does not simulate Web Apps above inline results",
        ),
    ],
)
async def test_a_wrong_answer_is_refused(api: Api, search: InlineQuery, fields: Json, why: str) -> None:
    given = {"inline_query_id": search.id, "results": []} | fields
    assert await api.refused("answerInlineQuery", **given) == f"Bad Request: {why}"


async def test_a_query_lives_half_a_minute(tg: Sandbox, api: Api, search: InlineQuery) -> None:
    tg.world.clock.advance(31)
    assert await api.updates() == []
    assert "query is too old" in await api.refused("answerInlineQuery", inline_query_id=search.id, results=[])
    with pytest.raises(NeverHappened, match="Ann's query 'honey'"):
        await search.answered(timeout=0.01)


async def test_answers_are_kept_for_everybody_or_for_her(
    tg: Sandbox, api: Api, inline_bot: Bot, ann: Person, mei: Person, group: Group, search: InlineQuery
) -> None:
    await answer(api, search, article(), cache_time=60)
    personal = await ann.types_inline(inline_bot, "mine", in_=group)
    await answer(api, personal, article(), is_personal=True)
    await api.updates()
    again = await mei.types_inline(inline_bot, "honey", in_=group)
    assert (await again.answered()).titles == ["Acacia"]
    assert (await (await ann.types_inline(inline_bot, "mine", in_=group)).answered()).titles == ["Acacia"]
    assert await api.updates() == []
    await mei.types_inline(inline_bot, "mine", in_=group)
    tg.world.clock.advance(61)
    await mei.types_inline(inline_bot, "honey", in_=group)
    asked = [update["inline_query"]["query"] for update in await api.updates()]
    assert asked == ["honey"], "the query of a minute ago is no longer delivered"


async def test_she_scrolls_to_more_results(api: Api, ann: Person, search: InlineQuery) -> None:
    await answer(api, search, article(), next_offset="20")
    await search.answered()
    more = await ann.scrolls(search)
    assert (await api.updates())[-1]["inline_query"]["offset"] == "20"
    await answer(api, more, article("2", "Linden"))
    assert (await more.answered()).titles == ["Linden"]
    with pytest.raises(AssertionError, match="no more results"):
        await ann.scrolls(more)
    with pytest.raises(AssertionError, match=r"no result 'Wool' among \['Linden'\]"):
        await ann.chooses(more, "Wool")


async def test_the_button_above_the_results_starts_the_bot(
    api: Api, ann: Person, search: InlineQuery
) -> None:
    start = {"text": "Sign in", "start_parameter": "from-inline"}
    await answer(api, search, button=start)
    await search.answered()
    await api.updates()
    await ann.follows_button(search)
    assert (await api.updates("message"))[-1]["message"]["text"] == "/start from-inline"


async def test_buttons_lead_to_inline_mode(
    tg: Sandbox, api: Api, inline_bot: Bot, ann: Person, mei: Person, group: Group
) -> None:
    wool = tg.group("Wool", owner=ann)
    buttons = [
        {"text": "Here", "switch_inline_query_current_chat": "here"},
        {"text": "Share", "switch_inline_query": "share"},
        {"text": "Groups", "switch_inline_query_chosen_chat": {"query": "g", "allow_group_chats": True}},
    ]
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup={"inline_keyboard": [buttons]})
    card = group.last_message
    tap = await ann.taps("Here", on=card)
    assert tap.typed is not None
    assert tap.typed.chat is group.chat
    await ann.shares("Share", on=card, in_=wool)
    await ann.shares("Groups", on=card, in_=wool)
    asked = [update["inline_query"]["query"] for update in await api.updates()]
    assert asked == ["here", "share", "g"]
    with pytest.raises(AssertionError, match="asks which chat"):
        await ann.taps("Share", on=card)
    with pytest.raises(AssertionError, match="is not for a private chat"):
        await ann.shares("Groups", on=card, to=inline_bot)
    with pytest.raises(AssertionError, match="lets her pick no chat"):
        await ann.shares("Here", on=card, in_=wool)
    inline_bot.inline = None
    with pytest.raises(AssertionError, match="has no inline mode"):
        await ann.taps("Here", on=card)
    with pytest.raises(AssertionError, match="say where"):
        await ann.types_inline(inline_bot, "x")
