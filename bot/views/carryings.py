"""What is said of a pick that a group sells for another, to members and to the curators of both."""

from collections.abc import Collection, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.carryings import CarriedPointButton, CarryingButton
from bot.callbacks.picks import ManageButton
from bot.i18n import Translator
from bot.services.carryings import Carried
from bot.views.plans import percent_words
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from storage.models import Carrying, Pick, PickupPoint
from storage.repositories.audit import AuditLine
from storage.repositories.carryings import Supply
from storage.repositories.picks import PostedPick
from storage.states import CarryingEnd, PickState

_LONGEST_NAME = 60
_MOST_POINTS = 30
_STANDS = (PickState.SCHEDULED, PickState.LIVE, PickState.CLOSED)


def carried_line(t: Translator, supply: Supply) -> Markup:
    """On a card: whose it is, and what the group that sells it has of it."""
    return t.html(
        "This group earns {share} of it; supplied by {supplier}.",
        share=percent_words(t, supply.share_bps),
        supplier=shortened(supply.supplier, _LONGEST_NAME),
    )


def ended_line(t: Translator, posted: PostedPick, *, now: datetime) -> Markup:
    """On a card, in the place of until when it is open."""
    return t.html(
        "Takes no further orders here; what is ordered stands. Closes {moment}",
        moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
    )


def portion_line(t: Translator, pick: Pick) -> Markup | None:
    """How much of what its group may sell is ordered, where its supplier set a bound."""
    if pick.quantity_limit is None:
        return None
    return t.html(
        "In this group: {quantity} of {limit} at most",
        quantity=t.number(pick.quantity),
        limit=t.number(pick.quantity_limit),
    )


def supply_lines(t: Translator, posted: PostedPick, supply: Supply) -> Markup:
    """For those who sell it: whose it is, what their group keeps, and what is theirs to change."""
    return lines(
        t.html(
            "Supplied by {supplier}; your group keeps {share} of what its orders cost.",
            supplier=shortened(supply.supplier, _LONGEST_NAME),
            share=percent_words(t, supply.share_bps),
        ),
        portion_line(t, posted.pick),
        _whose_turn(t, posted.pick),
    )


def carried_buttons(t: Translator, posted: PostedPick) -> list[Button]:
    """What those who sell it for another group can change, as long as it is not over."""
    if posted.pick.ended_at is not None:
        return []
    return [
        Button(text=t("Your word for it"), data=ManageButton(posted.id, "vouch")),
        Button(text=t("Pick-up points"), data=CarryingButton(posted.id, "points")),
        Button(text=t("Stop selling it"), data=CarryingButton(posted.id, "end")),
    ]


def carried_notice(t: Translator, carried: Carried) -> Screen:
    """To the curator who lets her group sell what another supplies."""
    pick, supply = carried.pick, carried.supply
    fields = {"group": carried.group.title, "number": pick.number}
    if pick.state is PickState.LIVE:
        said = t.html("{group} sells it now, as pick #{number}. Its card follows in a moment.", **fields)
    else:
        said = t.html("{group} sells it as pick #{number}, as soon as the group bears a post.", **fields)
    return Screen(
        text=paragraphs(
            said,
            t.html(
                "Orders, payment, handing over and whatever goes wrong are yours; the goods come from "
                "{supplier}. Your group keeps {share} of what its orders cost, and its card says so.",
                supplier=shortened(supply.supplier, _LONGEST_NAME),
                share=percent_words(t, supply.share_bps),
            ),
        ),
        buttons=[[Button(text=t("To the pick"), data=ManageButton(pick.id or 0, "home"))]],
    )


def end_question(t: Translator, posted: PostedPick) -> Screen:
    """Shall her group really stop selling it?"""
    return Screen(
        text=t.html(
            "Stop selling #{number} {title}? Nobody can order more of it here. What is ordered stands, and "
            "closes with that of the other groups. Your group can take it up again from /market, on the "
            "terms of then, as a further post.",
            number=posted.pick.number,
            title=posted.offer.title,
        ),
        buttons=[
            [Button(text=t("Stop selling it"), data=CarryingButton(posted.id, "ended"))],
            [Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))],
        ],
    )


def ended_notice(t: Translator, *, number: int) -> str:
    """To the curator whose group stops selling it."""
    return t("Pick #{number} takes no further orders. What is ordered stands.", number=number)


def word_question(t: Translator, posted: PostedPick) -> Screen:
    """What does she say of it?"""
    return Screen(
        text=t.html(
            "Why do you vouch for #{number}? Write it in your own words; they stand on its card here. "
            "Write - to take them away.",
            number=posted.pick.number,
        ),
        buttons=[[Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))]],
    )


def points_page(
    t: Translator, posted: PostedPick, points: Sequence[PickupPoint], *, chosen: Collection[int]
) -> Screen:
    """Where can it be fetched?"""
    back = [Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))]
    if not points:
        return Screen(
            text=t.html("{group} has no pick-up points. /settings makes them.", group=posted.group.title),
            buttons=[back],
        )
    return Screen(
        text=t.html(
            "Where can #{number} be fetched? Choose the pick-up points; if you choose none, it is all of "
            "them. What members have chosen already stands.",
            number=posted.pick.number,
        ),
        buttons=[
            *([_point(posted, point, is_chosen=point.id in chosen)] for point in points[:_MOST_POINTS]),
            back,
        ],
    )


def end_told_to_supplier(t: Translator, posted: PostedPick, carrying: Carrying, *, orders: int) -> Screen:
    """To the supplier's curator: a group does not sell it any more; so many of its orders are open."""
    fields = {"group": posted.group.title, "title": posted.offer.title}
    if carrying.end_reason is CarryingEnd.CARRIER_GONE:
        said = t.html("I am not in {group} any more, which sold <b>{title}</b> for you.", **fields)
    else:
        said = t.html("{group} does not sell <b>{title}</b> for you any more.", **fields)
    return Screen(text=paragraphs(said, _standing_orders(t, orders)))


def end_told_to_carrier(
    t: Translator, posted: PostedPick, carrying: Carrying, supply: Supply, *, orders: int
) -> Screen:
    """To a curator whose group sold it: her group does not any more, through no deed of hers."""
    fields = {
        "supplier": supply.supplier,
        "number": posted.pick.number,
        "title": posted.offer.title,
        "group": posted.group.title,
    }
    return Screen(
        text=paragraphs(_why(t, posted, carrying, fields), _what_now(t, posted, carrying, orders=orders)),
        buttons=[[Button(text=t("To the pick"), data=ManageButton(posted.id, "home"))]],
    )


def end_told_to_buyer(t: Translator, posted: PostedPick, carrying: Carrying, supply: Supply) -> Screen:
    """To somebody with an order, since a group is gone."""
    fields = {
        "supplier": supply.supplier,
        "number": posted.pick.number,
        "title": posted.offer.title,
        "group": posted.group.title,
    }
    if carrying.end_reason is CarryingEnd.CARRIER_GONE:
        said = t.html(
            "I am not in {group} any more. Your order of #{number} {title} stands: whoever posted it there "
            "hands it over to you, and I go on telling you about it here.",
            **fields,
        )
    else:
        said = t.html(
            "I am not in {supplier} any more, which supplies #{number} {title}. Your order in {group} "
            "stands; if its goods should not come, whoever posted it there is whom to ask.",
            **fields,
        )
    return Screen(text=paragraphs(said, t.html("You find it in /my.")))


def carrying_act(t: Translator, act: AuditLine) -> str | None:
    """One act in words, if it is about selling for another group."""
    fields = {"number": act.pick_number, "supplier": act.details.get("supplier", "")}
    match act.action:
        case "carrying_begun":
            return t("began to sell #{number} for {supplier}", **fields)
        case "carrying_ended":
            return t("stopped selling #{number} for {supplier}", **fields)
        case "carried_points_chosen":
            return t("changed where #{number} can be fetched", number=act.pick_number)
        case "word_given":
            return t("changed the word for #{number}", number=act.pick_number)
    return None


def _whose_turn(t: Translator, pick: Pick) -> Markup | None:
    """What can still be done with it, and by whom, until it is over."""
    if pick.state not in _STANDS:
        return None
    if pick.ended_at is not None:
        return t.html("Your group does not sell it any more. What is ordered stands.")
    if pick.state is PickState.CLOSED:
        return None
    return t.html("Its supplier changes what it is, what it costs and when it closes.")


def _point(posted: PostedPick, point: PickupPoint, *, is_chosen: bool) -> Button:
    name = shortened(point.name, _LONGEST_NAME)
    return Button(text=f"✓ {name}" if is_chosen else name, data=CarriedPointButton(posted.id, point.id or 0))


def _why(t: Translator, posted: PostedPick, carrying: Carrying, fields: dict[str, object]) -> Markup:
    match carrying.end_reason:
        case CarryingEnd.WITHDRAWN:
            return t.html("{supplier} withdrew #{number} {title}, which {group} sells for it.", **fields)
        case CarryingEnd.SUPPLIER_GONE:
            return t.html(
                "I am not in {supplier} any more, which supplies #{number} {title} of {group}.", **fields
            )
        case CarryingEnd.CARRIER_GONE:
            return t.html(
                "I am not in {group} any more, so #{number} {title} takes no further orders there.", **fields
            )
    if posted.pick.state is PickState.WITHDRAWN:
        return t.html(
            "#{number} {title} was not posted in {group}: {supplier} closed it, or stopped letting others "
            "sell it, before the group bore a post.",
            **fields,
        )
    return t.html("{supplier} lets no other group sell #{number} {title} any longer.", **fields)


def _what_now(t: Translator, posted: PostedPick, carrying: Carrying, *, orders: int) -> Markup | None:
    if posted.pick.state is PickState.WITHDRAWN:
        return t.html("The reason: {reason}", reason=posted.pick.reason) if posted.pick.reason else None
    if carrying.end_reason is CarryingEnd.WITHDRAWN:
        return t.html(
            "Goods of it are in their buyers' hands in your group, so I have cancelled nothing there: "
            "please see to the orders that are left."
        )
    return _standing_orders(t, orders)


def _standing_orders(t: Translator, orders: int) -> Markup | None:
    if not orders:
        return None
    return t.html_plural(
        "{n} order stands, and is handed over as agreed.",
        "{n} orders stand, and are handed over as agreed.",
        orders,
    )
