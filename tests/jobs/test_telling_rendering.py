"""What is told personally comes with its photo where it has one, and its words fit below."""

import pytest

from bot.jobs.outbox import DatabaseOutbox
from bot.services.notices import switch
from bot.shop import Shop
from bot.telegram.parcels import Parcel, Refusal
from storage.models import OutboxEntry
from storage.repositories.outbox import Priority
from storage.states import NoticeKind, OutboxKind
from tests.factories import make_group, make_order, make_person, make_pick
from tests.services.rewards import gets
from tests.services.rows import rows_of


async def is_told(shop: Shop, *, words: str = "") -> None:
    """Ann, who bought it before, is to be told of a pick with a photo."""
    group, ann = await make_group(shop), make_person("Ann")
    first = await make_pick(shop, group=group, title="Honey")
    await make_order(shop, pick=first, person=ann)
    await gets(shop, first)
    posted = await make_pick(shop, group=group, title="Honey", words=words, photo_id="jar")
    async with shop.writing() as uow:
        await uow.members.open_private(ann.id, is_open=True)
        await switch(uow, ann.id, NoticeKind.SUGGESTIONS, is_on=True, now=shop.now())
        await uow.outbox.add(
            OutboxKind.TELLING,
            chat_id=ann.id,
            subject_id=posted.id,
            payload={"pick_ids": [posted.id]},
            priority=Priority.BROADCAST,
            now=shop.now(),
        )


async def sent(shop: Shop, outbox: DatabaseOutbox) -> list[Parcel]:
    """What is sent to somebody of the pick that is chosen for her."""
    parcels = await outbox.take(now=shop.now(), limit=50, not_chats=(), full_chats=())
    return [parcel for parcel in parcels if "Chosen for you" in str(parcel.params)]


@pytest.mark.parametrize("words", ["", "From the hills. " * 100])
async def test_it_is_told_with_its_photo(shop: Shop, words: str) -> None:
    await is_told(shop, words=words)
    [note] = await sent(shop, DatabaseOutbox(shop))
    assert (note.method, note.params["photo"]) == ("sendPhoto", "jar")
    caption = str(note.params["caption"])
    assert "You bought #1 Honey here." in caption
    assert len(caption) <= 1024


async def test_a_photo_that_cannot_be_sent_keeps_nobody_from_the_words(shop: Shop) -> None:
    outbox = DatabaseOutbox(shop)
    await is_told(shop)
    [note] = await sent(shop, outbox)
    await outbox.refused(note, error=Refusal(code=400, description="Bad Request: wrong file identifier"))
    [plain] = await sent(shop, outbox)
    assert plain.method == "sendMessage"
    await outbox.delivered(plain, {"message_id": 1})
    assert not [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.TELLING]
