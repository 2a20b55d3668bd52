"""Shared cards fit wherever they are sent, whatever is written on them, and say who earns by them."""

import pytest

from bot.i18n import Translator
from bot.money import Money
from bot.rules.pricing import TierPrice
from bot.services.shares import CardToShare, WhoTold
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, LONGEST_TOAST
from bot.views.share_funnels import own_funnels, pick_funnels
from bot.views.share_posters import poster_caption, poster_data
from bot.views.share_questions import name_asked, told_noted, which_of_them, who_told_question
from bot.views.shares import guest_card, look_words, share_page, share_summary, shared_card
from sandbox.entities import utf16_length
from storage.repositories.orders import OwnOrder
from storage.repositories.picks import PostedPick
from storage.repositories.shares import Funnel, SharedCard, Steps
from storage.states import FulfilmentState, OrderState, PaymentState, PickState
from tests.views.strange import NAME, NOW, long, make_posted, shown

LINK = "https://t.me/a_bot_with_a_long_name_bot?start=by_abcdefghijklmn"
EARNS = Money(amount=777_777_777, currency="KWD")
STEPS = Steps(sent=1_000_000, seen=888_888, opened=88_888, joined=8_888, ordered=888)
TIERS = (TierPrice(10, 9_000_000_000), TierPrice(100, 8_000_000_000))


def to_share(posted: PostedPick, text: str, *, earns: Money | None = EARNS) -> CardToShare:
    card = SharedCard(id=2**62, token="abcdefghijklmn", pick_id=posted.id, person_id=1)
    name = long(text, NAME)
    return CardToShare(
        card=card, posted=posted, sharer=name, tiers=TIERS, curator=name, voucher=name, earns=earns
    )


def make_order(text: str) -> OwnOrder:
    return OwnOrder(
        order_id=2**62,
        number=999_999,
        state=OrderState.PLACED,
        payment_state=PaymentState.UNPAID,
        fulfilment_state=FulfilmentState.WAITING,
        placed_at=NOW,
        pick_id=2**62,
        pick_number=999_999,
        pick_state=PickState.LIVE,
        closes_at=NOW,
        reason=None,
        offer_id=1,
        title=long(text, 100),
        group_title=long(text, 128),
        time_zone="Europe/Berlin",
        point=None,
    )


@pytest.mark.parametrize("photo", [True, False])
def test_every_card_fits_and_is_honest(t: Translator, text: str, photo: bool) -> None:
    limit = LONGEST_CAPTION if photo else LONGEST_TEXT
    for state in (PickState.LIVE, PickState.CLOSED, PickState.WITHDRAWN, PickState.FAILED):
        posted = make_posted(text, photo=photo, state=state, words=long(text, 4000))
        shared = to_share(posted, text)
        sent = shown(shared_card(t, shared, link=LINK, now=NOW), limit=limit)
        guest = shown(guest_card(t, shared, way_in=LINK, now=NOW), limit=limit)
        shown(guest_card(t, shared, way_in=None, now=NOW), limit=limit)
        is_live = state is PickState.LIVE
        for told in (sent, guest):
            assert (t.money(EARNS) in told) is is_live
        assert t.money(EARNS) not in shown(
            shared_card(t, to_share(posted, text, earns=None), link=LINK, now=NOW)
        )
        for stock in (None, 1_000_000):
            now_stands = make_posted(text, state=state, stock=stock, variants=3)
            assert 0 < utf16_length(look_words(t, now_stands, TIERS, now=NOW)) <= LONGEST_TOAST
        assert share_summary(t, shared, now=NOW)


def test_the_page_and_the_questions_fit(t: Translator, text: str) -> None:
    shared = to_share(make_posted(text), text)
    for bot_username in ("a_bot_with_a_long_name_bot", None):
        assert LINK in shown(share_page(t, shared, link=LINK, bot_username=bot_username))
    order, people = make_order(text), [(2**62 + n, long(f"{n}{text}", NAME)) for n in range(8)]
    shown(who_told_question(t, WhoTold(order=order, people=people, named=long(text, NAME))))
    shown(who_told_question(t, WhoTold(order=order, people=[])))
    shown(which_of_them(t, order, people))
    shown(name_asked(t, order))
    shown(told_noted(t, order, name=long(text, NAME)))


def test_funnels_fit_and_the_sharers_own_names_nobody(t: Translator, text: str) -> None:
    posted = make_posted(text)
    funnels = [Funnel(posted.id, n, long(f"{n}{text}", NAME), STEPS) for n in range(8)]
    own = shown(own_funnels(t, [(posted, funnel) for funnel in funnels], page=1, has_more=True))
    assert t.number(STEPS.ordered) in own
    shown(own_funnels(t, [], page=0, has_more=False))
    shown(pick_funnels(t, posted, funnels, STEPS, page=1, has_more=True))
    empty = pick_funnels(t, posted, [], Steps(0, 0, 0, 0, 0), page=0, has_more=False)
    assert t.number(STEPS.ordered) not in shown(empty)


def test_a_poster_says_plainly_what_the_card_does(t: Translator) -> None:
    posted = make_posted("Tea & <b>honey</b> ")
    said = poster_data(t, to_share(posted, "Ann & Ben "), link=LINK, now=NOW)
    assert said["title"] == posted.offer.title
    assert "Ann & Ben" in said["call"]
    assert t.money(EARNS).replace("\xa0", " ") in said["notes"][-1]
    assert "&lt;" not in str(said)
    assert LINK in shown(poster_caption(t, link=LINK))
