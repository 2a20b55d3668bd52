"""All about a pick, in private, with its member's own order to be changed right there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.details import DetailsButton, DetailsCancelButton, DetailsOrderButton
from bot.i18n import Translator
from bot.rules.acquaintances import Proof
from bot.rules.plans import Reward
from bot.rules.pricing import TierPrice
from bot.rules.scores import Score
from bot.services.reviews import OfferReviews
from bot.views.acquaintances import proof_lines
from bot.views.carryings import carried_line, ended_line
from bot.views.notices import show_purchases_button
from bot.views.orders import own_order_toast
from bot.views.pick_categories import category_line
from bot.views.plans import reward_lines
from bot.views.pricing import condition_lines, price_lines
from bot.views.promotion_cards import promotion_lines
from bot.views.proposals import vouched
from bot.views.questions import all_answers
from bot.views.recalls import stopped_line
from bot.views.reminders import reminder_button
from bot.views.review_lines import review_section
from bot.views.review_pages import all_reviews_button
from bot.views.scores import curator_score_line, recommender_score_line
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
from bot.views.shares import told_line
from bot.views.teams import team_price_line
from storage.discounts import PromotionRule
from storage.models import PickupPoint, Variant
from storage.repositories.carryings import Supply
from storage.repositories.orders import OwnLine
from storage.repositories.picks import PostedPick
from storage.states import PickState

KINDS_A_PAGE = 8
_LONGEST_WORDS = 2000
_LONGEST_NAME = 30
_POINTS_ROOM = 900
_LONGEST_REVIEWS = 900


@dataclass(frozen=True, kw_only=True)
class DetailFacts:
    """A pick as one member sees it: `price` is a piece of her order now, `held` how many by variant."""

    posted: PostedPick
    tiers: Sequence[TierPrice] = ()
    curator: str | None = None
    voucher: str | None = None
    points: Sequence[PickupPoint] = ()
    answered: Sequence[tuple[str, str]] = ()
    own: Sequence[OwnLine] = ()
    price: int | None = None
    held: Mapping[int, int]
    is_reminded: bool = False
    #: Who told this member of it, as far as that is known.
    told_by: str | None = None
    #: How the curator's orders here went lately, and those that whoever told this member recommended.
    curator_score: Score | None = None
    told_by_score: Score | None = None
    #: What recommending it pays, if anything.
    reward: Reward | None = None
    #: What makes orders cheaper now.
    promotions: Sequence[PromotionRule] = ()
    #: Who got it before, in all its rounds.
    proof: Proof | None = None
    #: Whether who knows this member may count her among those; None: she has not got it.
    is_counted: bool | None = None
    #: What buyers say of it, in all its rounds.
    reviews: OfferReviews | None = None
    #: Whose it is, where its group sells it for another.
    supply: Supply | None = None


def details(t: Translator, facts: DetailFacts, *, page: int, now: datetime) -> Screen:
    """One page of a pick's kinds, beneath all that is known of it."""
    posted = facts.posted
    pages = max(1, -(-len(posted.variants) // KINDS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    kinds = posted.variants[page * KINDS_A_PAGE : (page + 1) * KINDS_A_PAGE]
    takes_orders = posted.takes_orders
    mine = Markup.escape(own_order_toast(t, facts.own, price=facts.price))

    def known(words: str, said: Markup | None = None) -> Markup:
        return paragraphs(
            _head(t, facts),
            proof_lines(t, facts.proof) if facts.proof is not None else None,
            Markup.escape(words),
            said,
            lines(*(kind_line(t, posted, variant) for variant in kinds)),
            lines(_points(t, facts.points), _time(t, posted, now=now)),
            promotion_lines(t, facts.promotions, time_zone=posted.group.time_zone, now=now)
            if takes_orders
            else None,
            reward_lines(t, facts.reward, told_by=facts.told_by) if takes_orders else None,
        )

    room = LONGEST_TEXT - shown_length(known("")) - shown_length(mine) - 4 * len("\n\n")
    zone, most = posted.group.time_zone, min(room, _LONGEST_REVIEWS)
    said = review_section(t, facts.reviews, time_zone=zone, now=now, room=most)
    room -= shown_length(said or "")
    words = shortened(posted.offer.words, min(room, _LONGEST_WORDS)) if room > 1 else ""
    room -= shown_length(Markup.escape(words))
    return Screen(
        text=paragraphs(known(words, said), all_answers(t, facts.answered, room=room), mine),
        buttons=_buttons(t, facts, kinds, page=page, pages=pages),
    )


def kind_line(t: Translator, posted: PostedPick, variant: Variant) -> Markup:
    """How many are left of one kind."""
    name = variant.name or posted.offer.unit or t("Left")
    if variant.stock is None:
        return t.html("{kind}: as many as you like", kind=name)
    left = variant.stock - variant.sold
    if left <= 0:
        return t.html("{kind}: sold out", kind=name)
    return t.html(
        "{kind}: {left} of {stock} left", kind=name, left=t.number(left), stock=t.number(variant.stock)
    )


def _head(t: Translator, facts: DetailFacts) -> Markup:
    posted = facts.posted
    return lines(
        t.html(
            "<b>#{number} {title}</b> ({group})",
            number=posted.pick.number,
            title=posted.offer.title,
            group=posted.group.title,
        ),
        price_lines(t, posted, facts.tiers)
        if posted.offer.team_price_amount is None
        else team_price_line(t, posted),
        condition_lines(t, posted),
        category_line(posted.offer),
        vouched(t, posted.pick, curator=facts.curator, voucher=facts.voucher),
        carried_line(t, facts.supply) if facts.supply is not None else None,
        curator_score_line(t, name=facts.curator, score=facts.curator_score) if facts.curator else None,
        told_line(t, name=facts.told_by) if facts.told_by else None,
        recommender_score_line(t, name=facts.told_by, score=facts.told_by_score) if facts.told_by else None,
    )


def _points(t: Translator, points: Sequence[PickupPoint]) -> Markup | None:
    if not points:
        return None
    shown = (
        Markup("• {}").format(f"{point.name}, {point.words}" if point.words else point.name)
        for point in points
    )
    return lines(t.html("To be fetched at:"), as_fits(shown, between="\n", limit=_POINTS_ROOM))


def _time(t: Translator, posted: PostedPick, *, now: datetime) -> Markup:
    pick, zone = posted.pick, posted.group.time_zone
    if pick.state is PickState.SCHEDULED:
        return t.html("Opens {moment}", moment=t.moment(pick.opens_at, zone, now=now))
    if pick.state is PickState.LIVE and posted.offer.stopped_at is not None:
        return stopped_line(t)
    if pick.state is PickState.LIVE and pick.ended_at is not None:
        return ended_line(t, posted, now=now)
    if pick.state is PickState.LIVE:
        return t.html("Open until {moment}", moment=t.moment(pick.closes_at, zone, now=now))
    if pick.state is PickState.WITHDRAWN:
        return lines(t.html("<b>Withdrawn</b>"), t.html("The reason: {reason}", reason=pick.reason or ""))
    return t.html("<b>Closed</b> {moment}", moment=t.moment(pick.closed_at or pick.closes_at, zone, now=now))


def _buttons(
    t: Translator, facts: DetailFacts, kinds: Sequence[Variant], *, page: int, pages: int
) -> list[Sequence[Button]]:
    posted = facts.posted
    reviews = all_reviews_button(t, posted.id, facts.reviews)
    counted = (
        [show_purchases_button(t, shows=facts.is_counted, pick_id=posted.id)]
        if facts.is_counted is not None
        else []
    )
    if posted.pick.state is not PickState.LIVE:
        return [*([_turning(t, posted.id, page, pages)] if pages > 1 else []), reviews, counted]
    rows: list[Sequence[Button]] = []
    if posted.takes_orders:
        rows += [_change(t, facts, variant, page=page) for variant in kinds]
    if pages > 1:
        rows.append(_turning(t, posted.id, page, pages))
    if any(facts.held.values()):
        rows.append([Button(text=t("Cancel my order"), data=DetailsCancelButton(posted.id))])
    if posted.takes_orders:
        rows.append([reminder_button(t, posted.id, is_set=facts.is_reminded)])
    rows += [reviews, counted]
    return rows


def _change(t: Translator, facts: DetailFacts, variant: Variant, *, page: int) -> list[Button]:
    pick_id, variant_id = facts.posted.id, variant.id or 0
    held = t.number(facts.held.get(variant_id, 0))
    name = shortened(variant.name, _LONGEST_NAME)
    return [
        Button(text="−", data=DetailsOrderButton(pick_id, variant_id, -1, page)),
        Button(text=f"{name}: {held}" if name else held, data=DetailsButton(pick_id, page)),
        Button(text="+", data=DetailsOrderButton(pick_id, variant_id, 1, page)),
    ]


def _turning(t: Translator, pick_id: int, page: int, pages: int) -> list[Button]:
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=DetailsButton(pick_id, page - 1)))
    turning.append(Button(text=f"{page + 1}/{pages}", data=DetailsButton(pick_id, page)))
    if page < pages - 1:
        turning.append(Button(text=t("More ›"), data=DetailsButton(pick_id, page + 1)))
    return turning
