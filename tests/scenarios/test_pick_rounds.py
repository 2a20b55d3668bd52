"""Mei writes her honey anew instead of posting it again: she is asked once whether it is the same."""

from datetime import timedelta

from bot.services.handover import hand_over
from bot.services.reviews import rate
from sandbox.people import SeenMessage
from storage.models import AuditEntry, Offer, Order, Variant
from storage.unit_of_work import writing
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle

TILL_EVENING = timedelta(hours=10, minutes=1)
RATING = "★ 4.0 of 5 from 3 buyers here"


async def three_are_pleased(friends: Circle) -> None:
    """Honey that three ordered, fetched and gave four stars."""
    house = friends.house
    card = await friends.offers()
    for person in (friends.ann, friends.ben, friends.lin):
        await person.says("+1", reply_to=card)
        await house.settles()
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    [variant] = await house.rows(Variant)
    for order in await house.rows(Order):
        async with writing(house.parts.shop.database) as uow:
            by_id, person_id = friends.mei.id, order.person_id
            await hand_over(uow, order.id or 0, by_id=by_id, now=house.now)
            await rate(uow, order.id or 0, variant.id or 0, 4, person_id=person_id, now=house.now)
    await house.settles()


async def taps(friends: Circle, button: str) -> SeenMessage:
    """Mei taps a button of what she was told last; returns what stands there then."""
    await friends.mei.taps(button, on=last_with(friends, friends.mei, button))
    await friends.house.settles()
    return last(friends, friends.mei)


async def test_a_pick_that_is_written_anew_keeps_its_reviews(friends: Circle) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    await mei.starts(house.account)
    await three_are_pleased(friends)

    told = len(friends.private(mei))
    await friends.offers("13.90 Sage honey | till tomorrow")
    assert len(friends.private(mei)) == told, "what has another title asks nothing"
    card = await friends.offers("13.90 yunnan HONEY | till tomorrow")
    assert len(friends.private(mei)) == told + 1
    question = last(friends, mei)
    assert "Is #3 yunnan HONEY in Honey friends the same as #1, which 3 people bought?" in question.text
    assert question.buttons == [["Yes, keep its reviews"], ["No, it is new"]]
    assert "★" not in card.text

    stranger = await ann.presses_data(question.rows[0][0]["callback_data"], on=card)
    await stranger.answered()
    assert [offer.origin_id for offer in await house.rows(Offer)] == [None, None, None]

    page = await taps(friends, "Yes, keep its reviews")
    assert "#3 yunnan HONEY is a further round of #1" in page.text
    await card.until(contains=RATING)
    page = await taps(friends, "It was not the same")
    assert "something new" in page.text
    await house.settles()
    assert "★" not in card.text
    await taps(friends, "It is the same")
    await card.until(contains=RATING)
    await ann.says("+1", reply_to=card)
    await house.settles()
    tap = await mei.taps("It was not the same", on=last_with(friends, mei, "It was not the same"))
    assert "stays a further round" in ((await tap.answered()).text or "")
    acts = [row.action for row in await house.rows(AuditEntry) if row.action.startswith("rounds_")]
    assert acts == ["rounds_joined", "rounds_parted", "rounds_joined"]
    await mei.says("/audit", to=house.account)
    await house.settles()
    assert "said that #3 is #1 once more" in last(friends, mei).text

    await house.passes(timedelta(days=2))
    told = len(friends.private(mei))
    await mei.says("/repost 3", in_=friends.group)
    await house.settles()
    assert not any("the same as" in text for text in friends.private(mei)[told:]), "that is known"
