"""What somebody is suggested, and that each reason is true: all of them are counted anew, in plain Python."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs.recommendations import rank_anew
from bot.recommending.refitting import NotRanked, ranked
from bot.rules.acquaintances import Proof
from bot.rules.recommendations import RESTS, Silence
from bot.services.notices import show_purchases
from bot.services.picks import repost_pick
from bot.services.recommendations import (
    Suggested,
    Suggestions,
    ask_for_ranking,
    dismiss,
    restore,
    suggest,
)
from bot.shop import Shop
from storage.models import (
    Case,
    Member,
    Offer,
    Order,
    Pick,
    Ranking,
    RankingRun,
    Referral,
    Review,
)
from storage.models import Person as StoredPerson
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.repositories.recommendation_facts import Run
from storage.states import (
    CaseKind,
    CaseStage,
    CategoryWish,
    FulfilmentState,
    OrderState,
    PickState,
    Presence,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick, make_twin
from tests.services.rewards import gets, joins
from tests.services.rows import rows_of

BOUGHT = (OrderState.CONFIRMED, OrderState.COMPLETED)


def some(count: int) -> list[Seen]:
    return [make_person(f"Person {number}") for number in range(count)]


async def buy(shop: Shop, posted: PostedPick, people: Iterable[Seen]) -> None:
    """They order it, and get it when the pick is over."""
    who = {person.id: person for person in people}
    for person in who.values():
        await make_order(shop, pick=posted, person=person)
    orders = [order for order in await rows_of(shop, Order) if order.pick_id == posted.id]
    await gets(shop, posted, *(order.id or 0 for order in orders if order.person_id in who))


async def again(shop: Shop, posted: PostedPick) -> PostedPick:
    """The next round of a pick, by the same curator."""
    by_id = posted.pick.curator_id or MEI_ID
    async with shop.writing() as uow:
        pick = await repost_pick(uow, posted.id, closes_at=None, by_id=by_id, now=shop.now())
    async with shop.reading() as uow:
        return await uow.picks.get(pick.id or 0)


async def open_private(shop: Shop, *people: Seen) -> None:
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        for person in people:
            await uow.members.open_private(person.id, is_open=True)


async def review(shop: Shop, posted: PostedPick, people: Sequence[Seen], stars: int) -> None:
    orders = {o.person_id: o.id for o in await rows_of(shop, Order) if o.pick_id == posted.id}
    async with shop.writing() as uow:
        for person in people:
            await uow.reviews.save(
                Review(
                    order_id=orders[person.id] or 0,
                    variant_id=posted.variants[0].id or 0,
                    pick_id=posted.id,
                    origin_id=posted.offer.first_round_id,
                    group_id=posted.pick.group_id,
                    person_id=person.id,
                    stars=stars,
                    created_at=shop.now(),
                )
            )


async def asks(shop: Shop, person: Seen, *, page: int = 0) -> Suggestions:
    """What somebody is suggested; every reason is counted again."""
    async with shop.writing() as uow:
        await ask_for_ranking(uow, person.id, now=shop.now())
        found = await suggest(uow, person.id, page=page, now=shop.now())
    for one in found.picks:
        await check(shop, person, one)
    return found


def titles(found: Suggestions) -> list[str]:
    return [one.posted.offer.title for one in found.picks]


# Counting again, by other means than the shop does


async def check(shop: Shop, person: Seen, one: Suggested) -> None:
    """Raise AssertionError for a reason that is not true, or a pick that is not for this person."""
    offers = {offer.id: offer for offer in await rows_of(shop, Offer)}
    picks = {pick.id: pick for pick in await rows_of(shop, Pick)}
    orders = await rows_of(shop, Order)
    buyers: defaultdict[int, set[int]] = defaultdict(set)
    for order in orders:
        if order.state in BOUGHT and order.fulfilment_state is not FulfilmentState.RETURNED:
            buyers[offers[picks[order.pick_id].offer_id].first_round_id].add(order.person_id)
    origin_id, reasons, posted = one.posted.offer.first_round_id, one.reasons, one.posted
    assert reasons.buyers == len(buyers[origin_id])
    standing = [o for o in orders if o.pick_id == posted.id and o.state is not OrderState.CANCELLED]
    assert reasons.orders == len(standing)
    if reasons.because is not None:
        named = {
            key
            for key, people in buyers.items()
            if person.id in people
            and any(o.title == reasons.because.title for o in offers.values() if o.first_round_id == key)
        }
        counted = {
            (len(buyers[key] & buyers[origin_id] - {person.id}), len(buyers[key] - {person.id}))
            for key in named
        }
        assert (reasons.because.both, reasons.because.others) in counted
        assert 3 <= reasons.because.both < reasons.because.others
    await check_known(shop, person, one, orders=orders, picks=picks, offers=offers)
    await check_stars(shop, one)
    groups = {m.group_id for m in await rows_of(shop, Member) if m.person_id == person.id and joined(m)}
    assert posted.pick.group_id in groups, "nothing of a group is shown to who is not in it"
    assert person.id not in buyers[origin_id]
    assert reasons.buyers or reasons.orders


def joined(member: Member) -> bool:
    return member.presence is Presence.JOINED


async def check_known(
    shop: Shop,
    person: Seen,
    one: Suggested,
    *,
    orders: Sequence[Order],
    picks: Mapping[int | None, Pick],
    offers: Mapping[int | None, Offer],
) -> None:
    group_id = one.posted.pick.group_id
    inside = {m.person_id for m in await rows_of(shop, Member) if m.group_id == group_id and joined(m)}
    edges = [r for r in await rows_of(shop, Referral) if r.group_id == group_id]
    known = {r.referrer_id for r in edges if r.person_id == person.id}
    known |= {r.person_id for r in edges if r.referrer_id == person.id}
    known &= inside
    agreed = {p.id for p in await rows_of(shop, StoredPerson) if p.shows_purchases}
    got = {
        o.person_id
        for o in orders
        if o.fulfilment_state is FulfilmentState.HANDED_OVER
        and picks[o.pick_id].group_id == group_id
        and offers[picks[o.pick_id].offer_id].first_round_id == one.posted.offer.first_round_id
    }
    bought = len(known & agreed & got)
    assert one.reasons.known.known_bought == (bought if 3 <= bought < len(known) else 0)


async def check_stars(shop: Shop, one: Suggested) -> None:
    by_person: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for each in await rows_of(shop, Review):
        if each.origin_id == one.posted.offer.first_round_id:
            by_person[each.group_id == one.posted.pick.group_id, each.person_id].append(each.stars)
    means = {key: sum(stars) / len(stars) for key, stars in by_person.items()}
    if one.reasons.verdicts is None:
        assert len(means) < 3 or sum(means.values()) / len(means) < 4
        return
    for is_here, said in zip((True, False), one.reasons.verdicts, strict=True):
        mine = [mean for (here, _), mean in means.items() if here is is_here]
        assert said.buyers == len(mine)
        assert said.stars == pytest.approx(sum(mine) / len(mine) if mine else 0)
    assert len(means) >= 3
    assert sum(means.values()) / len(means) >= 4


# The stories


async def test_each_pick_comes_with_reasons_that_are_true(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, eve, *others = [make_person("Ann"), make_person("Eve"), *some(15)]
    for person in (ann, *others[:3]):
        await joins(shop, group, person)
    for person in others[3:8]:
        await joins(shop, group, person, by=ann)
    await joins(shop, group, eve, by=others[0])
    for person in others[8:]:
        await joins(shop, group, person)
    await open_private(shop, ann, eve)
    tea, bread, soap, wax = [
        await make_pick(shop, group=group, title=title) for title in ("Tea", "Bread", "Soap", "Wax")
    ]
    await buy(shop, tea, [ann, *others])
    await buy(shop, bread, others[:12])
    await buy(shop, soap, others[10:14])
    await buy(shop, wax, [])
    await review(shop, bread, others[:5], 5)
    await review(shop, soap, others[10:12], 5)
    async with shop.writing() as uow:
        for person in others[3:7]:
            await show_purchases(uow, person.id, shows=True)
    for posted in (tea, bread, soap):
        await again(shop, posted)
    jam = await make_pick(shop, group=group, title="Jam")
    await make_order(shop, pick=jam, person=others[0])
    await make_pick(shop, group=group, title="Unheard of")

    # Nothing was learnt yet: what there is to say is said all the same.
    assert set(titles(await asks(shop, ann))) == {"Bread", "Soap", "Jam"}
    assert await rank_anew(shop) == 2
    found = await asks(shop, ann)
    assert titles(found) == ["Bread", "Soap", "Jam"]
    first, second, third = [one.reasons for one in found.picks]
    assert first.because is not None
    assert (first.because.title, first.because.both, first.because.others) == ("Tea", 12, 15)
    assert first.known == Proof(known_bought=4)
    assert first.verdicts is not None
    assert second.because is not None
    assert second.because.both == 4
    assert third.because is None
    assert third.orders == 1

    # Somebody of whom nothing is known gets what many bought.
    found = await asks(shop, eve)
    assert titles(found) == ["Tea", "Bread", "Soap", "Jam"]
    assert [one.reasons.because for one in found.picks] == [None] * 4
    assert found.picks[0].reasons.buyers == 16

    # What changes is counted at once, though nothing was learnt anew.
    async with shop.writing() as uow:
        for person in others[3:5]:
            await show_purchases(uow, person.id, shows=False)
    assert (await asks(shop, ann)).picks[0].reasons.known == Proof()
    async with shop.writing() as uow:
        await dismiss(uow, ann.id, bread, now=shop.now())
        await uow.notices.wish(ann.id, group.id or 0, ["sweets"], CategoryWish.MUTE, now=shop.now())
    assert titles(await asks(shop, ann)) == ["Soap", "Jam"], "in all its rounds"
    async with shop.writing() as uow:
        await restore(uow, ann.id)
    assert titles(await asks(shop, ann)) == ["Bread", "Soap", "Jam"]
    await make_order(shop, pick=jam, person=ann)
    assert titles(await asks(shop, ann)) == ["Bread", "Soap"]


async def test_only_what_is_good_and_for_her_is_suggested(shop: Shop) -> None:
    group = await make_group(shop)
    elsewhere = await make_group(shop, title="Tea friends", owner=make_person("Lin"))
    ann, *others = [make_person("Ann"), *some(8)]
    for person in (ann, *others):
        await joins(shop, group, person)
    await open_private(shop, ann)
    bad, ill, stopped, sweet, own, good = [
        await make_pick(shop, group=group, title=title, category=category, curator_id=curator_id)
        for title, category, curator_id in (
            ("Bad", None, MEI_ID),
            ("Ill", None, MEI_ID),
            ("Stopped", None, MEI_ID),
            ("Sweet", "sweets", MEI_ID),
            ("Own", None, ann.id),
            ("Good", None, MEI_ID),
        )
    ]
    for posted in (bad, ill, stopped, sweet, own, good):
        await buy(shop, posted, others)
    await review(shop, bad, others, 2)
    await review(shop, good, others, 5)
    orders = [o for o in await rows_of(shop, Order) if o.pick_id == ill.id]
    async with shop.writing() as uow:
        for order in orders[:3]:
            await uow.cases.save(
                Case(
                    group_id=group.id or 0,
                    pick_id=ill.id,
                    order_id=order.id or 0,
                    person_id=order.person_id,
                    kind=CaseKind.DAMAGED,
                    stage=CaseStage.OPEN,
                    opened_at=shop.now(),
                )
            )
        await uow.notices.wish(ann.id, group.id or 0, ["sweets"], CategoryWish.MUTE, now=shop.now())
    for posted in (bad, ill, stopped, sweet, own, good):
        await again(shop, posted)
    async with shop.writing() as uow:
        await uow.recalls.set_stopped(stopped.offer.id or 0, shop.now())
    secret = await make_pick(shop, group=elsewhere, title="Secret")
    await make_order(shop, pick=secret, person=others[0])
    await make_twin(shop, good, group=elsewhere)
    assert await rank_anew(shop) == 1
    found = await asks(shop, ann)
    assert titles(found) == ["Good"]
    assert found.picks[0].posted.pick.group_id == group.id
    async with shop.writing() as uow:
        comes = found.picks[0].posted.pick
        comes.state, comes.opens_at = PickState.SCHEDULED, shop.now() + timedelta(hours=1)
        await uow.picks.save(comes)
    found = await asks(shop, ann)
    assert [one.posted.group.title for one in found.picks] == ["Honey friends"], "it comes"
    await joins(shop, elsewhere, ann)
    found = await asks(shop, ann)
    assert [one.posted.group.title for one in found.picks] == ["Tea friends", "Tea friends"]
    assert titles(found) == ["Good", "Secret"], "what can be ordered now is shown where it can be"


async def test_where_there_is_nothing_it_is_said_why(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, ben = make_person("Ann"), make_person("Ben")
    await open_private(shop, ann, ben)
    assert (await asks(shop, ann)).silence is Silence.NO_GROUP
    await joins(shop, group, ann)
    assert (await asks(shop, ann)).silence is Silence.NOTHING_ON_OFFER
    assert await rank_anew(shop) is None, "there is nothing to rank"
    honey = await make_pick(shop, group=group)
    assert (await asks(shop, ann)).silence is Silence.NOTHING_TO_SAY
    await make_order(shop, pick=honey, person=ann)
    assert (await asks(shop, ann)).silence is Silence.HAS_ALL
    assert (await asks(shop, ben)).silence is Silence.NO_GROUP
    clock.advance(timedelta(hours=9))
    assert (await asks(shop, ann)).silence is Silence.NOTHING_ON_OFFER


async def test_pages_hold_all_once(shop: Shop) -> None:
    group = await make_group(shop)
    ann, ben = make_person("Ann"), make_person("Ben")
    for person in (ann, ben):
        await joins(shop, group, person)
    for number in range(7):
        await make_order(shop, pick=await make_pick(shop, group=group, title=f"Nr {number}"), person=ben)
    pages = [await asks(shop, ann, page=page) for page in (0, 1, 9)]
    assert [page.has_more for page in pages] == [True, False, False]
    assert sorted(titles(pages[0]) + titles(pages[1])) == [f"Nr {number}" for number in range(7)]
    assert titles(pages[2]) == titles(pages[1])


async def test_the_last_rankings_serve_while_a_new_one_breaks_off(
    shop: Shop, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    group = await make_group(shop)
    ann, *others = [make_person("Ann"), *some(5)]
    for person in (ann, *others):
        await joins(shop, group, person)
    await open_private(shop, ann, others[0])
    tea, bread = [await make_pick(shop, group=group, title=title) for title in ("Tea", "Bread")]
    await buy(shop, tea, [ann, *others])
    await buy(shop, bread, others[:4])
    await again(shop, bread)
    assert await rank_anew(shop) == 2
    before = await rows_of(shop, Ranking)
    [run] = await rows_of(shop, RankingRun)
    assert await rank_anew(shop) is None, "it rests"
    clock.advance(RESTS)
    assert await rank_anew(shop) is None, "nothing has happened"

    await make_order(shop, pick=await make_pick(shop, group=group, title="Jam"), person=others[0])
    child = tmp_path / "child"
    child.write_text(
        f"#!/bin/sh\nenv > {tmp_path}/told\ncat >> {tmp_path}/told\n"
        f"echo '[1]'\necho '[{others[0].id},[]]'\necho 'out of memory' >&2\nexit 3\n"
    )
    child.chmod(0o700)
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", str(child))
        broken.setenv("BOT_TOKEN", "1234567:secret")
        broken.chdir(tmp_path)
        said = ranked("sqlite:///here.db")
        assert await anext(said) == [[1], [others[0].id, []]]
        with pytest.raises(NotRanked, match="ended with 3: out of memory"):
            await anext(said)
        was_told = (tmp_path / "told").read_text()
        assert "secret" not in was_told
        assert f"sqlite:///{tmp_path}/here.db" in was_told, "it works in another folder"
        assert await rank_anew(shop) is None
        broken.setattr(sys, "executable", "/nowhere/python")
        clock.advance(RESTS)
        assert await rank_anew(shop) is None
    rankings = {row.person_id: row.best for row in await rows_of(shop, Ranking)}
    assert rankings[ann.id] == {row.person_id: row.best for row in before}[ann.id]
    [after] = await rows_of(shop, RankingRun)
    assert (after.mark, after.popular, after.fitted_at) == (run.mark, run.popular, run.fitted_at)
    assert titles(await asks(shop, ann)) == ["Bread", "Jam"]
    clock.advance(RESTS)
    assert await rank_anew(shop) == 2
    [after] = await rows_of(shop, RankingRun)
    assert after.mark != run.mark


async def test_who_has_no_ranking_yet_is_not_forgotten(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, ben = await joins(shop, group, make_person("Ann")), await joins(shop, group, make_person("Ben"))
    await make_pick(shop, group=group)
    begun_at = shop.now()
    async with shop.writing() as uow:
        assert await uow.recommendation_facts.begin(rests=RESTS, now=begun_at)
        assert not await uow.recommendation_facts.begin(rests=RESTS, now=begun_at), (
            "another process has begun"
        )
        await uow.recommendation_facts.keep([(ann.id, []), (1, [[1, 0]])], now=begun_at)
    clock.advance(timedelta(seconds=40))
    await asks(shop, ann)
    async with shop.writing() as uow:
        mark = await uow.recommendation_facts.mark()
        await uow.recommendation_facts.finish([], mark=mark, begun_at=begun_at, now=shop.now())
        assert await uow.recommendation_facts.find_run() == Run(
            begun_at=begun_at, fitted_at=shop.now(), mark=mark, seconds=40, asked_at=None
        )
    assert [row.person_id for row in await rows_of(shop, Ranking)] == [ann.id], "nobody else is known"
    clock.advance(timedelta(seconds=5))
    await asks(shop, ben)
    clock.advance(timedelta(seconds=5))
    await asks(shop, ben)
    async with shop.writing() as uow:
        run = await uow.recommendation_facts.find_run()
        assert run.asked_at == shop.now() - timedelta(seconds=5)
        await uow.recommendation_facts.finish([], mark=mark, begun_at=begun_at, now=shop.now())
        assert (await uow.recommendation_facts.find_run()).asked_at == run.asked_at, "she still waits"
        await uow.recommendation_facts.finish([], mark=mark, begun_at=shop.now(), now=shop.now())
        assert (await uow.recommendation_facts.find_run()).asked_at is None
    assert await rows_of(shop, Ranking) == [], "rankings of before are over"
    await joins(shop, group, make_person("Cat"), by=ann)
    async with shop.reading() as uow:
        assert await uow.recommendation_facts.mark() != mark
