"""New picks are told to those who want to hear of them: once, awake, and as things are when it is sent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import product

import pytest

from bot.jobs.due import Due
from bot.jobs.notices import tell_new_picks
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.rendering import render
from bot.notice_errors import TooManyWishes
from bot.rules.notice_text import Wish, WishText
from bot.rules.notices import MOST_WISHES, hears
from bot.services.edits import PickChange, edit_pick
from bot.services.notices import announce, switch, wish_for
from bot.shop import Shop
from bot.telegram.parcels import Parcel, Refusal
from storage.models import Group, OutboxEntry, PickNotice
from storage.repositories.members import Seen
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.states import CategoryWish, NoticeKind, OutboxKind
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick
from tests.services.rows import rows_of

A_PORTION = 40
HONEY = WishText(wish=Wish.ONLY, categories=("honey",))


async def members(shop: Shop, group: Group, count: int) -> list[Seen]:
    """People of a group whose private chats are open."""
    people = [make_person(f"Ann {number}") for number in range(count)]
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())
        for person in people:
            await uow.members.open_private(person.id, is_open=True)
    return people


async def wants_all(shop: Shop, people: Iterable[Seen]) -> None:
    async with shop.writing() as uow:
        for person in people:
            await switch(uow, person.id, NoticeKind.NEW_PICKS, is_on=True, now=shop.now())


async def appears(shop: Shop, *picks: PostedPick) -> None:
    """Their cards are in their groups."""
    async with shop.writing() as uow:
        for posted in picks:
            await announce(uow, posted.pick, now=shop.now())


async def waiting(shop: Shop) -> dict[int, list[int]]:
    """Whom the outbox would tell of which picks."""
    rows = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.NEW_PICKS]
    return {row.chat_id: sorted((row.payload or {})["pick_ids"]) for row in rows}


async def told_by_now(shop: Shop, posted: PostedPick) -> set[int]:
    await appears(shop, posted)
    await tell_new_picks(shop)
    return {person_id for person_id, picks in (await waiting(shop)).items() if posted.id in picks}


async def make_rest(shop: Shop, person: Seen, posted: PostedPick, *, until: datetime) -> None:
    """A notice that waits until somebody is awake."""
    async with shop.writing() as uow:
        await uow.notice_rounds.hand_over(
            {person.id: [posted.id]}, priority=int(Priority.BROADCAST), now=shop.now(), due_at=until
        )


async def takes(outbox: DatabaseOutbox, now: datetime, limit: int = 15) -> list[Parcel]:
    """The notices of new picks among what the sender takes; all else is sent at once."""
    notices = []
    for parcel in await outbox.take(now=now, limit=limit, not_chats=(), full_chats=()):
        if parcel.chat_id > 0:
            notices.append(parcel)
        else:
            await outbox.delivered(parcel, {"message_id": 1})
    return notices


async def test_the_database_chooses_as_the_rule_does(shop: Shop) -> None:
    group = await make_group(shop)
    honey = await make_pick(shop, group=group, category="honey")
    plain = await make_pick(shop, group=group, title="Socks")
    wishes = [None, *CategoryWish]
    choices: list[bool | None] = [None, True, False]
    kinds = list(product(choices, wishes, wishes))
    people = await members(shop, group, len(kinds))
    async with shop.writing() as uow:
        for person, (is_on, of_honey, of_tea) in zip(people, kinds, strict=True):
            if is_on is not None:
                await uow.notices.choose(person.id, NoticeKind.NEW_PICKS, is_on=is_on, now=shop.now())
            for category, wish in (("honey", of_honey), ("tea", of_tea)):
                if wish is not None:
                    await uow.notices.wish(person.id, group.id or 0, [category], wish, now=shop.now())

    categories: list[tuple[PostedPick, str | None]] = [(honey, "honey"), (plain, None)]
    for posted, sort in categories:
        expected = {
            person.id
            for person, (is_on, of_honey, of_tea) in zip(people, kinds, strict=True)
            if hears(
                is_on=is_on,
                wishes={k: v for k, v in (("honey", of_honey), ("tea", of_tea)) if v is not None},
                category=sort,
            )
        }
        assert await told_by_now(shop, posted) == expected
        async with shop.reading() as uow:
            wants = await uow.notices.wants([person.id for person in people], NoticeKind.NEW_PICKS)
        assert wants == {p.id for p, (is_on, *_) in zip(people, kinds, strict=True) if is_on}


async def test_a_large_group_is_told_in_portions_and_nobody_twice(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    people = await members(shop, group, A_PORTION + 20)
    await wants_all(shop, people)
    honey = await make_pick(shop, group=group, title="Honey")
    socks = await make_pick(shop, group=group, title="Socks")
    await appears(shop, honey, socks)
    sent: Counter[int] = Counter()
    lost: set[int] = set()

    assert await tell_new_picks(shop, most_waiting=A_PORTION) == A_PORTION
    assert await tell_new_picks(shop, most_waiting=A_PORTION) == 0, "they have to be sent first"
    assert set(map(tuple, (await waiting(shop)).values())) == {(honey.id, socks.id)}
    outbox = DatabaseOutbox(shop)
    for turn in range(100):
        if turn == 2:
            # Cut off with a handful at Telegram: perhaps they arrived, and nobody can say.
            lost = {parcel.chat_id for parcel in await takes(outbox, clock.now())}
            sent.update(lost)
            outbox = DatabaseOutbox(shop)
            clock.advance(timedelta(minutes=5))
        for number, parcel in enumerate(await takes(outbox, clock.now())):
            if turn % 3 == 1 and number == 0:
                until = clock.now() + timedelta(seconds=1)
                await outbox.postponed(parcel, until=until, reason="429", attempts=0)
                clock.advance(timedelta(seconds=2))
                continue
            sent[parcel.chat_id] += 1
            if turn % 3 == 2 and number == 1:
                await outbox.postponed(
                    parcel, until=clock.now(), reason="no answer", attempts=1, perhaps_sent=True
                )
            else:
                await outbox.delivered(parcel, {"message_id": 7})
        # A job that is run twice, or by two processes, hands nobody over a second time.
        for _ in range(2):
            await tell_new_picks(shop, most_waiting=A_PORTION)
        if len(sent) == len(people) and not await waiting(shop):
            break

    assert lost
    assert sent == dict.fromkeys((person.id for person in people), 1)
    assert all(notice.done_at is not None for notice in await rows_of(shop, PickNotice))
    await appears(shop, honey)
    assert await tell_new_picks(shop) == 0, "a card that is posted anew is no news"


async def test_nobody_is_woken(shop: Shop, clock: Clock) -> None:
    """In Berlin it is 22:30, and quiet until eight."""
    group = await make_group(shop)
    [ann, bea] = await members(shop, group, 2)
    await wants_all(shop, [ann])
    clock.advance(timedelta(hours=9, minutes=30))
    late = await make_pick(shop, group=group, lasts=timedelta(days=2))
    await appears(shop, late)
    assert await tell_new_picks(shop) == 0
    clock.advance(timedelta(hours=9, minutes=45))
    async with shop.writing() as uow:
        await wish_for(uow, bea.id, [group.id or 0], WishText(wish=Wish.ALL), now=shop.now())
    assert await tell_new_picks(shop) == 2
    [first, _] = await takes(DatabaseOutbox(shop), clock.now(), limit=10)
    assert first.chat_id == ann.id

    # What was to be sent when it became quiet waits, too.
    [cat] = await members(shop, group, 1)
    await wants_all(shop, [cat])
    second = await make_pick(shop, group=group, title="Tea", lasts=timedelta(days=2))
    assert cat.id in await told_by_now(shop, second)
    clock.advance(timedelta(hours=13))
    outbox = DatabaseOutbox(shop)
    assert await takes(outbox, clock.now()) == []
    clock.advance(timedelta(hours=12))
    third = await make_pick(shop, group=group, title="Soap")
    assert cat.id in await told_by_now(shop, third)
    assert (await waiting(shop))[cat.id] == [second.id, third.id], "in one notice"
    assert cat.id in {parcel.chat_id for parcel in await takes(outbox, clock.now())}

    # What may be told now does not wait with what wakes people.
    clock.advance(timedelta(hours=12))
    assert await takes(outbox, clock.now()) == []
    fourth = await make_pick(shop, group=group, title="Jam", lasts=timedelta(days=2))
    await make_rest(shop, cat, fourth, until=clock.now() + timedelta(hours=9))
    across = await make_group(shop, title="Across the sea", time_zone="America/New_York")
    async with shop.writing() as uow:
        await uow.members.enter(across.id or 0, [cat.id], now=shop.now())
    fifth = await make_pick(shop, group=across, title="Maple syrup")
    assert cat.id in await told_by_now(shop, fifth)
    assert (await waiting(shop))[cat.id] == [fourth.id, fifth.id]
    assert cat.id in {parcel.chat_id for parcel in await takes(outbox, clock.now())}


async def test_what_has_changed_meanwhile_is_told_as_it_is_now(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    left, blocked, muted, ordered, told = people = await members(shop, group, 5)
    await wants_all(shop, people)
    honey = await make_pick(shop, group=group, category="honey")
    over = await make_pick(shop, group=group, title="Over", lasts=timedelta(minutes=1))
    assert await told_by_now(shop, over) == {person.id for person in people}
    assert await told_by_now(shop, honey) == {person.id for person in people}
    assert set(map(tuple, (await waiting(shop)).values())) == {(honey.id, over.id)}

    group_id = group.id or 0
    async with shop.writing() as uow:
        await uow.members.leave(group_id, left.id, now=shop.now())
        await wish_for(
            uow, muted.id, [group_id], WishText(wish=Wish.MUTE, categories=("honey",)), now=shop.now()
        )
    await make_order(shop, pick=honey, person=ordered)
    clock.advance(timedelta(minutes=2))
    outbox = DatabaseOutbox(shop)
    parcels = {parcel.chat_id: parcel for parcel in await takes(outbox, clock.now())}
    parcels.pop(ordered.id, None)  # Her receipt.
    assert parcels.keys() == {blocked.id, told.id}
    assert "Yunnan honey" in str(parcels[told.id].params["text"])
    assert "Over" not in str(parcels[told.id].params["text"])

    refused = Refusal(code=403, description="Forbidden: bot was blocked by the user")
    await outbox.refused(parcels[blocked.id], error=refused)
    await outbox.delivered(parcels[told.id], {"message_id": 7})
    tea = await make_pick(shop, group=group, title="Tea")
    assert blocked.id not in await told_by_now(shop, tea)
    assert left.id not in await told_by_now(shop, tea)
    unsent = [row for row in await rows_of(shop, OutboxEntry) if row.failed_at]
    assert unsent == [], "nobody has to look after it"


async def test_who_posts_it_is_not_told_and_a_pick_that_is_over_tells_nobody(
    shop: Shop, clock: Clock
) -> None:
    group = await make_group(shop)
    async with shop.writing() as uow:
        await uow.members.open_private(MEI_ID, is_open=True)
        await switch(uow, MEI_ID, NoticeKind.NEW_PICKS, is_on=True, now=shop.now())
    assert await told_by_now(shop, await make_pick(shop, group=group)) == set()
    await wants_all(shop, await members(shop, group, 1))
    short = await make_pick(shop, group=group, lasts=timedelta(minutes=1))
    await appears(shop, short)
    clock.advance(timedelta(minutes=2))
    assert await tell_new_picks(shop) == 0
    assert all(notice.done_at is not None for notice in await rows_of(shop, PickNotice))


async def test_a_renamed_category_stays_muted_and_a_thing_sorted_anew_takes_no_wish_along(
    shop: Shop,
) -> None:
    group = await make_group(shop)
    [ann] = await members(shop, group, 1)
    await wants_all(shop, [ann])
    mute = WishText(wish=Wish.MUTE, categories=("honney",))
    async with shop.writing() as uow:
        await wish_for(uow, ann.id, [group.id or 0], mute, now=shop.now())
    posted = await make_pick(shop, group=group, category="honney")

    await recategorised(shop, posted, "honey")
    assert await told_by_now(shop, posted) == set()
    async with shop.reading() as uow:
        wishes = (await uow.notices.wishes_of(ann.id))[group.id or 0]
    assert wishes == {"honey": CategoryWish.MUTE, "honney": CategoryWish.MUTE}

    tea = await make_pick(shop, group=group, title="Tea", category="tea")
    await recategorised(shop, posted, "tea")
    async with shop.reading() as uow:
        assert "tea" not in (await uow.notices.wishes_of(ann.id))[group.id or 0]
    assert await told_by_now(shop, tea) == {ann.id}


async def recategorised(shop: Shop, posted: PostedPick, category: str) -> None:
    async with shop.writing() as uow:
        change = PickChange(category=category)
        await edit_pick(uow, posted.id, change, by_id=MEI_ID, now=shop.now())


async def test_wishes_come_and_go(shop: Shop) -> None:
    group = await make_group(shop)
    [ann] = await members(shop, group, 1)
    group_id = group.id or 0

    async def wishes(*said: WishText) -> dict[str, CategoryWish]:
        async with shop.writing() as uow:
            for each in said:
                await wish_for(uow, ann.id, [group_id], each, now=shop.now())
            return (await uow.notices.wishes_of(ann.id)).get(group_id, {})

    async def choice() -> bool | None:
        async with shop.reading() as uow:
            return (await uow.notices.choices_of(ann.id)).get(NoticeKind.NEW_PICKS)

    assert await wishes(HONEY, HONEY) == {"honey": CategoryWish.ONLY}
    assert await choice() is None
    assert await wishes(WishText(wish=Wish.NOTHING)) == {"honey": CategoryWish.ONLY}
    assert await choice() is False
    assert await wishes(WishText(wish=Wish.MUTE, categories=("tea",))) == {
        "honey": CategoryWish.ONLY,
        "tea": CategoryWish.MUTE,
    }
    assert await choice() is False
    assert (await wishes(HONEY))["honey"] is CategoryWish.ONLY
    assert await choice() is None, "she wants to hear of something again"
    assert await wishes(WishText(wish=Wish.AS_USUAL, categories=("tea",))) == {"honey": CategoryWish.ONLY}
    assert await wishes(WishText(wish=Wish.ALL)) == {}
    assert await choice() is True
    many = WishText(wish=Wish.MUTE, categories=tuple(f"c{n}" for n in range(MOST_WISHES + 1)))
    with pytest.raises(TooManyWishes):
        await wishes(many)


@pytest.mark.parametrize("kind", [NoticeKind.REMINDERS, NoticeKind.EARNINGS])
async def test_what_is_switched_off_is_not_drawn(shop: Shop, kind: NoticeKind) -> None:
    posted = await make_pick(shop)
    [ann] = await members(shop, posted.group, 1)
    outbox_kind = {NoticeKind.REMINDERS: OutboxKind.REMINDER, NoticeKind.EARNINGS: OutboxKind.EARNINGS}[kind]
    entry = OutboxEntry(
        kind=outbox_kind,
        chat_id=ann.id,
        subject_id=posted.id,
        payload={"since": shop.now().isoformat()},
        priority=10,
        due_at=shop.now(),
        created_at=shop.now(),
    )

    async def drawn() -> Sequence[object] | None:
        async with shop.reading() as uow:
            return await render(Due(uow=uow, shop=shop, entry=entry, now=shop.now()))

    before = await drawn()
    async with shop.writing() as uow:
        await switch(uow, ann.id, kind, is_on=False, now=shop.now())
    assert await drawn() is None
    async with shop.writing() as uow:
        await switch(uow, ann.id, kind, is_on=True, now=shop.now())
    assert await drawn() == before
    assert (before is not None) is (kind is NoticeKind.REMINDERS)
