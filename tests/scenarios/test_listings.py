"""Mei lets other groups sell her honey, on terms that she taps or writes; Ann looks round on the market."""

from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Listing
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle


async def says(friends: Circle, person: Person, words: str) -> SeenMessage:
    """Says something in private; returns what the bot answers."""
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def taps(friends: Circle, person: Person, *buttons: str) -> SeenMessage:
    """Taps one button after another, each on the last screen that has it; returns what that shows then."""
    screen = last(friends, person)
    for button in buttons:
        screen = last_with(friends, person, button)
        await person.taps(button, on=screen)
        await friends.house.settles()
    return screen


async def test_an_offer_is_opened_found_changed_and_ended(friends: Circle) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    await ann.starts(house.account)
    tea = house.tg.group("Tea friends", owner=ann, members=[])
    await ann.adds_bot(house.account, tea, admin=True)
    await house.settles()
    assert "Nothing just now" in (await says(friends, ann, "/market")).text
    typed = "/pick 12.90 Yunnan honey #honey | 20 jars | till 20:00"
    await mei.sends_photo(caption=typed, in_=friends.group)
    await house.settles()

    # The terms are tapped, or written in a line; what cannot be meant is refused, and nothing is lost.
    await says(friends, mei, "/manage")
    page = await taps(friends, mei, "Yunnan honey", "Let other groups sell it", "10%", "5 groups")
    assert "Each group keeps 10% of what its orders cost" in page.text
    assert "At most 5 groups" in page.text
    for typed, told in (
        ("as you like", "I cannot read “as you like” as a share"),
        ("60 %", "can keep 50% at most"),
        ("0 groups", "Write 1 to 1,000 groups"),
        ("from 21:00", "Your pick is closed by then"),
    ):
        assert told in (await says(friends, mei, typed)).text
    page = await says(friends, mei, "12 %, 4 each, from 18:00")
    for part in ("keeps 12%", "At most 5 groups", "At most 4 pieces each", "18:00 on."):
        assert part in page.text, page.text
    assert await house.rows(Listing) == []
    await taps(friends, mei, "‹ Back")
    assert "12 %" not in (await says(friends, mei, "12 %, 4 each")).text, "nothing waits for terms any more"
    await taps(friends, mei, "Let other groups sell it", "5 groups")
    await says(friends, mei, "12 %, 4 each, from 18:00")
    page = await taps(friends, mei, "From now on", "Open it to other groups")
    assert "No group sells it yet" in page.text
    [listing] = await house.rows(Listing)
    assert (listing.share_bps, listing.groups_limit, listing.pieces_limit) == (1200, 5, 4)
    stored = await house.dump()
    await house.takes(house.updates[-1])
    assert await house.dump() == stored, "a tap that comes twice opens it once"

    # Ann sees it with all that is known of it, and what is not known yet.
    page = await says(friends, ann, "/market")
    for part in ("Yunnan honey", "€12.90", "Honey friends", "Your group keeps 12%", "Not enough reviews yet"):
        assert part in page.text
    page = await taps(friends, ann, "Fewest disputes")
    assert "• Fewest disputes" in [text for row in page.buttons for text in row]
    page = await taps(friends, ann, "Yunnan honey")
    for part in (
        "Supplied by Honey friends",
        "jars: 20 of 20 left",
        "#honey",
        "about €1.54 for one",
        "Your group can sell at most 4 pieces",
        "0 of at most 5 groups sell it so far",
    ):
        assert part in page.text, page.text
    assert "Sell it in Tea friends" in [text for row in page.buttons for text in row]
    await ann.taps("See the photos", on=page)
    await house.settles()
    assert last(friends, ann).photo is not None
    assert "Honey friends" not in (await says(friends, mei, "/market")).text.replace(
        "What Honey friends could sell", ""
    ), "nobody is shown her own"

    # Who leads no group sees nothing of it, whatever her own client sends.
    await friends.ben.starts(house.account)
    await house.settles()
    assert "Вы не ведёте ни одной из моих групп" in (await says(friends, friends.ben, "/market")).text
    forged = page.rows[0][0]["callback_data"].replace("mn:", "ml:")
    await friends.ben.presses_data(forged, on=last(friends, friends.ben))
    await house.settles()
    assert "Yunnan honey" not in last(friends, friends.ben).text

    # Later ones have the later terms; then it is over.
    page = await taps(friends, mei, "Change the terms", "15%", "Save the terms")
    assert "keeps 15%" in page.text
    page = await taps(friends, mei, "End it", "Yes, end it")
    assert "No other group can begin to sell" in page.text
    assert "Nothing just now" in (await says(friends, ann, "/market")).text
    acts = [row.action for row in await house.rows(AuditEntry) if "listing" in row.action]
    assert acts == ["listing_opened", "listing_changed", "listing_ended"]
    assert "let other groups sell #1 and keep 12%" in (await says(friends, mei, "/audit")).text
