"""An offer that other groups may sell, in words: to the supplier's curators."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.listings import OwnListingButton, TermsButton
from bot.i18n import Translator
from bot.rules.listings import Terms
from bot.views.carried_orders import between_groups
from bot.views.plans import percent_words
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs
from storage.repositories.audit import AuditLine
from storage.repositories.carryings import Carrier
from storage.repositories.picks import PostedPick

_SHARES: Final = (500, 800, 1000, 1500)
_GROUPS: Final = (None, 3, 5, 10)
_PIECES: Final = (None, 10, 20, 50)
_CARRIERS_ROOM: Final = 3000


def terms_page(
    t: Translator, posted: PostedPick, terms: Terms, *, carriers: int | None, now: datetime
) -> Screen:
    """On which terms others shall sell a pick; `carriers` of them do already, None: it is not open yet."""
    is_open = carriers is not None
    return Screen(
        text=paragraphs(
            t.html(
                "<b>Let other groups sell #{number} {title}</b>",
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            t.html(
                "Their curators find it on /market and post it as a pick of their own, at your price and "
                "until your deadline. They take the orders and the money and hand over; you supply the "
                "goods. Each group keeps its share of what they cost and owes you the rest. They see the "
                "offer, its reviews, your group's name, and how orders with you went."
            ),
            terms_lines(t, posted, terms, now=now),
            t.html_plural(
                "{n} group sells it already and keeps the terms that it began with.",
                "{n} groups sell it already and keep the terms that they began with.",
                carriers,
            )
            if carriers
            else None,
            t.html("Tap, or write it in a line: <code>8 %, from fri 12:00, 10 groups, 20 each</code>"),
        ),
        buttons=[
            *_choices(t, posted.id, terms),
            *([[_at_once(t, posted.id, terms)]] if terms.opens_at is not None else []),
            [
                Button(
                    text=t("Save the terms") if is_open else t("Open it to other groups"),
                    data=terms_button(posted.id, "open", terms),
                )
            ],
            [
                Button(
                    text=t("‹ Back"),
                    data=OwnListingButton(posted.id, "page" if is_open else "home"),
                )
            ],
        ],
    )


def own_listing_page(
    t: Translator, posted: PostedPick, terms: Terms, carriers: Sequence[Carrier], *, now: datetime
) -> Screen:
    """What a supplier has opened: on which terms, and which groups sell how much of it."""
    return Screen(
        text=paragraphs(
            t.html(
                "<b>#{number} {title}: other groups may sell it</b>",
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            terms_lines(t, posted, terms, now=now),
            carrier_lines(t, carriers) or t.html("No group sells it yet."),
        ),
        buttons=[
            [
                Button(text=t("Change the terms"), data=OwnListingButton(posted.id, "change")),
                Button(text=t("End it"), data=OwnListingButton(posted.id, "end")),
            ],
            between_groups(t, posted.pick, is_sold_by_others=bool(carriers)),
            [_back_to_pick(t, posted)],
        ],
    )


def end_question(t: Translator, posted: PostedPick, *, carriers: int) -> Screen:
    """Shall other groups really sell it no more?"""
    return Screen(
        text=paragraphs(
            t.html(
                "Shall no other group sell #{number} {title} any more?",
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            t.html_plural(
                "{n} group sells it now. It takes no further orders; those that it has stand, and close with "
                "yours.",
                "{n} groups sell it now. They take no further orders; those that they have stand, and close "
                "with yours.",
                carriers,
            )
            if carriers
            else None,
        ),
        buttons=[
            [Button(text=t("Yes, end it"), data=OwnListingButton(posted.id, "ended"))],
            [Button(text=t("‹ Back"), data=OwnListingButton(posted.id, "page"))],
        ],
    )


def ended_notice(t: Translator, posted: PostedPick) -> Screen:
    """It is ended."""
    return Screen(
        text=t.html(
            "No other group can begin to sell #{number} {title}, and those that did take no further orders.",
            number=posted.pick.number,
            title=posted.offer.title,
        ),
        buttons=[[_back_to_pick(t, posted)]],
    )


def terms_lines(t: Translator, posted: PostedPick, terms: Terms, *, now: datetime) -> Markup:
    """Terms, to those who set them; times are those of the supplier's group."""
    is_later = terms.opens_at is not None and terms.opens_at > now
    zone = posted.group.time_zone
    return lines(
        t.html(
            "• Each group keeps {share} of what its orders cost.", share=percent_words(t, terms.share_bps)
        ),
        t.html("• From {moment} on.", moment=t.moment(terms.opens_at, zone, now=now))
        if is_later and terms.opens_at
        else t.html("• From now on."),
        t.html("• Any number of groups.")
        if terms.groups_limit is None
        else t.html_plural("• At most {n} group.", "• At most {n} groups.", terms.groups_limit),
        t.html("• As many pieces as there are.")
        if terms.pieces_limit is None
        else t.html_plural("• At most {n} piece each.", "• At most {n} pieces each.", terms.pieces_limit),
    )


def carrier_lines(t: Translator, carriers: Sequence[Carrier]) -> Markup | None:
    """Which groups sell it, and how much each has sold."""
    if not carriers:
        return None
    shown = (_carrier(t, carrier) for carrier in carriers)
    return lines(t.html("Who sells it:"), as_fits(shown, between="\n", limit=_CARRIERS_ROOM))


def own_listing_button(t: Translator, pick_id: int) -> Button:
    """Leads from a pick to who else may sell it."""
    return Button(text=t("Let other groups sell it"), data=OwnListingButton(pick_id, "page"))


def terms_button(pick_id: int, act: str, terms: Terms) -> TermsButton:
    """The terms as a button carries them."""
    return TermsButton(
        pick_id=pick_id,
        act=act,
        share_bps=terms.share_bps,
        opens_at=int(terms.opens_at.timestamp()) if terms.opens_at is not None else 0,
        groups_limit=terms.groups_limit or 0,
        pieces_limit=terms.pieces_limit or 0,
    )


def listing_act(t: Translator, act: AuditLine) -> str | None:
    """One act with what other groups may sell, after the name of whoever did it."""
    number, bps = act.pick_number, act.details.get("share_bps", 0)
    match act.action:
        case "listing_opened":
            return t(
                "let other groups sell #{number} and keep {share}", number=number, share=percent_words(t, bps)
            )
        case "listing_changed":
            return t(
                "changed the terms for other groups that sell #{number}: they keep {share}",
                number=number,
                share=percent_words(t, bps),
            )
        case "listing_ended":
            return t("ended that other groups sell #{number}", number=number)
    return None


def _carrier(t: Translator, carrier: Carrier) -> Markup:
    fields = {"group": carrier.group, "share": percent_words(t, carrier.share_bps)}
    if carrier.ended_at is not None:
        return t.html_plural(
            "• {group}: {n} piece, keeps {share}; it takes no further orders",
            "• {group}: {n} pieces, keeps {share}; it takes no further orders",
            carrier.quantity,
            **fields,
        )
    return t.html_plural(
        "• {group}: {n} piece, keeps {share}",
        "• {group}: {n} pieces, keeps {share}",
        carrier.quantity,
        **fields,
    )


def _choices(t: Translator, pick_id: int, terms: Terms) -> list[list[Button]]:
    def choice(text: str, chosen: Terms) -> Button:
        is_so = chosen == terms
        return Button(text=f"• {text}" if is_so else text, data=terms_button(pick_id, "show", chosen))

    return [
        [choice(percent_words(t, bps), replace(terms, share_bps=bps)) for bps in _SHARES],
        [choice(_groups(t, limit), replace(terms, groups_limit=limit)) for limit in _GROUPS],
        [choice(_pieces(t, limit), replace(terms, pieces_limit=limit)) for limit in _PIECES],
    ]


def _groups(t: Translator, limit: int | None) -> str:
    return t("Any groups") if limit is None else t.plural("{n} group", "{n} groups", limit)


def _pieces(t: Translator, limit: int | None) -> str:
    return t("All pieces") if limit is None else t("{count} each", count=t.number(limit))


def _at_once(t: Translator, pick_id: int, terms: Terms) -> Button:
    return Button(text=t("From now on"), data=terms_button(pick_id, "show", replace(terms, opens_at=None)))


def _back_to_pick(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("‹ Back"), data=OwnListingButton(posted.id, "home"))
