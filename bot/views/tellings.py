"""Telling a pick to some instead of posting it, for its curator: whom it reaches, and what it spends."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks.drafts import DraftButton
from bot.callbacks.picks import ManageButton
from bot.callbacks.tellings import DraftTellingButton, TellingButton
from bot.callbacks.trust import SlotButton
from bot.i18n import Translator
from bot.rules.quiet_hours import quiet_ends
from bot.rules.tellings import FEWEST, RESTS
from bot.rules.trust_allowance import Slot
from bot.services.tellings.telling import Audience
from bot.views.screens import Button, Screen, lines, paragraphs
from bot.views.trust_slots import why_not_now
from storage.models import Group, Telling
from storage.repositories.picks import PostedPick


def draft_telling_button(t: Translator, draft_id: int) -> Button:
    """Beside the button that posts a draft."""
    return Button(text=t("Tell only those who may care"), data=DraftTellingButton(draft_id, "look"))


def post_after_all_button(t: Translator, pick_id: int) -> Button:
    """Beneath a pick that was told to some."""
    return Button(text=t("Post it in the group after all"), data=TellingButton(pick_id, "post"))


def draft_audience(
    t: Translator, group: Group, audience: Audience, *, draft_id: int, title: str, now: datetime
) -> Screen:
    """Who would be told of a draft."""
    tell = Button(text=t("Tell them"), data=DraftTellingButton(draft_id, "tell"))
    back = Button(text=t("‹ Back"), data=DraftButton(draft_id, "leave"))
    return _audience(t, group, audience, title=title, tell=tell, back=back, now=now)


def pick_audience(t: Translator, posted: PostedPick, audience: Audience, *, now: datetime) -> Screen:
    """Who would be told of a pick that waits for its slot."""
    tell = Button(text=t("Tell them"), data=TellingButton(posted.id, "tell"))
    back = Button(text=t("‹ Back"), data=SlotButton(posted.id, "home"))
    title = posted.offer.title
    return _audience(t, posted.group, audience, title=title, tell=tell, back=back, now=now)


def told_notice(t: Translator, posted: PostedPick, telling: Telling) -> Screen:
    """It is told."""
    return Screen(
        text=paragraphs(
            t.html("<b>#{number} {title}</b>", number=posted.pick.number, title=posted.offer.title),
            _told(t, telling),
        ),
        buttons=[[Button(text=t("All about it"), data=ManageButton(posted.id, "home"))]],
    )


def told_toast(t: Translator, *, number: int, told: int) -> str:
    """A toast: it is told."""
    return t.plural(
        "Pick #{number} is told to {n} member.", "Pick #{number} is told to {n} members.", told, number=number
    )


def post_question(
    t: Translator, posted: PostedPick, telling: Telling, slot: Slot, *, is_owner: bool, now: datetime
) -> Screen:
    """Shall what was told to some be posted in the group as well?"""
    may_post = slot.fits or is_owner
    text = t("Post it now") if slot.fits else t("Post it all the same")
    return Screen(
        text=paragraphs(
            t.html("<b>#{number} {title}</b>", number=posted.pick.number, title=posted.offer.title),
            _told(t, telling),
            t.html(
                "Posted in the group it is there for all, and spends a whole post. "
                "What came of telling it is counted until then."
            )
            if posted.group.keeps_allowance
            else t.html(
                "Posted in the group it is there for all. What came of telling it is counted until then."
            ),
            why_not_now(t, posted.group, slot.holds, now=now),
            None if may_post else t.html("The owner of the group can post it all the same."),
        ),
        buttons=[
            [Button(text=text, data=TellingButton(posted.id, "posted"))] if may_post else [],
            [Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))],
        ],
    )


def _told(t: Translator, telling: Telling) -> Markup:
    return lines(
        t.html_plural(
            "It is told to {n} member personally; it has no card in the group.",
            "It is told to {n} members personally; it has no card in the group.",
            telling.told_count,
        ),
        t.html_plural(
            "{n} member was left out by lot, so that it can be seen what telling does.",
            "{n} members were left out by lot, so that it can be seen what telling does.",
            telling.held_count,
        )
        if telling.held_count
        else None,
    )


def _audience(
    t: Translator,
    group: Group,
    audience: Audience,
    *,
    title: str,
    tell: Button,
    back: Button,
    now: datetime,
) -> Screen:
    head = t.html("<b>Tell only those who may care</b>")
    if not audience.is_enough:
        return Screen(text=paragraphs(head, too_few(t)), buttons=[[back]])
    return Screen(
        text=paragraphs(
            head,
            t.html_plural(
                "{n} of {members} members is likely to care about {title} and lets me tell such things.",
                "{n} of {members} members are likely to care about {title} and let me tell such things.",
                len(audience.people),
                members=t.number(audience.members),
                title=title,
            ),
            lines(
                t.html(
                    "It is told to them in private, each with the true reason, and no card appears in the "
                    "group."
                ),
                t.html(
                    "That spends at most {percent} of a post; a card spends a whole one.",
                    percent=t.percent(audience.weight_bps),
                )
                if group.keeps_allowance
                else None,
            ),
            t.html(
                "Each of them is left out with a chance of one in ten: only so can I tell you later whether "
                "telling sells more. Nobody learns who that is."
            ),
            t.html_plural(
                "Nobody is told anything like this in your group twice within {n} day.",
                "Nobody is told anything like this in your group twice within {n} days.",
                RESTS.days,
            ),
            _waits(t, group, now=now),
        ),
        buttons=[[tell], [back]],
    )


def too_few(t: Translator) -> Markup:
    """Nobody much would be reached."""
    return t.html_plural(
        "Fewer than {n} member is likely to care and may be told, so that is not worth doing. Members allow "
        "it at /notices, and each may be told of something once a week.",
        "Fewer than {n} members are likely to care and may be told, so that is not worth doing. Members "
        "allow it at /notices, and each may be told of something once a week.",
        FEWEST,
    )


def _waits(t: Translator, group: Group, *, now: datetime) -> Markup | None:
    awake = quiet_ends(
        now, time_zone=group.time_zone, quiet_from=group.quiet_from, quiet_until=group.quiet_until
    )
    if awake is None:
        return None
    return t.html(
        "It is quiet in the group now: they hear of it {moment}.",
        moment=t.moment(awake, group.time_zone, now=now),
    )
