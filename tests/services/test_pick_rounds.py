"""A pick of the same title may be a further round of an earlier one, where a curator says so."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.carrying_errors import CarriedNotRepeated
from bot.edit_errors import RoundInUse, RoundJoined, RoundStopped
from bot.errors import ButtonOutdated
from bot.jobs.due import Due
from bot.jobs.rendering import render
from bot.rules.orders import Ask
from bot.rules.recommendations import RESTS
from bot.services.closing import close_pick
from bot.services.notices import switch
from bot.services.pick_rounds import ask_whether_same, find_earlier, join_rounds, keep_apart
from bot.services.picks import repost_pick
from bot.services.prospects import read_prospects
from bot.services.recalls import ByHand, lift, stop_by_hand
from bot.services.recommendations import dismiss
from bot.services.reviews import rate, reviews_of
from bot.shop import Shop
from storage.models import AuditEntry, Group, Offer, Order, OutboxEntry
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import NoticeKind, OutboxKind
from tests.factories import (
    MEI_ID,
    make_carrying,
    make_group,
    make_order,
    make_person,
    make_pick,
    make_request,
    make_twin,
)
from tests.services.rewards import gets, joins
from tests.services.rows import rows_of

WHY = ByHand(words="The jars leak", offers_refunds=False, by_id=MEI_ID)


async def sold(shop: Shop, posted: PostedPick, *people: Seen, stars: int | None = None) -> PostedPick:
    """They order it, fetch it when it is over, and say how it was."""
    for person in people:
        await make_order(shop, pick=posted, person=person)
    orders = {o.person_id: o.id or 0 for o in await rows_of(shop, Order) if o.pick_id == posted.id}
    await gets(shop, posted, *orders.values())
    for person in people if stars else ():
        async with shop.writing() as uow:
            variant_id = posted.variants[0].id or 0
            await rate(uow, orders[person.id], variant_id, stars or 0, person_id=person.id, now=shop.now())
    return await seen(shop, posted)


async def seen(shop: Shop, posted: PostedPick) -> PostedPick:
    """A pick as it is stored now."""
    async with shop.reading() as uow:
        return await uow.picks.get(posted.id)


async def says(
    shop: Shop, decision: Callable[..., Awaitable[None]], posted: PostedPick, earlier: PostedPick
) -> None:
    async with shop.writing() as uow:
        await decision(uow, posted.id, earlier.id, by_id=MEI_ID, now=shop.now())


async def asked(shop: Shop, posted: PostedPick, curator_id: int = MEI_ID) -> tuple[int, int] | None:
    """Of which earlier pick a curator is asked, by its number, and how many bought it."""
    async with shop.reading() as uow:
        found = await find_earlier(uow, await uow.picks.get(posted.id), curator_id)
    return (found.posted.pick.number, found.buyers) if found is not None else None


async def origins(shop: Shop) -> Sequence[int | None]:
    return [offer.origin_id for offer in await rows_of(shop, Offer)]


async def again(shop: Shop, posted: PostedPick) -> PostedPick:
    async with shop.writing() as uow:
        pick = await repost_pick(uow, posted.id, closes_at=None, by_id=MEI_ID, now=shop.now())
        return await uow.picks.get(pick.id or 0)


async def two_rounds(shop: Shop, group: Group | None = None) -> tuple[PostedPick, PostedPick]:
    """Honey that Ann bought, and honey that is on offer now."""
    group = group or await make_group(shop)
    first = await sold(shop, await make_pick(shop, group=group), make_person("Ann"))
    return first, await make_pick(shop, group=group)


async def test_what_is_the_same_counts_together(shop: Shop) -> None:
    group = await make_group(shop)
    ann, ben, cat, dan = (make_person(name) for name in ("Ann", "Ben", "Cat", "Dan"))
    first = await sold(shop, await make_pick(shop, group=group), ann, ben, stars=5)
    second = await make_pick(shop, group=group, title="YUNNAN Hóney")
    assert await asked(shop, second) == (first.pick.number, 2)
    async with shop.writing() as uow:
        await uow.members.meet([dan], now=shop.now())
        await dismiss(uow, dan.id, second, now=shop.now())
    # She takes her time: it is sold, reviewed and posted again before she says so.
    second = await sold(shop, second, ben, cat, stars=4)
    third = await again(shop, second)

    await says(shop, join_rounds, second, first)
    await says(shop, join_rounds, second, first)

    root = first.offer.id
    assert await origins(shop) == [None, root, root], "the rounds of a round are rounds of the first"
    async with shop.reading() as uow:
        shown = await uow.picks.get(third.id)
        here = (await reviews_of(uow, shown, with_words=False)).here
        assert here.buyers == 3, "Ben counts once"
        assert await uow.recommendations.count_buyers(shown.offer.first_round_id) == 3
        assert await uow.recommendations.ordered_by(cat.id) == {root}
        assert await uow.recommendations.dismissed_by(dan.id) == {root}
        assert [
            one.origin_id
            for one in await uow.prospects.list_ended(group.id or 0, since=group.created_at, limit=9)
        ] == [root, root]
        assert (await read_prospects(uow, group, now=shop.now())).picks == 2
    acts = [(row.action, row.details) for row in await rows_of(shop, AuditEntry) if "rounds" in row.action]
    assert acts == [("rounds_joined", {"number": first.pick.number})], "said once"
    assert await asked(shop, third) is None, "a further round is nothing to ask about"


async def test_it_can_be_taken_back_until_somebody_orders(shop: Shop) -> None:
    first, second = await two_rounds(shop)
    await says(shop, keep_apart, second, first)
    assert await origins(shop) == [None, None], "she said no, and nothing happened"
    await says(shop, join_rounds, second, first)
    ben = make_person("Ben")
    await make_order(shop, pick=second, person=ben)
    with pytest.raises(RoundInUse):
        await says(shop, keep_apart, second, first)
    await shop.orders.submit(make_request(second, Ask(action="cancel"), person=ben))
    await says(shop, keep_apart, second, first)
    assert await origins(shop) == [None, None]
    acts = [row.action for row in await rows_of(shop, AuditEntry) if "rounds" in row.action]
    assert acts == ["rounds_joined", "rounds_parted"]

    await says(shop, join_rounds, second, first)
    async with shop.writing() as uow:
        await close_pick(uow, second.id, now=shop.now())
    await again(shop, second)
    with pytest.raises(RoundInUse):
        await says(shop, keep_apart, second, first)
    with pytest.raises(ButtonOutdated):
        await says(shop, keep_apart, first, second)


async def test_only_what_a_curator_may_take_for_the_same_is_asked(shop: Shop) -> None:
    lea = make_person("Lea")
    group = await make_group(shop, curators=[lea])
    first, second = await two_rounds(shop, group)
    assert await asked(shop, second, lea.id) == (1, 1)
    async with shop.writing() as uow:
        await uow.roles.limit(group.id or 0, lea.id, own_picks_only=True)
    assert await asked(shop, second, lea.id) is None, "not about another curator's picks"
    assert await asked(shop, second, make_person("Zoe").id) is None
    assert await asked(shop, await make_pick(shop, group=group, title="Yunnan honey, dark")) is None
    assert await asked(shop, await make_pick(shop)) is None, "what another group sold is another thing"
    assert await asked(shop, await make_carrying(shop, await make_pick(shop), group=group)) is None
    await make_pick(shop, group=group, title="Soap")
    assert await asked(shop, await make_pick(shop, group=group, title="Soap")) is None, "it runs still"
    async with shop.writing() as uow:
        await stop_by_hand(uow, first.id, WHY, now=shop.now())
    assert await asked(shop, second) is None


async def test_what_nobody_bought_is_passed_over(shop: Shop) -> None:
    group = await make_group(shop)
    await sold(shop, await make_pick(shop, group=group), make_person("Ann"))
    await sold(shop, await make_pick(shop, group=group))
    assert await asked(shop, await make_pick(shop, group=group)) == (1, 1)


async def test_what_would_be_wrong_is_refused(shop: Shop) -> None:
    group = await make_group(shop)
    first, second = await two_rounds(shop, group)
    elsewhere, _ = await two_rounds(shop)
    soap = await sold(shop, await make_pick(shop, group=group, title="Soap"))
    runs = await make_twin(shop, second, group=await make_group(shop))
    for earlier in (elsewhere, soap, runs, second):
        with pytest.raises(ButtonOutdated):
            await says(shop, join_rounds, second, earlier)
    with pytest.raises(ButtonOutdated):
        await says(shop, join_rounds, first, second)

    third = await sold(shop, await make_pick(shop, group=group))
    await says(shop, join_rounds, second, first)
    async with shop.writing() as uow:
        await close_pick(uow, second.id, now=shop.now())
    fourth = await again(shop, second)
    with pytest.raises(RoundJoined):
        await says(shop, join_rounds, fourth, third)
    async with shop.writing() as uow:
        recall_id = await stop_by_hand(uow, first.id, WHY, now=shop.now())
    fifth = await make_pick(shop, group=group)
    with pytest.raises(RoundStopped):
        await says(shop, join_rounds, fifth, first)
    with pytest.raises(RoundStopped):
        await says(shop, keep_apart, fourth, first)
    async with shop.writing() as uow:
        await lift(uow, recall_id, by_id=MEI_ID, now=shop.now())
        await stop_by_hand(uow, fifth.id, WHY, now=shop.now())
    with pytest.raises(RoundStopped):
        await says(shop, join_rounds, fifth, first)
    with pytest.raises(CarriedNotRepeated):
        await says(shop, join_rounds, await make_carrying(shop, elsewhere, group=group), first)


async def test_who_stops_it_meanwhile_stops_all_of_it(shop: Shop) -> None:
    first, second = await two_rounds(shop)

    async def stops() -> None:
        async with shop.writing() as uow:
            await stop_by_hand(uow, second.id, WHY, now=shop.now())

    await asyncio.gather(says(shop, join_rounds, second, first), stops(), return_exceptions=True)
    stored = await seen(shop, second)
    assert stored.offer.stopped_at is not None
    async with shop.reading() as uow:
        assert await uow.recalls.find_running(stored.offer.first_round_id) is not None


async def test_what_was_put_aside_is_told_to_nobody_as_a_further_round(shop: Shop) -> None:
    group = await make_group(shop)
    first, second = await two_rounds(shop, group)
    dan = await joins(shop, group, make_person("Dan"))
    async with shop.writing() as uow:
        await uow.members.open_private(dan.id, is_open=True)
        await switch(uow, dan.id, NoticeKind.SUGGESTIONS, is_on=True, now=shop.now())
        await dismiss(uow, dan.id, second, now=shop.now())

    async def may_be_told() -> set[int]:
        async with shop.reading() as uow:
            return await uow.telling_people.list_free(
                group.id or 0,
                [dan.id],
                category=None,
                curator_id=None,
                pick_id=None,
                draft_id=None,
                origin_ids=[first.offer.first_round_id],
                told_since=shop.now(),
            )

    assert await may_be_told() == {dan.id}
    await says(shop, join_rounds, second, first)
    assert await may_be_told() == set()


async def test_rankings_are_worked_out_anew(shop: Shop) -> None:
    first, second = await two_rounds(shop)
    async with shop.writing() as uow:
        assert await uow.recommendation_facts.begin(rests=RESTS, now=shop.now())
    await says(shop, join_rounds, second, first)
    async with shop.reading() as uow:
        assert (await uow.recommendation_facts.find_run()).asked_at == shop.now()


async def test_the_question_is_put_once_and_not_when_it_is_settled(shop: Shop) -> None:
    first, second = await two_rounds(shop)
    async with shop.writing() as uow:
        await uow.members.open_private(MEI_ID, is_open=True)
        for posted in (first, second, second):
            await ask_whether_same(uow, posted, now=shop.now())
    [row] = [row for row in await rows_of(shop, OutboxEntry) if row.kind is OutboxKind.ROUND_HINT]
    assert (row.chat_id, row.subject_id) == (MEI_ID, second.id)

    async def drawn() -> bool:
        async with shop.reading() as uow:
            return await render(Due(uow=uow, shop=shop, entry=row, now=shop.now())) is not None

    assert await drawn()
    await says(shop, join_rounds, second, first)
    assert not await drawn()
