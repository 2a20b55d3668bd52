"""An owner says how her group is paid: ways, words, rates and times; and of single picks."""

import pytest

from bot import payment_errors
from bot.callbacks.payments import PaymentSettingButton
from bot.errors import NotACurator
from bot.i18n import Translator
from bot.rules.payment_ways import LONGEST_INSTRUCTIONS, MOST_STARS
from bot.views.refusals import refusal
from sandbox.people import SeenMessage
from storage.models import AuditEntry, Group, PaymentWay, Pick
from storage.states import PaymentMethod, PaysWhen
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle

IBAN = "DE02 1203 0000 0000 2020 51\nMei Tan"


async def payments_page(friends: Circle) -> SeenMessage:
    await friends.mei.says("/settings", to=friends.house.account)
    await friends.house.settles()
    await taps(friends, "Payments")
    return last(friends, friends.mei)


async def taps(friends: Circle, *buttons: str) -> None:
    """Mei taps one button after the other, each on the newest message that has it."""
    for button in buttons:
        await friends.mei.taps(button, on=last_with(friends, friends.mei, button))
        await friends.house.settles()


async def writes(friends: Circle, words: str) -> str:
    await friends.mei.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, friends.mei).text


async def ways(friends: Circle) -> dict[PaymentMethod, PaymentWay]:
    return {way.method: way for way in await friends.house.rows(PaymentWay) if way.is_active}


async def test_ways_are_switched_on_with_what_members_need_to_know(friends: Circle) -> None:
    page = await payments_page(friends)
    assert "I keep no money here" in page.text

    await taps(friends, "Cash at pick-up")
    assert set(await ways(friends)) == {PaymentMethod.CASH}
    assert "I keep no money here" not in page.text

    await taps(friends, "Transfer or wallet")
    assert set(await ways(friends)) == {PaymentMethod.CASH}, "nobody could know where to send the money"
    assert "Mei Tan" in await writes(friends, IBAN)
    assert (await ways(friends))[PaymentMethod.TRANSFER].instructions == IBAN

    await taps(friends, "Telegram Stars")
    assert "60 Stars stand for €1.00" in await writes(friends, "60")
    assert (await ways(friends))[PaymentMethod.STARS].stars_per_unit == 60

    await taps(friends, "✓ Telegram Stars", "Paid after the close", "10 minutes", "30 minutes")
    [group] = await friends.house.rows(Group)
    assert (group.pays_when, group.hold_minutes) == (PaysWhen.NOW, 30)
    assert group.payments_since is not None
    assert set(await ways(friends)) == {PaymentMethod.CASH, PaymentMethod.TRANSFER}

    await taps(friends, "✓ Transfer or wallet")
    [group] = await friends.house.rows(Group)
    assert group.pays_when is PaysWhen.AFTER_CLOSE, "cash alone waits for the goods"
    acts = {entry.action for entry in await friends.house.rows(AuditEntry)}
    assert {"payment_way_changed", "group_configured"} <= acts


@pytest.mark.parametrize(
    ("way", "words", "error"),
    [
        ("Transfer", "x" * 701, payment_errors.InstructionsTooLong(701, LONGEST_INSTRUCTIONS)),
        ("Transfer", "\u200b \u200b", payment_errors.InstructionsMissing()),
        ("Stars", "many", payment_errors.RateUnreadable("many", MOST_STARS)),
        ("Stars", "0", payment_errors.RateUnreadable("0", MOST_STARS)),
        ("Stars", "99999", payment_errors.RateUnreadable("99999", MOST_STARS)),
        ("Stars", "1.5", payment_errors.RateUnreadable("1.5", MOST_STARS)),
    ],
)
async def test_what_cannot_be_taken_gets_one_sentence_and_may_be_written_again(
    friends: Circle, way: str, words: str, error: payment_errors.PaymentRefused
) -> None:
    await payments_page(friends)
    await taps(friends, way)
    assert await writes(friends, words) == refusal(Translator("en"), error)
    assert await ways(friends) == {}
    await writes(friends, "77")
    assert len(await ways(friends)) == 1


async def test_only_who_may_configure_the_group_changes_how_it_is_paid(friends: Circle) -> None:
    page = await payments_page(friends)
    await friends.ann.starts(friends.house.account)
    await friends.house.settles()
    button = PaymentSettingButton(1, "on", "cash").pack()
    answer = await (await friends.ann.presses_data(button, on=last(friends, friends.ann))).answered()
    assert answer.text == refusal(Translator("en"), NotACurator())
    assert await ways(friends) == {}
    for forged in ("ys:1:on:gold", "ys:1:ask:credit", "ys:1:hold:7", "ys:1:when:never", "ys:1:fly:home"):
        said = await (await friends.mei.presses_data(forged, on=page)).answered()
        assert "out of date" in said.text, forged
    assert await ways(friends) == {}


async def test_now_needs_a_way_that_works_at_once(friends: Circle) -> None:
    page = await payments_page(friends)
    await taps(friends, "Cash at pick-up")
    answer = await (await friends.mei.taps("Paid after the close", on=page)).answered()
    assert answer.text == refusal(Translator("en"), payment_errors.NoWayAtOnce())


async def test_a_pick_takes_fewer_ways_and_is_paid_at_once(friends: Circle) -> None:
    await payments_page(friends)
    await taps(friends, "Cash at pick-up", "Transfer or wallet")
    await writes(friends, IBAN)
    await friends.offers()
    await friends.mei.says("/manage", to=friends.house.account)
    await friends.house.settles()
    await taps(friends, "Yunnan honey", "Payment", "✓ Cash at pick-up")
    screen = last(friends, friends.mei)
    assert "Ways to pay: Transfer or wallet" in screen.text
    [pick] = await friends.house.rows(Pick)
    assert pick.payment_methods == ["transfer"]
    last_way = await (await friends.mei.taps("✓ Transfer", on=screen)).answered()
    assert last_way.text == refusal(Translator("en"), payment_errors.LastWay())

    await taps(friends, "Pay at once")
    assert "paid as they are placed" in screen.text
    assert "not offered cash" not in screen.text
    await taps(friends, "Cash at pick-up")
    assert "While orders are paid at once, members are not offered cash." in screen.text
    [pick] = await friends.house.rows(Pick)
    assert (pick.payment_methods, pick.pays_when) == (None, PaysWhen.NOW)
    await taps(friends, "As in the settings")
    [pick] = await friends.house.rows(Pick)
    assert pick.pays_when is None
    assert "pick_payments_changed" in {entry.action for entry in await friends.house.rows(AuditEntry)}


async def test_orders_from_before_are_nobody_s_debt(friends: Circle) -> None:
    """Who switches on a way to pay makes no debts of what was paid without us."""
    house, ann = friends.house, friends.ann
    await ann.starts(house.account)
    card = await friends.offers()
    await ann.says("+2", reply_to=card)
    await house.settles()
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()
    await payments_page(friends)
    await taps(friends, "Cash at pick-up")
    await ann.says("/pay", to=house.account)
    await house.settles()
    assert "You owe nothing" in last(friends, ann).text
