"""Who told you? The question about an order, and the words around its answer."""

from collections.abc import Sequence

from bot.callbacks.shares import ToldButton, WhoToldButton
from bot.i18n import Translator
from bot.services.shares import WhoTold
from bot.views.screens import Button, Screen, in_rows, paragraphs, shortened
from storage.repositories.orders import OwnOrder

_LONGEST_NAME = 30


def who_told_question(t: Translator, asked: WhoTold) -> Screen:
    """To a member about her order: who told her of it, by buttons or by a name."""
    order = asked.order
    return Screen(
        text=paragraphs(
            t.html(
                "Who told you of #{number} {title} ({group})?",
                number=order.pick_number,
                title=order.title,
                group=order.group_title,
            ),
            t.html("So far I think that it was {name}.", name=asked.named) if asked.named else None,
            t.html(
                "Your price stays the same. If the group pays for recommendations, it goes to that person."
            ),
        ),
        buttons=[
            *in_rows(_people(order.order_id, asked.people), width=2),
            [Button(text=t("Somebody else"), data=WhoToldButton(order.order_id, "type"))],
            [Button(text=t("Nobody in particular"), data=WhoToldButton(order.order_id, "nobody"))],
        ],
    )


def who_told_button(t: Translator, order_id: int) -> Button:
    """Asks for the question, beneath an order."""
    return Button(text=t("Who told you of it?"), data=WhoToldButton(order_id, "ask"))


def name_asked(t: Translator, order: OwnOrder) -> Screen:
    """Somebody else: her name is to be typed."""
    return Screen(
        text=t.html("Who was it? Write the name in {group}, or the @name.", group=order.group_title),
        buttons=[[Button(text=t("‹ Back"), data=WhoToldButton(order.order_id, "ask"))]],
    )


def which_of_them(t: Translator, order: OwnOrder, people: Sequence[tuple[int, str]]) -> Screen:
    """The members whom a typed name may mean."""
    return Screen(
        text=t.html("Whom do you mean?"),
        buttons=[
            *in_rows(_people(order.order_id, people), width=2),
            [Button(text=t("‹ Back"), data=WhoToldButton(order.order_id, "ask"))],
        ],
    )


def told_noted(t: Translator, order: OwnOrder, *, name: str) -> Screen:
    """It is noted who told her."""
    return Screen(
        text=t.html(
            "Thank you: it was {name} who told you of #{number} {title}.",
            name=name,
            number=order.pick_number,
            title=order.title,
        ),
        buttons=[[Button(text=t("No, somebody else"), data=WhoToldButton(order.order_id, "ask"))]],
    )


def nobody_noted(t: Translator) -> Screen:
    """Nobody in particular told her."""
    return Screen(text=t.html("All right, nothing is noted."))


def _people(order_id: int, people: Sequence[tuple[int, str]]) -> list[Button]:
    return [
        Button(text=shortened(name, _LONGEST_NAME), data=ToldButton(order_id, person_id))
        for person_id, name in people
    ]
