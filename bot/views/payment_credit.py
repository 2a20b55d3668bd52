"""Store credit: giving it, as a curator sees it, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.callbacks.payments import CreditSureButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.screens import Button, Screen, paragraphs, shortened

_LONGEST_BUTTON = 60


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Somebody who may be given credit: in which group, and how much."""

    name: str
    group_title: str
    money: Money


def ask_credit(t: Translator, *, name: str, group: str) -> Screen:
    """How much credit somebody gets, and why."""
    return Screen(
        text=t.html(
            "How much credit do you give {name} in {group}, and why? Write it like this: {example}",
            name=name,
            group=group,
            example=t("5.00 thank you for helping"),
        )
    )


def sure_of_credit(t: Translator, receivers: Sequence[Receiver], *, reason: str, draft_id: int) -> Screen:
    """Before it is given: to whom of those it can mean, how much, and why."""
    if len(receivers) == 1:
        one = receivers[0]
        head = t.html(
            "<b>Give {name} {amount} credit in {group}?</b>",
            name=one.name,
            amount=t.money(one.money),
            group=one.group_title,
        )
    else:
        head = t.html("<b>To whom do you give this credit?</b>")
    buttons = [
        Button(
            text=shortened(
                t(
                    "{amount} to {name} ({group})",
                    amount=t.money(one.money),
                    name=one.name,
                    group=one.group_title,
                ),
                _LONGEST_BUTTON,
            ),
            data=CreditSureButton(draft_id, choice),
        )
        for choice, one in enumerate(receivers)
    ]
    nobody = Button(text=t("No"), data=CreditSureButton(draft_id, -1))
    return Screen(
        text=paragraphs(
            head,
            t.html("Why: {reason}", reason=reason),
            t.html("Credit pays for later orders in the group. It cannot be taken back."),
        ),
        buttons=[*([button] for button in buttons), [nobody]],
    )


def credit_given(t: Translator, receiver: Receiver) -> Screen:
    """To the curator: it is given."""
    return Screen(
        text=t.html(
            "{name} has {amount} more credit in {group}.",
            name=receiver.name,
            amount=t.money(receiver.money),
            group=receiver.group_title,
        )
    )


def credit_got(t: Translator, *, group: str, money: Money, reason: str, credit: Money) -> Screen:
    """To the member: she was given credit, and has so much now."""
    return Screen(
        text=paragraphs(
            t.html("<b>{group} gives you {amount} credit</b>", group=group, amount=t.money(money)),
            t.html("Why: {reason}", reason=reason),
            t.html(
                "Your credit in {group} is {amount}. It pays for your next orders there.",
                group=group,
                amount=t.money(credit),
            ),
        )
    )


def credit_not_given(t: Translator) -> Screen:
    """No credit was given."""
    return Screen(text=t.html("No credit was given."))


def credit_spent_toast(t: Translator, paid: Money, left: Money) -> str:
    """So much was paid out of credit, and so much credit is left."""
    return t("Paid with credit: {amount}. Credit left: {left}", amount=t.money(paid), left=t.money(left))
