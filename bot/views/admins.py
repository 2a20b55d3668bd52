"""What those who run the bot see: what there is to look after, groups, acts and health."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from bot.callbacks.admins import (
    AdminAuditButton,
    AdminButton,
    AdminGroupButton,
    AdminGroupsButton,
    LettersButton,
    UnsentListButton,
)
from bot.callbacks.flags import FlagsButton
from bot.callbacks.groups import PlanButton
from bot.callbacks.payouts import PayoutsButton
from bot.callbacks.statistics import StatisticsButton
from bot.i18n import Translator
from bot.views.audit import act_in_words
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, paragraphs, shortened
from storage.models import Group
from storage.repositories.admins import GroupSeen, Overview
from storage.repositories.audit import AuditLine

GROUPS_A_PAGE: Final = 12
ACTS_A_PAGE: Final = 20

_LONGEST_TITLE = 40
_ZONE = "UTC"


def admin_home(t: Translator, found: Overview) -> Screen:
    """What there is to look after, with the commands and the buttons that lead there."""
    return Screen(
        text=paragraphs(
            t.html("<b>What there is to look after</b>"),
            lines(
                t.html("Groups: {count}", count=t.number(found.groups)),
                t.html("/campaigns – under way: {count}", count=t.number(found.campaigns)),
                t.html("/promotions – in force: {count}", count=t.number(found.promotions)),
                t.html("/payouts – to be paid: {count}", count=t.number(found.payouts)),
                t.html("/flags – rewards to look at: {count}", count=t.number(found.flags)),
                t.html("/cases – to be decided by you: {count}", count=t.number(found.cases)),
                t.html("Updates that could not be handled: {count}", count=t.number(found.letters)),
                t.html("Messages that could not be sent: {count}", count=t.number(found.unsent)),
            ),
            t.html(
                "/admin honey finds groups by their title. /grant and /revoke with a @name or a number, or "
                "in answer to a message, say who else may do this."
            ),
        ),
        buttons=[
            *in_rows(
                [
                    Button(text=t("Rewards to look at"), data=FlagsButton(0, 0)),
                    Button(text=t("Groups"), data=AdminGroupsButton(0)),
                    Button(text=t("Updates put aside"), data=LettersButton(0)),
                    Button(text=t("Not sent"), data=UnsentListButton()),
                    Button(text=t("What was done"), data=AdminAuditButton(0, 0)),
                    Button(text=t("How the bot is"), data=AdminButton("health")),
                ],
                width=2,
            ),
            [Button(text=t("Who runs the bot"), data=AdminButton("admins"))],
        ],
    )


def admin_groups(t: Translator, groups: Sequence[Group], *, page: int, has_more: bool, words: str) -> Screen:
    """A page of groups by title, or those that were searched for."""
    head = (
        t.html("<b>Groups with “{words}” in their title</b>", words=shortened(words, _LONGEST_TITLE))
        if words
        else t.html("<b>All groups</b>")
    )
    if not groups:
        return Screen(text=paragraphs(head, t.html("There is none.")), buttons=[[_home(t)]])
    more = t.html("There are more; please search with another word.") if words and has_more else None
    turning = [] if words else _turning(t, page, has_more, AdminGroupsButton)
    return Screen(
        text=paragraphs(head, more),
        buttons=[
            *([Button(text=_title(t, one), data=AdminGroupButton(one.id or 0))] for one in groups),
            turning,
            [_home(t)],
        ],
    )


def admin_group(t: Translator, seen: GroupSeen, *, now: datetime) -> Screen:
    """One group with what it comes to."""
    group = seen.group
    assert group.id is not None
    return Screen(
        text=paragraphs(
            Markup("<b>{}</b>").format(group.title),
            lines(
                t.html("Its owner: {name}", name=shortened(seen.owner, _LONGEST_TITLE))
                if seen.owner
                else t.html("Nobody knows its owner."),
                t.html("Telegram's number of it: <code>{number}</code>", number=group.chat_id),
                t.html("Since {moment}", moment=t.moment(group.created_at, group.time_zone, now=now)),
                t.html(
                    "Currency {currency}, time zone {zone}", currency=group.currency, zone=group.time_zone
                ),
                t.html("Members whom the bot knows: {count}", count=t.number(seen.people)),
                t.html("Picks that are open: {count}", count=t.number(seen.live_picks)),
                t.html("Orders so far: {count}", count=t.number(seen.orders)),
                t.html("Rewards to look at: {count}", count=t.number(seen.flags)),
            ),
            t.html("The bot is no longer in this group.") if not group.is_active else None,
            t.html("The bot is not an administrator there.")
            if group.is_active and not group.bot_is_admin
            else None,
        ),
        buttons=[
            [
                Button(text=t("Rewards"), data=PlanButton(group.id, "page", "home")),
                Button(text=t("Payouts ›"), data=PayoutsButton(group.id, 0, 0)),
            ],
            [
                Button(text=t("Statistics"), data=StatisticsButton(group.id, "month")),
                Button(text=t("What was done there"), data=AdminAuditButton(group.id, 0)),
            ],
            [Button(text=t("‹ Groups"), data=AdminGroupsButton(0))],
        ],
    )


def admin_audit(
    t: Translator,
    acts: Sequence[tuple[str | None, AuditLine]],
    *,
    group: Group | None,
    names: Mapping[int, str],
    page: int,
    has_more: bool,
    now: datetime,
) -> Screen:
    """A page of what was done in a group, or everywhere, the newest first."""
    zone = group.time_zone if group else _ZONE
    head = (
        t.html("<b>What was done in {group}</b>", group=group.title)
        if group
        else t.html("<b>What was done everywhere</b>, by the clock of {zone}", zone=_ZONE)
    )
    told = [
        t.html(
            "{moment} · {place} · {name}: {act}",
            moment=t.moment(act.happened_at, zone, now=now),
            place=shortened(title, _LONGEST_TITLE) if title else t("the bot"),
            name=act.name or t("in the group's name"),
            act=act_in_words(t, act, names),
        )
        for title, act in acts
    ]
    key = group.id or 0 if group else 0
    back = Button(text=t("‹ Back"), data=AdminGroupButton(key)) if group else _home(t)
    return Screen(
        text=paragraphs(head, as_fits(told, between="\n", limit=3800) if told else t.html("Nothing yet.")),
        buttons=[_turning(t, page, has_more, lambda turned: AdminAuditButton(key, turned)), [back]],
    )


def admin_health(t: Translator, found: Overview, report: Mapping[str, Any] | None) -> Screen:
    """How the bot is: what /healthz says, and what waits to be sent."""
    return Screen(
        text=paragraphs(
            t.html("<b>How the bot is</b>"),
            _report(t, report) if report is not None else t.html("It does not say."),
            lines(
                t.html("To be sent: {count}", count=t.number(found.waiting)),
                t.html("Messages that could not be sent: {count}", count=t.number(found.unsent)),
                t.html("Updates that could not be handled: {count}", count=t.number(found.letters)),
            ),
        ),
        buttons=[[Button(text=t("Look again"), data=AdminButton("health"))], [_home(t)]],
    )


def _report(t: Translator, report: Mapping[str, Any]) -> Markup:
    polled, updated = report["last_poll_seconds"], report["last_update_seconds"]
    return lines(
        t.html("All is well.") if report["status"] == "ok" else t.html("<b>Something is wrong:</b>"),
        *(Markup("– {}").format(problem) for problem in report["problems"]),
        t.html("Telegram answered {seconds} s ago.", seconds=t.number(round(polled)))
        if polled is not None
        else t.html("Telegram delivers to a webhook."),
        t.html("The last update came {seconds} s ago.", seconds=t.number(round(updated)))
        if updated is not None
        else None,
    )


def _title(t: Translator, group: Group) -> str:
    title = shortened(group.title, _LONGEST_TITLE)
    return title if group.is_active else t("{title} (left)", title=title)


def _turning(t: Translator, page: int, has_more: bool, button: Any) -> list[Button]:
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=button(page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=button(page + 1)))
    return turning


def _home(t: Translator) -> Button:
    return Button(text=t("‹ Overview"), data=AdminButton("home"))
