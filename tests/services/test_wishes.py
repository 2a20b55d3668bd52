"""Wishes gather into needs; when one is answered, exactly those who wished hear of it, once."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.errors import ButtonOutdated
from bot.jobs.due import Due
from bot.jobs.notices import tell_new_picks
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.rendering import render
from bot.jobs.wishes import expire_wishes, tell_wishers
from bot.money import Money
from bot.rules.wish_text import WishText
from bot.rules.wishes import MOST_OPEN, TAKEN_BACK_WITHIN, WISH_LASTS
from bot.services.notices import announce, switch
from bot.services.picks import repost_pick
from bot.services.wishes.answering import link_picks
from bot.services.wishes.gathering import WishKept, keep_wish, take_back
from bot.services.wishes.matching import alike_need
from bot.services.wishes.naming import answer_need, can_be_taken_back, take_answer_back
from bot.services.wishes.sorting import NeedSeen, merge_needs, see_needs, split_need, undo_merge
from bot.shop import Shop
from bot.wish_errors import NeedOver, TooManyOpenWishes, WishersTold, WishesTooOften
from storage.models import Draft, Group, Need, OutboxEntry, Wish
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import DraftStep, NoticeKind, OutboxKind, PickState
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick
from tests.services.rows import rows_of


async def joins(shop: Shop, group: Group, *people: Seen) -> None:
    """They are in the group, and their private chats are open."""
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())
        for person in people:
            await uow.members.open_private(person.id, is_open=True)


async def wishes(
    shop: Shop,
    group: Group,
    person: Seen,
    words: str,
    *,
    quantity: int = 1,
    limit: int | None = None,
    language: str = "en",
    message_id: int | None = None,
) -> WishKept:
    said = WishText(
        words=words,
        quantity=quantity,
        limit=Money(amount=limit, currency=group.currency) if limit is not None else None,
    )
    async with shop.writing() as uow:
        kept = await keep_wish(
            uow, group, person.id, said, language=language, message_id=message_id, now=shop.now()
        )
    assert kept is not None
    return kept


async def needs(shop: Shop, group: Group) -> list[NeedSeen]:
    async with shop.reading() as uow:
        return await see_needs(uow, group, now=shop.now())


async def answers(shop: Shop, need: Need, posted: PostedPick, *, is_shown: bool = True) -> None:
    """A draft that was made of a need is posted as this pick, and its card appears."""
    async with shop.writing() as uow:
        draft = await uow.drafts.save(
            Draft(
                person_id=MEI_ID,
                step=DraftStep.HOME,
                content={},
                created_at=shop.now(),
                updated_at=shop.now(),
            )
        )
        stored = await uow.wishes.find_need(need.id or 0)
        assert stored is not None
        stored.draft_id = draft.id
        await uow.wishes.save(stored)
        draft.pick_id = posted.id
        await uow.drafts.save(draft)
        await link_picks(uow, draft.id or 0, {posted.pick.group_id: posted.id})
        if is_shown:
            await uow.picks.set_message(posted.id, 77)
            await announce(uow, posted.pick, now=shop.now())


async def told(shop: Shop) -> list[int]:
    """Whom the outbox tells that a wish is answered, as often as it does."""
    rows = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.WISH_ANSWERED]
    return sorted(row.chat_id for row in rows)


async def rendered(shop: Shop) -> dict[int, str]:
    """What is really said, by person."""
    said = {}
    for row in await rows_of(shop, OutboxEntry):
        if row.kind is OutboxKind.WISH_ANSWERED:
            async with shop.reading() as uow:
                call = await render(Due(uow=uow, shop=shop, entry=row, now=shop.now()))
            if call is not None:
                said[row.chat_id] = call[1]["text"]
    return said


def ids(people: Iterable[Seen]) -> list[int]:
    return sorted(person.id for person in people)


async def test_wishes_gather_and_change(shop: Shop) -> None:
    group = await make_group(shop)
    ann, ben, lin = make_person("Ann"), make_person("Бен"), make_person("小林")
    await joins(shop, group, ann, ben, lin)
    first = await wishes(shop, group, ann, "dried mango", quantity=2, limit=500, message_id=11)
    assert (await wishes(shop, group, ben, "сушёное манго", language="ru", limit=460)).people == 2
    await wishes(shop, group, lin, "芒果干", language="zh_CN", quantity=3)
    await wishes(shop, group, lin, "wool socks")
    mango, socks = await needs(shop, group)
    assert (mango.title, mango.demand.people, mango.demand.quantity) == ("dried mango", 3, 6)
    assert mango.demand.limit_amount == 460

    again = await wishes(shop, group, ann, "dried mangos", quantity=5)
    assert again.is_change, "who wishes again for the same changes her wish"
    assert again.wish.id == first.wish.id
    edited = await wishes(shop, group, ann, "wool sox", message_id=11)
    assert edited.need.id == socks.need.id, "an edited message moves to where it belongs"
    mango, socks = sorted(await needs(shop, group), key=lambda seen: seen.need.id or 0)
    assert (mango.demand.people, socks.demand.people) == (2, 2)

    async with shop.writing() as uow:
        await uow.members.leave(group.id or 0, ben.id, now=shop.now())
    [mango] = [seen for seen in await needs(shop, group) if seen.title == "dried mango"]
    assert mango.demand.people == 1, "who has left is not counted"
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await take_back(uow, first.wish.id or 0, lin.id, now=shop.now())
    async with shop.writing() as uow:
        await take_back(uow, first.wish.id or 0, ann.id, now=shop.now())
    async with shop.writing() as uow:
        edited_later = await keep_wish(
            uow, group, ann.id, WishText(words="honey"), language="en", message_id=11, now=shop.now()
        )
    assert edited_later is None, "what was taken back is not begun again by an edit"


async def test_a_curator_merges_and_splits(shop: Shop) -> None:
    group = await make_group(shop)
    people = [make_person(f"Ann {number}") for number in range(4)]
    await joins(shop, group, *people)
    for person, words in zip(people, ("honey", "good honey", "quzzo", "blorft"), strict=True):
        await wishes(shop, group, person, words)
    honey, quzzo, blorft = await needs(shop, group)
    async with shop.writing() as uow:
        await merge_needs(uow, quzzo.need.id or 0, blorft.need.id or 0, by_id=MEI_ID, now=shop.now())
    with pytest.raises(NeedOver):
        async with shop.writing() as uow:
            await merge_needs(uow, honey.need.id or 0, blorft.need.id or 0, by_id=MEI_ID, now=shop.now())
    late = make_person("Late")
    await joins(shop, group, late)
    assert (await wishes(shop, group, late, "blorft")).need.id == quzzo.need.id, "what is merged stays so"

    good = next(wish for wish in honey.wishes if wish.words == "good honey")
    async with shop.writing() as uow:
        own = await split_need(uow, honey.need.id or 0, good.id or 0, by_id=MEI_ID, now=shop.now())
    assert (await wishes(shop, group, late, "good honey")).need.id == own.id, "and so does what is split"
    with pytest.raises(NeedOver):
        async with shop.writing() as uow:
            await split_need(uow, own.id or 0, good.id or 0, by_id=MEI_ID, now=shop.now())
    assert len(await needs(shop, group)) == 3


async def test_a_wrong_merge_is_undone(shop: Shop) -> None:
    group = await make_group(shop)
    people = [make_person(f"Ann {number}") for number in range(5)]
    await joins(shop, group, *people)
    for person, words in zip(people, ("honey", "honey, 2 jars", "socks", "wool socks", "sox"), strict=True):
        await wishes(shop, group, person, words)
    before = {seen.need.id: {wish.id for wish in seen.wishes} for seen in await needs(shop, group)}
    honey, *others = before
    for other in others:
        async with shop.writing() as uow:
            merge = await merge_needs(uow, honey or 0, other or 0, by_id=MEI_ID, now=shop.now())
            await undo_merge(uow, merge, by_id=MEI_ID, now=shop.now())
        seen = await needs(shop, group)
        assert {each.need.id: {wish.id for wish in each.wishes} for each in seen} == before
        assert not any(each.need.is_by_hand for each in seen)
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await undo_merge(uow, merge, by_id=MEI_ID, now=shop.now())


async def test_what_a_curator_said_can_be_taken_back_for_a_minute(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop, time_zone="UTC")
    ann = make_person("Ann")
    await joins(shop, group, ann, Seen(MEI_ID, "Mei", "mei", "en"))
    need = (await wishes(shop, group, ann, "honey")).need
    posted = await make_pick(shop, group=group, message_id=77, lasts=timedelta(hours=30))

    async def says_yes() -> None:
        async with shop.writing() as uow:
            await answer_need(uow, need.id or 0, posted, by_id=MEI_ID, page_id=5, now=shop.now())

    async def takes_back() -> None:
        async with shop.writing() as uow:
            await take_answer_back(uow, need, by_id=MEI_ID, now=shop.now())

    await says_yes()
    clock.advance(TAKEN_BACK_WITHIN - timedelta(seconds=1))
    assert await tell_wishers(shop) == 0
    await takes_back()
    clock.advance(timedelta(hours=1))
    assert await tell_wishers(shop) == 0
    assert [seen.need.pick_id for seen in await needs(shop, group)] == [None]
    with pytest.raises(WishersTold):
        await takes_back()

    # Who sleeps hears of it in the morning: until then it can be taken back.
    night = shop.now().replace(hour=22, minute=59, second=30)
    clock.advance(night - shop.now())
    await says_yes()
    clock.advance(timedelta(hours=8))
    async with shop.reading() as uow:
        assert await can_be_taken_back(uow, need, now=shop.now())
    clock.advance(timedelta(hours=2))
    assert await tell_wishers(shop) == 1
    with pytest.raises(WishersTold):
        await takes_back()
    assert await told(shop) == [ann.id]


async def test_exactly_those_who_wished_hear_of_it_once(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, ben, gone, mute, shut, other = people = [make_person(f"Ann {number}") for number in range(6)]
    await joins(shop, group, *people)
    for person in people[:-1]:
        kept = await wishes(shop, group, person, "honey")
    await wishes(shop, group, other, "wool socks")
    async with shop.writing() as uow:
        await uow.members.leave(group.id or 0, gone.id, now=shop.now())
        await uow.members.open_private(shut.id, is_open=False)
        await switch(uow, mute.id, NoticeKind.WISHES, is_on=False, now=shop.now())
        for person in (ann, other):
            await switch(uow, person.id, NoticeKind.NEW_PICKS, is_on=True, now=shop.now())

    posted = await make_pick(shop, group=group, message_id=None)
    await answers(shop, kept.need, posted, is_shown=False)
    assert await tell_wishers(shop) == 0, "nobody hears of what is not there to be seen"
    await answers(shop, kept.need, posted)
    assert await tell_wishers(shop, most_waiting=1) == 1
    assert await tell_wishers(shop, most_waiting=1) == 0, "the next portion waits for the first"
    assert await tell_wishers(shop) == 1
    assert await tell_wishers(shop) == 0
    assert await told(shop) == ids([ann, ben])
    said = await rendered(shop)
    assert sorted(said) == ids([ann, ben])
    assert "Yunnan honey" in said[ann.id]
    await tell_new_picks(shop)
    async with shop.reading() as uow:
        wanted = {
            person.id: await uow.notice_rounds.still_wanted(person.id, [posted.id], now=shop.now())
            for person in (ann, other)
        }
    assert wanted == {ann.id: [], other.id: [posted.id]}, "she hears of it once, whatever else she asked for"
    assert [seen.title for seen in await needs(shop, group)] == ["wool socks"]
    await make_order(shop, pick=posted, person=ben)
    assert sorted(await rendered(shop)) == [ann.id], "what somebody has ordered meanwhile is no news"

    outbox = DatabaseOutbox(shop)
    parcels = [
        parcel
        for parcel in await outbox.take(now=shop.now(), limit=15, not_chats=(), full_chats=())
        if parcel.chat_id == ann.id
    ]
    for parcel in parcels:
        until = clock.now() + timedelta(seconds=1)
        await outbox.postponed(parcel, until=until, reason="cut off", attempts=1, perhaps_sent=True)
    assert ann.id not in await told(shop), "what may have arrived is not sent again"


async def test_who_waits_twice_hears_once_and_whose_pick_it_is_does_not(shop: Shop) -> None:
    group = await make_group(shop)
    mei, ann, ben = Seen(MEI_ID, "Mei", "mei", "en"), make_person("Ann"), make_person("Ben")
    await joins(shop, group, mei, ann, ben)
    honey = (await wishes(shop, group, ann, "honey")).need
    quzzo = (await wishes(shop, group, ann, "quzzo")).need
    for person in (mei, ben):
        await wishes(shop, group, person, "honey")
    async with shop.writing() as uow:
        await merge_needs(uow, honey.id or 0, quzzo.id or 0, by_id=MEI_ID, now=shop.now())
    posted = await make_pick(shop, group=group, message_id=None)
    await answers(shop, honey, posted, is_shown=False)
    async with shop.reading() as uow:
        assert await uow.wishes.list_answered(limit=9) == [], "what waits to be seen keeps nothing else up"
    await answers(shop, honey, posted)
    assert await tell_wishers(shop, most_waiting=1) == 1
    assert {row.person_id for row in await rows_of(shop, Wish) if row.closed_at is None} == {MEI_ID, ben.id}
    assert await tell_wishers(shop) == 1
    assert await told(shop) == ids([ann, ben])
    assert await needs(shop, group) == []


async def test_a_curator_is_asked_again_only_after_new_wishes(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, ben = make_person("Ann"), make_person("Ben")
    await joins(shop, group, ann, ben)
    await wishes(shop, group, ann, "honey")

    async def asks(posted: PostedPick) -> bool:
        async with shop.reading() as uow:
            return await alike_need(uow, posted, now=shop.now()) is not None

    first = await make_pick(shop, group=group, title="Honey")
    assert await asks(first)
    clock.advance(timedelta(minutes=1))
    async with shop.writing() as uow:
        stored = (await uow.picks.load([first.id], lock=True))[first.id]
        stored.pick.state = PickState.WITHDRAWN
        await uow.picks.save(stored.pick)
        pick = await repost_pick(uow, first.id, closes_at=None, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        again = await uow.picks.get(pick.id or 0)
    assert not await asks(again), "she let the question be"
    clock.advance(timedelta(minutes=1))
    await wishes(shop, group, ben, "honey")
    assert await asks(again)


async def test_a_draft_of_other_goods_does_not_answer_the_wish(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann = make_person("Ann")
    await joins(shop, group, ann, Seen(MEI_ID, "Mei", "mei", "en"))
    honey = (await wishes(shop, group, ann, "honey")).need
    blorft = (await wishes(shop, group, ann, "blorft")).need
    socks = await make_pick(shop, group=group, title="Wool socks")
    await answers(shop, honey, socks)
    clock.advance(timedelta(minutes=5))
    assert await tell_wishers(shop) == 0
    assert {seen.need.pick_id for seen in await needs(shop, group)} == {None}
    async with shop.reading() as uow:
        asked = await alike_need(uow, socks, now=shop.now())
    assert asked is not None
    assert asked.need.id == honey.id, "she is asked of what she made it of"
    for need, title in ((blorft, "Blorft!"), (honey, "Good honey, 500 g")):
        await answers(shop, need, await make_pick(shop, group=group, title=title))
        assert await tell_wishers(shop) == 1, "what is alike answers it"


async def test_nobody_is_woken_and_what_came_to_nothing_is_open_again(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop, time_zone="UTC")
    ann = make_person("Ann")
    await joins(shop, group, ann)
    kept = await wishes(shop, group, ann, "honey")
    night = shop.now().replace(hour=23, minute=0)
    clock.advance(night - shop.now() if night > shop.now() else night + timedelta(days=1) - shop.now())
    posted = await make_pick(shop, group=group, lasts=timedelta(hours=20))
    await answers(shop, kept.need, posted)
    assert await tell_wishers(shop) == 0
    async with shop.writing() as uow:
        stored = (await uow.picks.load([posted.id], lock=True))[posted.id]
        stored.pick.state = PickState.WITHDRAWN
        await uow.picks.save(stored.pick)
    clock.advance(timedelta(hours=12))
    assert await tell_wishers(shop) == 0
    [seen] = await needs(shop, group)
    assert (seen.need.pick_id, seen.need.draft_id) == (None, None)
    second = await make_pick(shop, group=group)
    await answers(shop, seen.need, second)
    assert await tell_wishers(shop) == 1


async def test_wishes_expire_and_nobody_floods_a_group(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, ben = make_person("Ann"), make_person("Ben")
    await joins(shop, group, ann, ben)
    names = iter(sha256(str(number).encode()).hexdigest()[:16] for number in range(1000))
    for _ in range(2):
        for _ in range(20):
            await wishes(shop, group, ann, next(names))
        with pytest.raises(WishesTooOften) as refused:
            await wishes(shop, group, ann, next(names))
        assert refused.value.minutes == 60
        clock.advance(timedelta(hours=1, minutes=1))
    with pytest.raises(TooManyOpenWishes):
        await wishes(shop, group, ann, next(names))
    assert len(await rows_of(shop, Wish)) == MOST_OPEN
    await wishes(shop, group, ben, "honey")
    clock.advance(WISH_LASTS + timedelta(minutes=1))
    assert await needs(shop, group) == []
    assert await expire_wishes(shop) == MOST_OPEN + 1
    assert await expire_wishes(shop) == 0
    assert all(need.closed_at is not None for need in await rows_of(shop, Need))
