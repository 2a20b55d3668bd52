"""Something is wrong with an order: both sides talk, something is offered, and it goes on where needed."""

from datetime import timedelta

from bot.jobs.cases import escalate_overdue
from sandbox.people import Person
from storage.models import AuditEntry, Case, CaseEvent, Refund
from storage.states import CaseAct, CaseLevel, CaseOutcome, CaseStage, PaymentMethod
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, has_paid, takes, taps

TILL_EVENING = timedelta(hours=10, minutes=1)


async def ordered(friends: Circle, *people: Person) -> None:
    """They have a jar each, paid for where the group takes money; Lin runs the bot."""
    house = friends.house
    for person in (friends.ann, friends.ben, friends.lin):
        await person.starts(house.account)
    house.parts.shop.admin_ids = frozenset({friends.lin.id})
    card = await friends.offers()
    for person in people:
        await person.says("+1", reply_to=card)
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()


async def opens_case(friends: Circle, person: Person, kind: str, *words: str) -> None:
    """From the receipt: what is wrong, a few words, and off."""
    listed = await asks(friends, person, "/my")
    await taps(friends, person, "Yunnan honey", listed)
    for label in ("Something is wrong", kind):
        await taps(friends, person, label, last(friends, person))
    for said in words:
        await asks(friends, person, said)
    await taps(friends, person, "Send it", last(friends, person))


async def test_a_broken_jar_is_paid_back(friends: Circle) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    await takes(friends, PaymentMethod.TRANSFER)
    await ordered(friends, ann)
    await has_paid(friends, ann, 1290)

    listed = await asks(friends, ann, "/my")
    await taps(friends, ann, "Yunnan honey", listed)
    await taps(friends, ann, "Something is wrong", last(friends, ann))
    await taps(friends, ann, "It is damaged", last(friends, ann))
    assert "Nobody sees it before you tap" in last(friends, ann).text
    await asks(friends, ann, "The lid is <b>broken</b>\nשבור https://example.org")
    await taps(friends, ann, "‹ Back", last(friends, ann))
    asked = last(friends, ann)
    assert "did not understand" in (await asks(friends, ann, "What was that again?")).text
    await taps(friends, ann, "It is damaged", asked)
    assert "The lid is" in asked.text, "nothing that she wrote is lost"
    for _ in range(2):
        await ann.sends_photo(to=house.account)
        await house.settles()
    asked = last(friends, ann)
    assert "2 photos" in asked.text
    assert not await house.rows(Case)
    sends = next(iter(asked.rows[0]))["callback_data"]
    await taps(friends, ann, "Send it", asked)
    again = await ann.presses_data(sends, on=asked)
    assert (await again.answered()).alert
    await house.settles()
    [case] = await house.rows(Case)
    assert "It is with those who can put it right" in asked.text
    assert "Your curator promised to answer by" in asked.text

    told = last_with(friends, mei, "Case about order 1: Ann")
    assert "The lid is <b>broken</b>\nשבור https://example.org" in told.text
    assert told.buttons[:2] == [["Replace it", "Give money back"], ["Give nothing"]], "it gives no credit"
    await taps(friends, mei, "Photos", told)
    assert len(house.calls("sendMediaGroup")) == 1

    await taps(friends, mei, "Give money back", told)
    assert "Up to €12.90" in told.text
    assert "€12.90 at most" in (await asks(friends, mei, "13 sorry")).text
    assert "begin with the amount" in (await asks(friends, mei, "sorry")).text
    assert "Offered: €3.00 back" in (await asks(friends, mei, "3.00 sorry, a new lid is dear")).text
    offered = last_with(friends, ann, "You are offered")
    assert "€3.00 back" in offered.text
    assert "sorry, a new lid is dear" in offered.text
    forged = await friends.ben.presses_data(
        next(iter(offered.rows[0]))["callback_data"], on=last(friends, friends.ben)
    )
    assert (await forged.answered()).alert

    # Ann asks for more, and what she tapped meanwhile is old.
    await taps(friends, ann, "Write something", offered)
    offered = await asks(friends, ann, "Half the honey is gone")
    assert "you: wrote" in offered.text
    told = last_with(friends, mei, "Half the honey is gone")
    await taps(friends, mei, "Give money back", told)
    await taps(friends, mei, "Everything: €12.90", told)
    assert "Something has happened in this case" in await taps(friends, ann, "I take it", offered)
    assert "€12.90 back" in offered.text
    await taps(friends, ann, "I take it", offered)
    assert "Settled" in offered.text
    [refund] = await house.rows(Refund)
    assert refund.amount == 1290
    await house.takes(house.updates[-1])
    assert len(await house.rows(Refund)) == 1
    assert "took the offer: €12.90 back" in last_with(friends, mei, "Settled").text
    assert (await house.rows(Case))[0].outcome is CaseOutcome.REFUND

    assert "There are none." in (await asks(friends, mei, "/cases")).text
    await taps(friends, mei, "Settled ›", last(friends, mei))
    assert "Ended with: €12.90 back" in last(friends, mei).text
    assert "settled within 1 hour" in last(friends, mei).text
    assert "offered Ann €3.00 back in a case" in (await asks(friends, mei, "/audit")).text
    assert not any("broken" in post for post in friends.posts), "the group reads nothing of it"
    assert case.level is CaseLevel.CURATOR


async def test_nobody_answers_and_whoever_runs_the_bot_decides(friends: Circle) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    await ordered(friends, ann, ben)
    shop = house.parts.shop
    assert "Saved" in (await asks(friends, mei, "/settings answer 24")).text
    assert "from 1 to 336" in (await asks(friends, mei, "/settings answer soon")).text
    await opens_case(friends, ann, "Something else", "It tastes of soap")
    page = last(friends, ann)
    assert "Ask" not in str(page.buttons), "there is time to answer"

    await house.passes(timedelta(hours=24))
    assert await escalate_overdue(shop) == 1
    await house.settles()
    assert "nobody answered in time" in last_with(friends, ann, "Your case").text
    assert "Whoever runs this bot has the last word" in last_with(friends, ann, "Your case").text
    told = last(friends, lin)
    assert "Ann" in told.text
    assert (await house.rows(Case))[0].level is CaseLevel.ADMIN
    assert "Somebody else decides" not in told.text
    mine = last_with(friends, mei, "Case about order")
    assert mine.buttons[0] == ["Write something"], "it is not hers any more"

    # Lin decides in her own language; the group keeps no money here, so Mei gives it by hand.
    home = await asks(friends, lin, "/admin")
    assert "/cases" in home.text
    listed = await asks(friends, lin, "/cases")
    await taps(friends, lin, listed.buttons[0][0], listed)
    refunds = next(button for row in listed.buttons for button in row if button in _REFUND_WORDS)
    await taps(friends, lin, refunds, listed)
    await asks(friends, lin, "5.00 soap is no honey")
    settled = last_with(friends, ann, "Settled")
    assert "€5.00 back" in settled.text
    assert "marks it here as given" in settled.text
    assert "whoever runs the bot" in settled.text
    told = last_with(friends, mei, "Settled")
    await taps(friends, mei, "It was given", told)
    assert "Marked as given." in told.text
    assert "marked it as given" in last_with(friends, ann, "Settled").text
    assert await house.rows(Refund) == []

    # Ben takes his case back, and a case that is over takes no words.
    await opens_case_in_russian(friends, ben)
    (second,) = [case for case in await house.rows(Case) if case.person_id == ben.id]
    assert second.stage is CaseStage.OPEN
    page = last(friends, ben)
    says, takes_back = page.buttons[0]
    await taps(friends, ben, says, page)
    await taps(friends, ben, page.buttons[0][0], page)
    await taps(friends, ben, takes_back, page)
    await taps(friends, ben, page.buttons[0][0], page)
    (second,) = [case for case in await house.rows(Case) if case.person_id == ben.id]
    assert second.outcome is CaseOutcome.WITHDRAWN
    acts = [event.act for event in await house.rows(CaseEvent) if event.case_id == second.id]
    assert acts == [CaseAct.OPENED, CaseAct.WITHDRAWN]
    audited = {entry.action for entry in await house.rows(AuditEntry)}
    assert {"case_decided", "case_given"} <= audited


_REFUND_WORDS = {"Give money back", "Devolver dinero", "退款", "Вернуть деньги"}


async def opens_case_in_russian(friends: Circle, person: Person) -> None:
    """By the places of the buttons, since he reads others."""
    listed = await asks(friends, person, "/my")
    await taps(friends, person, "Yunnan honey", listed)
    page = last(friends, person)
    await taps(friends, person, page.buttons[-2][0], page)
    await taps(friends, person, page.buttons[0][0], page)
    await taps(friends, person, page.buttons[0][0], page)
