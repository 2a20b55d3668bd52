"""Receipts, from the order to what is read of it later, in the group's currency and the reader's language."""

from datetime import timedelta

import pytest

from sandbox.people import Person, SeenMessage
from storage.models import Payment
from storage.states import PaymentMethod, PaymentStage
from tests.scenarios.goods import last
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, order_on, taps
from tests.scenarios.paying import takes, ways

TILL_EVENING = timedelta(hours=10, minutes=1)


async def keeps_its_books_in(friends: Circle, currency: str) -> None:
    async with friends.house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        group.currency = currency
        await uow.groups.save(group)


async def pays_by_transfer(friends: Circle, person: Person) -> None:
    """Somebody sends what she owes and says so; Mei confirms it with one tap."""
    screen = await ways(friends, person)
    await taps(friends, person, screen.buttons[0][0], screen)
    await taps(friends, person, screen.buttons[0][0], screen)
    queue = await asks(friends, friends.mei, "/payments")
    confirm = next(label for row in queue.buttons for label in row if label.startswith("✓"))
    await taps(friends, friends.mei, confirm, queue)


def bare(message: SeenMessage) -> list[str]:
    """Its lines, without what keeps names apart."""
    return message.text.replace("\u2068", "").replace("\u2069", "").splitlines()


@pytest.mark.parametrize(
    ("currency", "pick", "told"),
    [
        (
            "JPY",
            "1290 Yunnan honey | 40 jars | 2+ 1190, 30+ 990 | till 20:00",
            {
                "en": ["2 at ¥1,190 each: ¥2,380", "instead of ¥1,290 each: you save ¥200", "In all: ¥2,380"],
                "zh_CN": ["JP¥1,190", "JP¥1,290", "JP¥2,380"],
            },
        ),
        (
            "KWD",
            "1.290 Yunnan honey | 40 jars | 2+ 1.190, 30+ 0.990 | till 20:00",
            {
                "en": [
                    "2 at KWD\xa01.190 each: KWD\xa02.380",
                    "instead of KWD\xa01.290 each: you save KWD\xa00.200",
                    "In all: KWD\xa02.380",
                ],
                "zh_CN": ["KWD\xa01.190", "KWD\xa01.290", "KWD\xa02.380"],
            },
        ),
    ],
)
async def test_a_receipt_is_written_as_its_currency_is(
    friends: Circle, currency: str, pick: str, told: dict[str, list[str]]
) -> None:
    house, ann, lin = friends.house, friends.ann, friends.lin
    await keeps_its_books_in(friends, currency)
    await takes(friends, PaymentMethod.TRANSFER)
    for person in (ann, lin):
        await person.starts(house.account)
    card = await friends.offers(pick)
    for person in (ann, lin):
        await person.says("+2", reply_to=card)
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()

    for person, language in ((ann, "en"), (lin, "zh_CN")):
        await pays_by_transfer(friends, person)
        receipt = last(friends, person).text
        for words in told[language]:
            assert words in receipt
        # What is read in the list of one's orders agrees with it.
        listed = await asks(friends, person, "/my")
        assert told[language][-1].removeprefix("In all: ") in listed.text
    payments = await house.rows(Payment)
    assert [(payment.amount, payment.currency) for payment in payments] == [(2380, currency)] * 2
    assert [payment.receipt_number for payment in payments] == [1, 2]


async def test_a_receipt_stays_as_it_was_whatever_becomes_of_the_order(friends: Circle) -> None:
    house, ann = friends.house, friends.ann
    await takes(friends, PaymentMethod.TRANSFER)
    await ann.starts(house.account)
    card = await friends.offers("12.90 <b>Honey</b> | 20 jars | till 20:00")
    await ann.says("+2", reply_to=card)
    await house.settles()
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()
    await pays_by_transfer(friends, ann)
    issued = bare(last(friends, ann))
    assert issued[1:] == [
        "Honey friends, pick #1, order number 1",
        "",
        "<b>Honey</b>",
        "2 at €12.90 each: €25.80",
        "In all: €25.80",
        "",
        "Paid by transfer: €25.80",
        "Nothing is left to pay. Thank you!",
    ]
    assert issued[0].startswith("Receipt 1 · ")

    await friends.mei.says("/withdraw 1 mouldy", in_=friends.group)
    await house.settles()
    listed = await asks(friends, ann, "/my")
    assert "€25.80 goes back." in listed.text
    await taps(friends, ann, "#1", listed)
    assert "€25.80 by transfer." in listed.text
    assert "the order was cancelled. €25.80 goes back by transfer." in listed.text
    await taps(friends, ann, "Receipt 1", listed)
    assert bare(listed) == issued
    await taps(friends, ann, "Back", listed)
    assert "Your order, number 1" in listed.text


async def test_what_was_confirmed_by_mistake_says_so_and_leaves_no_gap(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    await takes(friends, PaymentMethod.TRANSFER)
    await ann.starts(house.account)
    card = await friends.offers()
    await ann.says("+1", reply_to=card)
    await house.settles()
    await mei.says("/close 1", in_=friends.group)
    await house.settles()
    await pays_by_transfer(friends, ann)
    undo = last(friends, mei)
    label = next(words for row in undo.buttons for words in row if words.startswith("Undo"))
    await taps(friends, mei, label, undo)
    queue = await asks(friends, mei, "/payments")
    confirm = next(words for row in queue.buttons for words in row if words.startswith("✓"))
    await taps(friends, mei, confirm, queue)

    payments = await house.rows(Payment)
    assert [(payment.stage, payment.receipt_number) for payment in payments] == [
        (PaymentStage.DECLINED, 1),
        (PaymentStage.RECEIVED, 2),
    ]
    listed = await asks(friends, ann, "/my")
    await taps(friends, ann, "#1", listed)
    assert "receipt 1 was a mistake and does not count." in listed.text
    await taps(friends, ann, "Receipt 1", listed)
    assert "It does not count any more" in listed.text


async def test_a_receipt_is_for_nobody_else(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, friends.ben
    await takes(friends, PaymentMethod.TRANSFER)
    for person in (ann, ben):
        await person.starts(house.account)
    card = await friends.offers()
    await ann.says("+1", reply_to=card)
    await house.settles()
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()
    await pays_by_transfer(friends, ann)
    listed = await asks(friends, ann, "/my")
    await taps(friends, ann, "#1", listed)
    data = next(
        button["callback_data"] for row in listed.rows for button in row if "Receipt 1" in button["text"]
    )
    before = friends.private(ben)
    forged = await ben.presses_data(data, on=ben.private(house.account).messages[-1])
    assert (await forged.answered()).text
    await house.settles()
    assert friends.private(ben) == before
    assert (await order_on(friends, ann)).person_id == ann.id
