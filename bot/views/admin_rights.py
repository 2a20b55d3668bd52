"""Who runs the bot, and giving or taking that right."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.admins import AdminButton, AdminRightsButton
from bot.i18n import Translator
from bot.views.screens import Button, Screen, as_fits, in_rows, paragraphs, shortened
from storage.models import Person
from storage.repositories.admins import GrantedAdmin

GRANT: Final = "grant"
REVOKE: Final = "revoke"
SHOW: Final = "show"

_LONGEST_NAME = 40
_MOST_BUTTONS = 40
_ZONE = "UTC"


def admins_list(
    t: Translator,
    granted: Sequence[GrantedAdmin],
    by_settings: Sequence[tuple[int, str | None]],
    *,
    now: datetime,
) -> Screen:
    """Who runs the bot: by the settings, and by whose word."""
    told = [
        *(
            t.html("{name}: by the settings of the bot", name=_name(name or str(person_id)))
            for person_id, name in by_settings
        ),
        *(
            t.html(
                "{name}: by {granter}, {moment}",
                name=_name(one.name),
                granter=_name(one.granted_by),
                moment=t.moment(one.granted_at, _ZONE, now=now),
            )
            for one in granted
        ),
    ]
    buttons = [
        Button(text=_name(one.name), data=AdminRightsButton(one.person_id, SHOW, 0))
        for one in granted[:_MOST_BUTTONS]
    ]
    return Screen(
        text=paragraphs(
            t.html("<b>Who runs the bot</b>"),
            as_fits(told, between="\n", limit=3500) if told else t.html("Nobody."),
        ),
        buttons=[*in_rows(buttons, width=2), [_home(t)]],
    )


def people_found(t: Translator, people: Sequence[Person]) -> Screen:
    """Several people had this username when they were last seen."""
    buttons = [
        Button(
            text=t("{name} ({number})", name=_name(person.name), number=person.id),
            data=AdminRightsButton(person.id, SHOW, 0),
        )
        for person in people
    ]
    return Screen(text=t.html("Whom do you mean?"), buttons=in_rows(buttons, width=1))


def rights_page(
    t: Translator, person: Person, granted: GrantedAdmin | None, *, is_in_settings: bool, now: datetime
) -> Screen:
    """What one person may do as an admin, with the button that changes it."""
    if is_in_settings:
        may, button = t.html("An admin by the settings of the bot."), None
    elif granted is not None:
        may = t.html(
            "An admin since {moment}, by {granter}.",
            moment=t.moment(granted.granted_at, _ZONE, now=now),
            granter=_name(granted.granted_by),
        )
        button = Button(text=t("Take the rights back"), data=AdminRightsButton(person.id, REVOKE, 0))
    else:
        may = t.html("No admin.")
        button = Button(text=t("Make an admin"), data=AdminRightsButton(person.id, GRANT, 0))
    return Screen(
        text=paragraphs(_who(t, person), may),
        buttons=[
            [button] if button else [],
            [Button(text=t("‹ Who runs the bot"), data=AdminButton("admins"))],
        ],
    )


def rights_asked(t: Translator, person: Person, deed: str) -> Screen:
    """Is she sure?"""
    back = Button(text=t("‹ Back"), data=AdminRightsButton(person.id, SHOW, 0))
    if deed == REVOKE:
        asked = t.html("Take an admin's rights from {name}?", name=_name(person.name))
        sure = Button(text=t("Yes, take them back"), data=AdminRightsButton(person.id, REVOKE, 1))
    else:
        asked = t.html(
            "Make {name} an admin? Admins see every group; they decide there about promotions, payouts and "
            "rewards as its owner does, send campaigns, and make others admins.",
            name=_name(person.name),
        )
        sure = Button(text=t("Yes, make an admin"), data=AdminRightsButton(person.id, GRANT, 1))
    return Screen(text=paragraphs(_who(t, person), asked), buttons=[[sure], [back]])


def rights_changed(t: Translator, *, granted: bool) -> Markup:
    """To whoever was given an admin's rights, or lost them."""
    if granted:
        return t.html("You are an admin of this bot now: /admin shows what there is to look after.")
    return t.html("You are no longer an admin of this bot. Thank you for your help!")


def rights_told(t: Translator, *, name: str, by: str, granted: bool) -> Markup:
    """To the other admins, so that none comes or goes unseen."""
    if granted:
        return t.html("{by} made {name} an admin of this bot.", by=_name(by), name=_name(name))
    return t.html("{by} took an admin's rights from {name}.", by=_name(by), name=_name(name))


def _who(t: Translator, person: Person) -> Markup:
    name = Markup("<b>{}</b>").format(_name(person.name))
    if person.username:
        return Markup("{} (@{}, <code>{}</code>)").format(name, person.username, person.id)
    return Markup("{} (<code>{}</code>)").format(name, person.id)


def _name(name: str) -> str:
    return shortened(name, _LONGEST_NAME)


def _home(t: Translator) -> Button:
    return Button(text=t("‹ Overview"), data=AdminButton("home"))
