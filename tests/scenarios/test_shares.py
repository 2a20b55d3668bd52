"""Picks are sent on: from the card, by name in any chat, by poster; and it is known who told whom."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from bot.callbacks.shares import WhoToldButton
from sandbox.people import Group, Person, SeenMessage
from storage.models import Commission, Introduction, Order, Plan, Referral, Share, ShareVisit, Touch
from storage.states import CommissionSource, ReferralSource, TouchSource
from tests.scenarios.house import Circle

HONEY = "12.90 Yunnan honey | 20 jars | till fri 20:00"


@pytest.fixture
async def sharing(friends: Circle) -> Circle:
    """The friends, with inline mode on and a plan that pays a tenth to whoever recommends."""
    house = friends.house
    await house.settles()
    await house.stops()
    house.account.set_inline(placeholder="Search picks", feedback_percent=100)
    await house.starts()
    async with house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        plan = Plan(group_id=group.id or 0, first_bps=1000, changed_at=house.now)
        plan.inviter_recommends = False
        await uow.plans.save(plan)
    return friends


@pytest.fixture
def dora(friends: Circle) -> Person:
    """Somebody outside of the group."""
    return friends.house.tg.person("Dora")


@pytest.fixture
def family(friends: Circle, dora: Person) -> Group:
    """Another chat, without the bot."""
    return friends.house.tg.group("Family", owner=friends.ann, members=[dora])


async def sends(friends: Circle, person: Person, words: str, *, into: Group) -> SeenMessage:
    """Type the bot's name and some words in a chat, and send the first card."""
    search = await person.types_inline(friends.house.account, words, in_=into)
    offered = await search.answered()
    sent = await person.chooses(search, offered.titles[0])
    await friends.house.settles()
    return sent


async def shown(friends: Circle) -> SeenMessage:
    """The card of a pick with a photo."""
    await friends.mei.sends_photo(in_=friends.group, caption=f"/pick {HONEY}")
    await friends.house.settles()
    return friends.house.posts_in(friends.group)[-1]


def link_in(page: SeenMessage) -> str:
    """The link that somebody can send on."""
    return next(line for line in page.text.splitlines() if line.startswith("https://t.me/"))


async def told(friends: Circle, person: Person, *deeds: Awaitable[object]) -> list[str]:
    """What the bot says to somebody in private, to what she does."""
    heard = await friends.house.hears(*deeds)
    return [message.text for message in heard if message.chat_id == person.id]


async def test_a_card_sent_by_name_leads_a_guest_in_and_to_her_order(
    sharing: Circle, dora: Person, family: Group
) -> None:
    house, ann = sharing.house, sharing.ann
    card = await sharing.offers(f"{HONEY}\nFrom my cousin's bees")
    [page] = await told(sharing, ann, ann.taps("Share", on=card))
    assert "Your own link to it:" in page
    assert "you earn about €1.29 for a piece" in page
    sent = await sends(sharing, ann, "honey", into=family)
    assert "Yunnan honey" in sent.text
    assert "12.90" in sent.text
    assert "Ann earns about €1.29 if you buy." in sent.text
    assert [row[0] for row in sent.buttons] == ["Order it", "How does it stand?"]
    assert [share.sent_count for share in await house.rows(Share)] == [1]

    look = await dora.taps("How does it stand?", on=sent)
    assert "0 of 20 ordered" in (await look.answered()).text
    guessed = await dora.presses_data("sl:1", on=sent)
    assert "ordered" not in (await guessed.answered()).text, "only who has a card knows how to ask about it"
    await house.settles()
    [guest] = await told(sharing, dora, dora.taps("Order it", on=sent))
    assert "To order it, join the group" in guest
    [touch] = await house.rows(Touch)
    assert (touch.person_id, touch.recommender_id, touch.source) == (dora.id, ann.id, TouchSource.OPENED)
    assert [i.source for i in await house.rows(Introduction)] == [ReferralSource.START]

    guest_card = dora.private(house.account).last_message
    early = await dora.taps("I am in the group", on=guest_card)
    assert "I do not see you" in (await early.answered()).text
    [details] = await told(sharing, dora, dora.taps("Join the group", on=guest_card))
    assert "Ann told you of it.\n" in details
    assert "Ann earns 10% of what you pay: about €1.29 for one." in details
    assert "Whoever recommended it to you" not in details
    assert [(edge.person_id, edge.referrer_id) for edge in await house.rows(Referral)] == [(dora.id, ann.id)]
    await dora.taps("+", on=dora.private(house.account).last_message)
    await house.settles()

    [order] = await house.rows(Order)
    assert (order.person_id, order.recommender_id) == (dora.id, ann.id)
    [visit] = await house.rows(ShareVisit)
    steps = (visit.seen_at, visit.opened_at, visit.joined_at, visit.ordered_at)
    assert all(steps)
    [commission] = await house.rows(Commission)
    assert (commission.earner_id, commission.source) == (ann.id, CommissionSource.OPENED)
    [funnel] = await told(sharing, ann, ann.says("/shares", to=house.account))
    assert "Sent: 1 · looked: 1 · opened: 1 · joined: 1 · ordered: 1" in funnel


async def test_whoever_orders_says_who_told_her(sharing: Circle) -> None:
    house, ann, ben, lin = sharing.house, sharing.ann, sharing.ben, sharing.lin
    card = await sharing.offers()
    await ben.starts(house.account)
    for person in (ann, lin):
        await person.taps("My order", on=card)
        await person.taps("Share", on=card)
    await ben.taps("Order +1", on=card)
    await house.passes(timedelta(minutes=3))
    await house.settles()
    asked = ben.private(house.account).last_message
    assert "Кто рассказал вам" in asked.text
    assert await house.rows(Commission) == []

    await ben.taps("Кто-то другой", on=asked)
    await house.settles()
    assert await told(sharing, ben, ben.says("Никто такой", to=house.account)) == [
        "Я никого с таким именем в группе не нахожу. Попробуйте @имя или другую часть имени."
    ]
    await told(sharing, ben, ben.says("an", to=house.account))
    await ben.taps("Ann", on=ben.private(house.account).last_message)
    await house.settles()
    [order] = await house.rows(Order)
    assert order.recommender_id == ann.id
    [commission] = await house.rows(Commission)
    assert (commission.earner_id, commission.source) == (ann.id, CommissionSource.SAID)

    # What she says counts before whatever she opens; and she may think better of it.
    await lin.taps("Share", on=card)
    await house.settles()
    link = link_in(lin.private(house.account).last_message)
    details = await told(sharing, ben, ben.opens(link))
    assert "Ann" in details[-1]
    assert [touch.recommender_id for touch in await house.rows(Touch)] == [ann.id]
    await told(sharing, ben, ben.says("/my", to=house.account))
    await ben.taps("№1", on=ben.private(house.account).last_message)
    await house.settles()
    await ben.taps("Кто вам рассказал", on=ben.private(house.account).last_message)
    await house.settles()
    await ben.taps("小林", on=ben.private(house.account).last_message)
    await house.settles()
    assert [(c.earner_id, c.level) for c in await house.rows(Commission)] == [(lin.id, 1)]

    again = ben.private(house.account).last_message
    await ben.taps("Нет, кто-то другой", on=again)
    await house.settles()
    await ben.taps("Никто", on=again)
    await house.settles()
    assert [order.recommender_id for order in await house.rows(Order)] == [None]
    assert await house.rows(Commission) == [], "nobody brought him, either"
    await ben.taps("Cancel", on=card)
    await house.settles()
    late = await ben.presses_data(WhoToldButton(order.id or 0, "ask").pack(), on=again)
    assert "остаётся как отмечено" in (await late.answered()).text


async def test_a_card_tells_the_truth_when_its_pick_is_over(
    sharing: Circle, dora: Person, family: Group
) -> None:
    house, mei, ann = sharing.house, sharing.mei, sharing.ann
    card = await shown(sharing)
    await told(sharing, ann, ann.taps("Share", on=card))
    sent = await sends(sharing, ann, "#1", into=family)
    here = await sends(sharing, ann, "#1", into=sharing.group)
    assert await house.rows(Order) == [], "a card that was sent is no order"
    assert here.text.startswith("Yunnan honey")
    page = ann.private(house.account).last_message
    assert await ann.shares("Send it to a chat", on=page, in_=family) is not None

    chosen = next(update for update in reversed(house.updates) if "chosen_inline_result" in update)
    await house.takes(chosen)
    assert [share.sent_count for share in await house.rows(Share)] == [2], "told twice, counted once"
    await mei.taps("Order +1", on=card)
    await mei.says("/close 1", in_=sharing.group)
    await house.settles()
    look = await dora.taps("How does it stand?", on=sent)
    assert "takes no orders any more" in (await look.answered()).text
    await house.settles()
    assert "Closed" in sent.text
    assert sent.buttons == [["How does it stand?"]]
    await dora.taps("How does it stand?", on=sent)
    [closed] = await told(sharing, dora, dora.opens(link_in(page)))
    assert "It was on offer in Honey friends." in closed
    assert await told(sharing, dora, dora.opens(link_in(page)[:-1] + "_")) == [
        "This link leads nowhere any more. Ask whoever sent it for a new one."
    ]
    late = await ann.taps("Make a poster", on=page)
    assert "nothing to share" in (await late.answered()).text

    await told(sharing, mei, mei.says("/manage", to=house.account))
    await mei.taps("#1", on=mei.private(house.account).last_message)
    await house.settles()
    await mei.taps("Shares", on=mei.private(house.account).last_message)
    await house.settles()
    board = mei.private(house.account).last_message.text
    assert "Sent: 2 · looked: 1 · opened: 1 · joined: 0 · ordered: 0" in board
    assert "Ann" in board


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_poster_carries_the_photo_and_the_link(sharing: Circle) -> None:
    house, lin = sharing.house, sharing.lin
    card = await shown(sharing)
    await told(sharing, lin, lin.taps("Share", on=card))
    page = lin.private(house.account).last_message
    tap = await lin.taps("制作海报", on=page)
    assert (await tap.answered()).text
    await house.settles()
    poster = lin.private(house.account).last_message
    assert poster.message.photo is not None
    assert poster.message.photo.content.startswith(b"\x89PNG")
    assert link_in(page) in poster.text

    # A picture that Telegram does not know any more takes no result with it.
    house.world.files.pop(card.message.photo.file_id if card.message.photo else "")
    search = await lin.types_inline(house.account, "", to=house.account)
    [offered] = (await search.answered()).results
    assert (offered.kind, offered.title) == ("article", "#1 Yunnan honey")
