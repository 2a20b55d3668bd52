"""Reminding a member of a pick that closes soon."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.receipts import ReminderButton
from bot.i18n import Translator
from bot.views.screens import Button, Screen, lines
from storage.repositories.picks import PostedPick


def reminder(t: Translator, posted: PostedPick, *, ordered: str, now: datetime) -> Screen:
    """To somebody who wanted to be reminded; `ordered` says what she has."""
    moment = t.moment(posted.pick.closes_at, posted.group.time_zone, now=now)
    return Screen(
        text=lines(
            t.html(
                "<b>{group}</b>: pick #{number} {title} closes soon, at {moment}.",
                group=posted.group.title,
                number=posted.pick.number,
                title=posted.offer.title,
                moment=moment,
            ),
            Markup.escape(ordered),
        ),
        buttons=[[Button(text=t("Details"), data=DetailsButton(posted.id, 0))]],
    )


def reminder_button(t: Translator, pick_id: int, *, is_set: bool, order_id: int = 0) -> Button:
    """Wanting to be reminded, or not any more."""
    if is_set:
        return Button(text=t("Do not remind me"), data=ReminderButton(pick_id, 0, order_id))
    return Button(text=t("Remind me"), data=ReminderButton(pick_id, 1, order_id))


def reminder_kept(t: Translator, due_at: datetime, *, time_zone: str, now: datetime) -> str:
    """It will be done."""
    return t(
        "I will remind you an hour before the close: {moment}.", moment=t.moment(due_at, time_zone, now=now)
    )


def reminder_forgotten(t: Translator) -> str:
    """It will not be done."""
    return t("All right, I will not remind you.")
