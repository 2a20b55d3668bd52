"""Who leads a group, who helps, and what a person may do in it."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from bot.callbacks.roles import AppointButton, CuratorsButton, HelperButton, PersonButton
from bot.i18n import Translator
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, paragraphs
from storage.models import Group, PickupPoint
from storage.repositories.roles import Helper, Leader
from storage.states import Role

_MOST_BUTTONS = 60


def curators_card(
    t: Translator,
    group: Group,
    leaders: Sequence[Leader],
    helpers: Sequence[Helper],
    *,
    may_appoint: bool,
) -> Screen:
    """Who leads a group and who helps; its owner can open each of them."""
    people = [_leader(t, leader) for leader in leaders]
    helping = [t.html("{name}: helps at {point}", name=h.name, point=h.point_name) for h in helpers]
    shown = {leader.person_id: leader.name for leader in leaders if leader.role is not Role.OWNER}
    shown |= {helper.person_id: helper.name for helper in helpers}
    assert group.id is not None
    buttons = [Button(text=name, data=PersonButton(group.id, person_id)) for person_id, name in shown.items()]
    return Screen(
        text=paragraphs(
            t.html("<b>Who leads {group}</b>", group=group.title),
            as_fits([*people, *helping], between="\n", limit=3500),
            t.html(
                "To appoint somebody, answer a message of theirs in the group with /appoint, or write the "
                "name here: <code>/appoint Ann</code>"
            )
            if may_appoint
            else None,
        ),
        buttons=in_rows(buttons[:_MOST_BUTTONS], width=2) if may_appoint else (),
    )


def found_people(t: Translator, group: Group, people: Sequence[tuple[int, str]]) -> Screen:
    """Members whose names fit, to choose one."""
    assert group.id is not None
    buttons = [Button(text=name, data=PersonButton(group.id, person_id)) for person_id, name in people]
    return Screen(
        text=t.html("Whom of {group} do you mean?", group=group.title), buttons=in_rows(buttons, width=2)
    )


def person_page(
    t: Translator,
    group: Group,
    *,
    person_id: int,
    name: str,
    leader: Leader | None,
    points: Sequence[PickupPoint],
    helps_at: Collection[int],
) -> Screen:
    """What one person may do in a group, with buttons that change it."""
    assert group.id is not None
    here = [point.name for point in points if point.id in helps_at]
    may = _leader(t, leader) if leader is not None else t.html("{name} is a member.", name=name)
    back = Button(text=t("‹ Back"), data=CuratorsButton(group.id))
    return Screen(
        text=paragraphs(
            t.html("<b>{name}</b> in {group}", name=name, group=group.title),
            lines(may, t.html("Hands goods over at {points}.", points=t.listed(here)) if here else None),
        ),
        buttons=[
            *([button] for button in _role_buttons(t, group.id, person_id, leader)),
            *in_rows(_helper_buttons(t, group.id, person_id, points, helps_at), width=2),
            [back],
        ],
    )


def appointed(t: Translator, group: Group, *, role: str) -> Markup:
    """To whoever was given a role, or lost one."""
    if role == "curator":
        return t.html("You are a curator of {group} now: /new begins a pick.", group=group.title)
    if role == "own":
        return t.html(
            "You are a curator of {group} now, for picks of your own: /new begins one.", group=group.title
        )
    return t.html("You are no longer a curator of {group}. Thank you for your help!", group=group.title)


def helper_told(t: Translator, group: Group, *, point: str, helps: bool) -> Markup:
    """To whoever may hand goods over at a point now, or no longer."""
    if helps:
        return t.html(
            "You may now hand goods over at {point} for {group}: /handover shows what is there.",
            point=point,
            group=group.title,
        )
    return t.html(
        "You no longer hand goods over at {point} for {group}. Thank you for your help!",
        point=point,
        group=group.title,
    )


def _leader(t: Translator, leader: Leader) -> Markup:
    if leader.role is Role.OWNER:
        return t.html("{name}: owner", name=leader.name)
    if leader.own_picks_only:
        return t.html("{name}: curator of own picks", name=leader.name)
    if leader.is_appointed:
        return t.html("{name}: curator", name=leader.name)
    return t.html("{name}: curator, as an administrator of the chat", name=leader.name)


def _role_buttons(t: Translator, group_id: int, person_id: int, leader: Leader | None) -> list[Button]:
    if leader is not None and leader.role is Role.OWNER:
        return []
    to = {
        "curator": Button(text=t("Make curator"), data=AppointButton(group_id, person_id, "curator")),
        "own": Button(
            text=t("Make curator of own picks only"), data=AppointButton(group_id, person_id, "own")
        ),
        "member": Button(text=t("Dismiss as curator"), data=AppointButton(group_id, person_id, "member")),
    }
    if leader is None:
        return [to["curator"], to["own"]]
    other = to["curator"] if leader.own_picks_only else to["own"]
    return [other, to["member"]] if leader.is_appointed else [other]


def _helper_buttons(
    t: Translator, group_id: int, person_id: int, points: Sequence[PickupPoint], helps_at: Collection[int]
) -> list[Button]:
    buttons = []
    for point in points[:_MOST_BUTTONS]:
        assert point.id is not None
        helps = point.id in helps_at
        text = (
            t("No longer at {point}", point=point.name) if helps else t("Helper at {point}", point=point.name)
        )
        buttons.append(Button(text=text, data=HelperButton(group_id, person_id, point.id, int(not helps))))
    return buttons
