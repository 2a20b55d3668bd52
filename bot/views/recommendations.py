"""Words for what somebody may like, each pick with the reasons that speak for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.recommendations import NotForMeButton, SuggestionsButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.recommendations import Silence
from bot.services.recommendations import Reasons, Suggested, Suggestions
from bot.services.reviews import OfferReviews
from bot.views.acquaintances import proof_lines
from bot.views.overview import card_link
from bot.views.pricing import price_of_now
from bot.views.review_lines import rating_line
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.states import PickState

_TITLE_SHOWN = 24
_LONGEST_TITLE = 60
_GROUP_SHOWN = 40


def suggestions_page(
    t: Translator,
    found: Suggestions,
    *,
    tiers: Mapping[int, Sequence[tuple[int, int]]],
    now: datetime,
) -> Screen:
    """A page of suggestions; `tiers` are those of their offers, by offer."""
    if found.silence is not None:
        return Screen(text=_silence(t, found.silence), buttons=_back(t, found))
    return Screen(
        text=paragraphs(
            t.html("<b>What you may like</b>"),
            *(_pick(t, one, tiers.get(one.posted.pick.offer_id, ()), now=now) for one in found.picks),
            t.html("Every number is counted as you ask. Nobody pays to be suggested."),
        ),
        buttons=[
            *(_row(t, one, page=found.page) for one in found.picks),
            _turning(t, found),
            *_back(t, found),
        ],
    )


def bought_together(t: Translator, title: str, *, both: int, others: int) -> Markup:
    """She bought something, and so many of the others who did bought this, too."""
    return t.html_plural(
        "Because you bought {title}: {both} of {n} other who did bought this, too.",
        "Because you bought {title}: {both} of {n} others who did bought this, too.",
        others,
        title=Markup("<i>{}</i>").format(shortened(title, _LONGEST_TITLE)),
        both=t.number(both),
    )


def put_aside(t: Translator) -> str:
    """It is not suggested any more, as a toast."""
    return t("I will not suggest it again.")


def _silence(t: Translator, silence: Silence) -> Markup:
    return {
        Silence.NO_GROUP: t.html(
            "I know you in none of the groups that I serve. Write /foryou once in yours, and I will know "
            "what is on offer to you."
        ),
        Silence.NOTHING_ON_OFFER: t.html(
            "Nothing is on offer in your groups just now. Ask me again when there is: /foryou"
        ),
        Silence.HAS_ALL: t.html(
            "You already have everything that is on offer in your groups. Thank you! When something new "
            "comes, /foryou will know."
        ),
        Silence.NOTHING_TO_SAY: t.html(
            "I have nothing to suggest just now: I name only what I can give you a reason for. /picks in "
            "your group shows all that is on offer."
        ),
    }[silence]


def _pick(t: Translator, one: Suggested, tiers: Sequence[tuple[int, int]], *, now: datetime) -> Markup:
    posted = one.posted
    title: str | Markup = shortened(posted.offer.title, _LONGEST_TITLE)
    link = card_link(posted)
    if link:
        title = Markup('<a href="{}">{}</a>').format(link, title)
    comes = posted.pick.state is PickState.SCHEDULED
    at = posted.pick.opens_at if comes else posted.pick.closes_at
    fields = {
        "number": posted.pick.number,
        "title": title,
        "price": t.money(Money(amount=price_of_now(posted, tiers), currency=posted.offer.currency)),
        "moment": t.moment(at, posted.group.time_zone, now=now),
        "group": shortened(posted.group.title, _GROUP_SHOWN),
    }
    head = (
        t.html("<b>#{number} {title}</b> · {price} · comes {moment} · {group}", **fields)
        if comes
        else t.html("<b>#{number} {title}</b> · {price} · until {moment} · {group}", **fields)
    )
    return lines(head, *_reasons(t, one.reasons))


def _reasons(t: Translator, reasons: Reasons) -> list[Markup | None]:
    because = reasons.because
    bought = bought_together(t, because.title, both=because.both, others=because.others) if because else None
    personal = [bought, proof_lines(t, reasons.known)]
    rated = None
    if reasons.verdicts is not None:
        here, elsewhere = reasons.verdicts
        rated = rating_line(t, OfferReviews(here=here, elsewhere=elsewhere))
    # How many bought it says little beside what is about her.
    return [*personal, rated, None if any(personal) else _bought(t, reasons)]


def _bought(t: Translator, reasons: Reasons) -> Markup | None:
    if reasons.buyers:
        return t.html_plural(
            "{n} person has bought it so far.", "{n} people have bought it so far.", reasons.buyers
        )
    if reasons.orders:
        return t.html_plural(
            "{n} person has ordered it this time.", "{n} people have ordered it this time.", reasons.orders
        )
    return None


def _row(t: Translator, one: Suggested, *, page: int) -> list[Button]:
    posted = one.posted
    name = shortened(f"#{posted.pick.number} {posted.offer.title}", _TITLE_SHOWN)
    not_for_me = NotForMeButton(posted.id, page)
    if posted.pick.state is PickState.SCHEDULED:
        return [Button(text=t("Not for me: {title}", title=name), data=not_for_me)]
    return [
        Button(text=name, data=DetailsButton(posted.id, 0)),
        Button(text=t("Not for me"), data=not_for_me),
    ]


def _turning(t: Translator, found: Suggestions) -> list[Button]:
    turning = []
    if found.page:
        turning.append(Button(text=t("‹ Back"), data=SuggestionsButton(found.page - 1, 0)))
    if found.has_more:
        turning.append(Button(text=t("More ›"), data=SuggestionsButton(found.page + 1, 0)))
    return turning


def _back(t: Translator, found: Suggestions) -> list[list[Button]]:
    if not found.dismissed:
        return []
    return [[Button(text=t("Show again what I put aside"), data=SuggestionsButton(0, 1))]]
