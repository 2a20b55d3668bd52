"""Uploads, downloads, photos and documents."""

from io import BytesIO

import aiohttp
import pytest

from sandbox.models.media import image_size, plain_picture
from sandbox.people import Group, Person
from tests.sandbox.conftest import Api, Json


async def _post(api: Api, method: str, group: Group, **files: tuple[str, bytes]) -> Json:
    form = aiohttp.FormData({"chat_id": str(group.id), "caption": "<b>Honey</b>", "parse_mode": "HTML"})
    for field, (name, content) in files.items():
        form.add_field(field, BytesIO(content), filename=name)
    async with api.session.post(f"{api.url}/bot{api.token}/{method}", data=form) as response:
        body: Json = await response.json()
        return body


async def test_an_uploaded_photo_can_be_sent_again_and_fetched(api: Api, group: Group) -> None:
    picture = plain_picture()
    sent = (await _post(api, "sendPhoto", group, photo=("honey.png", picture)))["result"]
    [size] = sent["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (64, 48, len(picture))
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Honey", "bold")
    again = await api.ok("sendPhoto", chat_id=group.id, photo=size["file_id"])
    assert again["photo"] == sent["photo"]
    file = await api.ok("getFile", file_id=size["file_id"])
    async with api.session.get(f"{api.url}/file/bot{api.token}/{file['file_path']}") as response:
        assert await response.read() == picture
    async with api.session.get(f"{api.url}/file/bot{api.token}/photos/none.jpg") as response:
        assert response.status == 404


async def test_a_document_keeps_its_name(api: Api, group: Group) -> None:
    form = aiohttp.FormData({"chat_id": str(group.id), "document": "attach://report"})
    form.add_field("report", b"a;b\n", filename="orders.csv", content_type="text/csv")
    async with api.session.post(f"{api.url}/bot{api.token}/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == ("orders.csv", "text/csv")
    assert group.last_message.document == b"a;b\n"


async def test_what_is_no_picture_is_refused(api: Api, group: Group) -> None:
    body = await _post(api, "sendPhoto", group, photo=("honey.png", b"not a picture"))
    assert body["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    body = await _post(api, "sendPhoto", group, photo=("honey.png", b""))
    assert body["description"] == "Bad Request: file must be non-empty"
    send = {"chat_id": str(group.id)}
    assert "wrong file identifier" in await api.refused("sendPhoto", **send, photo="nothing")
    assert "opens no outside addresses" in await api.refused("sendPhoto", **send, photo="https://x.org/a.png")
    form = aiohttp.FormData(send | {"photo": "attach://x"}, default_to_multipart=True)
    async with api.session.post(f"{api.url}/bot{api.token}/sendPhoto", data=form) as response:
        assert (await response.json())["description"] == 'Bad Request: there is no file "x" in the request'


async def test_an_unknown_file_field_is_refused(api: Api, group: Group) -> None:
    body = await _post(api, "sendDocument", group, document=("a.txt", b"a"), extra=("b.txt", b"b"))
    assert body["description"] == 'Bad Request: unknown parameter "extra" in sendDocument'


async def test_captions_have_a_limit_and_can_be_edited(api: Api, group: Group) -> None:
    sent = (await _post(api, "sendPhoto", group, photo=("honey.png", plain_picture())))["result"]
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    await api.ok("editMessageCaption", **where, caption="x" * 1024)
    assert await api.refused("editMessageCaption", **where, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )
    assert await api.refused("editMessageText", **where, text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    await api.ok("editMessageCaption", **where)
    assert group.last_message.text == ""


async def test_a_members_photo_reaches_the_bot(api: Api, ann: Person, group: Group) -> None:
    await ann.sends_photo(caption="/pick@vouch_bot 12.90 Honey", in_=group)
    [update] = await api.updates("message")
    assert update["message"]["caption_entities"] == [{"type": "bot_command", "offset": 0, "length": 15}]
    assert update["message"]["photo"][0]["width"] == 64


def test_picture_sizes_are_read() -> None:
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108004000500301220002110103110100")
    assert image_size(jpeg) == (80, 64)
    assert image_size(b"GIF89a\x02\x00\x03\x00") == (2, 3)
    assert image_size(b"hello") is None


def _png(width: int, height: int) -> bytes:
    """Return what begins as a PNG of a size in pixels."""
    return b"\x89PNG\r\n\x1a\n" + bytes(8) + width.to_bytes(4, "big") + height.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (
            plain_picture() + bytes(10 * 1024 * 1024),
            f"file of size {len(plain_picture()) + 10 * 1024 * 1024} bytes is too big for a photo;"
            " the maximum size is 10485760 bytes",
        ),
        (_png(9_000, 1_001), "PHOTO_INVALID_DIMENSIONS"),
        (_png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (_png(0, 10), "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_a_photo_has_limits(api: Api, group: Group, picture: bytes, why: str) -> None:
    body = await _post(api, "sendPhoto", group, photo=("honey.png", picture))
    assert body["description"] == f"Bad Request: {why}"


async def test_a_file_keeps_its_kind(api: Api, group: Group) -> None:
    sent = (await _post(api, "sendPhoto", group, photo=("honey.png", plain_picture())))["result"]
    photo = sent["photo"][0]["file_id"]
    assert await api.refused("sendDocument", chat_id=group.id, document=photo) == (
        "Bad Request: can't use file of type Photo as Document"
    )
    sent = (await _post(api, "sendDocument", group, document=("honey.png", plain_picture())))["result"]
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == ("honey.png", "image/png")
    assert await api.refused("sendPhoto", chat_id=group.id, photo=document["file_id"]) == (
        "Bad Request: can't use file of type Document as Photo"
    )
    assert (await api.ok("sendDocument", chat_id=group.id, document=document["file_id"]))["document"] == (
        document
    )


_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108004000500301220002110103110100")
_WIDE_JPEG = _JPEG.replace(bytes.fromhex("00400050"), bytes.fromhex("00400150"))


@pytest.mark.parametrize(
    ("thumbnail", "is_taken"),
    [(_JPEG, True), (_WIDE_JPEG, False), (_JPEG + bytes(200 * 1024), False), (plain_picture(), False)],
)
async def test_a_small_jpeg_is_taken_as_thumbnail(
    api: Api, group: Group, thumbnail: bytes, is_taken: bool
) -> None:
    body = await _post(
        api, "sendDocument", group, document=("a.unknown-kind", b"a"), thumbnail=("t.jpg", thumbnail)
    )
    document = body["result"]["document"]
    assert ("thumbnail" in document, document["mime_type"]) == (is_taken, "application/octet-stream")
    if is_taken:
        preview = await api.ok("getFile", file_id=document["thumbnail"]["file_id"])
        assert preview["file_size"] == len(thumbnail)


async def test_a_large_file_can_be_sent_but_not_fetched(api: Api, group: Group) -> None:
    body = await _post(api, "sendDocument", group, document=("big.bin", bytes(20 * 1024 * 1024 + 1)))
    file_id = body["result"]["document"]["file_id"]
    assert await api.refused("getFile", file_id=file_id) == "Bad Request: file is too big"
