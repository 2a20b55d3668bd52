"""Pick-up points: in the settings, when a member chooses hers, and beside her orders."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.groups import SettingsButton
from bot.callbacks.pickups import (
    ChoosePointButton,
    CodeButton,
    NewPointButton,
    PointButton,
    PointChangeButton,
    PointChosenButton,
    PointsButton,
)
from bot.i18n import Translator
from bot.money import Money
from bot.rules.handover import shown_code
from bot.views.boards import what
from bot.views.case_steps import wrong_button
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, paragraphs, shortened
from storage.models import Group, PickupPoint
from storage.repositories.pickups import OrderInHand
from storage.states import FulfilmentState, OrderState

MOST_ORDERS_BESIDE = 10
_LONGEST_BUTTON = 40
_LONGEST_WHAT = 1500
_LONGEST_CHOICES = 3000


def points_page(t: Translator, group: Group, points: Sequence[PickupPoint]) -> Screen:
    """The pick-up points of a group, for who may change them."""
    assert group.id is not None
    listed = [_listed(t, point) for point in points]
    back = Button(text=t("‹ Back"), data=SettingsButton(group.id, "home"))
    add = Button(text=t("Add a pick-up point"), data=NewPointButton(group.id))
    return Screen(
        text=paragraphs(
            t.html("<b>Pick-up points of {group}</b>", group=group.title),
            lines(*listed)
            if listed
            else t.html(
                "There are none yet. With two or more, each member chooses one, and every list says who "
                "fetches what where."
            ),
        ),
        buttons=[
            *in_rows([_point_button(point) for point in points], width=2),
            [add],
            [back],
        ],
    )


def point_page(t: Translator, point: PickupPoint, *, currency: str) -> Screen:
    """One pick-up point, with what can be changed of it."""
    assert point.id is not None
    key = point.id
    switch = (
        Button(text=t("Switch off"), data=PointChangeButton(key, "off"))
        if point.is_active
        else Button(text=t("Switch on"), data=PointChangeButton(key, "on"))
    )
    return Screen(
        text=paragraphs(
            _named(point.name),
            Markup.escape(point.words) if point.words else t.html("<i>No address or hours yet.</i>"),
            t.html("Fetching an order here costs {fee}.", fee=_fee(t, point, currency))
            if point.fee_amount
            else t.html("Fetching an order here costs nothing."),
            None if point.is_active else t.html("Switched off: members cannot choose it."),
        ),
        buttons=[
            [
                Button(text=t("Name"), data=PointChangeButton(key, "name")),
                Button(text=t("Address and hours"), data=PointChangeButton(key, "words")),
            ],
            [
                Button(text=t("Up"), data=PointChangeButton(key, "up")),
                Button(text=t("Down"), data=PointChangeButton(key, "down")),
            ],
            [Button(text=t("What it costs"), data=PointChangeButton(key, "fee")), switch],
            [Button(text=t("‹ Back"), data=PointsButton(point.group_id))],
        ],
    )


def ask_point_name(t: Translator, group: Group, point: PickupPoint | None) -> Markup:
    """What shall a new pick-up point be called, or an old one from now on?"""
    if point is not None:
        return t.html("Write the new name of {point}.", point=point.name)
    return t.html(
        "Write the name of the new pick-up point of {group}, and in the lines below it the address and the "
        "hours, if you like.",
        group=group.title,
    )


def ask_point_words(t: Translator, point: PickupPoint) -> Markup:
    """Where and when is a pick-up point?"""
    return t.html("Write the address and the hours of {point}. Members see them as you write them.",
                  point=point.name)  # fmt: skip


def ask_point_fee(t: Translator, point: PickupPoint, *, currency: str) -> Markup:
    """What does fetching an order at a pick-up point cost?"""
    return t.html(
        "What does fetching an order at {point} cost? Write an amount in {currency}, or 0 if it costs "
        "nothing. Whoever has chosen it already pays what it cost then.",
        point=point.name,
        currency=currency,
    )


def where_to_fetch(t: Translator, order: OrderInHand, choices: Sequence[PickupPoint]) -> Screen:
    """Where does a member want to fetch her order?"""
    return Screen(
        text=paragraphs(
            t.html(
                "Where will you fetch <b>#{number} {title}</b> ({group})?",
                number=order.pick_number,
                title=order.title,
                group=order.group_title,
            ),
            as_fits([_choice(t, point, order) for point in choices], between="\n", limit=_LONGEST_CHOICES),
            t.html("I remember it for next time. You can change it until you have your order: /my"),
        ),
        buttons=[[_choice_button(t, order, point)] for point in choices],
    )


def point_chosen(
    t: Translator, order: OrderInHand, point: PickupPoint, choices: Sequence[PickupPoint]
) -> Screen:
    """The member's choice is kept; she can still change it."""
    return Screen(
        text=paragraphs(
            t.html(
                "You fetch <b>#{number} {title}</b> at <b>{point}</b>.",
                number=order.pick_number,
                title=order.title,
                point=point.name,
            ),
            Markup.escape(point.words) if point.words else None,
            t.html(
                "Fetching it there costs {fee}; the order comes to {total} with it.",
                fee=t.money(Money(amount=order.fee_amount, currency=order.currency)),
                total=t.money(Money(amount=order.amount, currency=order.currency)),
            )
            if order.fee_amount
            else None,
        ),
        buttons=[[_choice_button(t, order, choice)] for choice in choices],
    )


def beside_orders(t: Translator, own: Sequence[tuple[OrderInHand, bool]]) -> list[list[Button]]:
    """Buttons beside a member's own orders, each with whether she has a choice of points."""
    buttons = []
    for order, has_choice in own[:MOST_ORDERS_BESIDE]:
        row = []
        if order.state is OrderState.CONFIRMED:
            text = t("Show my code: #{number}", number=order.pick_number)
            row.append(Button(text=text, data=CodeButton(order.id)))
        if has_choice:
            point = order.point_name or t("choose")
            text = t("Pick-up #{number}: {point}", number=order.pick_number, point=point)
            row.append(Button(text=shortened(text, _LONGEST_BUTTON), data=ChoosePointButton(order.id)))
        if row:
            buttons.append(row)
    return buttons


def code_comes(t: Translator) -> str:
    """The picture is on its way."""
    return t("Your code is on its way.")


def code_caption(t: Translator, order: OrderInHand) -> Markup:
    """Beneath the picture of an order's code."""
    return paragraphs(
        t.html(
            "<b>Order {number}</b> of #{pick} {title} ({group})",
            number=order.number,
            pick=order.pick_number,
            title=shortened(order.title, 100),
            group=shortened(order.group_title, 100),
        ),
        t.html("Code: <code>{code}</code>", code=shown_code(order.code or "")),
        _where(order, words=False),
        t.html("Show this where you fetch your order."),
    )


def arrived_notice(t: Translator, order: OrderInHand) -> Screen:
    """To a buyer: her goods are where she fetches them."""
    head = t.html(
        "<b>{group}</b>: #{number} {title} is there for you.",
        group=order.group_title,
        number=order.pick_number,
        title=order.title,
    )
    return _about_goods(t, order, head)


def reminder(t: Translator, order: OrderInHand) -> Screen:
    """To a buyer who has not come yet."""
    head = t.html(
        "<b>{group}</b>: #{number} {title} still waits for you.",
        group=order.group_title,
        number=order.pick_number,
        title=order.title,
    )
    return _about_goods(t, order, head)


def order_contents(t: Translator, order: OrderInHand) -> Markup:
    """What an order holds and what it costs."""
    return t.html(
        "{what}: {total}",
        what=shortened(what(t, order.lines, order.title), _LONGEST_WHAT),
        total=t.money(Money(amount=order.amount, currency=order.currency)),
    )


def _about_goods(t: Translator, order: OrderInHand, head: Markup) -> Screen:
    number = t.html("Your order number is <b>{number}</b>.", number=order.number)
    return Screen(
        text=paragraphs(head, _where(order), lines(order_contents(t, order), number)),
        buttons=[
            [Button(text=t("Show my code"), data=CodeButton(order.id))],
            [wrong_button(t, order.id, in_place=False)],
        ],
    )


def is_waited_for(order: OrderInHand) -> bool:
    """Whether an order's goods lie ready and nobody has fetched them."""
    return order.state is OrderState.CONFIRMED and order.fulfilment is FulfilmentState.READY


def _where(order: OrderInHand, *, words: bool = True) -> Markup | None:
    if order.point_name is None:
        return None
    more = Markup.escape(order.point_words) if words and order.point_words else None
    return lines(_named(order.point_name), more)


def _listed(t: Translator, point: PickupPoint) -> Markup:
    name = _named(point.name)
    return name if point.is_active else t.html("{point} (switched off)", point=name)


def _choice(t: Translator, point: PickupPoint, order: OrderInHand) -> Markup:
    words = " · ".join(point.words.splitlines())
    name = _named(point.name)
    if point.fee_amount and order.has_fees:
        name = t.html("{point} (+{fee})", point=name, fee=_fee(t, point, order.currency))
    if not words:
        return name
    return Markup("{}: {}").format(name, shortened(words, 90))


def _fee(t: Translator, point: PickupPoint, currency: str) -> str:
    return t.money(Money(amount=point.fee_amount, currency=currency))


def _named(name: str) -> Markup:
    return Markup("<b>{}</b>").format(name)


def _point_button(point: PickupPoint) -> Button:
    assert point.id is not None
    return Button(text=shortened(point.name, _LONGEST_BUTTON), data=PointButton(point.id))


def _choice_button(t: Translator, order: OrderInHand, point: PickupPoint) -> Button:
    assert point.id is not None
    mark = "✓ " if point.id == order.point_id else ""
    return Button(
        text=mark + shortened(point.name, _LONGEST_BUTTON), data=PointChosenButton(order.id, point.id)
    )
