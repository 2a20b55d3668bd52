"""What could not be handled or sent, for those who run the bot: why, and whether to try it again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from bot.callbacks.admins import AdminButton, LetterButton, LettersButton, UnsentButton, UnsentListButton
from bot.i18n import Translator
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import DeadLetter
from storage.repositories.outbox import UnsentReason

SHOW: Final = "show"
RETRY: Final = "retry"
DISCARD: Final = "discard"

LETTERS_A_PAGE: Final = 8
REASONS_SHOWN: Final = 20

_LONGEST_ERROR = 1000
_LONGEST_LINE = 60
_ZONE = "UTC"


def letters_list(
    t: Translator, letters: Sequence[DeadLetter], *, page: int, has_more: bool, now: datetime
) -> Screen:
    """A page of the updates that could not be handled, the newest first."""
    head = t.html("<b>Updates that could not be handled</b>")
    if not letters:
        return Screen(text=paragraphs(head, t.html("There is none.")), buttons=[[_home(t)]])
    told = [
        lines(
            t.html("{moment} · {kind}", moment=t.moment(one.died_at, _ZONE, now=now), kind=_kind(one)),
            Markup.escape(shortened(one.error, _LONGEST_LINE)),
            t.html("It is being tried again.") if one.retry_asked_at else None,
        )
        for one in letters
    ]
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=LettersButton(page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=LettersButton(page + 1)))
    return Screen(
        text=as_fits((head, *told), between="\n\n"),
        buttons=[
            *(
                [Button(text=_short(t, one, now=now), data=LetterButton(one.id or 0, SHOW, 0))]
                for one in letters
            ),
            turning,
            [_home(t)],
        ],
    )


def letter_page(t: Translator, letter: DeadLetter, *, now: datetime) -> Screen:
    """One of them: what it was, from whom, and what went wrong; none of its words."""
    key, person = letter.id or 0, _sender(letter.raw)
    deeds = []
    if letter.update_id is not None and letter.retry_asked_at is None:
        deeds.append([Button(text=t("Try it again"), data=LetterButton(key, RETRY, 0))])
    deeds.append([Button(text=t("Discard it"), data=LetterButton(key, DISCARD, 0))])
    return Screen(
        text=paragraphs(
            t.html(
                "<b>An update that could not be handled</b>, {moment}",
                moment=t.moment(letter.died_at, _ZONE, now=now),
            ),
            lines(
                t.html("What it was: {kind}", kind=_kind(letter)),
                t.html("Whose: <code>{number}</code>", number=person) if person else None,
                t.html("Its number: <code>{number}</code>", number=letter.update_id)
                if letter.update_id is not None
                else t.html("It has no number, so it cannot be tried again."),
            ),
            Markup("<code>{}</code>").format(shortened(letter.error, _LONGEST_ERROR)),
            t.html("It is being tried again.") if letter.retry_asked_at else None,
        ),
        buttons=[*deeds, [Button(text=t("‹ All of them"), data=LettersButton(0))]],
    )


def letter_asked(t: Translator, letter: DeadLetter, deed: str) -> Screen:
    """Is she sure?"""
    key = letter.id or 0
    if deed == DISCARD:
        asked = t.html("Discard this update for good? Whoever sent it has to do it once more.")
        yes = t("Yes, discard it")
    else:
        asked = t.html(
            "Try this update again? What it asked for is then done now, if the bot can do it by now; if not, "
            "it is put aside again."
        )
        yes = t("Yes, try it again")
    back = Button(text=t("‹ Back"), data=LetterButton(key, SHOW, 0))
    return Screen(text=asked, buttons=[[Button(text=yes, data=LetterButton(key, deed, 1))], [back]])


def unsent_list(t: Translator, reasons: Sequence[UnsentReason]) -> Screen:
    """Why messages could not be sent, the most frequent reason first."""
    head = t.html("<b>Messages that could not be sent</b>")
    if not reasons:
        return Screen(text=paragraphs(head, t.html("There is none.")), buttons=[[_home(t)]])
    return Screen(
        text=as_fits((head, *(_reason(t, one) for one in reasons)), between="\n"),
        buttons=[
            *(
                [
                    Button(
                        text=t("{count} × {reason}", count=t.number(one.rows), reason=_line(t, one)),
                        data=UnsentButton(one.entry_id, SHOW, 0),
                    )
                ]
                for one in reasons
            ),
            [_home(t)],
        ],
    )


def unsent_page(t: Translator, reason: UnsentReason, *, now: datetime) -> Screen:
    """All that failed for one reason."""
    key = reason.entry_id
    return Screen(
        text=paragraphs(
            t.html("<b>Messages that could not be sent</b>"),
            Markup("<code>{}</code>").format(shortened(reason.reason or "?", _LONGEST_ERROR)),
            t.html(
                "How many: {count}; the last one {moment}.",
                count=t.number(reason.rows),
                moment=t.moment(reason.last_at, _ZONE, now=now),
            ),
        ),
        buttons=[
            [Button(text=t("Send them again"), data=UnsentButton(key, RETRY, 0))],
            [Button(text=t("Discard them"), data=UnsentButton(key, DISCARD, 0))],
            [Button(text=t("‹ All of them"), data=UnsentListButton())],
        ],
    )


def unsent_asked(t: Translator, reason: UnsentReason, deed: str) -> Screen:
    """Is she sure?"""
    key = reason.entry_id
    count = t.number(reason.rows)
    if deed == DISCARD:
        asked = t.html("Discard these messages for good? They are {count}.", count=count)
        yes = t("Yes, discard them")
    else:
        asked = t.html(
            "Send these messages again? They are {count}. Each shows how things stand now. Where Telegram "
            "did not answer, it may have taken a message before, which then comes twice. Refused refunds of "
            "Stars and posts of campaigns are not sent again: /review and /campaigns have those.",
            count=count,
        )
        yes = t("Yes, send them again")
    back = Button(text=t("‹ Back"), data=UnsentButton(key, SHOW, 0))
    return Screen(text=asked, buttons=[[Button(text=yes, data=UnsentButton(key, deed, 1))], [back]])


def letter_toast(t: Translator, deed: str) -> str:
    """It is done, or on its way."""
    return t("Discarded.") if deed == DISCARD else t("It is being tried again.")


def unsent_toast(t: Translator, deed: str, count: int) -> str:
    """So many are discarded, or on their way."""
    if deed == DISCARD:
        return t("Discarded: {count}.", count=t.number(count))
    return t("To be sent again: {count}.", count=t.number(count))


def _reason(t: Translator, one: UnsentReason) -> Markup:
    return t.html("{count} × {reason}", count=t.number(one.rows), reason=_line(t, one))


def _line(t: Translator, one: UnsentReason) -> str:
    return shortened(one.reason, _LONGEST_LINE) or t("no reason is known")


def _short(t: Translator, letter: DeadLetter, *, now: datetime) -> str:
    return t("{moment} · {kind}", moment=t.moment(letter.died_at, _ZONE, now=now), kind=_kind(letter))


def _kind(letter: DeadLetter) -> str:
    """Telegram's own word for it; what is no update has none."""
    if letter.update_id is None:
        return "?"
    return shortened(next((key for key in letter.raw if key != "update_id"), "?"), _LONGEST_LINE)


def _sender(raw: Mapping[str, Any]) -> int | None:
    for key, body in raw.items():
        if key != "update_id" and isinstance(body, dict):
            sender = body.get("from") or body.get("user")
            if isinstance(sender, dict) and isinstance(sender.get("id"), int):
                return int(sender["id"])
    return None


def _home(t: Translator) -> Button:
    return Button(text=t("‹ Overview"), data=AdminButton("home"))
