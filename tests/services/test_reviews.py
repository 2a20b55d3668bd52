"""Buyers are asked, say how it was, change it and judge what others say; on both databases."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.errors import ButtonOutdated
from bot.jobs.due import Due
from bot.jobs.rendering import render
from bot.jobs.reviews import ask_for_reviews
from bot.posting import Place, Posting
from bot.review_errors import GoodsNotFetched, OwnGoods, OwnReview, StarsMissing
from bot.rules.reviews import ASK_AFTER, ASK_UNTIL
from bot.services.closing import close_pick
from bot.services.handover import hand_over, take_back
from bot.services.picks import post_offer, repost_pick
from bot.services.privacy import forget
from bot.services.reviews import (
    page_of_reviews,
    rate,
    reviews_of,
    say_again,
    show,
    take_out,
    turn_vote,
    write,
)
from bot.shop import Shop
from storage.models import Order, OutboxEntry, Review
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import NoticeKind, OutboxKind
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_twin
from tests.services.rows import rows_of


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What somebody bought, and its order."""

    posted: PostedPick
    person: Seen
    order_id: int

    @property
    def variant_id(self) -> int:
        return self.posted.variants[0].id or 0


async def fetched(
    shop: Shop, posted: PostedPick, *people: Seen, hands_over: bool = True, reads: bool = True
) -> list[Bought]:
    """These people order, the pick closes, and they fetch it."""
    for person in people:
        await make_order(shop, pick=posted, person=person)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        entries = await uow.orders.load([(posted.id, person.id) for person in people])
        for person in people:
            if reads:
                await uow.members.open_private(person.id, is_open=True)
            if hands_over:
                order_id = entries[posted.id, person.id].id
                await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    return [
        Bought(posted=posted, person=person, order_id=entries[posted.id, person.id].id) for person in people
    ]


async def says(shop: Shop, bought: Bought, stars: int, words: str = "") -> int:
    """She gives stars, and perhaps says something; returns the key of her review."""
    async with shop.writing() as uow:
        line = await rate(
            uow, bought.order_id, bought.variant_id, stars, person_id=bought.person.id, now=shop.now()
        )
        if words:
            await write(
                uow,
                bought.order_id,
                bought.variant_id,
                words,
                anew=False,
                person_id=bought.person.id,
                now=shop.now(),
            )
    assert line.review is not None
    return line.review.id or 0


async def asked(shop: Shop) -> dict[int, list[int]]:
    """Who is asked about which orders, as it waits to be sent."""
    rows = await rows_of(shop, OutboxEntry)
    return {
        row.chat_id: (row.payload or {})["order_ids"] for row in rows if row.kind is OutboxKind.REVIEW_ASKED
    }


def people(*names: str) -> list[Seen]:
    return [make_person(name) for name in names]


async def test_a_buyer_is_asked_once_a_week_after_in_nobodys_quiet_hours(shop: Shop, clock: Clock) -> None:
    ann, ben, cleo, dan = people("Ann", "Ben", "Cleo", "Dan")
    posted = await make_pick(shop, stock=None)
    mine = await fetched(shop, posted, ann, ben)
    await fetched(shop, await make_pick(shop, group=posted.group), dan, reads=False)
    [of_cleo] = await fetched(shop, await make_pick(shop, group=posted.group), cleo, hands_over=False)
    [more] = await fetched(shop, await make_pick(shop, group=posted.group), ann)
    async with shop.writing() as uow:
        await uow.notices.choose(ben.id, NoticeKind.REVIEWS, is_on=False, now=shop.now())

    clock.advance(ASK_AFTER - timedelta(minutes=1))
    assert await ask_for_reviews(shop) == 0
    at_night = (shop.now() + timedelta(days=1)).replace(hour=22, minute=0)
    clock.advance(at_night - shop.now())
    assert await ask_for_reviews(shop) == 0
    clock.advance(timedelta(hours=11))
    assert sorted(await asyncio.gather(ask_for_reviews(shop), ask_for_reviews(shop))) == [0, 1]
    assert await asked(shop) == {ann.id: [mine[0].order_id, more.order_id]}
    [row] = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.REVIEW_ASKED]
    for is_on in (False, True):
        async with shop.writing() as uow:
            await uow.notices.choose(ann.id, NoticeKind.REVIEWS, is_on=is_on, now=shop.now())
        async with shop.reading() as uow:
            call = await render(Due(uow=uow, shop=shop, entry=row, now=shop.now()))
        assert (call is not None) is is_on, "switched off before it could be sent"
    assert await ask_for_reviews(shop) == 0

    async with shop.writing() as uow:
        await hand_over(uow, of_cleo.order_id, by_id=MEI_ID, now=shop.now())
    clock.advance(ASK_UNTIL + timedelta(minutes=1))
    assert await ask_for_reviews(shop) == 0, "she would not remember"
    orders = {order.id: order for order in await rows_of(shop, Order)}
    assert orders[mine[0].order_id].review_asked_at is not None
    assert orders[mine[1].order_id].review_asked_at is None


async def test_only_who_has_it_reviews_it_and_every_round_shares_what_she_says(
    shop: Shop, clock: Clock
) -> None:
    ann, ben, cleo, dan, eve = people("Ann", "Ben", "Cleo", "Dan", "Eve")
    first = await make_pick(shop, stock=None)
    tea = await make_group(shop, title="Tea friends")
    there = await make_twin(shop, first, group=tea)
    here = [*await fetched(shop, first, ann, ben), *await fetched(shop, there, dan, ann)]
    async with shop.writing() as uow:
        again = await repost_pick(uow, first.id, closes_at=None, by_id=MEI_ID, now=shop.now())
        posting = Posting(curator_id=MEI_ID)
        [third] = await post_offer(uow, again.offer_id, [Place(group=tea)], posting, now=shop.now())
        second = await uow.picks.get(again.id or 0)
        last = await uow.picks.get(third.id or 0)
    assert {second.offer.origin_id, last.offer.origin_id} == {first.pick.offer_id}
    [waits] = await fetched(shop, second, cleo, hands_over=False)
    forged = Bought(posted=first, person=eve, order_id=here[0].order_id)
    with pytest.raises(ButtonOutdated):
        await says(shop, forged, 1)
    with pytest.raises(ButtonOutdated):
        await says(shop, Bought(posted=second, person=ann, order_id=here[0].order_id), 1)
    with pytest.raises(GoodsNotFetched):
        await says(shop, waits, 1)
    with pytest.raises(StarsMissing):
        async with shop.writing() as uow:
            await show(uow, here[0].order_id, here[0].variant_id, "p", person_id=ann.id, now=shop.now())
    assert await rows_of(shop, Review) == []

    await says(shop, here[0], 5, "Lovely")
    await says(shop, here[1], 2, "Crystallised")
    await says(shop, here[2], 4)
    await says(shop, here[3], 1)
    async with shop.writing() as uow:
        await hand_over(uow, waits.order_id, by_id=MEI_ID, now=shop.now())
    await says(shop, waits, 5)
    async with shop.reading() as uow:
        of_second = await reviews_of(uow, second, with_words=True)
        of_last = await reviews_of(uow, last, with_words=False)
    assert of_second.here == (3, 4.0, 2)
    assert of_second.elsewhere == (1, 4.0, 1)
    assert (of_last.here, of_last.elsewhere) == ((2, 2.5, 1), (2, 3.5, 1))
    assert of_second.everywhere.buyers == of_last.everywhere.buyers == 4, "who bought in both counts once"
    assert of_second.kind is not None
    assert of_second.kind.words == "Lovely"
    assert of_second.critical is not None
    assert of_second.critical.words == "Crystallised"
    cards = [row.subject_id for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.CARD]
    assert third.id in cards, "what is on offer shows it"


async def test_who_offers_it_herself_does_not_review_it_whoever_posts_it_again(shop: Shop) -> None:
    mei, ann = make_person("Mei", person_id=MEI_ID), make_person("Ann")
    first = await make_pick(shop, stock=None)
    [own, _] = await fetched(shop, first, mei, ann)
    async with shop.writing() as uow:
        again = await repost_pick(uow, first.id, closes_at=None, by_id=ann.id, now=shop.now())
        second = await uow.picks.get(again.id or 0)
    [of_ann] = await fetched(shop, second, mei)
    for bought in (own, of_ann):
        with pytest.raises(OwnGoods):
            await says(shop, bought, 5)


async def test_a_review_is_written_bit_by_bit_and_changed_at_any_time(shop: Shop, clock: Clock) -> None:
    [ann] = people("Ann")
    [bought] = await fetched(shop, await make_pick(shop, stock=None), ann)
    key = (bought.order_id, bought.variant_id)
    await asyncio.gather(says(shop, bought, 4), says(shop, bought, 4))
    await says(shop, bought, 3, "First line")
    await says(shop, bought, 3, "second line https://spam.example")
    async with shop.writing() as uow:
        for photo in ("one", "two", "one"):
            await show(uow, *key, photo, person_id=ann.id, now=shop.now())
        await say_again(uow, *key, would=True, person_id=ann.id, now=shop.now())
    [review] = await rows_of(shop, Review)
    assert (review.stars, review.photo_ids, review.would_again) == (3, ["one", "two"], True)
    assert review.words == "First line\nsecond line https://spam.example"

    clock.advance(timedelta(days=100))
    async with shop.writing() as uow:
        line = await write(uow, *key, "Only this", anew=True, person_id=ann.id, now=shop.now())
        assert line.review is not None
        assert line.review.words == "Only this"
        await take_out(uow, *key, "photos", person_id=ann.id, now=shop.now())
        await say_again(uow, *key, would=True, person_id=ann.id, now=shop.now())
        await take_out(uow, *key, "words", person_id=ann.id, now=shop.now())
    [review] = await rows_of(shop, Review)
    assert (review.words, review.photo_ids, review.would_again) == ("", None, None)
    assert review.edited_at == shop.now()
    news = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.REVIEW_NEWS]
    assert [row.chat_id for row in news] == [MEI_ID], "told once, however often it changes"


async def test_no_curator_takes_a_review_away_by_undoing_the_hand_over(shop: Shop) -> None:
    ann, ben = people("Ann", "Ben")
    posted = await make_pick(shop, stock=None)
    [bought, of_ben] = await fetched(shop, posted, ann, ben)
    await says(shop, bought, 1, "Broken")
    async with shop.writing() as uow:
        for each in (bought, of_ben):
            await take_back(uow, each.order_id, by_id=MEI_ID, now=shop.now())
    async with shop.reading() as uow:
        assert (await reviews_of(uow, posted, with_words=True)).here == (1, 1.0, 0)
        [own] = await uow.reviews.list_own(ann.id, limit=5, offset=0)
        assert await uow.reviews.list_own(ben.id, limit=5, offset=0) == []
    assert own.review is not None
    await says(shop, bought, 2)
    with pytest.raises(GoodsNotFetched):
        await says(shop, of_ben, 5)


async def test_the_helpful_come_first_and_each_vote_counts_once(shop: Shop) -> None:
    buyers = people("Ann", "Ben", "Cleo", "Dan", "Eve")
    posted = await make_pick(shop, stock=None)
    bought = await fetched(shop, posted, *buyers)
    keys = [await says(shop, one, stars) for one, stars in zip(bought, (5, 5, 1, 3, 4), strict=True)]

    async def votes(by: Sequence[Seen], review_id: int) -> list[bool]:
        turned = []
        for person in by:
            async with shop.writing() as uow:
                turned.append(await turn_vote(uow, posted, review_id, person_id=person.id, now=shop.now()))
        return turned

    assert await votes([buyers[0], buyers[1], buyers[0], buyers[0]], keys[2]) == [True, True, False, True]
    assert await votes([buyers[3]], keys[0]) == [True]
    with pytest.raises(OwnReview):
        await votes([buyers[2]], keys[2])
    with pytest.raises(ButtonOutdated):
        await votes([buyers[0]], 10**6)
    other = await make_pick(shop, group=posted.group, title="Other")
    with pytest.raises(ButtonOutdated):
        async with shop.writing() as uow:
            await turn_vote(uow, other, keys[0], person_id=buyers[4].id, now=shop.now())
    async with shop.reading() as uow:
        page = await page_of_reviews(uow, posted, person_id=buyers[0].id, page=0)
        more = await page_of_reviews(uow, posted, person_id=buyers[0].id, page=1)
        best = await reviews_of(uow, posted, with_words=True)
    assert [one.id for one in page.reviews] == [keys[2], keys[0], keys[4]]
    assert [one.helpful_count for one in page.reviews] == [2, 1, 0]
    assert page.found_helpful == {keys[2]}
    assert (page.has_more, more.has_more) == (True, False)
    assert [one.id for one in more.reviews] == [keys[3], keys[1]]
    assert (best.kind, best.critical) == (None, None), "they say nothing in words"


async def test_who_is_forgotten_leaves_her_stars_and_none_of_her_words(shop: Shop, clock: Clock) -> None:
    ann, ben = people("Ann", "Ben")
    posted = await make_pick(shop, stock=None)
    of_ann, of_ben = await fetched(shop, posted, ann, ben)
    key = await says(shop, of_ann, 2, "Only Ann would say this")
    await says(shop, of_ben, 5)
    async with shop.writing() as uow:
        await turn_vote(uow, posted, key, person_id=ben.id, now=shop.now())
        audited = await uow.erasure.find_audited(ann.id)
        nameless_id = await forget(uow, ann.id, audited, now=shop.now(), may_wait=False)
    assert nameless_id < 0
    async with shop.reading() as uow:
        said = await reviews_of(uow, posted, with_words=True)
        page = await page_of_reviews(uow, posted, person_id=ben.id, page=0)
    assert said.here == (2, 3.5, 1)
    assert said.critical is None
    assert [(one.person_id, one.stars, one.words) for one in page.reviews] == [
        (nameless_id, 2, ""),
        (ben.id, 5, ""),
    ]
    with pytest.raises(ButtonOutdated):
        await says(shop, of_ann, 5)
    clock.advance(ASK_AFTER + timedelta(days=1))
    assert await ask_for_reviews(shop) == 1
    assert await asked(shop) == {ben.id: [of_ben.order_id]}
