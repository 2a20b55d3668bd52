"""A group's caps in words, and the page on which they are set."""

from markupsafe import Markup

from bot.callbacks.groups import SettingButton, SettingsButton
from bot.callbacks.trust import TrustButton
from bot.i18n import Translator
from bot.rules.trust_caps import NAMES, OFFERED
from bot.rules.trust_votes import Choice
from bot.views.screens import Button, Screen, lines, paragraphs
from storage.models import Group


def allowance_words(t: Translator, group: Group) -> str:
    """How many posts a group bears, or that it does not mind."""
    if not group.keeps_allowance:
        return t("off")
    return choice_words(t, Choice(group.posts_a_day, group.posts_a_week))


def choice_words(t: Translator, choice: Choice) -> str:
    """So many posts a day and a week."""
    day, week = t.number(choice.a_day), t.number(choice.a_week)
    if choice.a_day and choice.a_week:
        return t("{day} a day, {week} a week", day=day, week=week)
    if choice.a_day:
        return t("{day} a day", day=day)
    if choice.a_week:
        return t("{week} a week", week=week)
    return t("as many as come")


def caps_page(t: Translator, group: Group, *, saved: bool = False) -> Screen:
    """The caps, each with what it may become."""
    key = group.id or 0
    if not group.keeps_allowance:
        on = Button(text=t("Turn it on"), data=SettingButton(key, "allowance", "on"))
        return Screen(
            text=paragraphs(_head(t, group), _what_it_is(t), t.html("Saved.") if saved else None),
            buttons=[[on], [_back(t, key)]],
        )
    rows = [[_choice(t, group, name, value) for value in values] for name, values in OFFERED.items()]
    off = Button(text=t("Turn it off"), data=SettingButton(key, "allowance", "off"))
    standing = Button(text=t("What is left"), data=TrustButton(key))
    return Screen(
        text=paragraphs(
            _head(t, group),
            _what_it_is(t),
            caps_lines(t, group),
            t.html(
                "Any other number can be written, here or in the group: "
                "<code>/settings allowance day 4</code> (or week, curator, messages)"
            ),
            t.html("Saved.") if saved else None,
        ),
        buttons=[*rows, [standing, off], [_back(t, key)]],
    )


def caps_lines(t: Translator, group: Group) -> Markup:
    """Every cap that a group has, a line each."""
    return lines(
        t.html("Posts: {caps}", caps=choice_words(t, Choice(group.posts_a_day, group.posts_a_week))),
        t.html_plural(
            "Each curator but the owner: one in {n} day",
            "Each curator but the owner: one in {n} days",
            group.curator_days,
        )
        if group.curator_days
        else None,
        t.html_plural(
            "Between two posts: {n} ordinary message",
            "Between two posts: {n} ordinary messages",
            group.messages_between,
        )
        if group.messages_between
        else None,
    )


def _head(t: Translator, group: Group) -> Markup:
    return t.html("<b>Allowance of {group}: {caps}</b>", group=group.title, caps=allowance_words(t, group))


def _what_it_is(t: Translator) -> Markup:
    return t.html(
        "A group bears only so many offers before people stop reading. What does not fit is not refused: it "
        "waits for the next free slot, and never for the night. The owner can post it all the same."
    )


def _choice(t: Translator, group: Group, name: str, value: int) -> Button:
    text = _short(t, name, value)
    is_so = getattr(group, NAMES[name]) == value
    return Button(
        text=t("✓ {choice}", choice=text) if is_so else text,
        data=SettingButton(group.id or 0, "allowance", f"{name}-{value}"),
    )


def _short(t: Translator, name: str, value: int) -> str:
    """At most some twenty signs: four of them share a row."""
    number = t.number(value)
    match name:
        case "day":
            return t("{n} a day", n=number) if value else t("day: any")
        case "week":
            return t("{n} a week", n=number) if value else t("week: any")
        case "curator":
            return t("per {n} days", n=number) if value else t("curator: any")
    return t("{n} between", n=number) if value else t("none between")


def _back(t: Translator, group_id: int) -> Button:
    return Button(text=t("‹ Back"), data=SettingsButton(group_id, "home"))
