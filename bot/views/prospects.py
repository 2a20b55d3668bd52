"""What a group may post next, in words: what to expect, and from what that is known."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.listings import ListingButton
from bot.callbacks.prospects import ProspectDraftButton
from bot.callbacks.wishes import NeedButton
from bot.i18n import Translator
from bot.rules.prospects import FEWEST_PICKS, MOST_SHOWN, Forecast
from bot.services.prospects import Again, OfOthers, Prospects
from bot.services.wishes.sorting import NeedSeen
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import Group

_ROUNDS_NAMED: Final = 4
_TITLE_SHOWN: Final = 60
_BUTTON_SHOWN: Final = 36


def prospects_page(
    t: Translator,
    group: Group,
    prospects: Prospects,
    needs: Sequence[NeedSeen],
    *,
    of_wishes: Mapping[int, Forecast],
    now: datetime,
) -> Screen:
    """What could be posted next; `of_wishes` says by need how many of those who wish may order."""
    again, needs, of_others = prospects.again, needs[:MOST_SHOWN], prospects.of_others
    return Screen(
        text=paragraphs(
            t.html("<b>What to post next in {group}</b>", group=group.title),
            _known(t, prospects),
            _part(t.html("Once more"), [_again_line(t, group, one, now=now) for one in again]),
            _part(
                t.html("Wished for"),
                [_need_line(t, seen, of_wishes.get(seen.need.id or 0), prospects) for seen in needs],
            ),
            _part(t.html("For other groups"), [_others_line(t, one) for one in of_others]),
            _nothing(t, prospects) if not (again or needs or of_others) else None,
        ),
        buttons=[
            *([_draft(t, group, one)] for one in again),
            *([_wish(t, seen)] for seen in needs),
            *([_other(t, group, one)] for one in of_others),
        ],
    )


def draft_comes(t: Translator) -> str:
    """The draft stands below."""
    return t("The draft is below.")


def _known(t: Translator, prospects: Prospects) -> Markup:
    if prospects.picks < FEWEST_PICKS:
        least = t.number(FEWEST_PICKS)
        return t.html_plural(
            "{n} pick has ended here in the last year: too little to say how many orders to expect. I try "
            "from {least} on.",
            "{n} picks have ended here in the last year: too little to say how many orders to expect. I try "
            "from {least} on.",
            prospects.picks,
            least=least,
        )
    if prospects.new is None:
        return t.html("Orders here varied too much to say what anything new may get.")
    return lines(
        t.html_plural(
            "From the last {n} pick here. About eight times in ten the orders lie within the range; nothing "
            "is promised.",
            "From the last {n} picks here. About eight times in ten the orders lie within the range; nothing "
            "is promised.",
            prospects.picks,
        ),
        t.html("Something new: {range}", range=_range(t, prospects.new)),
    )


def _again_line(t: Translator, group: Group, one: Again, *, now: datetime) -> Markup:
    counts = ", ".join(t.number(count) for count in one.rounds[:_ROUNDS_NAMED])
    return t.html(
        "• <b>{title}</b>: {range}. Orders so far, the last first: {counts}; ended {moment}.",
        title=shortened(one.title, _TITLE_SHOWN),
        range=_range(t, one.forecast),
        counts=counts,
        moment=t.moment(one.ended_at, group.time_zone, now=now),
    )


def _need_line(t: Translator, seen: NeedSeen, forecast: Forecast | None, prospects: Prospects) -> Markup:
    title, people = shortened(seen.title, _TITLE_SHOWN), seen.demand.people
    wanted = t.html_plural(
        "• <b>{title}</b>: {n} person wants it", "• <b>{title}</b>: {n} people want it", people, title=title
    )
    if forecast is None:
        return t.html("{wanted}.", wanted=wanted)
    answered = prospects.answered
    return t.html(
        "{wanted}; of them {range}, as {ordered} of {told} did who were told before.",
        wanted=wanted,
        range=_range(t, forecast),
        ordered=t.number(sum(one.ordered for one in answered)),
        told=t.number(sum(one.told for one in answered)),
    )


def _others_line(t: Translator, one: OfOthers) -> Markup:
    expected, share = _range(t, one.forecast), t.percent(one.share_bps)
    return t.html_plural(
        "• <b>{title}</b> from {supplier}: {range}, by what {n} other group ordered; your group keeps "
        "{share}.",
        "• <b>{title}</b> from {supplier}: {range}, by what {n} other groups ordered; your group keeps "
        "{share}.",
        one.groups,
        title=shortened(one.title, _TITLE_SHOWN),
        supplier=one.supplier,
        range=expected,
        share=share,
    )


def _range(t: Translator, forecast: Forecast) -> str:
    if forecast.low == forecast.high:
        return t.plural("{n} order", "{n} orders", forecast.low)
    low = t.number(forecast.low)
    return t.plural("{low}–{n} order", "{low}–{n} orders", forecast.high, low=low)


def _part(head: Markup, listed: Sequence[Markup]) -> Markup | None:
    return lines(Markup("<b>{}</b>").format(head), *listed) if listed else None


def _nothing(t: Translator, prospects: Prospects) -> Markup:
    if not prospects.some_rest:
        return t.html(
            "Nothing comes to mind now, and nobody wishes for anything. /offers has your catalogue, /market "
            "what other groups supply."
        )
    return t.html(
        "Nothing comes to mind now: what ended in the last seven days rests, and nobody wishes for anything. "
        "/offers has your catalogue, /market what other groups supply."
    )


def _draft(t: Translator, group: Group, one: Again) -> Button:
    text = t("Draft: {title}", title=one.title)
    return Button(text=shortened(text, _BUTTON_SHOWN), data=ProspectDraftButton(group.id or 0, one.offer_id))


def _wish(t: Translator, seen: NeedSeen) -> Button:
    text = t("Wish: {title}", title=seen.title)
    return Button(text=shortened(text, _BUTTON_SHOWN), data=NeedButton(seen.need.id or 0))


def _other(t: Translator, group: Group, one: OfOthers) -> Button:
    text = t("Sell: {title}", title=one.title)
    return Button(text=shortened(text, _BUTTON_SHOWN), data=ListingButton(one.listing_id, group.id or 0))
