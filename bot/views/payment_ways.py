"""How a group and its picks are paid: the page of the settings, and the one of a pick."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.groups import SettingsButton
from bot.callbacks.payments import PaymentSettingButton, PickPaymentButton
from bot.callbacks.picks import ManageButton
from bot.i18n import Translator
from bot.money import Money, minor_digits
from bot.rules.payment_ways import HOLD_MINUTES
from bot.services.payments.ways import PickPayments
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs
from storage.models import Group, PaymentWay
from storage.states import PaymentMethod, PaysWhen


def way_name(t: Translator, method: PaymentMethod) -> str:
    """A way to pay, as a button says it."""
    words = {
        PaymentMethod.CASH: t("Cash at pick-up"),
        PaymentMethod.TRANSFER: t("Transfer or wallet"),
        PaymentMethod.CARD: t("Card"),
        PaymentMethod.STARS: t("Telegram Stars"),
        PaymentMethod.CREDIT: t("Store credit"),
    }
    return words[method]


def payments_page(
    t: Translator, group: Group, ways: Sequence[PaymentWay], *, has_provider: bool, saved: bool = False
) -> Screen:
    """How a group is paid, each with a button to change it."""
    assert group.id is not None
    known = {way.method: way for way in ways}
    offered = [
        method
        for method in PaymentMethod
        if method is not PaymentMethod.CARD or has_provider or (method in known and known[method].is_active)
    ]
    is_on = any(way.is_active for way in ways)
    return Screen(
        text=paragraphs(
            t.html("<b>Payments in {group}</b>", group=group.title),
            None
            if is_on
            else t.html(
                "No way to pay is switched on, so I keep no money here: nothing is charged, asked for or "
                "shown."
            ),
            *(_way(t, group, method, known.get(method)) for method in offered),
            _when(t, group) if is_on else None,
            t.html("Saved.") if saved else None,
        ),
        buttons=[
            *(_way_buttons(t, group.id, method, known.get(method)) for method in offered),
            *(_when_buttons(t, group) if is_on else []),
            [Button(text=t("‹ Back"), data=SettingsButton(group.id, "home"))],
        ],
    )


def hold_choices(t: Translator, group: Group) -> Screen:
    """For how long is stock kept for somebody who has to pay at once?"""
    assert group.id is not None
    buttons = [
        Button(text=_minutes(t, minutes), data=PaymentSettingButton(group.id, "hold", str(minutes)))
        for minutes in HOLD_MINUTES
    ]
    back = Button(text=t("‹ Back"), data=PaymentSettingButton(group.id, "page", "home"))
    return Screen(
        text=t.html("For how long shall I keep stock for somebody who has to pay at once?"),
        buttons=[*in_rows(buttons, width=3), [back]],
    )


def ask_about_way(t: Translator, group: Group, method: PaymentMethod) -> Markup:
    """What a curator is to write about a way to pay."""
    if method is PaymentMethod.STARS:
        unit = Money(amount=10 ** minor_digits(group.currency), currency=group.currency)
        return t.html(
            "How many Stars stand for {unit}? Write a whole number. An amount in between is rounded up to "
            "whole Stars.",
            unit=t.money(unit),
        )
    if method is PaymentMethod.TRANSFER:
        return t.html(
            "Write where members of {group} send their money: the account or the wallet, whose it is, and "
            "what else they need. They see it as you write it.",
            group=group.title,
        )
    return t.html(
        "Write what members of {group} should know about paying in cash, such as “exact change, please”.",
        group=group.title,
    )


def pick_payments(t: Translator, payments: PickPayments, *, saved: bool = False) -> Screen:
    """How one pick is paid, for who may change it."""
    posted = payments.posted
    back = Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))
    head = t.html("<b>How #{number} {title} is paid</b>", number=posted.pick.number, title=posted.offer.title)
    if not payments.ways:
        nothing = t.html("Your group has no way to pay switched on. Its owner can do so: /settings")
        return Screen(text=paragraphs(head, nothing), buttons=[[back]])
    taken = [way_name(t, method) for method in payments.taken]
    return Screen(
        text=paragraphs(
            head,
            lines(
                t.html("Ways to pay: {ways}", ways=t.listed(taken)),
                t.html("Its orders are paid as they are placed.")
                if payments.is_now
                else t.html("Its orders are paid when it has closed."),
                t.html("While orders are paid at once, members are not offered cash.")
                if _leaves_out_cash(payments)
                else None,
            ),
            t.html("Saved.") if saved else None,
        ),
        buttons=[*_pick_ways(t, payments), *_pick_times(t, payments), [back]],
    )


def _leaves_out_cash(payments: PickPayments) -> bool:
    """Whether cash has its tick and is not taken all the same, since orders are paid at once."""
    named = payments.posted.pick.payment_methods
    has_cash = any(way.method is PaymentMethod.CASH for way in payments.ways)
    is_ticked = has_cash and (not named or PaymentMethod.CASH in named)
    return is_ticked and PaymentMethod.CASH not in payments.taken


def _pick_ways(t: Translator, payments: PickPayments) -> list[Sequence[Button]]:
    named = payments.posted.pick.payment_methods
    return in_rows(
        [
            Button(
                text=t("✓ {name}", name=way_name(t, way.method))
                if not named or way.method in named
                else way_name(t, way.method),
                data=PickPaymentButton(payments.posted.id, "way", way.method.value),
            )
            for way in payments.ways
        ],
        width=2,
    )


def _pick_times(t: Translator, payments: PickPayments) -> list[Sequence[Button]]:
    times = {
        PaysWhen.NOW.value: t("Pay at once"),
        PaysWhen.AFTER_CLOSE.value: t("Pay after the close"),
        "group": t("As in the settings"),
    }
    chosen = payments.posted.pick.pays_when.value if payments.posted.pick.pays_when else "group"
    buttons = [
        Button(
            text=t("✓ {name}", name=words) if when == chosen else words,
            data=PickPaymentButton(payments.posted.id, "when", when),
        )
        for when, words in times.items()
    ]
    return in_rows(buttons, width=2)


def _way(t: Translator, group: Group, method: PaymentMethod, way: PaymentWay | None) -> Markup:
    is_on = way is not None and way.is_active
    state = t("on") if is_on else t("off")
    rate = way.stars_per_unit if way is not None and method is PaymentMethod.STARS else None
    unit = Money(amount=10 ** minor_digits(group.currency), currency=group.currency)
    return lines(
        t.html("{name}: {state}", name=way_name(t, method), state=state),
        Markup("<i>{}</i>").format(way.instructions) if way is not None and way.instructions else None,
        t.html_plural("{n} Star stands for {unit}", "{n} Stars stand for {unit}", rate, unit=t.money(unit))
        if rate
        else None,
    )


def _way_buttons(t: Translator, group_id: int, method: PaymentMethod, way: PaymentWay | None) -> list[Button]:
    name = way_name(t, method)
    is_on = way is not None and way.is_active
    switch = Button(
        text=t("✓ {name}", name=name) if is_on else name,
        data=PaymentSettingButton(group_id, "off" if is_on else "on", method.value),
    )
    if method in (PaymentMethod.CASH, PaymentMethod.TRANSFER):
        return [
            switch,
            Button(text=t("Write words"), data=PaymentSettingButton(group_id, "ask", method.value)),
        ]
    if method is PaymentMethod.STARS:
        return [switch, Button(text=t("Rate"), data=PaymentSettingButton(group_id, "ask", method.value))]
    return [switch]


def _when(t: Translator, group: Group) -> Markup:
    if group.pays_when is PaysWhen.AFTER_CLOSE:
        return t.html("Orders are paid when their pick has closed.")
    return t.html_plural(
        "Orders are paid as they are placed; I keep the stock for {n} minute meanwhile. A pick whose price "
        "can fall is paid when it has closed.",
        "Orders are paid as they are placed; I keep the stock for {n} minutes meanwhile. A pick whose price "
        "can fall is paid when it has closed.",
        group.hold_minutes,
    )


def _when_buttons(t: Translator, group: Group) -> list[list[Button]]:
    assert group.id is not None
    if group.pays_when is PaysWhen.AFTER_CLOSE:
        then = PaymentSettingButton(group.id, "when", PaysWhen.NOW.value)
        return [[Button(text=t("Paid after the close"), data=then)]]
    then = PaymentSettingButton(group.id, "when", PaysWhen.AFTER_CLOSE.value)
    hold = PaymentSettingButton(group.id, "page", "hold")
    return [
        [
            Button(text=t("Paid at once"), data=then),
            Button(text=_minutes(t, group.hold_minutes), data=hold),
        ]
    ]


def _minutes(t: Translator, minutes: int) -> str:
    return t.plural("{n} minute", "{n} minutes", minutes)
