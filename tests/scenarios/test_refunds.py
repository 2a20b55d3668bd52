"""Money goes back: by whichever way it came to be owed, there is a list, and the list reaches zero."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import ButtonOutdated, NotACurator, OnlyInPrivate
from bot.i18n import Translator
from bot.money import Money
from bot.payment_errors import (
    CreditReasonMissing,
    CreditSwitchedOff,
    CreditUnreadable,
    GivenBackAlready,
    NothingLeftToGiveBack,
    OrderToRefundUnknown,
    RefundAmountUnreadable,
    RefundInAnotherCurrency,
    RefundTooLarge,
    RefundUnreadable,
)
from bot.role_errors import MayNotConfigure, NotYourPick
from bot.services.payments.obligations import CURATOR_TOLD_AFTER
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Order, OrderLine, Refund
from storage.states import PaymentMethod, PaymentState, RefundReason, RefundStage
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, has_paid, open_balances, order_on, takes, taps, ticks_all_off

EN = Translator("en")
HONEY = "12.90 Yunnan honey | 20 jars | till 20:00"
TILL_EVENING = timedelta(hours=10, minutes=1)
MOMENT = CURATOR_TOLD_AFTER + timedelta(seconds=1)


@pytest.fixture
async def payers(friends: Circle) -> Circle:
    """Everybody reads private messages, and the group takes transfers and credit."""
    for person in (friends.ann, friends.ben, friends.lin):
        await person.starts(friends.house.account)
    await takes(friends, PaymentMethod.TRANSFER, PaymentMethod.CREDIT)
    await friends.house.settles()
    return friends


async def ordered_and_paid(friends: Circle, pick: str = HONEY, *, people: int = 1) -> SeenMessage:
    """The first of three people have ordered one each, and paid 12.90 before the close; returns the card."""
    card = await friends.offers(pick)
    for person in (friends.ann, friends.ben, friends.lin)[:people]:
        await person.says("+1", reply_to=card)
        await friends.house.settles()
        await has_paid(friends, person, 1290)
    return card


async def ends(friends: Circle, card: SeenMessage, *, after: timedelta, says: str) -> None:
    """Time passes until the card says so, and what follows from it has happened."""
    await friends.house.passes(after)
    await card.until(contains=says)
    await friends.house.settles()


async def owed(friends: Circle) -> list[tuple[RefundReason, int]]:
    return [(refund.reason, refund.amount) for refund in await friends.house.rows(Refund)]


async def test_who_cancels_after_paying_gets_it_back(payers: Circle) -> None:
    house, ann = payers.house, payers.ann
    await ordered_and_paid(payers)
    await ann.says("/cancel 1", in_=payers.group)
    await house.settles()

    told = last_with(payers, ann, "You get €12.90 back")
    assert "the order was cancelled" in told.text
    assert "by bank transfer or wallet" in told.text
    assert told.buttons == [["Keep it as credit"]]
    await house.passes(MOMENT)
    await house.settles()
    assert "You owe 1 member €12.90" in last(payers, payers.mei).text

    listed = await asks(payers, payers.mei, "/refunds")
    assert "1 refund is open: €12.90" in listed.text
    assert "#1 Yunnan honey: 1 of 1 still open, €12.90" in listed.text
    listed = await ticks_all_off(payers, payers.mei)
    assert "Nothing is owed to anybody. The list is empty." in listed.text
    assert "€12.90 has gone back to you" in last(payers, ann).text
    assert "Mei has noted" in last(payers, ann).text
    assert await open_balances(payers) == {}
    assert not any("back" in post or "owe" in post for post in payers.posts), "the group hears nothing of it"


async def test_a_pick_below_its_minimum_gives_everybody_her_money_back(payers: Circle) -> None:
    card = await ordered_and_paid(payers, HONEY.replace("20 jars", "20 jars | min 10"), people=2)
    await ends(payers, card, after=TILL_EVENING, says="Did not come about")

    assert "the pick did not come about" in last_with(payers, payers.ann, "You get").text
    assert await owed(payers) == [(RefundReason.CANCELLED, 1290)] * 2
    await ticks_all_off(payers, payers.mei)
    assert await open_balances(payers) == {}


async def test_a_team_that_does_not_fill_up_gives_the_money_back(payers: Circle) -> None:
    house, ann = payers.house, payers.ann
    card = await payers.offers("12.90 Yunnan honey | 20 jars | till fri 20:00 | team 2 9.90")
    await ann.taps("Open a team", on=card)
    await house.settles()
    await has_paid(payers, ann, 990)
    await house.passes(timedelta(hours=24, minutes=1))
    await card.until(contains="0 of 20")
    await house.settles()

    assert await owed(payers) == [(RefundReason.CANCELLED, 990)]
    await ticks_all_off(payers, payers.mei)
    assert await open_balances(payers) == {}


async def test_a_withdrawn_pick_gives_everybody_her_money_back(payers: Circle) -> None:
    house, mei = payers.house, payers.mei
    await ordered_and_paid(payers, people=3)
    await mei.says("/withdraw 1 the hives are ill", in_=payers.group)
    await house.settles()
    before = len(payers.private(mei))
    await house.passes(MOMENT)
    await house.settles()

    [told] = payers.private(mei)[before:]
    assert "You owe 3 members €38.70" in told
    assert "the pick was withdrawn" in last_with(payers, payers.ann, "You get").text
    assert "Вам вернут" in last_with(payers, payers.ben, "12,90").text
    listed = await asks(payers, mei, "/refunds")
    assert "3 of 3 still open, €38.70" in listed.text
    await taps(payers, mei, "Ann", listed)
    await taps(payers, mei, "It has gone back", listed)
    assert "2 of 3 still open, €25.80" in listed.text
    await ticks_all_off(payers, mei)
    assert await open_balances(payers) == {}
    assert {order.payment_state for order in await house.rows(Order)} == {PaymentState.REFUNDED}


async def test_the_difference_to_a_better_price_goes_back_by_itself(payers: Circle) -> None:
    house = payers.house
    card = await ordered_and_paid(payers, "12.90 Yunnan honey | 20 jars | 3+ 9.90 | till 20:00", people=3)
    assert await owed(payers) == []
    await ends(payers, card, after=TILL_EVENING, says="Closed")

    assert [line.unit_amount for line in await house.rows(OrderLine)] == [990] * 3
    assert await owed(payers) == [(RefundReason.OVERPAID, 300)] * 3
    assert "more was paid than the order costs" in last_with(payers, payers.ann, "You get €3.00").text
    await ticks_all_off(payers, payers.mei)
    assert {order.payment_state for order in await house.rows(Order)} == {PaymentState.PAID}


async def test_the_second_curator_hears_who_was_first_and_sees_the_list_anew(payers: Circle) -> None:
    house, mei = payers.house, payers.mei
    bob = house.tg.person("Bob")
    await bob.starts(house.account)
    await bob.joins_directly(payers.group)
    await mei.promotes(bob, payers.group)
    await house.settles()
    await ordered_and_paid(payers, people=2)
    await mei.says("/withdraw 1 the hives are ill", in_=payers.group)
    await house.settles()
    hers, his = await asks(payers, mei, "/refunds"), await asks(payers, bob, "/refunds")
    for person, screen in ((mei, hers), (bob, his)):
        await taps(payers, person, "Ann", screen)
    await taps(payers, mei, "It has gone back", hers)

    told = await taps(payers, bob, "It has gone back", his)
    assert told == refusal(EN, GivenBackAlready("Mei", house.now))
    assert "1 of 2 still open" in his.text
    assert [refund.stage for refund in await house.rows(Refund)] == [RefundStage.DONE, RefundStage.DUE]


async def test_a_note_is_written_with_it_and_a_mistake_is_undone(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ordered_and_paid(payers)
    await mei.says("/withdraw 1 the hives are ill", in_=payers.group)
    await house.settles()
    listed = await asks(payers, mei, "/refunds")
    await taps(payers, mei, "Ann", listed)
    await taps(payers, mei, "with a note", listed)
    assert "Write a note for Ann" in listed.text
    done = await asks(payers, mei, "to your account on Monday")
    assert "The list is empty" in done.text
    assert "Note: to your account on Monday" in last(payers, ann).text

    toast = await taps(payers, mei, "Undo: €12.90 to Ann", done)
    assert toast == "Undone: €12.90 is owed to Ann again."
    assert "1 refund is open" in done.text
    assert "has not gone back to you yet" in last(payers, ann).text
    await ticks_all_off(payers, mei)
    assert await open_balances(payers) == {}
    acts = [entry.action for entry in await house.rows(AuditEntry) if entry.action.startswith("refund")]
    assert acts == ["refund_ticked_off", "refund_tick_undone", "refund_ticked_off"]
    log = await asks(payers, mei, "/audit")
    assert "gave €12.90 back to Ann, order 1 of #1: to your account on Monday" in log.text

    given = await asks(payers, mei, "/refunds")
    await taps(payers, mei, "Given back", given)
    assert "Ann: €12.90" in given.text
    await taps(payers, mei, "Ann", given)
    assert "Ticked off by Mei" in given.text


async def test_a_member_keeps_it_as_credit_and_pays_with_that(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ordered_and_paid(payers)
    await mei.says("/withdraw 1 the hives are ill", in_=payers.group)
    await house.settles()
    notice = last_with(payers, ann, "Keep it as credit")
    await taps(payers, ann, "Keep it as credit", notice)
    assert "€12.90 is your credit now" in notice.text
    assert last(payers, ann) == notice, "she is told once, where she tapped"
    assert "Your credit in Honey friends is €12.90" in notice.text
    listed = await asks(payers, mei, "/refunds")
    assert "The list is empty" in listed.text

    card = await payers.offers("20 Wool scarf | 5 | till 20:00")
    await ann.says("+1", reply_to=card)
    await house.settles()
    await mei.says("/close 2", in_=payers.group)
    await house.settles()
    bill = await asks(payers, ann, "/pay")
    await taps(payers, ann, "Pay", bill)
    assert "Your store credit: €12.90" in bill.text
    toast = await taps(payers, ann, "Store credit", bill)
    assert toast == "Paid with credit: €12.90. Credit left: €0.00"
    assert "€7.10" in bill.text
    assert "Store credit" not in str(bill.buttons)


async def test_a_curator_gives_a_part_back_for_good_will(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ordered_and_paid(payers)
    await mei.says("/close 1", in_=payers.group)
    await house.settles()
    sure = await asks(payers, mei, "/refund 1 1 3.00 broken jar")
    assert "€3.00 by bank transfer or wallet" in sure.text
    assert "Why: broken jar" in sure.text
    await taps(payers, mei, "Yes, give €3.00 back", sure)
    assert "€3.00 goes back to Ann." in sure.text
    assert "for good will: broken jar" in last(payers, ann).text
    outdated = await mei.presses_data("gs:1:1", on=sure)
    assert (await outdated.answered()).text == refusal(EN, ButtonOutdated())

    refused = await asks(payers, mei, "/refund 1 1 9.91 another jar")
    assert refused.text == refusal(EN, RefundTooLarge(1, Money(amount=990, currency="EUR")))
    await taps(payers, mei, "Yes", await asks(payers, mei, "/refund 1 1"))
    refused = await asks(payers, mei, "/refund 1 1 0.01")
    assert refused.text == refusal(EN, NothingLeftToGiveBack(1))
    await ticks_all_off(payers, mei)
    assert await open_balances(payers) == {}
    assert await owed(payers) == [(RefundReason.GOODWILL, 300), (RefundReason.GOODWILL, 990)]


async def test_returned_goods_are_paid_back_after_the_hand_over(payers: Circle) -> None:
    house, mei = payers.house, payers.mei
    await ordered_and_paid(payers)
    await mei.says("/close 1", in_=payers.group)
    await house.settles()
    screen = await asks(payers, mei, "/handover 1")
    await taps(payers, mei, "Hand over", screen)
    await taps(payers, mei, "Give money back", screen)
    assert "Paid: €12.90" in screen.text
    assert "Up to €12.90" in screen.text
    sure = await asks(payers, mei, "2,50 came back half empty")
    assert "€2.50 by bank transfer" in sure.text
    await taps(payers, mei, "No", sure)
    assert sure.text == "Nothing was given back."
    again = await asks(payers, mei, "/handover 1")
    assert "handed over already" in again.text
    await taps(payers, mei, "Everything: €12.90", screen)
    await taps(payers, mei, "Yes", screen)
    await ticks_all_off(payers, mei)
    assert await open_balances(payers) == {}


async def test_an_order_whose_goods_came_back_comes_to_nothing(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ann.says("+1", reply_to=await payers.offers(HONEY))
    await house.settles()
    await has_paid(payers, ann, 1290, method=PaymentMethod.CASH)
    await mei.says("/close 1", in_=payers.group)
    await house.settles()
    screen = await asks(payers, mei, "/handover 1")
    assert "The goods came back" not in str(screen.buttons)
    await taps(payers, mei, "Hand over", screen)
    await taps(payers, mei, "The goods came back", screen)
    assert "what was paid for it goes back" in screen.text
    await taps(payers, mei, "‹ Back", screen)
    await taps(payers, mei, "The goods came back", screen)
    await taps(payers, mei, "Yes, they came back", screen)
    assert "The goods came back." in screen.text
    assert screen.buttons == [["‹ Who is to come"]], "the cash that was taken is no slip: it goes back"
    assert "the goods came back" in (await asks(payers, mei, "/refunds")).text
    assert "were handed over, and came back" in (await asks(payers, mei, "/handover 1")).text
    await ticks_all_off(payers, mei)
    assert await open_balances(payers) == {}
    assert "Returned." in (await asks(payers, ann, "/my")).text
    assert "noted that the goods of order 1 of #1 came back" in (await asks(payers, mei, "/audit")).text


async def test_what_cannot_be_read_is_said_in_a_sentence(payers: Circle) -> None:
    mei = payers.mei
    await ordered_and_paid(payers)
    for words, error in {
        "/refund": RefundUnreadable(),
        "/refund honey": RefundUnreadable(),
        "/refund 1": RefundUnreadable(),
        "/refund 7 1 3.00": OrderToRefundUnknown(7, 1),
        "/refund 1 99 3.00": OrderToRefundUnknown(1, 99),
        "/refund 1 1 -3.00 jar": RefundAmountUnreadable("-3.00"),
        "/refund 1 1 0 jar": RefundAmountUnreadable("0"),
        "/refund 1 1 3.001 jar": RefundAmountUnreadable("3.001"),
        "/refund 1 1 $3 jar": RefundInAnotherCurrency("EUR"),
        "/refund 1 1 12.91": RefundTooLarge(1, Money(amount=1290, currency="EUR")),
        f"/refund 1 1 {'9' * 30}": RefundAmountUnreadable("9" * 30),
    }.items():
        assert (await asks(payers, mei, words)).text == refusal(EN, error), words
    assert await owed(payers) == []
    heard = await payers.house.hears(mei.says("/refund 1 1 3.00", in_=payers.group))
    assert [each.text for each in heard] == [refusal(EN, OnlyInPrivate())]


async def test_nobody_else_sees_or_gives_anything_back(payers: Circle) -> None:
    house, ann, mei = payers.house, payers.ann, payers.mei
    await ordered_and_paid(payers, people=2)
    await mei.says("/withdraw 1 the hives are ill", in_=payers.group)
    await house.settles()
    notice = last_with(payers, ann, "Keep it as credit")
    first, second = await house.rows(Refund)
    for data, error in {
        f"rf:{first.id}": NotACurator(),
        f"rd:{first.id}:done": NotACurator(),
        f"rd:{first.id}:burn": ButtonOutdated(),
        f"rl:{first.group_id}:0:0": NotACurator(),
        f"rk:{second.id}": ButtonOutdated(),
        "rf:999999": ButtonOutdated(),
        f"gw:{first.order_id}:all": NotACurator(),
        "gs:1:1": ButtonOutdated(),
        "cg:1:0": ButtonOutdated(),
    }.items():
        forged = await ann.presses_data(data, on=notice)
        assert (await forged.answered()).text == refusal(EN, error), data
    assert "lead no group" in (await asks(payers, ann, "/refunds")).text
    assert (await asks(payers, ann, "/refund 1 1")).text == refusal(EN, OrderToRefundUnknown(1, 1))
    assert {refund.stage for refund in await house.rows(Refund)} == {RefundStage.DUE}


async def test_who_reads_nothing_in_private_is_called_without_a_word_of_money(house_of_bob: Circle) -> None:
    friends = house_of_bob
    house = friends.house
    before = len(friends.posts)
    await friends.mei.says("/withdraw 1 the hives are ill", in_=friends.group)
    await house.settles()
    await house.passes(MOMENT)
    await house.settles()
    calls = [post for post in friends.posts[before:] if "Bob" in post]
    assert calls == ["Bob, something about #1 Yunnan honey waits for you."]


@pytest.fixture
async def house_of_bob(payers: Circle) -> Circle:
    """Bob, who has not opened his private chat, has posted a pick that Ann has paid."""
    house = payers.house
    bob: Person = house.tg.person("Bob")
    await bob.joins_directly(payers.group)
    await payers.mei.promotes(bob, payers.group)
    await house.settles()
    card = await payers.offers(HONEY, by=bob)
    await payers.ann.says("+1", reply_to=card)
    await house.settles()
    await has_paid(payers, payers.ann, 1290)
    return payers


async def test_a_curator_gives_credit_with_a_reason(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ordered_and_paid(payers)
    sure = await asks(payers, mei, "/credit Ann 5.00 for carrying the crates")
    assert "Give Ann €5.00 credit in Honey friends?" in sure.text
    await taps(payers, mei, "€5.00 to Ann", sure)
    assert sure.text == "Ann has €5.00 more credit in Honey friends."
    assert "Honey friends gives you €5.00 credit" in last(payers, ann).text
    assert "for carrying the crates" in last(payers, ann).text
    outdated = await mei.presses_data("cg:1:0", on=sure)
    assert (await outdated.answered()).text == refusal(EN, ButtonOutdated())
    assert "gave Ann €5.00 credit: for carrying the crates" in (await asks(payers, mei, "/audit")).text

    await taps(payers, mei, "No", await asks(payers, mei, "/credit Ann 1 oops"))
    for words in ("/credit", "/credit Ann", "/credit Ann 5.00", "/credit Nobody 5 why", "/credit Ann -5 why"):
        assert (await asks(payers, mei, words)).buttons == []
    assert len([entry for entry in await house.rows(AuditEntry) if entry.action == "credit_given"]) == 1


async def test_orders_with_the_same_numbers_in_two_groups_are_told_apart(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ordered_and_paid(payers)
    tea = house.tg.group("Tea friends", owner=mei, members=[ann])
    await mei.adds_bot(house.account, tea, admin=True)
    await house.settles()
    others = replace(payers, group=tea)
    card = await others.offers("5 Tea | till 20:00")
    await ann.says("+1", reply_to=card)
    await house.settles()
    which = await asks(payers, mei, "/refund 1 1 3.00 broken jar")
    assert which.text == "Which order 1 do you mean?"
    await taps(payers, mei, "Tea friends: Ann", which)
    assert "There is nothing more to give back" in which.text

    choose = await asks(payers, mei, "/refunds")
    assert choose.buttons == [["Honey friends"], ["Tea friends"]]
    [told] = await house.hears(mei.says("/refunds", in_=tea))
    assert told.chat_id == mei.id
    assert "Money to give back: Tea friends" in told.text


async def test_credit_instead_of_money_back(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    await ordered_and_paid(payers)
    order = await order_on(payers, ann)
    screen = await asks(payers, mei, "/refunds")
    await mei.presses_data(f"gw:{order.id}:ask", on=screen)
    await house.settles()
    await taps(payers, mei, "Give credit instead", screen)
    assert "How much credit do you give Ann in Honey friends" in screen.text
    assert (await asks(payers, mei, "a lot")).text == refusal(EN, CreditUnreadable())
    assert (await asks(payers, mei, "4.00")).text == refusal(EN, CreditReasonMissing())
    sure = await asks(payers, mei, "4.00 the jar was small")
    await taps(payers, mei, "€4.00 to Ann", sure)
    assert "Why: the jar was small" in last(payers, ann).text
    assert await owed(payers) == [], "no money goes back"

    await takes(payers, PaymentMethod.CREDIT, active=False)
    assert (await asks(payers, mei, "/credit Ann 1 more")).text == refusal(EN, CreditSwitchedOff())


async def test_a_curator_of_her_own_picks_sees_what_she_owes_alone(payers: Circle) -> None:
    house, mei, ann = payers.house, payers.mei, payers.ann
    bob = house.tg.person("Bob")
    await bob.joins_directly(payers.group)
    await bob.starts(house.account)
    await house.settles()
    async with house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(payers.group.id)
        assert group is not None
        await uow.members.enter(group.id or 0, [bob.id], now=house.now)
        await uow.roles.appoint(group.id or 0, bob.id, own_picks_only=True)
    await ordered_and_paid(payers)
    card = await payers.offers("5 Tea | till 20:00", by=bob)
    await ann.says("+1", reply_to=card)
    await house.settles()
    await has_paid(payers, ann, 500, pick_number=2)
    for number, curator in ((1, mei), (2, bob)):
        await curator.says(f"/withdraw {number} the hives are ill", in_=payers.group)
        await house.settles()

    his = await asks(payers, bob, "/refunds")
    assert "1 refund is open: €5.00" in his.text
    assert "Yunnan honey" not in his.text
    assert "2 refunds are open: €17.90" in (await asks(payers, mei, "/refunds")).text
    hers = next(refund for refund in await house.rows(Refund) if refund.amount == 1290)
    forged = await bob.presses_data(f"rd:{hers.id}:done", on=his)
    assert (await forged.answered()).text == refusal(EN, NotYourPick())
    assert (await asks(payers, bob, "/credit Ann 5 why not")).text == refusal(EN, MayNotConfigure())
    assert (await asks(payers, bob, "/refund 1 1 1.00")).text == refusal(EN, OrderToRefundUnknown(1, 1))
    assert "The list is empty" in (await ticks_all_off(payers, bob)).text
