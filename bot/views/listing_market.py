"""What other groups supply, in words: to curators who look for something to sell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.carryings import CarryButton
from bot.callbacks.listings import CategoriesButton, ListingButton, ListingPhotosButton, MarketButton
from bot.i18n import Translator
from bot.money import Money, share
from bot.rules.listings import ENOUGH_ORDERS, MarketOrder
from bot.rules.notice_text import category_key
from bot.rules.pricing import TierPrice
from bot.rules.scores import Score
from bot.services.listings import ListingSeen, MarketPage, Standing
from bot.services.reviews import OfferReviews
from bot.views.details import kind_line
from bot.views.pick_categories import category_line
from bot.views.plans import percent_words
from bot.views.pricing import condition_lines, price_lines, price_of_now
from bot.views.review_lines import overall_line, review_section
from bot.views.scores import curator_score_line
from bot.views.screens import (
    LONGEST_TEXT,
    Button,
    Screen,
    as_fits,
    lines,
    paragraphs,
    shortened,
    shown_length,
)
from bot.views.teams import team_price_line
from storage.models import Group
from storage.repositories.review_pages import Verdicts

_TITLE_SHOWN: Final = 40
_GROUP_SHOWN: Final = 40
_LONGEST_WORDS: Final = 1200
_KINDS_ROOM: Final = 600
_LONGEST_REVIEWS: Final = 900
_MOST_CATEGORIES: Final = 40

Tiers = Sequence[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class ListingFacts:
    """All that is known of an offer of the market before somebody sells it."""

    seen: ListingSeen
    tiers: Sequence[TierPrice]
    curator: str | None
    #: How the orders of the supplier's curator went.
    score: Score | None
    #: What buyers say, wherever they bought.
    reviews: OfferReviews
    #: How many pieces the group sold of it before it stopped, if it did.
    sold_before: int = 0


def market_page(
    t: Translator, group: Group, found: MarketPage, *, tiers: Mapping[int, Tiers], now: datetime
) -> Screen:
    """A page of what a group could sell for others; `tiers` are those of the offers, by offer."""
    group_id = group.id or 0
    head = t.html("<b>What {group} could sell for other groups</b>", group=group.title)
    if not found.listings:
        return Screen(
            text=paragraphs(head, _nothing(t)),
            buttons=_whole_market(t, group_id, found),
        )
    return Screen(
        text=paragraphs(
            head,
            t.html("Only #{category}.", category=found.category) if found.category else None,
            *(
                _entry(t, group, seen, tiers.get(seen.listing.offer_id, ()), now=now)
                for seen in found.listings
            ),
            t.html(
                "What your group keeps is a share of what its orders cost; it owes the supplier the rest."
            ),
        ),
        buttons=[
            *([_button(t, seen, group_id)] for seen in found.listings),
            _turning(t, group_id, found),
            *_sorting(t, group_id, found),
            [Button(text=t("Choose a category"), data=CategoriesButton(group_id, found.order))],
        ],
    )


def categories_page(
    t: Translator, group: Group, categories: Mapping[str | None, int], order: MarketOrder
) -> Screen:
    """Of which category shall the market be?"""
    group_id = group.id or 0
    named = sorted((name, count) for name, count in categories.items() if name is not None)
    rows = [
        [
            Button(
                text=f"#{name} ({t.number(count)})",
                data=MarketButton(group_id, order, category_key(name), 0),
            )
        ]
        for name, count in named[:_MOST_CATEGORIES]
    ]
    return Screen(
        text=t.html("Of which category?"),
        buttons=[[Button(text=t("All categories"), data=MarketButton(group_id, order, "", 0))], *rows],
    )


def listing_page(t: Translator, group: Group, facts: ListingFacts, *, now: datetime) -> Screen:
    """All about one offer of the market, to a curator of this group."""
    seen, posted = facts.seen, facts.seen.posted
    zone = group.time_zone

    def known(words: str, said: Markup | None) -> Markup:
        return paragraphs(
            lines(
                t.html("<b>{title}</b>", title=posted.offer.title),
                t.html("Supplied by {group}", group=posted.group.title),
                price_lines(t, posted, facts.tiers)
                if posted.offer.team_price_amount is None
                else team_price_line(t, posted),
                condition_lines(t, posted),
                category_line(posted.offer),
                curator_score_line(t, name=facts.curator, score=facts.score) if facts.curator else None,
            ),
            Markup.escape(words),
            as_fits(
                (kind_line(t, posted, kind) for kind in posted.variants), between="\n", limit=_KINDS_ROOM
            ),
            said,
            lines(*_orders_lines(t, seen.standing)),
            _offered(t, facts, zone=zone, now=now),
        )

    reviews = replace(facts.reviews, here=Verdicts(), elsewhere=facts.reviews.everywhere)
    room = LONGEST_TEXT - shown_length(known("", None)) - 2 * len("\n\n")
    said = review_section(t, reviews, time_zone=zone, now=now, room=min(room, _LONGEST_REVIEWS))
    room -= shown_length(said or "")
    words = shortened(posted.offer.words, min(room, _LONGEST_WORDS)) if room > 1 else ""
    return Screen(text=known(words, said), buttons=_listing_buttons(t, group, seen, now=now))


def standing_lines(t: Translator, standing: Standing) -> list[Markup]:
    """What is known of an offer, each in a line, and what is not yet."""
    here, elsewhere = standing.verdicts
    rated = overall_line(t, OfferReviews(here=here, elsewhere=elsewhere))
    return [*([rated] if rated else [t.html("Not enough reviews yet.")]), *_orders_lines(t, standing)]


def _orders_lines(t: Translator, standing: Standing) -> list[Markup]:
    disputed, delivered = standing.disputes
    handed_over, called_off = standing.fulfilled
    return [
        t.html_plural(
            "{disputed} of {n} order that was delivered is disputed.",
            "{disputed} of {n} orders that were delivered are disputed.",
            delivered,
            disputed=t.number(disputed),
        )
        if delivered >= ENOUGH_ORDERS
        else t.html("Too few were delivered yet to tell how many are disputed."),
        t.html_plural(
            "The supplier handed over {handed} of {n} order, and called off the rest.",
            "The supplier handed over {handed} of {n} orders, and called off the rest.",
            handed_over + called_off,
            handed=t.number(handed_over),
        )
        if handed_over + called_off >= ENOUGH_ORDERS
        else t.html("The supplier has had too few orders yet to tell how many come about."),
    ]


def _entry(t: Translator, group: Group, seen: ListingSeen, tiers: Tiers, *, now: datetime) -> Markup:
    posted, zone = seen.posted, group.time_zone
    price = Money(amount=price_of_now(posted, tiers), currency=posted.offer.currency)
    return lines(
        t.html(
            "<b>{title}</b> · {price} · until {moment} · {group}",
            title=shortened(posted.offer.title, _TITLE_SHOWN),
            price=t.money(price),
            moment=t.moment(posted.pick.closes_at, zone, now=now),
            group=shortened(posted.group.title, _GROUP_SHOWN),
        ),
        t.html("Your group keeps {share}.", share=percent_words(t, seen.listing.share_bps)),
        _opening(t, seen, zone=zone, now=now),
        *standing_lines(t, seen.standing),
    )


def _offered(t: Translator, facts: ListingFacts, *, zone: str, now: datetime) -> Markup:
    seen, posted = facts.seen, facts.seen.posted
    listing, currency = seen.listing, posted.offer.currency
    earned = share(price_of_now(posted, facts.tiers), listing.share_bps)
    return lines(
        t.html(
            "<b>Your group keeps {share}</b> of what its orders cost: about {amount} for one. It takes the "
            "orders and the money, hands over, and owes the supplier the rest.",
            share=percent_words(t, listing.share_bps),
            amount=t.money(Money(amount=earned, currency=currency)),
        ),
        _opening(t, seen, zone=zone, now=now),
        t.html(
            "It closes {moment}, in all groups at once.",
            moment=t.moment(posted.pick.closes_at, zone, now=now),
        ),
        t.html_plural(
            "Your group can sell at most {n} piece.",
            "Your group can sell at most {n} pieces.",
            listing.pieces_limit,
        )
        if listing.pieces_limit is not None
        else None,
        _sold_before(t, facts),
        _carriers(t, seen),
    )


def _sold_before(t: Translator, facts: ListingFacts) -> Markup | None:
    if not facts.sold_before:
        return None
    if facts.seen.listing.pieces_limit is None:
        return t.html_plural(
            "Your group sold {n} piece of it before, which stands as ordered.",
            "Your group sold {n} pieces of it before, which stand as ordered.",
            facts.sold_before,
        )
    return t.html_plural(
        "{n} piece of these is one that it sold before, which stands as ordered.",
        "{n} pieces of these are those that it sold before, which stand as ordered.",
        facts.sold_before,
    )


def _opening(t: Translator, seen: ListingSeen, *, zone: str, now: datetime) -> Markup | None:
    if seen.is_open(now):
        return None
    moment = t.moment(seen.opens_at, zone, now=now)
    if seen.waits_for_supplier:
        return t.html(
            "You can sell it as soon as its supplier has posted it, which is planned for {moment}.",
            moment=moment,
        )
    return t.html("You can sell it from {moment} on.", moment=moment)


def _carriers(t: Translator, seen: ListingSeen) -> Markup | None:
    limit = seen.listing.groups_limit
    if limit is not None:
        return t.html_plural(
            "{count} of at most {n} group sell it so far.",
            "{count} of at most {n} groups sell it so far.",
            limit,
            count=t.number(seen.carriers),
        )
    if not seen.carriers:
        return None
    return t.html_plural(
        "{n} other group sells it already.", "{n} other groups sell it already.", seen.carriers
    )


def _listing_buttons(t: Translator, group: Group, seen: ListingSeen, *, now: datetime) -> list[list[Button]]:
    group_id = group.id or 0
    carry = Button(
        text=t("Sell it in {group}", group=shortened(group.title, _GROUP_SHOWN)),
        data=CarryButton(seen.id, group_id),
    )
    photos = Button(text=t("See the photos"), data=ListingPhotosButton(seen.id, group_id))
    return [
        [carry] if seen.is_open(now) else [],
        [photos] if seen.posted.offer.photo_id is not None else [],
        [Button(text=t("‹ Back"), data=MarketButton(group_id, MarketOrder.RATING, "", 0))],
    ]


def _nothing(t: Translator) -> Markup:
    return t.html(
        "Nothing just now that you could post in your group's currency. When another group lets others sell "
        "something, it is here. To let others sell yours: /manage, the pick, “Let other groups sell it”."
    )


def _button(t: Translator, seen: ListingSeen, group_id: int) -> Button:
    title = shortened(seen.posted.offer.title, _TITLE_SHOWN)
    text = t("{title} · {share}", title=title, share=percent_words(t, seen.listing.share_bps))
    return Button(text=text, data=ListingButton(seen.id, group_id))


def _turning(t: Translator, group_id: int, found: MarketPage) -> list[Button]:
    turning = []
    if found.page:
        turning.append(Button(text=t("‹ Back"), data=_turned(group_id, found, found.page - 1)))
    if found.has_more:
        turning.append(Button(text=t("More ›"), data=_turned(group_id, found, found.page + 1)))
    return turning


def _turned(group_id: int, found: MarketPage, page: int) -> MarketButton:
    return MarketButton(group_id, found.order, category_key(found.category) if found.category else "", page)


def _sorting(t: Translator, group_id: int, found: MarketPage) -> list[list[Button]]:
    words = {
        MarketOrder.RATING: t("Best rated"),
        MarketOrder.DISPUTES: t("Fewest disputes"),
        MarketOrder.COMPLETION: t("Most reliable"),
        MarketOrder.SHARE: t("Largest share"),
        MarketOrder.NEWEST: t("Newest"),
    }

    def button(order: MarketOrder) -> Button:
        text = f"• {words[order]}" if order is found.order else words[order]
        return Button(text=text, data=_turned(group_id, replace(found, order=order), 0))

    first, second = [*MarketOrder][:3], [*MarketOrder][3:]
    return [[button(order) for order in first], [button(order) for order in second]]


def _whole_market(t: Translator, group_id: int, found: MarketPage) -> list[list[Button]]:
    """The way back from a category or a page of which nothing is left."""
    if found.category is None and not found.page:
        return []
    return [[Button(text=t("Show all"), data=MarketButton(group_id, found.order, "", 0))]]
