"""The pick card tells what matters most, however much there is to tell."""

from typing import Any

import pytest

from bot.i18n import Translator
from bot.money import Money
from bot.rules.plans import Reward
from bot.rules.pricing import TierPrice
from bot.services.reviews import OfferReviews
from bot.views.cards import CardFacts
from bot.views.picks import (
    pick_card,
    pick_closed_notice,
    pick_extended_notice,
    pick_help,
    pick_list,
)
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, Button, Screen, in_rows
from storage.discounts import RULE, PromotionRule
from storage.repositories.picks import PostedPick
from storage.repositories.posts import Everywhere
from storage.repositories.review_pages import Verdicts
from storage.states import PickState, PromotionKind, PromotionState
from tests.views.strange import NAME, NOW, TITLE, VARIANT, long, make_posted, shown

REACTIONS = {emoji: 1_000_000 for emoji in "❤🔥👏👍🎉🤩"}


def card(t: Translator, posted: PostedPick, text: str = "Ann", *, limit: int = LONGEST_TEXT) -> Screen:
    return pick_card(
        t, CardFacts(posted=posted, curator=long(text, NAME), reactions=REACTIONS), now=NOW, limit=limit
    )


@pytest.mark.parametrize("limit", [LONGEST_TEXT, LONGEST_CAPTION])
def test_the_longest_card_fits(t: Translator, text: str, limit: int) -> None:
    for state in PickState:
        for variants in (1, 2, 13, 50):
            posted = make_posted(text, variants=variants, stock=1_000_000, sold=999_999, state=state)
            shown(card(t, posted, text, limit=limit), limit=limit)


def test_a_card_with_all_that_there_can_be_fits_a_caption(t: Translator, text: str) -> None:
    posted = make_posted(text, photo=True)
    posted.offer.minimum_quantity, posted.offer.limit_per_person = 100_000, 1_000
    posted.offer.category, posted.pick.vouch_words = long("c", 30), long(text, 300)
    name = long(text, NAME)
    told = pick_card(
        t,
        CardFacts(
            posted=posted,
            curator=name,
            voucher=name,
            reactions=REACTIONS,
            tiers=[TierPrice(100_000 * n, 9_999_999_999 - n) for n in range(1, 7)],
            everywhere=Everywhere(5, 1_000, 1_000),
            reward=Reward(1_025, 200, 9_999_999_999, 9_999_999_999, "KWD", True),
            promotions=[promotion(number) for number in range(3)],
            reviews=OfferReviews(here=Verdicts(23, 4.58, 20), elsewhere=Verdicts(2, 4.0, 1)),
        ),
        now=NOW,
        limit=LONGEST_CAPTION,
    )
    assert "★" in shown(told, limit=LONGEST_CAPTION)


def promotion(key: int) -> PromotionRule:
    """A promotion with every condition that there is."""
    values: dict[str, Any] = dict.fromkeys(RULE, 9_999_999_999)
    return PromotionRule(
        **{
            **values,
            "id": key,
            "title": long("Autumn ", 60),
            "kind": PromotionKind.PERCENT,
            "state": PromotionState.ACTIVE,
            "currency": "KWD",
            "bps": 1_000,
            "starts_at": NOW,
            "ends_at": NOW,
        }
    )


def test_whatever_is_left_out_the_title_the_price_and_the_deadline_stay(t: Translator) -> None:
    posted = make_posted("🍯", variants=50)
    told = shown(card(t, posted, "🍯", limit=LONGEST_CAPTION), limit=LONGEST_CAPTION)
    assert long("🍯", TITLE) in told
    assert "999" in told
    assert t.moment(posted.pick.closes_at, posted.group.time_zone, now=NOW) in told


def test_what_fits_is_told_in_full(t: Translator) -> None:
    posted = make_posted("Honey", variants=12, words="From the mountain.")
    told = shown(card(t, posted))
    assert "From the mountain." in told
    assert all(variant.name in told for variant in posted.variants)
    assert "…" not in told


def test_how_to_order_goes_before_the_words_do(t: Translator) -> None:
    posted = make_posted("Honey", words="From the mountain.")
    whole = shown(card(t, posted))
    closed = make_posted("Honey", words="From the mountain.", state=PickState.CLOSED)
    how_to = whole.splitlines()[-1]
    assert how_to not in shown(card(t, closed))
    tight = shown(card(t, posted, limit=len(whole) - 1))
    assert how_to not in tight
    assert "From the mountain." in tight


def test_long_words_are_shortened_before_variants_are_left_out() -> None:
    t = Translator("en")
    posted = make_posted("Honey", variants=10, words=long("word ", 600))
    told = shown(card(t, posted, limit=LONGEST_CAPTION), limit=LONGEST_CAPTION)
    assert "word…" in told
    assert all(variant.name in told for variant in posted.variants)


def test_every_variant_has_a_button_even_where_it_is_not_listed(t: Translator, text: str) -> None:
    posted = make_posted(text, variants=50)
    screen = card(t, posted, text, limit=LONGEST_CAPTION)
    labels = " ".join(button.text for row in screen.buttons for button in row)
    assert all(long(f"{n}{text}", VARIANT) in labels for n in range(50))


def test_only_a_live_card_has_buttons(t: Translator) -> None:
    for state in PickState:
        screen = card(t, make_posted(state=state))
        assert bool(screen.buttons) == (state is PickState.LIVE)


@pytest.mark.parametrize(
    ("sold", "stock", "filled"), [(0, 20, 0), (1, 20, 0), (10, 20, 5), (19, 20, 9), (20, 20, 10)]
)
def test_the_bar_is_full_only_when_nothing_is_left(sold: int, stock: int, filled: int) -> None:
    told = shown(card(Translator("en"), make_posted(sold=sold, stock=stock)))
    assert told.count("▰") == filled
    assert told.count("▰") + told.count("▱") == 10


def test_without_a_stock_there_is_no_bar() -> None:
    told = shown(card(Translator("en"), make_posted(stock=None)))
    assert "▱" not in told


@pytest.mark.parametrize(
    ("stock", "variants", "said"),
    [(20, 1, "0 of 20 jars ordered\n"), (None, 1, "0 jars ordered\n"), (20, 2, "\n0 ordered\n")],
)
def test_nobody_is_not_counted(stock: int | None, variants: int, said: str) -> None:
    posted = make_posted(stock=stock, variants=variants, sold=0)
    posted.pick.order_count = posted.pick.quantity = 0
    posted.offer.unit = "jars"
    told = shown(card(Translator("en"), posted))
    assert said in told
    assert "people" not in told


def test_a_card_without_curator_and_reactions(t: Translator) -> None:
    shown(pick_card(t, CardFacts(posted=make_posted()), now=NOW))


def test_the_list_of_picks_fits(t: Translator, text: str) -> None:
    posted = make_posted(text)
    links: dict[int, str | None] = {posted.id: "https://t.me/c/1/2"}
    for count in (0, 1, 3, 100):
        shown(pick_list(t, [posted] * count, links=links, now=NOW))
        tiers = {posted.pick.offer_id: [(3, 1)]}
        told = shown(pick_list(t, [posted] * count, links={}, tiers=tiers, now=NOW))
        assert (t.money(Money(amount=1, currency="KWD")) in told) == bool(count)


def test_notices(t: Translator) -> None:
    posted = make_posted()
    assert "999" in pick_closed_notice(t, number=999)
    notice = pick_extended_notice(
        t, number=999, closes_at=posted.pick.closes_at, time_zone="Asia/Tokyo", now=NOW
    )
    assert "2027" in shown(notice)
    shown(pick_help(t))


def test_buttons_in_rows() -> None:
    buttons = [Button(text=str(number), url="https://t.me") for number in range(5)]
    rows = in_rows(buttons, width=2)
    assert [[button.text for button in row] for row in rows] == [["0", "1"], ["2", "3"], ["4"]]
