"""A pick is told to those who are likely to care: for true reasons, if they agreed, once, and not to all."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from bot.errors import ButtonOutdated, PickClosed
from bot.i18n import Translator
from bot.jobs.due import Due
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.rendering import render
from bot.jobs.reviews import ask_for_reviews
from bot.jobs.wishes import tell_wishers
from bot.rules.listings import Terms
from bot.rules.notice_text import Wish, WishText
from bot.rules.tellings import FEWEST, RESTS, Care, Draw, Reason, Ware, likely
from bot.services.listings import open_listing
from bot.services.notices import switch, wish_for
from bot.services.picks import repost_pick
from bot.services.recommendations import dismiss
from bot.services.tellings.choosing import care_of, look_back, ware_of
from bot.services.tellings.explaining import why_told
from bot.services.tellings.searching import find_likely
from bot.services.tellings.telling import Audience, find_audience, post_after_all, tell
from bot.shop import Shop
from bot.telegram.parcels import Parcel
from bot.telling_errors import NotToldPersonally, OverBeforeMorning, TooFewToTell
from bot.trust_errors import OnlyOwnerOverrides
from bot.views.telling_notes import reason_lines
from storage.models import (
    Group,
    Member,
    Need,
    Order,
    OutboxEntry,
    Question,
    Ranking,
    Reaction,
    Telling,
    Told,
    TrustEntry,
)
from storage.models import Wish as StoredWish
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import CategoryWish, NoticeKind, OrderState, OutboxKind, PickState, Presence
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_twin
from tests.services.rewards import gets
from tests.services.rows import rows_of


class Nobody(Random):
    """A lot that leaves nobody out."""

    def random(self) -> float:
        return 1.0


async def agree(shop: Shop, group: Group, people: Sequence[Seen]) -> None:
    """They are in the group, read private messages, and want picks chosen for them."""
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())
        for person in people:
            await uow.members.open_private(person.id, is_open=True)
            await switch(uow, person.id, NoticeKind.SUGGESTIONS, is_on=True, now=shop.now())


async def buyers(shop: Shop, group: Group, count: int, **of: Any) -> tuple[PostedPick, list[Seen]]:
    """A pick that is over, and those who agreed and bought it."""
    people = [make_person(f"Ann {number}") for number in range(count)]
    await agree(shop, group, people)
    posted = await make_pick(shop, group=group, **{"stock": None, **of})
    for person in people:
        await make_order(shop, pick=posted, person=person)
    await gets(shop, posted)
    return posted, people


async def held(shop: Shop, group: Group, **of: Any) -> PostedPick:
    """A pick that waits for its slot."""
    posted = await make_pick(shop, group=group, **{"stock": None, **of})
    async with shop.writing() as uow:
        pick = (await uow.picks.load([posted.id], lock=True))[posted.id].pick
        pick.state, pick.opens_at = PickState.SCHEDULED, shop.now() + timedelta(days=1)
        pick.closes_at, pick.wanted_at = shop.now() + timedelta(days=2), shop.now()
        await uow.picks.save(pick)
        await uow.trust.forget_pick(posted.id)
    async with shop.reading() as uow:
        return await uow.picks.get(posted.id)


async def audience_of(shop: Shop, posted: PostedPick) -> Audience:
    async with shop.reading() as uow:
        return await find_audience(uow, posted.group, ware_of(posted), lot=Random(1), now=shop.now())


async def told(shop: Shop, posted: PostedPick, *, lot: Random | None = None) -> Telling:
    audience = await audience_of(shop, posted)
    async with shop.writing() as uow:
        return await tell(uow, posted.id, audience, lot=lot or Nobody(), by_id=MEI_ID, now=shop.now())


async def known(shop: Shop, group: Group, ware: Ware) -> dict[int, Care]:
    """What is known of each who may be told, where anything is."""
    people = [member.person_id for member in await rows_of(shop, Member)]
    async with shop.reading() as uow:
        past = await look_back(uow, group, ware)
        found = {person_id: await care_of(uow, past, person_id, now=shop.now()) for person_id in people}
    return {person_id: care for person_id, care in found.items() if care not in (None, Care())}


async def said(shop: Shop, posted: PostedPick, person_id: int) -> list[str] | None:
    """Why somebody would be told, in words; None: she would not be."""
    async with shop.reading() as uow:
        why = await why_told(uow, posted, person_id, now=shop.now())
    return [str(line) for line in reason_lines(Translator("en"), posted, why)] if why is not None else None


async def rows(shop: Shop, kind: OutboxKind) -> list[OutboxEntry]:
    return [row for row in await rows_of(shop, OutboxEntry) if row.kind is kind]


async def sent(shop: Shop, kind: OutboxKind = OutboxKind.TELLING) -> dict[int, str]:
    """What would be sent of a kind now, by person."""
    texts = {}
    for row in await rows(shop, kind):
        async with shop.reading() as uow:
            call = await render(Due(uow=uow, shop=shop, entry=row, now=shop.now()))
        if call is not None:
            texts[row.chat_id] = call[1]["text"]
    return texts


async def keep(shop: Shop, *stored: Any) -> None:
    async with shop.writing() as uow:
        for row in stored:
            await uow.wishes.save(row)


async def wishes(shop: Shop, person: Seen, need: Need, words: str = "honey", language: str = "en") -> None:
    """Somebody wants something, and it belongs to a need."""
    wish = StoredWish(
        group_id=need.group_id,
        person_id=person.id,
        need_id=need.id or 0,
        words=words,
        language=language,
        currency="EUR",
        created_at=shop.now(),
        expires_at=shop.now() + timedelta(days=9),
    )
    await keep(shop, wish)


async def test_each_fact_is_a_reason_and_is_said_as_it_is(shop: Shop) -> None:
    group = await make_group(shop)
    first, (bought, *_) = await buyers(shop, group, 1, title="Honey", category="honey")
    _, (sort, *_) = await buyers(shop, group, 1, title="Comb", category="honey", curator_id=None)
    fan, asker, wisher, follower, faithful, nobody = (make_person(f"Ben {n}") for n in range(6))
    await agree(shop, group, [fan, asker, wisher, follower, faithful, nobody])
    for title in ("Soap", "Tea"):
        posted = await make_pick(shop, group=group, title=title, stock=None)
        await make_order(shop, pick=posted, person=faithful)
        await gets(shop, posted)
    need = Need(group_id=group.id or 0, title="honey", created_at=shop.now())
    await keep(shop, need)
    await wishes(shop, wisher, need, "мёд", "ru")
    await keep(
        shop,
        Reaction(pick_id=first.id, person_id=fan.id, emoji="❤", reacted_at=shop.now()),
        Reaction(pick_id=first.id, person_id=nobody.id, emoji="👎", reacted_at=shop.now()),
        Question(pick_id=first.id, person_id=asker.id, text="How large?", asked_at=shop.now()),
    )
    async with shop.writing() as uow:
        await uow.notices.wish(follower.id, group.id or 0, ["honey"], CategoryWish.ONLY, now=shop.now())
        again = await repost_pick(uow, first.id, closes_at=None, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        posted = await uow.picks.get(again.id or 0)
    ware = ware_of(posted)

    found = {person_id: care.reasons for person_id, care in (await known(shop, group, ware)).items()}
    assert found == {
        bought.id: (Reason.BOUGHT,),
        sort.id: (Reason.SORT,),
        fan.id: (Reason.LIKED,),
        asker.id: (Reason.ASKED,),
        wisher.id: (Reason.WISHED,),
        follower.id: (Reason.FOLLOWS,),
        faithful.id: (Reason.FAITHFUL,),
    }
    number = first.pick.number
    assert {person_id: await said(shop, posted, person_id) for person_id in found} == {
        bought.id: [f"You bought #{number} Honey here."],
        sort.id: ["Of the latest picks of #honey here you bought 1."],
        fan.id: [f"You liked #{number} Honey."],
        asker.id: [f"You asked about #{number} Honey."],
        wisher.id: ["You wished for “мёд”."],
        follower.id: ["You asked to be told of #honey."],
        faithful.id: ["Of the latest picks of Mei here you bought 2."],
    }
    assert await said(shop, posted, nobody.id) is None


async def test_what_others_bought_together_is_a_reason_where_it_may_be_told(shop: Shop) -> None:
    group = await make_group(shop)
    tea, people = await buyers(shop, group, 6, title="Tea")
    honey = await make_pick(shop, group=group, title="Honey", stock=None)
    for person in people[1:4]:
        await make_order(shop, pick=honey, person=person)
    await gets(shop, honey)
    async with shop.writing() as uow:
        again = await repost_pick(uow, honey.id, closes_at=None, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        posted = await uow.picks.get(again.id or 0)
    origin_id = posted.offer.first_round_id
    tea_id, stranger = tea.offer.first_round_id, make_person("Stranger")
    await agree(shop, group, [stranger])
    for person, because_id in ((people[0], tea_id), (people[5], 0), (stranger, tea_id)):
        best = [[1, 0], [origin_id, because_id]]
        await keep(shop, Ranking(person_id=person.id, best=best, ranked_at=shop.now()))
    async with shop.reading() as uow:
        for both, one, are_found in ((3, 3, True), (4, 3, False), (3, 4, False)):
            found_both = await uow.recommendations.have_bought_both(tea_id, origin_id, both=both, one=one)
            assert found_both is are_found
    found = await known(shop, group, ware_of(posted))
    assert found[people[0].id].reasons == (Reason.ALIKE,)
    assert found[people[5].id].reasons == ()
    [line] = await said(shop, posted, people[0].id) or []
    assert line == "Because you bought <i>Tea</i>: 3 of 5 others who did bought this, too."
    assert await said(shop, posted, stranger.id) is None, "she has given it back since that was worked out"


async def test_whoever_is_not_looked_at_would_not_have_been_told(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.rules.tellings.MOST", 4)
    monkeypatch.setattr("storage.repositories.telling_people._AT_ONCE", 2)
    group = await make_group(shop)
    first, people = await buyers(shop, group, 12, title="Honey", category="honey")
    second = await make_pick(shop, group=group, title="Comb", category="honey", stock=None)
    for person in people[3:8]:
        await make_order(shop, pick=second, person=person)
    await gets(shop, second)
    # Some whose orders promised more than they are worth, and one who may not be told.
    cancelled = {person.id for person in people[5:9]}
    for order in await rows_of(shop, Order):
        if order.person_id in cancelled and order.pick_id == first.id:
            order.state = OrderState.CANCELLED
            await keep(shop, order)
    async with shop.writing() as uow:
        await switch(uow, people[3].id, NoticeKind.SUGGESTIONS, is_on=False, now=shop.now())
    need = Need(group_id=group.id or 0, title="honey", created_at=shop.now())
    await keep(shop, need)
    await wishes(shop, people[8], need)
    posted = await held(shop, group, title="Honey", category="honey")
    everybody = await known(shop, group, ware_of(posted))
    worth = sorted((care.worth for care in everybody.values()), reverse=True)
    assert worth[:4] == [10, 6, 5, 5], "the lot decides, too"
    async with shop.reading() as uow:
        past = await look_back(uow, group, ware_of(posted))
        for seed in range(20):
            draw = Draw.by(Random(seed))
            found = await find_likely(uow, past, draw, now=shop.now())
            assert list(found) == likely(everybody, draw)
            assert all(care == everybody[person_id] for person_id, care in found.items())


async def test_who_does_not_want_to_hear_it_is_not_told(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    _, people = await buyers(shop, group, 12, title="Honey", category="honey")
    posted = await held(shop, group, title="Honey", category="honey")
    refuses, mutes, others, dismisses, leaves, shut, was_told, was_held, orders, *rest = people
    elsewhere = await held(shop, group, title="Soap")
    async with shop.writing() as uow:
        await switch(uow, refuses.id, NoticeKind.SUGGESTIONS, is_on=False, now=shop.now())
        for person, wish in ((mutes, WishText(wish=Wish.MUTE, categories=("honey",))),
                             (others, WishText(wish=Wish.ONLY, categories=("tea",)))):  # fmt: skip
            await wish_for(uow, person.id, [group.id or 0], wish, now=shop.now())
        await dismiss(uow, dismisses.id, posted, now=shop.now())
        await uow.members.open_private(shut.id, is_open=False)
        member = await uow.members.find_member(group.id or 0, leaves.id)
        assert member is not None
        member.presence = Presence.LEFT
    for person, is_held in ((was_told, False), (was_held, True)):
        row = Told(
            pick_id=elsewhere.id,
            person_id=person.id,
            reasons=["liked"],
            is_held_back=is_held,
            chosen_at=shop.now(),
        )
        await keep(shop, row)
    assert set((await audience_of(shop, posted)).people) == {each.id for each in (was_held, orders, *rest)}

    await told(shop, posted)
    await make_order(shop, pick=posted, person=orders)
    async with shop.writing() as uow:
        await switch(uow, rest[0].id, NoticeKind.SUGGESTIONS, is_on=False, now=shop.now())
    assert set(await sent(shop)) == {was_held.id, rest[1].id, rest[2].id}, "what holds as it is sent"
    clock.advance(RESTS + timedelta(hours=1))
    assert was_told.id in (await audience_of(shop, await held(shop, group, title="Honey"))).people


async def test_two_groups_tell_nobody_of_the_same_offer(shop: Shop, clock: Clock) -> None:
    group, other = await make_group(shop), await make_group(shop, title="Tea friends")
    _, people = await buyers(shop, group, FEWEST + 2, title="Honey")
    stranger = make_person("Vera")
    need = Need(group_id=other.id or 0, title="honey", created_at=shop.now())
    await keep(shop, need)
    await agree(shop, other, [*people, stranger])
    for person in (*people, stranger):
        await wishes(shop, person, need)
    here = await held(shop, group, title="Honey")
    there = await make_twin(shop, here, group=other)
    again = await make_pick(shop, group=other, title="Hill honey", curator_id=None)
    again.offer.origin_id = here.offer.first_round_id
    await keep(shop, again.offer)
    another = await make_pick(shop, group=other, title="Good honey", curator_id=None)
    everybody = {person.id for person in (*people, stranger)}
    for posted in (there, again, another):
        assert set((await audience_of(shop, posted)).people) == everybody

    await told(shop, here, lot=Random(3))
    held_back = {row.person_id for row in await rows_of(shop, Told) if row.is_held_back}
    assert held_back
    for posted in (there, again):
        assert set((await audience_of(shop, posted)).people) == {*held_back, stranger.id}
    assert set((await audience_of(shop, another)).people) == everybody, "what is another offer is"

    # Had both told it at once, she would hear of it from the first.
    twice = next(person for person in people if person.id not in held_back)
    late = shop.now() + timedelta(seconds=1)
    await keep(shop, Told(pick_id=there.id, person_id=twice.id, reasons=["wished"], chosen_at=late))
    clock.advance(timedelta(minutes=1))
    assert await said(shop, here, twice.id) is not None
    assert await said(shop, there, twice.id) is None
    clock.advance(RESTS)
    assert await said(shop, there, twice.id) is not None


async def test_it_is_told_instead_of_posted(shop: Shop) -> None:
    group = await make_group(shop)
    first, people = await buyers(shop, group, 20, title="Honey")
    posted = await held(shop, group, title="Honey")
    cards = len(await rows(shop, OutboxKind.CARD))
    telling = await told(shop, posted, lot=Random(3))
    assert (telling.told_count, telling.held_count, telling.member_count) == (18, 2, 21)
    chosen = {row.person_id: row for row in await rows_of(shop, Told)}
    assert set(chosen) == {person.id for person in people}
    assert {tuple(row.reasons) for row in chosen.values()} == {("bought",)}
    told_ones = {key for key, row in chosen.items() if not row.is_held_back}
    texts = await sent(shop)
    assert set(texts) == told_ones
    for part in ("Chosen for you in Honey friends", f"You bought #{first.pick.number} Honey here.", "€12.90"):
        assert all(part in text for text in texts.values())

    async with shop.reading() as uow:
        pick = (await uow.picks.get(posted.id)).pick
        assert await uow.picks.list_live(group.id or 0) == []
    assert (pick.state, pick.is_personal, pick.opens_at) == (PickState.LIVE, True, shop.now())
    assert pick.closes_at == shop.now() + timedelta(days=1), "its deadline moves along"
    assert len(await rows(shop, OutboxKind.CARD)) == cards
    [entry] = [row for row in await rows_of(shop, TrustEntry) if row.pick_id == posted.id]
    assert entry.weight_bps == 5000, "half a post at most"
    # Whatever brings its card up to date finds none to be drawn.
    async with shop.writing() as uow:
        await uow.outbox.add_cards({posted.id: group.chat_id}, now=shop.now())
    assert await sent(shop, OutboxKind.CARD) == {}
    with pytest.raises(ButtonOutdated):
        await told(shop, posted)


async def test_too_few_are_not_told(shop: Shop) -> None:
    group = await make_group(shop)
    _, people = await buyers(shop, group, FEWEST, title="Honey")
    one, other = await held(shop, group, title="Honey"), await held(shop, group, title="Honey")
    audience = await audience_of(shop, other)
    assert audience.is_enough
    await told(shop, one)
    with pytest.raises(TooFewToTell):
        async with shop.writing() as uow:
            await tell(uow, other.id, audience, lot=Nobody(), by_id=MEI_ID, now=shop.now())
    assert {row.pick_id for row in await rows_of(shop, Told)} == {one.id}
    assert not (await audience_of(shop, other)).is_enough
    team = await held(shop, group, title="Tea", team_price_amount=900, team_size=2, team_hours=24)
    with pytest.raises(NotToldPersonally):
        async with shop.writing() as uow:
            await tell(uow, team.id, audience, lot=Nobody(), by_id=MEI_ID, now=shop.now())
    assert len(people) == FEWEST


async def test_what_others_may_sell_is_not_told_to_some(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await buyers(shop, group, FEWEST, title="Honey")
    listed, carried = [await held(shop, group, title="Honey") for _ in range(2)]
    async with shop.writing() as uow:
        await open_listing(uow, listed.id, Terms(), by_id=MEI_ID, now=shop.now())
        pick = (await uow.picks.load([carried.id], lock=True))[carried.id].pick
        pick.is_carried, pick.closes_at = True, shop.now() + timedelta(hours=1)
        await uow.picks.save(pick)
    with pytest.raises(NotToldPersonally):
        await told(shop, listed)
    clock.advance(timedelta(hours=1))
    with pytest.raises(PickClosed):
        await told(shop, carried)


async def test_nobody_is_told_of_one_pick_twice(shop: Shop) -> None:
    group = await make_group(shop)
    _, people = await buyers(shop, group, FEWEST + 2, title="Honey")
    posted = await held(shop, group, title="Honey")
    wisher, hears, *_ = people
    need = Need(group_id=group.id or 0, title="honey", created_at=shop.now(), pick_id=posted.id)
    await keep(shop, need)
    await wishes(shop, wisher, need)
    async with shop.writing() as uow:
        await switch(uow, hears.id, NoticeKind.NEW_PICKS, is_on=True, now=shop.now())
    await told(shop, posted)
    assert set(await sent(shop)) == {person.id for person in people if person is not wisher}
    # Wishing afterwards, or being told of all new picks, brings no second message.
    await wishes(shop, hears, need)
    await tell_wishers(shop)
    assert set(await sent(shop, OutboxKind.WISH_ANSWERED)) == {wisher.id}
    assert hears.id in await sent(shop)
    async with shop.reading() as uow:
        assert await uow.notice_rounds.still_wanted(hears.id, [posted.id], now=shop.now()) == []


async def test_what_was_told_can_be_posted_after_all(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    first, people = await buyers(shop, group, 10, title="Honey")
    posted = await held(shop, group, title="Honey")
    telling = await told(shop, posted, lot=Random(2))
    held_back = [row.person_id for row in await rows_of(shop, Told) if row.is_held_back]
    by_id = {person.id: person for person in people}
    told_ones = [person for person in people if person.id not in held_back]
    for person in (*told_ones[:3], *(by_id[key] for key in held_back)):
        await make_order(shop, pick=posted, person=person)
    group.keeps_allowance, group.posts_a_day, group.messages_between = True, 1, 0
    async with shop.writing() as uow:
        await uow.groups.save(group)
    with pytest.raises(OnlyOwnerOverrides):
        async with shop.writing() as uow:
            await post_after_all(uow, posted.id, by_id=people[0].id, now=shop.now())
    # What the telling itself has spent keeps nobody from it: on the next day it fits.
    clock.advance(timedelta(hours=23, minutes=59))
    async with shop.writing() as uow:
        await uow.trust.forget_pick(first.id)
        await post_after_all(uow, posted.id, by_id=people[0].id, now=shop.now())
    [stored] = await rows_of(shop, Telling)
    assert (stored.told_buyers, stored.held_buyers) == (3, telling.held_count)
    assert stored.measured_at == shop.now()
    [entry] = [row for row in await rows_of(shop, TrustEntry) if row.pick_id == posted.id]
    assert (entry.weight_bps, entry.is_override) == (10_000, False)
    assert len(await sent(shop, OutboxKind.CARD)) >= 1
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await post_after_all(uow, posted.id, by_id=MEI_ID, now=shop.now())


async def test_a_deadline_that_was_told_does_not_begin_anew(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await buyers(shop, group, FEWEST, title="Honey")
    posted = await held(shop, group, title="Honey")
    await told(shop, posted)
    clock.advance(timedelta(days=1))
    with pytest.raises(PickClosed):
        async with shop.writing() as uow:
            await post_after_all(uow, posted.id, by_id=MEI_ID, now=shop.now())


async def test_nobody_is_woken_and_what_may_have_arrived_is_not_sent_again(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await buyers(shop, group, 8, title="Honey")
    posted = await held(shop, group, title="Honey")
    clock.advance(timedelta(hours=9, minutes=30))
    short = await held(shop, group, title="Honey")
    async with shop.writing() as uow:
        pick = (await uow.picks.load([short.id], lock=True))[short.id].pick
        pick.closes_at = pick.opens_at + timedelta(hours=3)
        await uow.picks.save(pick)
    with pytest.raises(OverBeforeMorning):
        await told(shop, short)
    telling = await told(shop, posted, lot=Random(1))
    outbox = DatabaseOutbox(shop)

    async def takes() -> list[Parcel]:
        parcels = await outbox.take(now=clock.now(), limit=50, not_chats=(), full_chats=())
        notes = [parcel for parcel in parcels if "Chosen for you" in str(parcel.params.get("text"))]
        for parcel in parcels:
            if parcel not in notes:
                await outbox.delivered(parcel, {"message_id": 1})
        return notes

    assert await takes() == [], "the group sleeps"
    clock.advance(timedelta(hours=11))
    first, second, *others = await takes()
    assert len(others) + 2 == telling.told_count
    # One perhaps arrived, one certainly did not.
    for parcel, perhaps in ((first, True), (second, False)):
        await outbox.postponed(
            parcel, until=clock.now(), reason="no answer", attempts=1, perhaps_sent=perhaps
        )
    for parcel in others[1:]:
        await outbox.delivered(parcel, {"message_id": 1})
    # The bot is cut off with one at Telegram.
    outbox = DatabaseOutbox(shop)
    clock.advance(timedelta(minutes=5))
    assert [parcel.chat_id for parcel in await takes()] == [second.chat_id]
    assert {row.chat_id for row in await rows(shop, OutboxKind.TELLING)} == {second.chat_id}


async def test_who_got_something_is_asked_once_whether_she_wants_more(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann = make_person("Ann")
    await agree(shop, group, [ann])
    async with shop.writing() as uow:
        await uow.notices.unchoose(ann.id, NoticeKind.SUGGESTIONS)
    offers = []
    for title in ("Honey", "Tea"):
        posted = await make_pick(shop, group=group, title=title, stock=None)
        await make_order(shop, pick=posted, person=ann)
        order = next(row for row in await rows_of(shop, Order) if row.pick_id == posted.id)
        await gets(shop, posted, order.id or 0)
        clock.advance(timedelta(days=8))
        assert await ask_for_reviews(shop) == 1
        text = (await sent(shop, OutboxKind.REVIEW_ASKED))[ann.id]
        offers.append("I tell you of a pick now and then" in text)
    assert offers == [True, False]
    async with shop.reading() as uow:
        assert await uow.notices.wants([ann.id], NoticeKind.SUGGESTIONS) == set(), "silence is no"
