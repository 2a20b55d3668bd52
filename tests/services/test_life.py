"""Posting in several groups and at a time, editing, withdrawing and posting again."""

import asyncio
from datetime import timedelta

import pytest

from bot.edit_errors import (
    AlreadyOnOffer,
    ClosesBeforeOpening,
    HandedOver,
    PickOver,
    StockBelowSold,
)
from bot.errors import ButtonOutdated
from bot.jobs.posting import open_due
from bot.posting import Place, Posting, share_offer
from bot.pricing_errors import TierAboveStock
from bot.services.closing import close_pick
from bot.services.edits import PickChange, edit_pick
from bot.services.picks import (
    NewPick,
    NewVariant,
    extend_pick,
    open_pick,
    post_in_groups,
    post_offer,
    post_pick,
    repost_pick,
)
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Group, Pick
from storage.repositories.picks import PostedPick
from storage.repositories.posts import WholeOffer
from storage.states import OrderState, OutboxKind, PickState
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick

HOUR = timedelta(hours=1)


def honey(shop: Shop, *, opens_in: timedelta | None = None, runs: timedelta | None = 2 * HOUR) -> NewPick:
    """Honey with all that an offer can hold."""
    opens_at = shop.now() + opens_in if opens_in is not None else None
    return NewPick(
        title="Honey",
        words="From the mountain",
        price_amount=1290,
        currency="EUR",
        unit="jars",
        variants=[
            NewVariant(name="dark L", stock=10, options=["dark", "L"]),
            NewVariant(name="light L", stock=None, options=["light", "L"]),
        ],
        curator_id=MEI_ID,
        opens_at=opens_at,
        closes_at=None if runs is None else (opens_at or shop.now()) + runs,
        photo_id="card",
        photo_ids=["second", "third"],
        option_names=["Colour", "Size"],
        tiers={10: 1190, 20: 990},
        minimum_quantity=5,
        limit_per_person=3,
        vouched_by_id=MEI_ID,
        vouch_words="My aunt's bees",
        code="H-1",
    )


async def posts(shop: Shop, group: Group, new: NewPick) -> Pick:
    async with shop.writing() as uow:
        return await post_pick(uow, group, new, now=shop.now())


async def look(shop: Shop, pick: Pick | PostedPick) -> PostedPick:
    assert pick.id is not None
    async with shop.reading() as uow:
        return await uow.picks.get(pick.id)


async def whole(shop: Shop, pick: Pick) -> WholeOffer:
    async with shop.reading() as uow:
        return await uow.posts.get_offer(pick.offer_id)


async def waiting(shop: Shop, kind: OutboxKind) -> list[int]:
    """The chats for which something of a kind waits to be sent."""
    async with shop.reading() as uow:
        due = await uow.outbox.list_due(now=shop.now(), limit=1000)
    return [entry.chat_id for entry in due if entry.kind is kind]


async def withdraw(shop: Shop, pick: PostedPick, reason: str = "no bees") -> None:
    async with shop.writing() as uow:
        await withdraw_pick(uow, pick.id, reason=reason, by_id=MEI_ID, now=shop.now())


async def close(shop: Shop, pick: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, pick.id, now=shop.now())


async def change(shop: Shop, pick: PostedPick, what: PickChange) -> None:
    async with shop.writing() as uow:
        await edit_pick(uow, pick.id, what, by_id=MEI_ID, now=shop.now())


class TestPosting:
    async def test_all_that_an_offer_holds_is_kept(self, shop: Shop) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop))
        kept = await whole(shop, pick)
        offer = kept.offer
        assert (offer.minimum_quantity, offer.limit_per_person, offer.code) == (5, 3, "H-1")
        assert offer.option_names == ["Colour", "Size"]
        assert [variant.options for variant in kept.variants] == [["dark", "L"], ["light", "L"]]
        assert [(tier.quantity, tier.unit_amount) for tier in kept.tiers] == [(10, 1190), (20, 990)]
        assert [photo.photo_id for photo in kept.photos] == ["second", "third"]
        assert (pick.vouched_by_id, pick.vouch_words) == (MEI_ID, "My aunt's bees")

    async def test_several_groups_share_one_offer(self, shop: Shop) -> None:
        groups = [await make_group(shop) for _ in range(3)]
        async with shop.writing() as uow:
            picks = await post_in_groups(
                uow,
                [Place(group=group, topic_id=n or None) for n, group in enumerate(groups)],
                honey(shop),
                now=shop.now(),
            )
        assert len({pick.offer_id for pick in picks}) == 1
        assert [pick.topic_id for pick in picks] == [None, 1, 2]
        assert sorted(await waiting(shop, OutboxKind.CARD)) == sorted(group.chat_id for group in groups)
        assert sorted(await waiting(shop, OutboxKind.OVERVIEW)) == sorted(group.chat_id for group in groups)

    async def test_a_further_group_joins_what_runs(self, shop: Shop) -> None:
        here, there = await make_group(shop), await make_group(shop)
        pick = await posts(shop, here, honey(shop))
        async with shop.writing() as uow:
            posting = Posting(curator_id=MEI_ID)
            [other] = await share_offer(uow, pick.offer_id, [Place(group=there)], posting, now=shop.now())
        assert other.offer_id == pick.offer_id

    async def test_a_new_round_is_a_copy_that_shares_nothing(self, shop: Shop) -> None:
        first = await look(shop, await posts(shop, await make_group(shop), honey(shop)))
        await make_order(shop, pick=first, variant="dark L", quantity=3)
        async with shop.writing() as uow:
            [again] = await post_offer(
                uow,
                first.offer.id or 0,
                [Place(group=first.group)],
                Posting(curator_id=MEI_ID),
                now=shop.now(),
            )
        assert again.number == 2
        copy, old = await whole(shop, again), await whole(shop, first.pick)
        assert copy.offer.id != old.offer.id
        assert [variant.sold for variant in copy.variants] == [0, 0]
        assert [variant.sold for variant in old.variants] == [3, 0]
        assert [tier.unit_amount for tier in copy.tiers] == [1190, 990]
        assert [photo.photo_id for photo in copy.photos] == ["second", "third"]
        assert copy.offer.option_names == ["Colour", "Size"]
        assert again.closes_at - again.opens_at == timedelta(hours=24)

    async def test_what_ends_before_it_begins_is_refused(self, shop: Shop) -> None:
        group = await make_group(shop)
        with pytest.raises(ClosesBeforeOpening):
            await posts(shop, group, honey(shop, opens_in=HOUR, runs=-HOUR))


class TestOpening:
    async def test_a_scheduled_pick_waits_and_opens_once(self, shop: Shop, clock: Clock) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop, opens_in=HOUR))
        assert pick.state is PickState.SCHEDULED
        assert await waiting(shop, OutboxKind.CARD) == []
        assert await open_due(shop) == 0
        clock.advance(HOUR)
        opened = await asyncio.gather(open_due(shop), open_due(shop))
        assert sum(opened) == 1
        assert await open_due(shop) == 0
        assert (await look(shop, pick)).pick.state is PickState.LIVE
        assert len(await waiting(shop, OutboxKind.CARD)) == 1

    async def test_without_a_deadline_it_runs_a_day_from_its_opening(self, shop: Shop) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop, opens_in=3 * HOUR, runs=None))
        assert pick.closes_at == shop.now() + 27 * HOUR

    async def test_a_deadline_that_passed_while_nobody_opened_it_moves(
        self, shop: Shop, clock: Clock
    ) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop, opens_in=HOUR))
        clock.advance(9 * HOUR)
        assert await open_due(shop) == 1
        posted = await look(shop, pick)
        assert (posted.pick.opens_at, posted.pick.closes_at) == (clock.now(), clock.now() + 2 * HOUR)

    async def test_opening_late_but_before_the_deadline_leaves_the_deadline(
        self, shop: Shop, clock: Clock
    ) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop, opens_in=HOUR))
        clock.advance(2 * HOUR)
        assert await open_due(shop) == 1
        assert (await look(shop, pick)).pick.closes_at == pick.closes_at

    async def test_before_its_time_nothing_opens_it(self, shop: Shop) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop, opens_in=HOUR))
        async with shop.writing() as uow:
            assert not await open_pick(uow, pick.id or 0, now=shop.now())
            with pytest.raises(LookupError):
                await open_pick(uow, 999_999, now=shop.now())

    async def test_the_deadline_of_a_scheduled_pick_stays_behind_its_opening(self, shop: Shop) -> None:
        pick = await posts(shop, await make_group(shop), honey(shop, opens_in=2 * HOUR))
        async with shop.writing() as uow:
            with pytest.raises(ClosesBeforeOpening):
                await extend_pick(uow, pick.id or 0, closes_at=shop.now() + HOUR, now=shop.now())
            await extend_pick(uow, pick.id or 0, closes_at=shop.now() + 9 * HOUR, now=shop.now())
        assert await waiting(shop, OutboxKind.CARD) == []


class TestEditing:
    async def test_only_what_is_different_is_written_and_noted(self, shop: Shop) -> None:
        pick = await make_pick(shop)
        await change(shop, pick, PickChange(title="Yunnan honey", words=""))
        await change(shop, pick, PickChange(title="Forest honey"))
        async with shop.reading() as uow:
            acts = await uow.audit.list_newest(pick.pick.group_id, limit=10)
        assert [act.action for act in acts] == ["pick_edited", "pick_posted"]
        assert acts[0].details == {"title": "Yunnan honey"}

    async def test_a_new_photo_takes_the_place_of_a_card_that_waits(self, shop: Shop) -> None:
        pick = await make_pick(shop)
        assert len(await waiting(shop, OutboxKind.CARD)) == 1
        await change(shop, pick, PickChange(photo_id="new"))
        assert len(await waiting(shop, OutboxKind.CARD)) == 1

    async def test_stock_stays_above_what_is_sold_and_what_was_promised(self, shop: Shop) -> None:
        pick = await make_pick(shop, stock=20)
        await make_order(shop, pick=pick, quantity=6)
        [variant] = pick.variants
        assert variant.id is not None
        with pytest.raises(StockBelowSold) as refused:
            await change(shop, pick, PickChange(stocks={variant.id: 5}))
        assert refused.value.sold == 6
        with pytest.raises(ButtonOutdated):
            await change(shop, pick, PickChange(stocks={variant.id + 1000: 50}))
        await change(shop, pick, PickChange(stocks={variant.id: 6}))
        assert [(v.stock, v.sold) for v in (await look(shop, pick)).variants] == [(6, 6)]

    async def test_stock_does_not_fall_below_what_the_tiers_promise(self, shop: Shop) -> None:
        pick = await look(shop, await posts(shop, await make_group(shop), honey(shop)))
        dark, light = (variant.id or 0 for variant in pick.variants)
        with pytest.raises(TierAboveStock):
            await change(shop, pick, PickChange(stocks={dark: 2, light: 2}))
        assert [variant.stock for variant in (await look(shop, pick)).variants] == [10, None]

    @pytest.mark.parametrize("end", [close, withdraw])
    async def test_what_is_over_is_not_changed(self, shop: Shop, end: object) -> None:
        pick = await make_pick(shop)
        assert callable(end)
        await end(shop, pick)
        with pytest.raises(PickOver):
            await change(shop, pick, PickChange(title="x"))
        async with shop.writing() as uow:
            with pytest.raises(PickOver):
                await extend_pick(uow, pick.id, closes_at=shop.now() + HOUR, now=shop.now())


class TestWithdrawing:
    async def test_orders_are_cancelled_and_everything_is_given_back(self, shop: Shop) -> None:
        pick = await make_pick(shop, variants={"red": 10, "blue": None})
        ann, bob = make_person("Ann"), make_person("Bob")
        await make_order(shop, pick=pick, person=ann, variant="red", quantity=3)
        await make_order(shop, pick=pick, person=ann, variant="blue", quantity=1)
        await make_order(shop, pick=pick, person=bob, variant="red", quantity=2)
        await withdraw(shop, pick, "mouldy")
        after = await look(shop, pick)
        assert (after.pick.state, after.pick.reason) == (PickState.WITHDRAWN, "mouldy")
        assert (after.pick.order_count, after.pick.quantity) == (0, 0)
        assert [variant.sold for variant in after.variants] == [0, 0]
        async with shop.reading() as uow:
            entries = await uow.orders.load([(pick.id, ann.id), (pick.id, bob.id)])
        assert {entry.state for entry in entries.values()} == {OrderState.CANCELLED}
        assert all(not entry.lines for entry in entries.values())
        assert await waiting(shop, OutboxKind.WITHDRAWN) == [pick.group.chat_id], "nobody reads in private"
        with pytest.raises(PickOver):
            await withdraw(shop, pick)

    async def test_a_pick_that_nobody_ordered_is_withdrawn_in_silence(self, shop: Shop) -> None:
        pick = await make_pick(shop)
        await withdraw(shop, pick)
        assert await waiting(shop, OutboxKind.WITHDRAWN) == []

    async def test_what_is_handed_over_stays_sold(self, shop: Shop) -> None:
        pick, ann = await make_pick(shop), make_person("Ann")
        await make_order(shop, pick=pick, person=ann)
        await close(shop, pick)
        async with shop.writing() as uow:
            [order_id] = [e.id for e in (await uow.orders.load([(pick.id, ann.id)])).values()]
            await uow.pickups.hand_over(order_id, by_id=MEI_ID, now=shop.now())
        with pytest.raises(HandedOver):
            await withdraw(shop, pick)
        assert (await look(shop, pick)).pick.state is PickState.CLOSED


class TestReposting:
    async def test_a_round_follows_the_one_that_is_over(self, shop: Shop) -> None:
        pick = await make_pick(shop)
        async with shop.writing() as uow:
            with pytest.raises(AlreadyOnOffer) as refused:
                await repost_pick(uow, pick.id, closes_at=None, by_id=MEI_ID, now=shop.now())
        assert refused.value.number == 1
        await close(shop, pick)
        async with shop.writing() as uow:
            again = await repost_pick(uow, pick.id, closes_at=None, by_id=None, now=shop.now())
        assert (again.number, again.curator_id) == (2, MEI_ID)

    async def test_two_who_post_it_again_at_once_post_it_once(self, shop: Shop) -> None:
        pick = await make_pick(shop)
        await close(shop, pick)

        async def repost() -> bool:
            try:
                async with shop.writing() as uow:
                    await repost_pick(uow, pick.id, closes_at=None, by_id=MEI_ID, now=shop.now())
            except AlreadyOnOffer:
                return False
            return True

        assert sorted(await asyncio.gather(repost(), repost())) == [False, True]
