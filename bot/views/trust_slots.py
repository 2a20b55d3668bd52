"""A pick that waits for its slot: when it is posted, why not now, and what can be done."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.picks import ManageButton
from bot.callbacks.tellings import TellingButton
from bot.callbacks.trust import SlotButton, SlotTimeButton
from bot.i18n import Translator
from bot.rules.trust_allowance import WHOLE_BPS, Hold, Reason
from bot.services.tellings.telling import can_be_told
from bot.services.trust_slots import Waiting
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs
from storage.models import Group
from storage.repositories.picks import PostedPick


def slot_screen(
    t: Translator,
    waiting: Waiting,
    *,
    is_owner: bool,
    now: datetime,
    asked_by: str | None = None,
    note: str | Markup | None = None,
) -> Screen:
    """When a pick is posted and why then, to its curator or the owner."""
    posted = waiting.posted
    return Screen(
        text=paragraphs(
            Markup.escape(note) if note else None,
            t.html("{name} asks you to post this now.", name=asked_by) if asked_by else None,
            lines(
                Markup("<b>{}</b>").format(_title(t, posted)),
                Markup.escape(posted.group.title),
                _when(t, waiting, now=now),
            ),
            why_not_now(t, posted.group, waiting.slot.holds, now=now),
            None
            if waiting.slot.fits or is_owner
            else t.html("The owner of the group can post it all the same."),
        ),
        buttons=_buttons(t, waiting, is_owner=is_owner),
    )


def why_not_now(
    t: Translator, group: Group, holds: Sequence[Hold], *, now: datetime, with_part: bool = True
) -> Markup | None:
    """Everything that keeps a post from being made now, and until when it does."""
    if not holds:
        return None
    return lines(
        t.html("Why not now:"),
        *(Markup("• {}").format(_hold(t, group, hold, now=now)) for hold in holds),
        uses_part(t, group) if with_part else None,
    )


def uses_part(t: Translator, group: Group) -> Markup | None:
    """That a group may not use all of its caps at present."""
    if group.trust_bps >= WHOLE_BPS:
        return None
    return t.html(
        "After bad signs the group uses {percent} of its caps for a while, so that days and weeks count "
        "longer.",
        percent=t.percent(group.trust_bps),
    )


def held_in_group(t: Translator, posted: PostedPick, *, link: str, now: datetime) -> Screen:
    """In a group, to a curator: what she posts does not fit now."""
    return Screen(
        text=t.html(
            "#{number} does not fit the group's allowance now. It is kept and will be posted {moment}.",
            number=posted.pick.number,
            moment=t.moment(posted.pick.opens_at, posted.group.time_zone, now=now),
        ),
        buttons=[[Button(text=t("Why, and what else"), url=link)]],
    )


def slot_times(t: Translator, posted: PostedPick, moments: Sequence[datetime], *, now: datetime) -> Screen:
    """Other times at which it would fit; or one is written."""
    zone = posted.group.time_zone
    buttons = [
        Button(text=t.moment(moment, zone, now=now), data=SlotTimeButton(posted.id, int(moment.timestamp())))
        for moment in moments
    ]
    if posted.pick.is_carried:
        asked = t.html(
            "When shall #{number} be posted? Tap a time that is free, or write one, like “fri 18:00”; it "
            "closes {closes} all the same.",
            number=posted.pick.number,
            closes=t.moment(posted.pick.closes_at, zone, now=now),
        )
    else:
        asked = t.html(
            "When shall #{number} be posted? These times are free. Tap one, or write another, like “fri "
            "18:00”; its deadline moves along.",
            number=posted.pick.number,
        )
    return Screen(text=asked, buttons=[*in_rows(buttons, width=2), [_back(t, posted)]])


def drop_question(t: Translator, posted: PostedPick) -> Screen:
    """Shall it really not be posted?"""
    fields = {"number": posted.pick.number, "title": posted.offer.title}
    if posted.pick.is_carried:
        asked = t.html(
            "Shall #{number} {title} not be posted? As long as its supplier lets other groups sell it, it is "
            "on /market.",
            **fields,
        )
    else:
        asked = t.html(
            "Shall #{number} {title} not be posted? It is kept: /repost {number} posts it after all.",
            **fields,
        )
    return Screen(
        text=asked,
        buttons=[
            [Button(text=t("Drop it"), data=SlotButton(posted.id, "dropped"))],
            [_back(t, posted)],
        ],
    )


def dropped_notice(t: Translator, posted: PostedPick) -> Screen:
    """It is not posted, and nothing of it is lost."""
    fields = {"number": posted.pick.number, "title": posted.offer.title}
    if posted.pick.is_carried:
        said = t.html(
            "#{number} {title} is dropped. As long as its supplier lets other groups sell it, it is on "
            "/market.",
            **fields,
        )
    else:
        said = t.html(
            "#{number} {title} is dropped. Nothing of it is lost: /repost {number} posts it after all.",
            **fields,
        )
    return Screen(
        text=said,
        buttons=[[Button(text=t("All about it"), data=ManageButton(posted.id, "home"))]],
    )


def posted_notice(t: Translator, posted: PostedPick) -> Screen:
    """It is posted after all."""
    return Screen(
        text=t.html("#{number} {title} is posted now.", number=posted.pick.number, title=posted.offer.title),
        buttons=[[Button(text=t("All about it"), data=ManageButton(posted.id, "home"))]],
    )


def drop_reason(t: Translator) -> str:
    """Why a pick was withdrawn that was never posted."""
    return t("It was never posted.")


def moved_note(t: Translator, posted: PostedPick, *, wanted: datetime, now: datetime) -> str:
    """Whether the time that was asked for was free."""
    moment = t.moment(posted.pick.opens_at, posted.group.time_zone, now=now)
    if posted.pick.opens_at == wanted:
        return t("It is planned for {moment}.", moment=moment)
    return t("That time is not free. The next one is {moment}.", moment=moment)


def owner_asked(t: Translator, *, is_told: bool) -> str:
    """A toast: the owner hears of it, or cannot."""
    if is_told:
        return t("The owner is asked.")
    return t("The owner has not opened the private chat with me, so I cannot ask. Please write yourself.")


def _when(t: Translator, waiting: Waiting, *, now: datetime) -> Markup:
    pick, zone = waiting.posted.pick, waiting.posted.group.time_zone
    if pick.opens_at >= pick.closes_at:
        # Its supplier's deadline does not move along.
        return t.html(
            "It closes {closes}, before the group bears its next post: unless there is room sooner, it is "
            "not posted.",
            closes=t.moment(pick.closes_at, zone, now=now),
        )
    talk = [hold for hold in waiting.slot.holds if hold.reason is Reason.TALK]
    if talk and waiting.slot.waits_for_talk_alone and pick.wanted_at is not None:
        return t.html(
            "It will be posted when the group has talked a little, {moment} at the latest.",
            moment=t.moment(talk[0].until, zone, now=now),
        )
    return t.html(
        "It will be posted {opens} and take orders until {closes}.",
        opens=t.moment(pick.opens_at, zone, now=now),
        closes=t.moment(pick.closes_at, zone, now=now),
    )


def _hold(t: Translator, group: Group, hold: Hold, *, now: datetime) -> Markup:
    moment = t.moment(hold.until, group.time_zone, now=now)
    match hold.reason:
        case Reason.DAY:
            return t.html_plural(
                "The group bears {n} post a day; that is free again from {moment}.",
                "The group bears {n} posts a day; there is room again from {moment}.",
                hold.count,
                moment=moment,
            )
        case Reason.WEEK:
            return t.html_plural(
                "The group bears {n} post a week; that is free again from {moment}.",
                "The group bears {n} posts a week; there is room again from {moment}.",
                hold.count,
                moment=moment,
            )
        case Reason.CURATOR:
            return t.html_plural(
                "Each curator posts once in {n} day here; it is this curator's turn from {moment}.",
                "Each curator posts once in {n} days here; it is this curator's turn from {moment}.",
                hold.count,
                moment=moment,
            )
        case Reason.TALK:
            return t.html_plural(
                "{n} more ordinary message has to be written in the group first; "
                "from {moment} none is needed.",
                "{n} more ordinary messages have to be written in the group first; "
                "from {moment} none is needed.",
                hold.count,
                moment=moment,
            )
    return t.html("It is quiet in the group until {moment}.", moment=moment)


def _buttons(t: Translator, waiting: Waiting, *, is_owner: bool) -> list[list[Button]]:
    key = waiting.posted.id
    if waiting.slot.fits:
        first = Button(text=t("Post it now"), data=SlotButton(key, "now"))
    elif is_owner:
        first = Button(text=t("Post it all the same"), data=SlotButton(key, "now"))
    else:
        first = Button(text=t("Ask the owner"), data=SlotButton(key, "ask"))
    instead = Button(text=t("Tell only those who may care"), data=TellingButton(key, "look"))
    can_tell = not waiting.slot.fits and can_be_told(waiting.posted)
    return [
        [first],
        [instead] if can_tell else [],
        [
            Button(text=t("Another time"), data=SlotButton(key, "times")),
            Button(text=t("Drop it"), data=SlotButton(key, "drop")),
        ],
    ]


def _title(t: Translator, posted: PostedPick) -> str:
    return t("#{number} {title}", number=posted.pick.number, title=posted.offer.title)


def _back(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("‹ Back"), data=SlotButton(posted.id, "home"))
