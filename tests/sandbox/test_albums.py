"""Albums: sent, refused, counted, answered, copied and forwarded."""

import json

import aiohttp
import pytest
import telegram

from sandbox.limits import Limit
from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json


async def _sends_album(api: Api, group: Group, *media: Json, **files: tuple[str, bytes]) -> Json:
    form = aiohttp.FormData({"chat_id": str(group.id), "media": json.dumps(media)}, default_to_multipart=True)
    for field, (name, content) in files.items():
        form.add_field(field, content, filename=name)
    async with api.session.post(f"{api.url}/bot{api.token}/sendMediaGroup", data=form) as response:
        body: Json = await response.json()
        return body


def _photo(where: str, **fields: object) -> Json:
    return {"type": "photo", "media": where} | fields


@pytest.fixture
async def honey_photos(ann: Person, group: Group, api: Api) -> list[str]:
    """The file_ids of two photos that Ann has sent; nothing is pending."""
    for red in (1, 2):
        await ann.sends_photo(in_=group, image=plain_picture(red))
    return [update["message"]["photo"][0]["file_id"] for update in await api.updates("message")]


async def test_an_album_is_a_message_for_each_upload(api: Api, ann: Person, group: Group) -> None:
    said = await ann.says("/show", in_=group)
    body = await _sends_album(
        api,
        group,
        _photo("attach://one", caption="<b>Honey</b>", parse_mode="HTML"),
        _photo("attach://two", has_spoiler=True, show_caption_above_media=True),
        one=("1.png", plain_picture(1)),
        two=("2.png", plain_picture(2)),
    )
    first, second = body["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], first["caption_entities"][0]["type"]) == ("Honey", "bold")
    assert (second["has_media_spoiler"], second["show_caption_above_media"]) == (True, True)
    assert [part.photo for part in group.last_message.album] == [plain_picture(1), plain_picture(2)]
    assert said.album == [said]


async def test_each_part_of_an_album_answers(
    api: Api, ann: Person, group: Group, honey_photos: list[str]
) -> None:
    said = await ann.says("/show", in_=group)
    album = await api.ok(
        "sendMediaGroup",
        chat_id=group.id,
        media=[_photo(file_id) for file_id in honey_photos],
        reply_parameters={"message_id": said.id},
        protect_content=True,
    )
    assert [part["reply_to_message"]["message_id"] for part in album] == [said.id, said.id]
    assert all(part["has_protected_content"] for part in album)


async def test_documents_videos_and_audios_go_in_albums(api: Api, group: Group) -> None:
    body = await _sends_album(
        api,
        group,
        {"type": "document", "media": "attach://a", "thumbnail": "attach://t"},
        {"type": "document", "media": "attach://b"},
        a=("orders.csv", b"1"),
        b=("stock.csv", b"2"),
        t=("thumb.jpg", SMALL_JPEG),
    )
    first, second = (part["document"] for part in body["result"])
    assert (first["file_name"], first["mime_type"], first["thumbnail"]["width"]) == (
        "orders.csv",
        "text/csv",
        80,
    )
    assert "thumbnail" not in second
    clip = {"type": "video", "media": "attach://v", "width": 640, "height": 360, "duration": 7}
    body = await _sends_album(
        api, group, clip, _photo("attach://p"), v=("bees.mp4", b"v"), p=("p.png", plain_picture())
    )
    video = body["result"][0]["video"]
    assert (video["width"], video["height"], video["duration"]) == (640, 360, 7)
    song = {"type": "audio", "media": "attach://s", "duration": 9, "title": "Buzz", "performer": "Bees"}
    body = await _sends_album(api, group, song, song | {"title": ""}, s=("buzz.mp3", b"s"))
    audio = body["result"][0]["audio"]
    assert (audio["title"], audio["performer"], audio["mime_type"]) == ("Buzz", "Bees", "audio/mpeg")
    assert "title" not in body["result"][1]["audio"]


async def test_a_library_uploads_an_album(tg: Sandbox, bot: Bot, group: Group) -> None:
    media = [telegram.InputMediaPhoto(plain_picture(red), caption=f"{red}") for red in (1, 2)]
    base, files = f"{tg.url}/bot", f"{tg.url}/file/bot"
    async with telegram.Bot(bot.token, base_url=base, base_file_url=files) as client:
        sent = await client.send_media_group(group.id, media)
        assert await (await sent[1].photo[-1].get_file()).download_as_bytearray() == plain_picture(2)
    assert [message.caption for message in sent] == ["1", "2"]
    assert len({message.media_group_id for message in sent}) == 1


@pytest.mark.asks_wrongly("the documentation asks for two files, the server takes one")
async def test_a_lone_file_is_no_album(api: Api, group: Group, honey_photos: list[str]) -> None:
    [sent] = await api.ok("sendMediaGroup", chat_id=group.id, media=[_photo(honey_photos[0])])
    assert "media_group_id" not in sent


@pytest.mark.parametrize(
    ("media", "why"),
    [
        ([], "there are no messages to send"),
        ([_photo("x")] * 11, "too many messages to send as an album"),
        (["x"], "can't parse InputMedia: expected an Object"),
        ([{"media": "x"}], "can't parse InputMedia: Can't find field \"type\""),
        ([{"type": "photo"}], "can't parse InputMedia: media not found"),
        ([_photo("attach://nothing")], "can't parse InputMedia: media not found"),
        ([{"type": "sticker", "media": "x"}], 'can\'t parse InputMedia: type "sticker" is unsupported'),
        (
            [{"type": "animation", "media": "x"}],
            "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
        ),
        ([{"type": "live_photo", "media": "x"}], "the sandbox does not simulate live photos"),
        (
            [{"type": "video", "media": "x", "cover": "y"}],
            'the sandbox does not simulate the field "cover" of InputMediaVideo',
        ),
        ([{"type": "audio", "media": "x", "width": 3}], 'unknown field "width" in InputMediaAudio'),
        (
            [{"type": "audio", "media": "x", "duration": "long"}],
            'can\'t parse InputMedia: Field "duration" must be a Number',
        ),
        (
            [_photo("x", caption="<b>", parse_mode="HTML")],
            "can't parse InputMedia: Can't parse entities: Can't find end tag corresponding to start tag"
            ' "b"',
        ),
        ([_photo("x", caption="x" * 1025)], "message caption is too long"),
        ([_photo("x"), {"type": "document", "media": "y"}], "document can't be mixed with other media types"),
        ([_photo("x"), _photo("y")], "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_a_wrong_album_is_refused(api: Api, group: Group, media: list[object], why: str) -> None:
    before = len(group.messages)
    assert await api.refused("sendMediaGroup", chat_id=group.id, media=media) == f"Bad Request: {why}"
    assert len(group.messages) == before


async def test_a_bad_picture_is_named_by_its_place(api: Api, group: Group) -> None:
    body = await _sends_album(
        api,
        group,
        _photo("attach://good"),
        _photo("attach://bad"),
        good=("1.png", plain_picture()),
        bad=("2.png", b"no picture"),
    )
    assert body["description"] == (
        'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"'
    )
    form = aiohttp.FormData({"chat_id": str(group.id), "media": "[attach://x"}, default_to_multipart=True)
    async with api.session.post(f"{api.url}/bot{api.token}/sendMediaGroup", data=form) as response:
        assert "can't parse parameter" in (await response.json())["description"]


async def test_an_album_counts_each_of_its_parts(
    tg: Sandbox, api: Api, group: Group, honey_photos: list[str]
) -> None:
    tg.world.limits.enabled = True
    tg.world.limits.per_group = Limit(requests=3, seconds=60)
    album = {"chat_id": group.id, "media": [_photo(file_id) for file_id in honey_photos]}
    await api.ok("sendMediaGroup", **album)
    body = await api.call("sendMediaGroup", **album)
    assert body["parameters"]["retry_after"] == 60
    await api.ok("sendMessage", chat_id=group.id, text="one more")
    tg.world.clock.advance(61)
    large = album | {"media": [_photo(honey_photos[0])] * 4}
    await api.ok("sendMediaGroup", **large)


async def test_a_members_album_is_an_update_for_each_part(
    api: Api, ann: Person, bot: Bot, group: Group
) -> None:
    sent = await ann.sends_album(plain_picture(1), plain_picture(2), caption="/pick@vouch_bot", in_=group)
    messages = [update["message"] for update in await api.updates("message")]
    assert [message["message_id"] for message in messages] == [part.id for part in sent]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert ["caption" in message for message in messages] == [True, False]
    files = await ann.sends_album(documents={"a.csv": b"1", "b.csv": b"2"}, to=bot)
    assert [part.file_name for part in files[1].album] == ["a.csv", "b.csv"]


async def test_a_reaction_to_an_album_is_one_to_its_first_part(api: Api, ann: Person, group: Group) -> None:
    first, second = await ann.sends_album(plain_picture(1), plain_picture(2), in_=group)
    where = {"chat_id": group.id, "message_id": second.id}
    await api.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert (first.reactions, second.reactions) == ({"👍": 1}, {})


async def test_albums_stay_together(api: Api, ann: Person, bob: Person, bot: Bot, group: Group) -> None:
    await bob.starts(bot)
    album = await ann.sends_album(plain_picture(1), plain_picture(2), caption="Two", in_=group)
    said = await ann.says("and words", in_=group)
    many = {"chat_id": bob.id, "from_chat_id": group.id, "message_ids": [*(p.id for p in album), said.id]}
    for method in ("forwardMessages", "copyMessages"):
        numbers = await api.ok(method, **many)
        first, second, words = bob.private(bot).messages[-3:]
        assert [number["message_id"] for number in numbers] == [first.id, second.id, words.id]
        assert first.album == [first, second]
        assert first.message.media_group_id != album[0].message.media_group_id
        assert (first.text, words.album) == ("Two", [words])
    await api.ok("copyMessages", **many, remove_caption=True)
    assert bob.private(bot).messages[-3].text == ""
    single = many | {"message_ids": [album[1].id]}
    await api.ok("forwardMessages", **single)
    assert bob.private(bot).last_message.message.media_group_id is None


SMALL_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108004000500301220002110103110100")
