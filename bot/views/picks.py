"""The pick card, and words around posting, closing and extending."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from markupsafe import Markup

from bot.callbacks.orders import CancelButton, MyOrderButton, OrderButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.cards import CardFacts
from bot.views.carryings import carried_line, ended_line, portion_line
from bot.views.pick_categories import category_line
from bot.views.plans import reward_lines
from bot.views.pricing import condition_lines, failed_line, price_lines, reached_price
from bot.views.promotion_cards import promotion_lines
from bot.views.proposals import vouched
from bot.views.questions import card_answers
from bot.views.recalls import leave_line, stopped_line
from bot.views.review_lines import rating_line
from bot.views.screens import (
    LONGEST_TEXT,
    Button,
    Screen,
    as_fits,
    in_rows,
    lines,
    paragraphs,
    shortened,
    shown_length,
)
from bot.views.teams import team_buttons, team_lines, team_price_line
from storage.models import Variant
from storage.repositories.picks import PostedPick
from storage.states import PickState

_BAR_CELLS = 10
_VARIANTS_LISTED = 12
_REACTIONS_SHOWN = 5
_LEAST_WORDS = 120
#: What a caption that is full does without, the first of these first; Details tell all of it.
_SPARED = ("voucher", "more promotions", "reward", "reactions", "promotions", "category")


def pick_card(t: Translator, facts: CardFacts, *, now: datetime, limit: int = LONGEST_TEXT) -> Screen:
    """The one card of a pick: what it is, what it costs, how far it is, until when.

    What does not fit into `limit` UTF-16 units is left out, the least important first.
    """
    posted, teams = facts.posted, facts.teams
    offer, pick = posted.offer, posted.pick
    takes_orders = posted.takes_orders

    def text(
        words: str,
        listed: int,
        with_how_to: bool,
        *,
        answers: Markup | None = None,
        without: Sequence[str] = (),
    ) -> Markup:
        vouch = (
            None if "voucher" in without else vouched(t, pick, curator=facts.curator, voucher=facts.voucher)
        )
        return paragraphs(
            lines(
                Markup("<b>{}</b>").format(t("#{number} {title}", number=pick.number, title=offer.title)),
                price_lines(t, posted, facts.tiers) if teams is None else team_price_line(t, posted),
                condition_lines(t, posted),
                category_line(offer) if "category" not in without else None,
                vouch,
                carried_line(t, facts.supply) if facts.supply is not None else None,
                rating_line(t, facts.reviews),
            ),
            Markup.escape(words),
            _progress(t, facts, listed=listed) if pick.state is not PickState.FAILED else None,
            team_lines(t, posted, teams, now=now) if teams is not None else None,
            lines(
                _time(t, posted, now=now),
                _reactions(facts.reactions) if "reactions" not in without else None,
            ),
            _promotions(t, facts, without, now=now) if takes_orders else None,
            reward_lines(t, facts.reward) if takes_orders and "reward" not in without else None,
            answers,
            _how_to(t, posted) if with_how_to and pick.state is PickState.LIVE else None,
        )

    # Answers get what price, progress and the first words leave, and a third of the card at most.
    needed = shown_length(text(shortened(offer.words, _LEAST_WORDS), _VARIANTS_LISTED, False))
    answers = card_answers(t, facts.answered, room=min(limit // 3, limit - needed - len("\n\n")))
    return Screen(
        text=_fitting(partial(text, answers=answers), words=offer.words, limit=limit),
        buttons=_buttons(t, facts, now=now) if takes_orders else (),
    )


def pick_list(
    t: Translator,
    picks: Sequence[PostedPick],
    *,
    links: Mapping[int, str | None],
    details: Mapping[int, str] | None = None,
    tiers: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    now: datetime,
) -> Screen:
    """The live picks of a group, one line each, with links to their cards and to all about them.

    `tiers` are those of their offers, by offer: what is told is the price that is reached by now.
    """
    if not picks:
        return Screen(text=t.html("Nothing is on offer right now. A new pick will appear here in the chat."))
    head = t.html("<b>Open picks</b>")
    more = details or {}
    reached = {
        posted.id: reached_price(posted, (tiers or {}).get(posted.pick.offer_id, ())) for posted in picks
    }
    rows = (
        _listed(
            t,
            posted,
            price=reached[posted.id],
            link=links.get(posted.id),
            details=more.get(posted.id),
            now=now,
        )
        for posted in picks
    )
    listed = as_fits(rows, between="\n", limit=LONGEST_TEXT - shown_length(head) - len("\n\n"))
    return Screen(text=paragraphs(head, listed))


def pick_closed_notice(t: Translator, *, number: int, has_failed: bool = False) -> str:
    """To the curator who closed a pick, perhaps one that had not reached its minimum."""
    if has_failed:
        return t(
            "Pick #{number} had not reached its minimum, so it is off, and nobody owes anything.",
            number=number,
        )
    return t("Pick #{number} is closed. The list is on its way to you.", number=number)


def pick_extended_notice(
    t: Translator, *, number: int, closes_at: datetime, time_zone: str, now: datetime
) -> Markup:
    """To the curator who gave a pick another deadline."""
    return t.html(
        "Pick #{number} now takes orders until {moment}.",
        number=number,
        moment=t.moment(closes_at, time_zone, now=now),
    )


def pick_help(t: Translator, *, link: str | None = None) -> Screen:
    """How to post a pick: in one message, or step by step behind a link."""
    return Screen(
        text=paragraphs(
            t.html("<b>To post a pick</b>, write its price and title, in reply to a photo or without one:"),
            t.html("<code>/pick 12.90 Wool scarf | red 10, blue 5 | till 20:00</code>"),
            t.html(
                "Between the bars: what there is of it (<code>20 jars</code>, or kinds with their numbers), "
                "until when, and any words of yours. Without a time it stays open for 24 hours."
            ),
            t.html(
                "Also, if you like: lower prices (<code>10+ 11.90, 30+ 9.90</code>), from how many on it "
                "goes ahead (<code>min 10</code>), and how many one person may have "
                "(<code>max 2 each</code>)."
            ),
            t.html(
                "A hashtag says what sort of thing it is, so that members can choose of what they are told: "
                "<code>#honey</code>."
            ),
        ),
        buttons=[[Button(text=t("Make it step by step"), url=link)]] if link else (),
    )


def _listed(
    t: Translator, posted: PostedPick, *, price: Money, link: str | None, details: str | None, now: datetime
) -> Markup:
    title: str | Markup = posted.offer.title
    if link:
        title = Markup('<a href="{}">{}</a>').format(link, title)
    if posted.offer.stopped_at is not None:
        row = t.html("#{number} {title} · stopped for now", number=posted.pick.number, title=title)
    elif not posted.takes_orders:
        row = t.html("#{number} {title} · takes no further orders", number=posted.pick.number, title=title)
    else:
        row = t.html(
            "#{number} {title} · {price} · until {moment}",
            number=posted.pick.number,
            title=title,
            price=t.money(price),
            moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
        )
    if details is None:
        return row
    return Markup('{} · <a href="{}">{}</a>').format(row, details, t("details"))


def _fitting(text: Callable[..., Markup], *, words: str, limit: int) -> Markup:
    """The fullest card that fits: one that does not could never be brought up to date again."""
    for spared in range(len(_SPARED)):
        card = _fullest(partial(text, without=_SPARED[:spared]), words=words, limit=limit)
        if shown_length(card) <= limit:
            return card
    return _fullest(partial(text, without=_SPARED), words=words, limit=limit)


def _fullest(text: Callable[[str, int, bool], Markup], *, words: str, limit: int) -> Markup:
    """The fullest card that fits: how to order goes first, then the end of the words, then variants."""
    whole = text(words, _VARIANTS_LISTED, True)
    if shown_length(whole) <= limit:
        return whole
    for listed in range(_VARIANTS_LISTED, 0, -1):
        room = limit - shown_length(text("", listed, False)) - len("\n\n")
        if room >= _LEAST_WORDS or shown_length(text(words, listed, False)) <= limit:
            return text(shortened(words, room), listed, False)
    room = limit - shown_length(text("", 0, False)) - len("\n\n")
    return text(shortened(words, room) if room > 1 else "", 0, False)


def _promotions(t: Translator, facts: CardFacts, without: Sequence[str], *, now: datetime) -> Markup | None:
    if "promotions" in without:
        return None
    rules = sorted(facts.promotions, key=lambda rule: rule.id)[-1 if "more promotions" in without else 0 :]
    return promotion_lines(t, rules, time_zone=facts.posted.group.time_zone, now=now)


def _progress(t: Translator, facts: CardFacts, *, listed: int) -> Markup:
    everywhere = facts.everywhere
    others = everywhere.groups - 1 if everywhere else 0
    return lines(
        _ordered(t, facts, listed=listed),
        portion_line(t, facts.posted.pick),
        t.html_plural(
            "Counted together with {n} other group", "Counted together with {n} other groups", others
        )
        if others
        else None,
    )


def _ordered(t: Translator, facts: CardFacts, *, listed: int) -> Markup:
    posted, everywhere = facts.posted, facts.everywhere
    quantity = everywhere.quantity if everywhere else posted.pick.quantity
    people = everywhere.people if everywhere else posted.pick.order_count
    if len(posted.variants) == 1:
        return _sole_progress(t, posted, people)
    rows = [_variant_progress(t, variant) for variant in posted.variants[:listed]]
    more = len(posted.variants) - len(rows)
    return lines(
        *rows,
        t.html_plural("and {n} more kind", "and {n} more kinds", more) if more > 0 else None,
        _sum(t, t.number(quantity), people),
    )


def _sole_progress(t: Translator, posted: PostedPick, people: int) -> Markup:
    variant = posted.variants[0]
    # The curator's own word for what is counted ("jars") follows the number.
    sold = f"{t.number(variant.sold)} {posted.offer.unit}".strip()
    if variant.stock is None:
        return _sum(t, sold, people)
    stock = f"{t.number(variant.stock)} {posted.offer.unit}".strip()
    return lines(
        Markup.escape(_bar(variant.sold, variant.stock)),
        t.html(
            "{sold} of {stock} ordered by {people}",
            sold=t.number(variant.sold),
            stock=stock,
            people=_people(t, people),
        )
        if people
        else t.html("{sold} of {stock} ordered", sold=t.number(variant.sold), stock=stock),
    )


def _sum(t: Translator, quantity: str, people: int) -> Markup:
    if not people:
        return t.html("{quantity} ordered", quantity=quantity)
    return t.html("{quantity} ordered by {people}", quantity=quantity, people=_people(t, people))


def _people(t: Translator, people: int) -> str:
    return t.plural("{n} person", "{n} people", people)


def _variant_progress(t: Translator, variant: Variant) -> Markup:
    if variant.stock is None:
        return t.html("{variant}: {sold}", variant=variant.name, sold=t.number(variant.sold))
    if variant.sold >= variant.stock:
        return t.html("{variant}: sold out", variant=variant.name)
    return t.html(
        "{variant}: {sold} of {stock}",
        variant=variant.name,
        sold=t.number(variant.sold),
        stock=t.number(variant.stock),
    )


def _bar(sold: int, stock: int) -> str:
    # Rounded down: a bar looks full only when nothing is left.
    filled = _BAR_CELLS * min(sold, stock) // stock if stock else 0
    return "▰" * filled + "▱" * (_BAR_CELLS - filled)


def _time(t: Translator, posted: PostedPick, *, now: datetime) -> Markup:
    pick, zone = posted.pick, posted.group.time_zone
    if pick.state is PickState.LIVE and posted.offer.stopped_at is not None:
        return stopped_line(t)
    if pick.state is PickState.LIVE and pick.ended_at is not None:
        return ended_line(t, posted, now=now)
    if pick.state is PickState.LIVE:
        return t.html("Open until {moment}", moment=t.moment(pick.closes_at, zone, now=now))
    if pick.state is PickState.FAILED:
        return failed_line(t, posted)
    if pick.state is PickState.WITHDRAWN:
        return lines(t.html("<b>Withdrawn</b>"), t.html("The reason: {reason}", reason=pick.reason or ""))
    return t.html("<b>Closed</b> {moment}", moment=t.moment(pick.closed_at or pick.closes_at, zone, now=now))


def _reactions(reactions: Mapping[str, int]) -> Markup | None:
    shown = list(reactions.items())[:_REACTIONS_SHOWN]
    return Markup.escape("  ".join(f"{emoji} {count}" for emoji, count in shown)) if shown else None


def _how_to(t: Translator, posted: PostedPick) -> Markup:
    if not posted.takes_orders:
        return leave_line(t)
    if len(posted.variants) == 1:
        return t.html("<i>Tap, or reply to this card with +2. To change your mind: -1, or 0.</i>")
    return t.html(
        "<i>Tap, or reply to this card with +1 {variant}. To change your mind: -1 {variant}, or 0.</i>",
        variant=posted.variants[0].name,
    )


def _buttons(t: Translator, facts: CardFacts, *, now: datetime) -> Sequence[Sequence[Button]]:
    posted, pick_id = facts.posted, facts.posted.id
    link = facts.details_link
    together = [] if facts.teams is None else team_buttons(t, posted, facts.teams, now=now)
    share = [Button(text=t("Share"), url=facts.share_link)] if facts.share_link else []
    mine = [
        Button(text=t("My order"), data=MyOrderButton(pick_id)),
        Button(text=t("Cancel"), data=CancelButton(pick_id)),
        *([Button(text=t("Details"), url=link)] if link else []),
    ]
    if len(posted.variants) == 1:
        words = t("Order +1") if facts.teams is None else t("Order alone +1")
        return [[*_plus_minus(t, pick_id, posted.variants[0], words=words)], *together, mine, share]
    kinds = [
        Button(text=t("{variant} +1", variant=variant.name), data=OrderButton(pick_id, variant.id or 0, 1))
        for variant in posted.variants
    ]
    return [*in_rows(kinds, width=3 if len(kinds) > 8 else 2), *together, mine, share]


def _plus_minus(t: Translator, pick_id: int, variant: Variant, *, words: str) -> Sequence[Button]:
    assert variant.id is not None
    return [
        Button(text=words, data=OrderButton(pick_id, variant.id, 1)),
        Button(text=t("−1"), data=OrderButton(pick_id, variant.id, -1)),
    ]
