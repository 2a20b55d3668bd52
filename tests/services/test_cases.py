"""Cases on both databases: opened once, answered by one, raised in time, settled by the refunds there are."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import SQLModel

from bot.bookkeeping import audit_books
from bot.case_errors import (
    CaseAboutYourself,
    CaseAmountTooLarge,
    CaseMoneyInReview,
    CaseMovedOn,
    CaseNeedsCredit,
    CaseOver,
    CaseTooEarly,
    CaseWithOthers,
    CaseWordsMissing,
    NothingToRefund,
    TooManyCases,
)
from bot.errors import ButtonOutdated
from bot.jobs.cases import escalate_overdue
from bot.jobs.commissions import release_accrued
from bot.rules.cases import MOST_OF_ORDER, OFFER_STANDS, Offer
from bot.services.cases.answering import go_on, make_offer
from bot.services.cases.opening import open_case, open_from_recall, say, withdraw
from bot.services.cases.seeing import decider_of, see_case
from bot.services.cases.settling import mark_given
from bot.services.closing import close_pick
from bot.services.recalls import ByHand, stop_by_hand
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from handlers.case_settling import accept_and_pay, decide_and_pay
from storage.models import (
    AuditEntry,
    Case,
    CaseEvent,
    Group,
    OutboxEntry,
    PaymentWay,
    Person,
    Recall,
)
from storage.repositories.case_lists import CaseReach, SeenCase
from storage.repositories.cases import Disputes
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import (
    AccountKind,
    CaseAct,
    CaseKind,
    CaseLevel,
    CaseOutcome,
    CaseSide,
    CaseStage,
    CommissionState,
    OrderState,
    OutboxKind,
    PaymentMethod,
    RecallReason,
    RefundReason,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person, make_pick
from tests.services.money import balance_of, money_of, order_of, pays, refunds_of, settle_all
from tests.services.rewards import WEEK, earned, gets, joins, make_plan, opens
from tests.services.rows import rows_of

LIN, BEN, BOSS = make_person("Lin"), make_person("Ben"), make_person("Boss")
DAMAGED, LATE = CaseKind.DAMAGED, CaseKind.LATE
REFUND, CREDIT = CaseOutcome.REFUND, CaseOutcome.CREDIT


@pytest.fixture
def ann() -> Seen:
    return make_person("Ann")


@pytest.fixture
async def group(shop: Shop, ann: Seen) -> Group:
    """Mei owns it and Lin curates; it takes transfers and gives credit. Boss runs the bot."""
    group = await make_group(shop, curators=[LIN])
    async with shop.writing() as uow:
        for method in (PaymentMethod.TRANSFER, PaymentMethod.CREDIT):
            await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=method))
        await uow.members.meet([ann, BOSS], now=shop.now())
        for person_id in (ann.id, LIN.id, BOSS.id):
            await uow.members.open_private(person_id, is_open=True)
    shop.admin_ids = frozenset({BOSS.id})
    return group


@pytest.fixture
async def posted(shop: Shop, group: Group) -> PostedPick:
    return await make_pick(shop, group=group, price_amount=1000, curator_id=LIN.id)


@pytest.fixture
async def order_id(shop: Shop, posted: PostedPick, ann: Seen) -> int:
    """Ann has paid 20 euros for two jars, and has them."""
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 2000)
    await gets(shop, posted, order_id)
    return order_id


async def keep(shop: Shop, *rows: SQLModel) -> None:
    async with shop.writing() as uow:
        for row in rows:
            uow.cases._session.add(row)


async def opens_case(
    shop: Shop, order_id: int, person: Seen, kind: CaseKind = DAMAGED, words: str = ""
) -> int:
    async with shop.writing() as uow:
        opened = await open_case(uow, order_id, kind, person_id=person.id, words=words, now=shop.now())
    return opened.case.id or 0


async def seen_of(shop: Shop, case_id: int) -> SeenCase:
    async with shop.reading() as uow:
        return await see_case(uow, case_id)


async def last_id(shop: Shop, case_id: int) -> int:
    async with shop.reading() as uow:
        return (await uow.case_lists.list_steps(case_id))[-1].id


async def offers(shop: Shop, case_id: int, offer: Offer, *, by_id: int, seen_id: int | None = None) -> None:
    async with shop.writing() as uow:
        by = await decider_of(uow, await see_case(uow, case_id), by_id, is_admin=by_id == BOSS.id)
        await make_offer(uow, case_id, offer, by=by, seen_id=seen_id, now=shop.now())


async def accepts(shop: Shop, case_id: int, person: Seen, *, seen_id: int | None = None) -> None:
    async with shop.writing() as uow:
        seen = await see_case(uow, case_id)
        await accept_and_pay(uow, shop, seen, seen_id=seen_id, person_id=person.id)


async def goes_on(shop: Shop, case_id: int, person: Seen) -> CaseLevel:
    async with shop.writing() as uow:
        return await go_on(uow, case_id, person_id=person.id, seen_id=None, now=shop.now())


async def decides(shop: Shop, case_id: int, offer: Offer, *, by_id: int = BOSS.id) -> None:
    async with shop.writing() as uow:
        seen = await see_case(uow, case_id)
        by = await decider_of(uow, seen, by_id, is_admin=True)
        await decide_and_pay(uow, shop, seen, offer, by=by, seen_id=None)


async def told(shop: Shop, kind: OutboxKind = OutboxKind.CASE) -> list[int]:
    """To whom notices wait to be sent; they count as sent then."""
    async with shop.writing() as uow:
        rows = [row for row in await rows_of(shop, OutboxEntry) if row.kind is kind]
        for row in rows:
            await uow.outbox.remove(row.id or 0)
    return [row.chat_id for row in rows]


async def test_a_case_is_opened_once_and_settled_by_a_refund(
    shop: Shop, group: Group, order_id: int, ann: Seen, clock: Clock
) -> None:
    both = await asyncio.gather(
        *(opens_case(shop, order_id, ann, words=words) for words in ("broken", "wet"))
    )
    assert both[0] == both[1]
    case_id = both[0]
    [case] = await rows_of(shop, Case)
    assert (case.level, case.stage, case.due_at) == (
        CaseLevel.CURATOR,
        CaseStage.OPEN,
        shop.now() + timedelta(hours=48),
    )
    assert [event.act for event in await rows_of(shop, CaseEvent)] == [CaseAct.OPENED, CaseAct.SAID]
    assert {event.words for event in await rows_of(shop, CaseEvent)} == {"broken", "wet"}, "nothing is lost"
    with pytest.raises(ButtonOutdated):
        await opens_case(shop, order_id, BEN)
    with pytest.raises(CaseTooEarly):
        await goes_on(shop, case_id, ann)

    clock.advance(timedelta(hours=5))
    last = await last_id(shop, case_id)
    # Two who may decide answer at once: whoever comes second is told that something happened.
    answered = await asyncio.gather(
        offers(shop, case_id, Offer(REFUND, 500, "sorry"), by_id=LIN.id, seen_id=last),
        offers(shop, case_id, Offer(REFUND, 700, "sorry"), by_id=MEI_ID, seen_id=last),
        return_exceptions=True,
    )
    assert [type(one) for one in answered if one is not None] == [CaseMovedOn]
    offered = (await seen_of(shop, case_id)).offered_amount
    with pytest.raises(CaseAmountTooLarge):
        await offers(shop, case_id, Offer(REFUND, 2001), by_id=LIN.id)
    with pytest.raises(ButtonOutdated):
        await accepts(shop, case_id, BEN)

    stale = last
    with pytest.raises(CaseMovedOn):
        await accepts(shop, case_id, ann, seen_id=stale)
    await accepts(shop, case_id, ann, seen_id=await last_id(shop, case_id))
    with pytest.raises(CaseOver):
        await accepts(shop, case_id, ann)
    [refund] = await refunds_of(shop, order_id)
    assert (refund.reason, refund.amount, refund.note) == (RefundReason.GOODWILL, offered, "sorry")
    settled = await seen_of(shop, case_id)
    assert (settled.outcome, settled.is_by_word) == (REFUND, False)
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
        since = shop.now() - WEEK
        assert await uow.case_lists.resolutions(LIN.id, since=since) == [timedelta(hours=5)]
        assert await uow.case_lists.resolutions(LIN.id, since=since, group_id=-1) == []
    acts = [entry.action for entry in await rows_of(shop, AuditEntry)]
    assert acts.count("case_offer_made") == 1
    assert acts.count("goodwill_given") == 1


async def test_nobody_answers_so_it_goes_on_by_itself(
    shop: Shop, group: Group, posted: PostedPick, order_id: int, ann: Seen, clock: Clock
) -> None:
    case_id = await opens_case(shop, order_id, ann, LATE)
    assert await escalate_overdue(shop) == 0
    clock.advance(timedelta(hours=48))
    assert sum(await asyncio.gather(escalate_overdue(shop), escalate_overdue(shop))) == 1
    assert sorted(await told(shop)) == sorted([ann.id, LIN.id, group.chat_id]), "the owner reads the group"
    assert (await seen_of(shop, case_id)).level is CaseLevel.OWNER
    with pytest.raises(CaseWithOthers):
        await offers(shop, case_id, Offer(CaseOutcome.REPLACEMENT), by_id=LIN.id)
    async with shop.writing() as uow:
        by = await decider_of(uow, await see_case(uow, case_id), LIN.id, is_admin=False)
        await say(uow, case_id, by=by, words="I was ill", now=shop.now())
    with pytest.raises(CaseTooEarly):
        await goes_on(shop, case_id, ann)

    # The owner asks something, and that is an answer: Ann may go on, or wait.
    async with shop.writing() as uow:
        by = await decider_of(uow, await see_case(uow, case_id), MEI_ID, is_admin=False)
        await say(uow, case_id, by=by, words="How late?", now=shop.now())
    assert await goes_on(shop, case_id, ann) is CaseLevel.ADMIN
    with pytest.raises(ButtonOutdated):
        await goes_on(shop, case_id, ann)
    clock.advance(timedelta(hours=48))
    assert await escalate_overdue(shop) == 1, "an admin is reminded"
    async with shop.reading() as uow:
        boss, lin = CaseReach(BOSS.id, is_admin=True), CaseReach(LIN.id, [group.id or 0])
        assert [one.id for one in await uow.case_lists.list_to_decide(boss, limit=9)] == [case_id]
        assert await uow.case_lists.list_to_decide(lin, limit=9) == []
        assert (await uow.admins.overview()).cases == 1
    with pytest.raises(CaseWithOthers):
        await offers(shop, case_id, Offer(CaseOutcome.NOTHING, None, "no"), by_id=MEI_ID)

    await decides(shop, case_id, Offer(REFUND, 2000, "It came too late."))
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2000]
    sides = [(event.act, event.side) for event in await rows_of(shop, CaseEvent)]
    assert sides == [
        (CaseAct.OPENED, CaseSide.MEMBER),
        (CaseAct.OVERDUE, CaseSide.BOT),
        (CaseAct.SAID, CaseSide.CURATOR),
        (CaseAct.SAID, CaseSide.OWNER),
        (CaseAct.ESCALATED, CaseSide.MEMBER),
        (CaseAct.OVERDUE, CaseSide.BOT),
        (CaseAct.SETTLED, CaseSide.ADMIN),
    ]
    async with shop.reading() as uow:
        assert await uow.cases.disputes_of_offer(posted.pick.offer_id) == Disputes(0, 1), (
            "not the honey's fault"
        )
        since = shop.now() - timedelta(days=30)
        assert await uow.cases.disputes_of_group(group.id or 0, since, shop.now()) == Disputes(1, 1)
        assert [one.id for one in await uow.case_lists.list_settled(lin, limit=9)] == [case_id]


async def test_credit_is_given_where_the_group_gives_any(
    shop: Shop, group: Group, posted: PostedPick, order_id: int, ann: Seen
) -> None:
    async with shop.writing() as uow:
        await uow.roles.limit(group.id or 0, LIN.id, own_picks_only=True)
    case_id = await opens_case(shop, order_id, ann)
    with pytest.raises(CaseNeedsCredit):
        await offers(shop, case_id, Offer(CREDIT, 300), by_id=LIN.id)
    await offers(shop, case_id, Offer(CREDIT, 300), by_id=MEI_ID)
    async with shop.writing() as uow:
        way = PaymentWay(group_id=group.id or 0, method=PaymentMethod.CREDIT, is_active=False)
        await uow.payments.save_way(way)
    with pytest.raises(CaseNeedsCredit):
        await accepts(shop, case_id, ann)
    assert (await seen_of(shop, case_id)).stage is CaseStage.OFFERED, "nothing happened"
    async with shop.writing() as uow:
        await uow.payments.save_way(way.model_copy(update={"is_active": True}))
    await accepts(shop, case_id, ann)
    assert await balance_of(shop, group.id, ann, AccountKind.CREDIT) == -300

    # Whose own case it is decides nothing of it, whatever else she is.
    mei = make_person("Mei", person_id=MEI_ID)
    own = await order_of(shop, await make_pick(shop, group=group, curator_id=LIN.id), mei)
    case_id = await opens_case(shop, own, mei)
    with pytest.raises(CaseAboutYourself):
        await offers(shop, case_id, Offer(CREDIT, 300), by_id=MEI_ID)
    with pytest.raises(NothingToRefund):
        await offers(shop, case_id, Offer(REFUND, 300), by_id=LIN.id)


async def test_offers_that_are_not_answered_lapse_and_so_do_cases_of_the_forgotten(
    shop: Shop, order_id: int, ann: Seen, clock: Clock
) -> None:
    case_id = await opens_case(shop, order_id, ann)
    await offers(shop, case_id, Offer(REFUND, 500), by_id=LIN.id)
    clock.advance(OFFER_STANDS - timedelta(seconds=1))
    assert await escalate_overdue(shop) == 0
    clock.advance(timedelta(seconds=1))
    assert await escalate_overdue(shop) == 1
    assert (await seen_of(shop, case_id)).outcome is CaseOutcome.NOTHING
    assert await refunds_of(shop, order_id) == []

    case_id = await opens_case(shop, order_id, ann)
    await told(shop)
    async with shop.writing() as uow:
        person = await uow.members.get(ann.id)
        person.erased_at = shop.now()
        uow.cases._session.add(person)
    assert await escalate_overdue(shop) == 1
    assert (await seen_of(shop, case_id)).stage is CaseStage.RESOLVED
    assert await told(shop) == [LIN.id]
    [known] = [person for person in await rows_of(shop, Person) if person.id == ann.id]
    assert known.erased_at is not None


async def test_a_case_that_was_taken_back_counts_for_nothing(
    shop: Shop, posted: PostedPick, order_id: int, ann: Seen
) -> None:
    async with shop.reading() as uow:
        assert await uow.cases.disputes_of_offer(posted.pick.offer_id) == Disputes(0, 1)
    with pytest.raises(CaseWordsMissing):
        await opens_case(shop, order_id, ann, CaseKind.OTHER)
    for number in range(MOST_OF_ORDER):
        case_id = await opens_case(shop, order_id, ann)
        async with shop.reading() as uow:
            assert await uow.cases.disputes_of_offer(posted.pick.offer_id) == Disputes(1, 1)
            assert await uow.cases.has_open([order_id, order_id + 1]) == {order_id}
        async with shop.writing() as uow:
            await withdraw(uow, case_id, person_id=ann.id, now=shop.now())
        assert (await seen_of(shop, case_id)).outcome is CaseOutcome.WITHDRAWN, number
    async with shop.reading() as uow:
        assert await uow.cases.disputes_of_offer(posted.pick.offer_id) == Disputes(0, 1)
        assert await uow.cases.has_open([order_id]) == set()
    with pytest.raises(TooManyCases):
        await opens_case(shop, order_id, ann)


async def test_an_order_that_was_cancelled_meanwhile_goes_back_once(
    shop: Shop, group: Group, ann: Seen
) -> None:
    posted = await make_pick(shop, group=group, price_amount=1000, curator_id=LIN.id)
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 2000)
    case_id = await opens_case(shop, order_id, ann, LATE)
    await offers(shop, case_id, Offer(REFUND, 500), by_id=LIN.id)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
    await settle_all(shop)
    await accepts(shop, case_id, ann)
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2000]
    ended = await seen_of(shop, case_id)
    assert (ended.outcome, ended.offered_amount, ended.is_by_word) == (REFUND, 0, False)
    async with shop.reading() as uow:
        assert await uow.cases.disputes_of_offer(posted.pick.offer_id) == Disputes(0, 0)


async def test_while_money_is_in_review_nothing_of_it_moves(
    shop: Shop, order_id: int, ann: Seen, clock: Clock
) -> None:
    case_id = await opens_case(shop, order_id, ann)
    await offers(shop, case_id, Offer(REFUND, 500), by_id=LIN.id)
    async with shop.writing() as uow:
        await uow.orders.set_states({order_id: OrderState.NEEDS_REVIEW})
    with pytest.raises(CaseMoneyInReview):
        await accepts(shop, case_id, ann)
    clock.advance(OFFER_STANDS)
    assert await escalate_overdue(shop) == 0, "she could not have taken it"
    async with shop.writing() as uow:
        await uow.orders.set_states({order_id: OrderState.COMPLETED})
    await accepts(shop, case_id, ann)
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [500]


async def test_a_group_that_keeps_no_money_here_gives_it_back_by_hand(shop: Shop, ann: Seen) -> None:
    group = await make_group(shop, curators=[LIN])
    await make_plan(shop, group)
    await joins(shop, group, BEN)
    posted = await make_pick(shop, group=group, price_amount=1000, curator_id=LIN.id)
    await opens(shop, posted, ann, of=BEN)
    order_id = await order_of(shop, posted, ann, 2)
    await gets(shop, posted, order_id)
    assert (await earned(shop))[order_id, 1].accrued_amount == 200
    case_id = await opens_case(shop, order_id, ann)
    with pytest.raises(CaseAmountTooLarge):
        await offers(shop, case_id, Offer(REFUND, 2001), by_id=LIN.id)
    await offers(shop, case_id, Offer(REFUND, 1500), by_id=LIN.id)
    await accepts(shop, case_id, ann)
    ended = await seen_of(shop, case_id)
    assert (ended.is_by_word, ended.given_at) == (True, None)
    assert await refunds_of(shop, order_id) == []
    assert (await money_of(shop, order_id)).goodwill_amount == 1500
    await gets(shop, posted)
    assert (await earned(shop))[order_id, 1].accrued_amount == 50, "Ben earns by what Ann has paid for"

    async def marks(by_id: int) -> None:
        async with shop.writing() as uow:
            by = await decider_of(uow, await see_case(uow, case_id), by_id, is_admin=False)
            await mark_given(uow, case_id, by=by, now=shop.now())

    with pytest.raises(ButtonOutdated):
        await marks(ann.id)
    await marks(LIN.id)
    with pytest.raises(ButtonOutdated):
        await marks(MEI_ID)
    assert (await seen_of(shop, case_id)).given_at == shop.now()
    async with shop.reading() as uow:
        [sold] = await uow.statistics.sold(group.id or 0, [shop.now() - WEEK, shop.now() + WEEK])
    assert (sold.lines_amount, sold.goodwill_amount) == (2000, 1500)


async def test_the_books_follow_what_is_given_back_by_word(shop: Shop, group: Group, ann: Seen) -> None:
    posted = await make_pick(shop, group=group, price_amount=1000, curator_id=LIN.id)
    order_id = await order_of(shop, posted, ann, 2)
    await gets(shop, posted, order_id)
    await settle_all(shop)
    async with shop.writing() as uow:
        for method in (PaymentMethod.TRANSFER, PaymentMethod.CREDIT):
            way = PaymentWay(group_id=group.id or 0, method=method, is_active=False)
            await uow.payments.save_way(way)
    case_id = await opens_case(shop, order_id, ann)
    await offers(shop, case_id, Offer(REFUND, 500), by_id=LIN.id)
    await accepts(shop, case_id, ann)
    await settle_all(shop)
    assert await balance_of(shop, group.id, ann, AccountKind.MEMBER) == 1500
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []


async def test_what_others_earn_waits_while_a_case_is_open(
    shop: Shop, group: Group, posted: PostedPick, ann: Seen, clock: Clock
) -> None:
    await make_plan(shop, group)
    await joins(shop, group, BEN)
    await opens(shop, posted, ann, of=BEN)
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 2000)
    await gets(shop, posted, order_id)
    case_id = await opens_case(shop, order_id, ann)
    clock.advance(timedelta(days=30))
    await release_accrued(shop)
    assert (await earned(shop))[order_id, 1].state is CommissionState.ACCRUED
    await offers(shop, case_id, Offer(REFUND, 1000), by_id=LIN.id)
    await accepts(shop, case_id, ann)
    await gets(shop, posted)
    await release_accrued(shop)
    commission = (await earned(shop))[order_id, 1]
    assert (commission.state, commission.accrued_amount) == (CommissionState.DUE, 100)


@pytest.mark.parametrize("is_closed", [False, True])
async def test_whoever_gets_all_back_for_what_she_has_not_fetched_gives_it_up(
    shop: Shop, group: Group, posted: PostedPick, ann: Seen, *, is_closed: bool
) -> None:
    order_id = await order_of(shop, posted, ann, 2)
    await pays(shop, order_id, ann, 2000)
    if is_closed:
        async with shop.writing() as uow:
            await close_pick(uow, posted.id, now=shop.now())
    async with shop.writing() as uow:
        why = ByHand(words="it leaks", offers_refunds=True, by_id=LIN.id)
        recall_id = await stop_by_hand(uow, posted.id, why, now=shop.now())
    async with shop.writing() as uow:
        opened = await open_from_recall(uow, order_id, person_id=ann.id, recall_id=recall_id, now=shop.now())
    await accepts(shop, opened.case.id or 0, ann)
    refunds = await refunds_of(shop, order_id)
    assert [(one.amount, one.reason) for one in refunds] == [(2000, RefundReason.CANCELLED)]
    money = await money_of(shop, order_id)
    assert (money.order_state, money.lines_amount) == (OrderState.CANCELLED, 0), "nothing is left to fetch"
    async with shop.reading() as uow:
        now_posted = await uow.picks.get(posted.id)
        assert sum(variant.sold for variant in now_posted.variants) == 0
        assert (await audit_books(uow, now=shop.now())).says == []


async def test_a_recall_offers_everything_at_once(
    shop: Shop, group: Group, posted: PostedPick, order_id: int, ann: Seen
) -> None:
    recall = Recall(
        origin_id=posted.pick.offer_id,
        group_id=group.id or 0,
        reason=RecallReason.BY_HAND,
        offers_refunds=True,
        begun_at=shop.now(),
    )
    await keep(shop, recall)
    [recall] = await rows_of(shop, Recall)
    for is_new in (True, False):
        async with shop.writing() as uow:
            opened = await open_from_recall(
                uow, order_id, person_id=ann.id, recall_id=recall.id or 0, now=shop.now()
            )
        assert opened.is_new is is_new
    case_id = opened.case.id or 0
    assert (await seen_of(shop, case_id)).offered_amount == 2000
    await accepts(shop, case_id, ann)
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2000]
    async with shop.reading() as uow:
        assert await uow.cases.disputes_of_offer(posted.pick.offer_id) == Disputes(0, 1), "it was invited"
        assert (await audit_books(uow, now=shop.now())).says == []
