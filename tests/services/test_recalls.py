"""What is bad is stopped everywhere, told to whom it concerns, and put on sale again; on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.errors import ButtonOutdated, PickClosed
from bot.jobs.closing import close_due
from bot.jobs.posting import open_due
from bot.jobs.recalls import stop_bad, tell_recalled
from bot.posting import Place, Posting, share_offer
from bot.recall_errors import (
    OfferStopped,
    PickGone,
    PickStopped,
    RecallAnswered,
    RecallOver,
    StoppedAlready,
    StoppedOpen,
)
from bot.rules.orders import Ask
from bot.services.cases.opening import open_case, open_from_recall, withdraw
from bot.services.closing import close_pick
from bot.services.drafts import copy_offer
from bot.services.handover import hand_over, note_return
from bot.services.picks import post_offer, repost_pick
from bot.services.recalls import (
    ByHand,
    lift,
    say_fine,
    see_recall,
    stop_by_hand,
    tell_buyers,
    want_back,
)
from bot.services.scores import score_of_curator, score_of_recommender
from bot.services.teams import TeamWish, find_seat
from bot.services.trust_slots import post_at_once
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import AuditEntry, Case, OutboxEntry, Pick, Recall, RecallBuyer
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import CaseKind, CaseOutcome, CaseStage, OutboxKind, PickState, RecallReason
from tests.clock import Clock
from tests.factories import (
    MEI_ID,
    make_group,
    make_order,
    make_person,
    make_pick,
    make_request,
    make_twin,
    next_update,
)
from tests.services.money import make_paid_group, order_of, pays, settle_all
from tests.services.rewards import joins, opens
from tests.services.rows import rows_of

ONE_MORE = Ask(action="change", items=((None, 1),))
LEAKS = ByHand(words="the jars leak", offers_refunds=False, by_id=MEI_ID)


async def bought(shop: Shop, posted: PostedPick, count: int, *, reads: bool = True) -> list[tuple[int, Seen]]:
    """So many people have ordered, the pick has closed, and they have what they ordered."""
    people = [make_person(f"Buyer {n}") for n in range(count)]
    await asyncio.gather(*(make_order(shop, pick=posted, person=person) for person in people))
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        entries = await uow.orders.load([(posted.id, person.id) for person in people])
        had = [(entries[posted.id, person.id].id, person) for person in people]
        for order_id, person in had:
            await uow.members.open_private(person.id, is_open=reads)
            await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    return had


async def complain(
    shop: Shop, had: Sequence[tuple[int, Seen]], kind: CaseKind = CaseKind.DAMAGED
) -> list[int]:
    """Each of them says that something is wrong; returns the keys of the cases."""
    async with shop.writing() as uow:
        opened = [
            await open_case(uow, order_id, kind, person_id=person.id, words="It leaks.", now=shop.now())
            for order_id, person in had
        ]
    return [one.case.id or 0 for one in opened]


async def stop(shop: Shop, posted: PostedPick, why: ByHand = LEAKS) -> int:
    async with shop.writing() as uow:
        return await stop_by_hand(uow, posted.id, why, now=shop.now())


async def lifted(shop: Shop, recall_id: int) -> None:
    async with shop.writing() as uow:
        await lift(uow, recall_id, by_id=MEI_ID, now=shop.now())


async def sent(shop: Shop, kind: OutboxKind) -> list[OutboxEntry]:
    return [row for row in await rows_of(shop, OutboxEntry) if row.kind is kind]


async def test_a_bad_batch_is_stopped_by_what_its_buyers_say(shop: Shop, clock: Clock) -> None:
    group = await make_paid_group(shop)
    posted = await make_pick(shop, group=group, stock=None)
    elsewhere = await make_twin(shop, posted)
    teller = await joins(shop, group, make_person("Teller"))
    people = [make_person(f"Buyer {n}") for n in range(12)]
    for person in people:
        await joins(shop, group, person)
        await opens(shop, posted, person, of=teller)
    order_ids = [await order_of(shop, posted, person) for person in people]
    for order_id, person in list(zip(order_ids, people, strict=True))[6:8]:
        await pays(shop, order_id, person, 1290)
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        for order_id, person in zip(order_ids, people, strict=True):
            await uow.members.open_private(person.id, is_open=True)
            await hand_over(uow, order_id, by_id=MEI_ID, now=shop.now())
    await settle_all(shop)
    had = list(zip(order_ids, people, strict=True))
    # What can still be cancelled counts for no score: anybody could order and complain.
    tea = await make_pick(shop, group=group)
    await opens(shop, tea, people[0], of=teller)
    await complain(shop, [(await order_of(shop, tea, people[0]), people[0])])

    await complain(shop, had[:4])
    await complain(shop, had[4:5], CaseKind.LATE)
    assert await stop_bad(shop) == 0, "lateness is not the goods' fault, and four of twelve may be chance"
    await complain(shop, had[5:6])
    assert await stop_bad(shop) == 1
    assert await stop_bad(shop) == 0, "it is stopped once"

    [recall] = await rows_of(shop, Recall)
    assert (recall.disputed, recall.delivered, recall.offers_refunds) == (5, 12, True)
    assert (recall.reason, recall.group_id, recall.begun_by_id) == (RecallReason.DISPUTES, group.id, None)
    with pytest.raises(PickStopped):
        await shop.orders.submit(make_request(elsewhere, ONE_MORE))
    assert await tell_recalled(shop) == 12
    assert await tell_recalled(shop) == 0
    assert {row.chat_id for row in await sent(shop, OutboxKind.RECALL)} == {person.id for person in people}

    # One who had paid wants it back: the refund is offered already, and waits for her yes.
    order_id, person = had[7]
    async with shop.writing() as uow:
        await want_back(uow, recall.id or 0, order_id, person_id=person.id, now=shop.now())
        opened = await open_from_recall(
            uow, order_id, person_id=person.id, recall_id=recall.id or 0, now=shop.now()
        )
    assert (opened.case.stage, opened.case.offered) == (CaseStage.OFFERED, CaseOutcome.REFUND)
    assert opened.case.offered_amount == 1290
    async with shop.writing() as uow:
        with pytest.raises(RecallAnswered):
            await say_fine(uow, recall.id or 0, order_id, person_id=person.id, now=shop.now())
        await say_fine(uow, recall.id or 0, had[8][0], person_id=had[8][1].id, now=shop.now())
        await want_back(uow, recall.id or 0, had[9][0], person_id=had[9][1].id, now=shop.now())
    async with shop.reading() as uow:
        seen = await see_recall(uow, recall.id or 0)
        assert (*seen.answers,) == (12, 12, 1, 2)
        assert seen.group_count == 2

        # (19 + 7) of (20 + 12), and for the curator one more was late.
        told = await score_of_recommender(uow, group.id or 0, teller.id, now=clock.now())
        sold = await score_of_curator(uow, group.id or 0, MEI_ID, now=clock.now())
    assert told is not None
    assert sold is not None
    assert (told.bps, told.orders, told.disputed) == (8125, 12, 5)
    assert (sold.bps, sold.orders, sold.disputed) == (10_000 * 25 // 32, 12, 6)


async def test_what_is_stopped_can_be_had_nowhere_until_it_is_on_sale_again(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop, team_price_amount=990)
    twin = await make_twin(shop, posted)
    later = await make_group(shop, title="Oil friends")
    ann = make_person("Ann")
    await make_order(shop, pick=posted, person=ann, quantity=2)
    async with shop.writing() as uow:
        posting = Posting(curator_id=MEI_ID, opens_at=clock.now() + timedelta(hours=1))
        [waits] = await share_offer(uow, posted.pick.offer_id, [Place(group=later)], posting, now=clock.now())
    recall_id = await stop(shop, twin)

    for pick in (posted, twin):
        with pytest.raises(PickStopped):
            await shop.orders.submit(make_request(pick, ONE_MORE))
    wish = TeamWish(update_id=next_update(), person=make_person("Ben"), pick_id=posted.id)
    group, offer_id = twin.group, posted.pick.offer_id
    for refused in (
        lambda uow: find_seat(uow, wish, now=clock.now()),
        lambda uow: share_offer(uow, offer_id, [Place(group=group)], posting, now=clock.now()),
        lambda uow: post_offer(uow, offer_id, [Place(group=group)], posting, now=clock.now()),
        lambda uow: copy_offer(uow, offer_id, person_id=MEI_ID, places=(), now=clock.now()),
        lambda uow: post_at_once(uow, waits.id or 0, by_id=MEI_ID, now=clock.now()),
        lambda uow: close_pick(uow, posted.id, now=clock.now()),
        lambda uow: stop_by_hand(uow, posted.id, LEAKS, now=clock.now()),
    ):
        with pytest.raises((PickStopped, OfferStopped, StoppedOpen, StoppedAlready)):
            async with shop.writing() as uow:
                await refused(uow)
    # Whoever wants out of it gets out, in part and altogether.
    less = await shop.orders.submit(
        make_request(posted, Ask(action="change", items=((None, -1),)), person=ann)
    )
    assert less.quantity == 1

    clock.advance(timedelta(hours=9))
    assert (await open_due(shop), await close_due(shop)) == (0, 0)
    gone = await shop.orders.submit(make_request(posted, Ask(action="cancel"), person=ann))
    assert gone.quantity == 0, "even when it would have closed by now"

    await lifted(shop, recall_id)
    with pytest.raises(PickClosed):
        await shop.orders.submit(make_request(posted, ONE_MORE))
    assert (await open_due(shop), await close_due(shop)) == (1, 2)
    [waiting] = [pick for pick in await rows_of(shop, Pick) if pick.id == waits.id]
    assert waiting.state is PickState.LIVE
    async with shop.writing() as uow:
        again = await repost_pick(uow, posted.id, closes_at=None, by_id=None, now=clock.now())
        with pytest.raises(RecallOver):
            await lift(uow, recall_id, by_id=MEI_ID, now=clock.now())
    async with shop.reading() as uow:
        await shop.orders.submit(make_request(await uow.picks.get(again.id or 0), ONE_MORE))
    acts = [row.action for row in await rows_of(shop, AuditEntry)]
    assert (acts.count("offer_stopped"), acts.count("recall_lifted")) == (1, 1)


async def test_a_bad_round_does_not_hide_behind_good_ones_and_concerns_its_own_buyers(
    shop: Shop, clock: Clock
) -> None:
    first = await make_pick(shop, stock=None)
    await bought(shop, first, 12)
    async with shop.writing() as uow:
        again = await repost_pick(uow, first.id, closes_at=None, by_id=None, now=clock.now())
    async with shop.reading() as uow:
        second = await uow.picks.get(again.id or 0)
    had = await bought(shop, second, 5)
    [case_id, *_] = await complain(shop, had[:4])
    async with shop.writing() as uow:
        await withdraw(uow, case_id, person_id=had[0][1].id, now=clock.now())
    assert await stop_bad(shop) == 0, "what was taken back counts nothing"
    await complain(shop, had[4:])
    assert await stop_bad(shop) == 1

    assert {row.order_id for row in await rows_of(shop, RecallBuyer)} == {order_id for order_id, _ in had}
    [recall] = await rows_of(shop, Recall)
    assert (recall.origin_id, recall.disputed, recall.delivered) == (first.pick.offer_id, 4, 5)
    with pytest.raises(OfferStopped):
        async with shop.writing() as uow:
            await repost_pick(uow, first.id, closes_at=None, by_id=None, now=clock.now())

    # Whoever puts it on sale again has looked: only what is said after that stops it again.
    clock.advance(timedelta(hours=1))
    await lifted(shop, recall.id or 0)
    assert await stop_bad(shop) == 0
    await complain(shop, had[:1])
    assert await stop_bad(shop) == 0
    async with shop.writing() as uow:
        third = await repost_pick(uow, first.id, closes_at=None, by_id=None, now=clock.now())
    async with shop.reading() as uow:
        fresh = await uow.picks.get(third.id or 0)
    await complain(shop, await bought(shop, fresh, 4))
    assert await stop_bad(shop) == 1


async def test_of_two_who_stop_it_at_once_one_does(shop: Shop) -> None:
    posted = await make_pick(shop)
    twin = await make_twin(shop, posted)
    ended = await asyncio.gather(stop(shop, posted), stop(shop, twin), return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["StoppedAlready", "int"]
    assert len(await rows_of(shop, Recall)) == 1


async def test_orders_of_the_same_moment_are_refused_or_told(shop: Shop) -> None:
    posted = await make_pick(shop, stock=None)
    people = [make_person(f"Buyer {n}") for n in range(30)]
    orders = [shop.orders.submit(make_request(posted, ONE_MORE, person=person)) for person in people]
    recall_id, *ended = await asyncio.gather(stop(shop, posted), *orders, return_exceptions=True)
    assert isinstance(recall_id, int)
    assert all(not isinstance(one, BaseException) or isinstance(one, PickStopped) for one in ended)
    await tell_recalled(shop)
    placed = sum(not isinstance(one, BaseException) for one in ended)
    assert len(await rows_of(shop, RecallBuyer)) == placed


async def test_buyers_are_told_in_portions_and_after_a_restart_nobody_twice(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop, stock=None)
    quiet = make_person("Quiet")
    order = await make_order(shop, pick=posted, person=quiet)
    assert order.changed
    had = await bought(shop, posted, 12)
    async with shop.writing() as uow:
        posted.group.is_active = False
        await uow.groups.save(posted.group)
    recall_id = await stop(shop, posted)
    assert await sent(shop, OutboxKind.RECALL_IN_GROUP) == [], "the bot is not in the group any more"

    async with shop.writing() as uow:
        assert await tell_buyers(uow, recall_id, limit=5, now=clock.now()) == 5
    with pytest.raises(RuntimeError, match="cut off"):
        await _cut_off(shop, recall_id)
    assert await tell_recalled(shop) == 8
    assert await tell_recalled(shop) == 0
    told = [row.chat_id for row in await sent(shop, OutboxKind.RECALL)]
    assert sorted(told) == sorted(person.id for _, person in had), "who reads nothing is not written to"

    # Who still waits for hers was told that she would hear how it goes on.
    async with shop.writing() as uow:
        await uow.members.open_private(quiet.id, is_open=True)
    await lifted(shop, recall_id)
    assert [row.chat_id for row in await sent(shop, OutboxKind.RECALL)][len(told) :] == [quiet.id]


async def _cut_off(shop: Shop, recall_id: int) -> None:
    async with shop.writing() as uow:
        await tell_buyers(uow, recall_id, limit=5, now=shop.now())
        raise RuntimeError("cut off")


async def test_nobody_answers_for_another_or_too_late(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop)
    [(order_id, ann), (other_id, _)] = await bought(shop, posted, 2)
    recall_id = await stop(shop, posted)
    async with shop.writing() as uow:
        with pytest.raises(ButtonOutdated):
            await say_fine(uow, recall_id, other_id, person_id=ann.id, now=clock.now())
        with pytest.raises(ButtonOutdated):
            await want_back(uow, recall_id, order_id, person_id=ann.id, now=clock.now())
        with pytest.raises(ButtonOutdated):
            await lift(uow, recall_id + 1, by_id=MEI_ID, now=clock.now())
        await say_fine(uow, recall_id, order_id, person_id=ann.id, now=clock.now())
    await lifted(shop, recall_id)
    async with shop.writing() as uow:
        with pytest.raises(RecallOver):
            await say_fine(uow, recall_id, order_id, person_id=ann.id, now=clock.now())
    assert await tell_recalled(shop) == 0
    assert await rows_of(shop, Case) == []


async def test_what_came_back_meanwhile_concerns_nobody_any_more(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop)
    [(order_id, ann), _] = await bought(shop, posted, 2)
    recall_id = await stop(shop, posted)
    async with shop.writing() as uow:
        await note_return(uow, order_id, by_id=MEI_ID, now=clock.now())
        assert await uow.recalls.list_mine(recall_id, ann.id) == []
        with pytest.raises(ButtonOutdated):
            await say_fine(uow, recall_id, order_id, person_id=ann.id, now=clock.now())


async def test_what_was_withdrawn_needs_no_stop(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="none left", by_id=MEI_ID, now=clock.now())
    with pytest.raises(PickGone):
        await stop(shop, posted)
