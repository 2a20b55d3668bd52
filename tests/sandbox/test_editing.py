"""Edits: what may be edited, by whom, into what."""

import json
from io import BytesIO

import aiohttp
import pytest

from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox, SeenMessage
from tests.sandbox.conftest import Api, Json, button

RED, BLUE = plain_picture(200, 0, 0), plain_picture(0, 0, 200)


@pytest.fixture
def red(tg: Sandbox) -> str:
    """The file_id of a red picture."""
    return tg.world.add_file(RED, name="red.png").file_id


@pytest.fixture
def blue(tg: Sandbox) -> str:
    """The file_id of a blue picture."""
    return tg.world.add_file(BLUE, name="blue.png").file_id


@pytest.fixture
async def photo(api: Api, group: Group, red: str) -> SeenMessage:
    await api.ok("sendPhoto", chat_id=group.id, photo=red, caption="Jar", reply_markup=button())
    return group.last_message


def where(message: SeenMessage) -> Json:
    return {"chat_id": message.chat_id, "message_id": message.id}


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("editMessageText", {"text": "x"}),
        ("editMessageCaption", {"caption": "x"}),
        ("editMessageMedia", {"media": {"type": "photo", "media": "x"}}),
        ("editMessageReplyMarkup", {}),
    ],
)
async def test_an_edit_says_which_message(api: Api, group: Group, method: str, given: Json) -> None:
    refusals = [
        await api.refused(method, **given),
        await api.refused(method, message_id=5, **given),
        await api.refused(method, chat_id=group.id, message_id=999, **given),
        await api.refused(method, inline_message_id="x", **given),
        await api.refused(method, chat_id=group.id, message_id=1, business_connection_id="b", **given),
    ]
    assert refusals == [
        "Bad Request: message identifier is not specified",
        "Bad Request: chat_id is empty",
        "Bad Request: message to edit not found",
        "Bad Request: invalid inline message identifier specified",
        f'Bad Request: the sandbox does not simulate the parameter "business_connection_id" of {method}',
    ]


async def test_only_ones_own_messages_can_be_edited(
    api: Api, bot: Bot, ann: Person, group: Group, red: str
) -> None:
    said = await ann.says("/hello", in_=group)
    media = {"type": "photo", "media": red}
    assert await api.refused("editMessageText", **where(said), text="x") == (
        "Bad Request: message can't be edited"
    )
    assert await api.refused("editMessageMedia", **where(said), media=media) == (
        "Bad Request: message media can't be edited"
    )
    source = {"chat_id": group.id, "from_chat_id": group.id, "message_id": said.id}
    await api.ok("forwardMessage", **source)
    assert "can't be edited" in await api.refused("editMessageText", **where(group.last_message), text="x")
    await ann.starts(bot)
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup={"remove_keyboard": True})
    with_keyboard = ann.private(bot).last_message
    assert "can't be edited" in await api.refused("editMessageText", **where(with_keyboard), text="y")


async def test_each_method_edits_its_own_kind(api: Api, group: Group, photo: SeenMessage, blue: str) -> None:
    await api.ok("sendPoll", chat_id=group.id, question="Which?", options=["a", "b"])
    poll = group.last_message
    refusals = [
        await api.refused("editMessageText", **where(photo), text="x"),
        await api.refused("editMessageText", **where(poll), text="x"),
        await api.refused("editMessageCaption", **where(poll), caption="x"),
        await api.refused("editMessageMedia", **where(poll), media={"type": "photo", "media": blue}),
    ]
    assert refusals == [
        "Bad Request: there is no text in the message to edit",
        "Bad Request: there is no text in the message to edit",
        "Bad Request: there is no caption in the message to edit",
        "Bad Request: message media can't be edited",
    ]
    await api.ok("editMessageReplyMarkup", **where(poll), reply_markup=button("Why?"))
    assert poll.buttons == [["Why?"]]


async def test_an_edit_takes_inline_keyboards_only(api: Api, photo: SeenMessage) -> None:
    for markup in ({"keyboard": [["x"]]}, {"remove_keyboard": True}, {"force_reply": True}):
        why = await api.refused("editMessageReplyMarkup", **where(photo), reply_markup=markup)
        assert why == "Bad Request: inline keyboard expected"
    same = {"inline_keyboard": [*button()["inline_keyboard"], []]}
    assert "message is not modified" in await api.refused(
        "editMessageReplyMarkup", **where(photo), reply_markup=same
    )


async def test_a_caption_changes_and_moves(api: Api, photo: SeenMessage) -> None:
    edit = {**where(photo), "caption": "<i>Jar</i>", "parse_mode": "HTML", "reply_markup": button()}
    edited = await api.ok("editMessageCaption", **edit, show_caption_above_media=True)
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("Jar", "italic")
    assert edited["show_caption_above_media"] is True
    assert "message is not modified" in await api.refused(
        "editMessageCaption", **edit, show_caption_above_media=True
    )
    below = await api.ok("editMessageCaption", **edit)
    assert "show_caption_above_media" not in below
    bare = await api.ok("editMessageCaption", **where(photo))
    assert "caption" not in bare
    assert photo.buttons == []
    assert await api.refused("editMessageCaption", **where(photo), caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )


async def test_a_preview_alone_may_change_where_there_is_a_link(api: Api, group: Group) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="See https://x.org")
    edit = {"chat_id": group.id, "message_id": sent["message_id"], "text": "See https://x.org"}
    quiet = {"link_preview_options": {"is_disabled": True}}
    assert (await api.ok("editMessageText", **edit, **quiet))["link_preview_options"] == {"is_disabled": True}
    assert "not modified" in await api.refused("editMessageText", **edit, **quiet)
    assert "link_preview_options" not in await api.ok("editMessageText", **edit)


async def test_a_photo_is_replaced_with_its_caption(api: Api, photo: SeenMessage, blue: str) -> None:
    media = {"type": "photo", "media": blue, "caption": "<b>Blue</b>", "parse_mode": "HTML"}
    edited = await api.ok("editMessageMedia", **where(photo), media=media | {"has_spoiler": True})
    assert (photo.photo, photo.text, photo.buttons) == (BLUE, "Blue", [])
    assert (edited["has_media_spoiler"], edited["caption_entities"][0]["type"]) == (True, "bold")
    assert "edit_date" in edited
    await api.ok("editMessageMedia", **where(photo), media=media)
    assert "message is not modified" in await api.refused("editMessageMedia", **where(photo), media=media)


async def test_a_text_becomes_a_document(tg: Sandbox, api: Api, group: Group) -> None:
    paper = tg.world.add_file(b"%PDF", name="list.pdf", mime_type="application/pdf")
    await api.ok("sendMessage", chat_id=group.id, text="Soon here: the list")
    message = group.last_message
    media = {"type": "document", "media": paper.file_id, "caption": "The list"}
    edited = await api.ok("editMessageMedia", **where(message), media=media)
    assert (message.document, message.text) == (b"%PDF", "The list")
    assert "text" not in edited


async def test_a_new_file_comes_with_the_request(api: Api, photo: SeenMessage) -> None:
    form = aiohttp.FormData()
    for name, value in where(photo).items():
        form.add_field(name, str(value))
    form.add_field("media", json.dumps({"type": "photo", "media": "attach://jar"}))
    form.add_field("jar", BLUE, filename="jar.png", content_type="image/png")
    url = f"{api.url}/bot{api.token}/editMessageMedia"
    async with api.session.post(url, data=form) as response:
        body = await response.json()
    assert body["ok"], body
    assert photo.photo == BLUE


@pytest.mark.parametrize(
    ("media", "why"),
    [
        (None, "input media is not specified"),
        ({"type": "animation", "media": "x"}, "the sandbox does not simulate animations"),
        ({"type": "photo", "media": "x"}, "wrong file identifier/HTTP URL specified"),
        ({"type": "photo"}, "can't parse InputMedia: media not found"),
        ({"type": "photo", "media": "x", "hue": 1}, 'unknown field "hue" in InputMediaPhoto'),
    ],
)
async def test_wrong_media_is_refused(api: Api, photo: SeenMessage, media: Json | None, why: str) -> None:
    assert await api.refused("editMessageMedia", **where(photo), media=media) == f"Bad Request: {why}"
    assert photo.photo == RED


async def test_an_album_keeps_its_kind(tg: Sandbox, api: Api, group: Group, red: str, blue: str) -> None:
    paper = tg.world.add_file(b"%PDF", name="list.pdf").file_id
    album = [{"type": "photo", "media": red}, {"type": "photo", "media": red}]
    await api.ok("sendMediaGroup", chat_id=group.id, media=album)
    second = group.last_message
    assert await api.refused(
        "editMessageMedia", **where(second), media={"type": "document", "media": paper}
    ) == ("Bad Request: can't change media type in the album")
    await api.ok("editMessageMedia", **where(second), media={"type": "photo", "media": blue})
    assert second.photo == BLUE


async def test_an_inline_message_takes_no_new_files(
    api: Api, bot: Bot, ann: Person, group: Group, red: str, blue: str
) -> None:
    bot.set_inline(placeholder="Search …")
    search = await ann.types_inline(bot, "jar", in_=group)
    photo = {"type": "photo", "id": "1", "photo_file_id": red, "reply_markup": button()}
    await api.ok("answerInlineQuery", inline_query_id=search.id, results=[photo])
    sent = await ann.chooses(search)
    named = {"inline_message_id": sent.message.inline_id}
    await api.ok("editMessageMedia", **named, media={"type": "photo", "media": blue, "caption": "Blue"})
    assert (sent.photo, sent.text) == (BLUE, "Blue")
    assert await api.ok("editMessageCaption", **named, caption="Bluer") is True
    url = f"{api.url}/bot{api.token}/editMessageMedia"
    form = {"media": json.dumps({"type": "photo", "media": "attach://jar"}), **named}
    async with api.session.post(url, data=form | {"jar": _upload()}) as response:
        body = await response.json()
    assert body["description"] == "Bad Request: invalid message content specified"


async def test_a_channels_editor_may_change_what_others_posted(
    tg: Sandbox, api: Api, bot: Bot, mei: Person
) -> None:
    channel = tg.channel("Honey news", owner=mei)
    await mei.adds_bot(
        bot,
        channel,
        admin=True,
        rights=frozenset({"can_manage_chat", "can_post_messages", "can_edit_messages"}),
    )
    post = await mei.says("Fresh honey", in_=channel)
    await api.ok("editMessageText", **where(post), text="Fresh honey, sold out")
    assert post.text == "Fresh honey, sold out"


def _upload() -> BytesIO:
    jar = BytesIO(BLUE)
    jar.name = "jar.png"
    return jar
