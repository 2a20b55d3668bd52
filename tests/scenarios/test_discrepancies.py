"""Something about money does not fit: Mei is told, sees the facts, and decides by a tap or in a few words."""

from datetime import timedelta

from bot.services.payments.charges import Charge, record_charge
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Discrepancy, Order, Refund
from storage.states import OrderState, PaymentState, RefundStage
from tests.factories import make_person
from tests.scenarios.house import Circle, House
from tests.scenarios.paying import invoice, owes


def shown(friends: Circle, person: Person) -> SeenMessage:
    """The last thing that the bot has said to somebody in private."""
    return friends.house.posts_in(person.private(friends.house.account))[-1]


async def state_of(house: House) -> tuple[OrderState, PaymentState]:
    (order,) = await house.rows(Order)
    return order.state, order.payment_state


async def ben_is_charged(friends: Circle, amount: int = 2580, currency: str = "EUR") -> None:
    """Telegram tells of a charge for Ann's invoice that Ben has paid, past the gate."""
    await friends.ben.starts(friends.house.account)
    await owes(friends)
    sent = await invoice(friends)
    assert sent.invoice is not None
    charge = Charge(
        id="a charge",
        provider_charge_id=None,
        payer=make_person("Бен", person_id=friends.ben.id, language="ru"),
        token=sent.invoice.payload,
        amount=amount,
        currency=currency,
    )
    shop = friends.house.parts.shop
    async with shop.writing() as uow:
        assert await record_charge(uow, charge, now=shop.now()) is not None
    await friends.house.settles()


async def taps(friends: Circle, label: str, person: Person | None = None) -> str:
    """Mei, or somebody else, taps on what she was shown last; returns the toast."""
    person = person or friends.mei
    toast = await (await person.taps(label, on=shown(friends, person))).answered()
    await friends.house.settles()
    return toast.text


async def test_mei_is_told_sees_the_facts_and_gives_it_back(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await ben_is_charged(friends)
    await house.passes(timedelta(minutes=1))
    await house.settles()
    assert "1 matter about money in Honey friends does not fit" in shown(friends, mei).text
    assert not any("money" in post for post in friends.posts), "money is nobody else's business"

    await taps(friends, "Show me")
    listed = shown(friends, mei)
    assert "Somebody else paid than the one who was asked to." in listed.text
    assert listed.buttons == [["#1, order number 1: Ann"]]
    await taps(friends, "#1, order number 1: Ann")
    facts = shown(friends, mei)
    for said in (
        "Бен paid €25.80.",
        "Order number 1 of #1 Yunnan honey, by Ann, comes to €25.80.",
        "Counted as paid for it: €25.80.",
        "It is not handed over before you have decided.",
        "Бен paid €25.80 (Card).",
    ):
        assert said in facts.text
    assert facts.buttons == [["Count it"], ["Give it back"], ["It is settled…"], ["‹ All of them"]]

    assert await taps(friends, "Give it back") == "Done: it goes back."
    assert "Mei decided on" in shown(friends, mei).text
    (refund,) = await house.rows(Refund)
    assert (refund.person_id, refund.amount, refund.stage) == (friends.ben.id, 2580, RefundStage.DUE)
    assert await state_of(house) == (OrderState.CONFIRMED, PaymentState.REFUND_DUE)
    assert any("25,80" in text for text in friends.private(friends.ben)), "Ben is told of his money"
    acts = [act.action for act in await house.rows(AuditEntry)]
    assert "discrepancy_decided" in acts
    await mei.says("/audit", to=house.account)
    await house.settles()
    assert "decided that what Бен paid goes back" in shown(friends, mei).text


async def test_it_counts_if_mei_says_so(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await ben_is_charged(friends, amount=1500)
    await mei.says("/review", to=house.account)
    await house.settles()
    assert "Бен paid €15.00" in shown(friends, mei).text
    await taps(friends, "#1, order number 1: Ann")
    assert await taps(friends, "Count it") == "Done: it counts for this order."
    assert await state_of(house) == (OrderState.CONFIRMED, PaymentState.UNPAID)
    assert await house.rows(Refund) == []
    await taps(friends, "‹ All of them")
    assert shown(friends, mei).text == "Everything about money fits. There is nothing to decide."


async def test_mei_writes_how_it_was_settled(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await ben_is_charged(friends, 3000, "USD")
    await mei.says("/review", to=house.account)
    await house.settles()
    await taps(friends, "#1, order number 1: Ann")
    facts = shown(friends, mei)
    assert "It counts for no order yet." in facts.text
    assert facts.buttons == [["Give it back"], ["It is settled…"], ["‹ All of them"]]
    await taps(friends, "It is settled…")
    for text, answer in (
        ("…", "Please write in a few words how it was settled."),
        ("x" * 1000, "That is too long"),
        ("Ben got it back from his bank.", "Note: Ben got it back from his bank."),
    ):
        await mei.says(text, to=house.account)
        await house.settles()
        assert answer in shown(friends, mei).text
    assert await state_of(house) == (OrderState.CONFIRMED, PaymentState.UNPAID)
    (found,) = await house.rows(Discrepancy)
    assert (found.outcome, found.settled_by_id) == ("settled", mei.id)
    await mei.says("Something else.", to=house.account)
    await house.settles()
    assert "I did not understand that." in shown(friends, mei).text


async def test_goods_wait_for_the_decision(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await ben_is_charged(friends)
    await mei.says("/handover 1", to=house.account)
    await house.settles()
    assert await state_of(house) == (OrderState.NEEDS_REVIEW, PaymentState.PAID)
    await friends.ann.says("/my", to=house.account)
    await house.settles()
    assert "Your curator is looking into it." in "\n".join(friends.private(friends.ann))


async def test_of_two_curators_the_second_is_told_what_the_first_decided(friends: Circle) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    hello = await ann.says("Hello!", in_=friends.group)
    await mei.says("/appoint", reply_to=hello)
    await house.settles()
    await taps(friends, "Make curator")
    await ben_is_charged(friends)
    for person in (mei, ann):
        await person.says("/review", to=house.account)
        await house.settles()
        await taps(friends, "#1, order number 1: Ann", person)
    assert await taps(friends, "Count it", ann) == "Done: it counts for this order."
    assert "Ann has already decided this" in await taps(friends, "Give it back")
    assert "Ann decided on" in shown(friends, mei).text
    assert await house.rows(Refund) == []


async def test_it_is_no_business_of_members(friends: Circle) -> None:
    house, ben = friends.house, friends.ben
    await ben_is_charged(friends)
    await ben.says("/review", to=house.account)
    await house.settles()
    assert "€" not in shown(friends, ben).text
    listed = await _seen_by_mei(friends)
    # The same button, forged by somebody whom it does not concern.
    await house.takes(
        {
            "update_id": 900_000_001,
            "callback_query": {
                "id": "1",
                "from": {"id": ben.id, "is_bot": False, "first_name": "Бен", "language_code": "ru"},
                "chat_instance": "1",
                "message": {
                    "message_id": listed.id,
                    "date": 1_700_000_000,
                    "chat": {"id": ben.id, "type": "private", "first_name": "Бен"},
                },
                "data": "dd:1:back",
            },
        }
    )
    await house.settles()
    assert await house.rows(Refund) == []


async def _seen_by_mei(friends: Circle) -> SeenMessage:
    await friends.mei.says("/review", to=friends.house.account)
    await friends.house.settles()
    return shown(friends, friends.mei)


async def test_in_the_group_mei_is_led_to_her_private_chat(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await ben_is_charged(friends)
    await mei.says("/review", in_=friends.group)
    await house.settles()
    assert "Somebody else paid" in shown(friends, mei).text
    assert not any("paid" in post for post in friends.posts)
