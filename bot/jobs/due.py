"""What a renderer is handed, and the calls that most of them return."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.shop import Shop
from storage.models import OutboxEntry
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

Call = tuple[str, dict[str, Any]]
"""A method of the Bot API and its parameters, without the chat."""

CALLED_AGAIN_AFTER: Final = timedelta(hours=1)
"""How long a refund rests that did not get through at all: it is owed until Telegram has given an answer."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One row that is sent now, and what it can be drawn from."""

    uow: UnitOfWork
    shop: Shop
    entry: OutboxEntry
    now: datetime

    @property
    def subject_id(self) -> int:
        """The key of what the row is about."""
        return self.entry.subject_id or 0

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the row carries with it."""
        return self.entry.payload or {}


Renderer = Callable[[Due], Awaitable[Call | None]]
"""Draws a row; None where there is nothing to be sent any more."""


def as_written(due: Due) -> Call | None:
    """The call that stands in its row word for word; None where it is drawn from what is true now."""
    match due.entry.kind:
        case OutboxKind.MESSAGE:
            return message_call(due.payload)
        case OutboxKind.REACTION:
            emoji = due.payload["emoji"]
            reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
            return "setMessageReaction", {"message_id": due.payload["message_id"], "reaction": reaction}
        case OutboxKind.PIN:
            return "pinChatMessage", {"message_id": due.payload["message_id"], "disable_notification": True}
    return None


def message_call(payload: Mapping[str, Any]) -> Call:
    """From a screen's payload, a text message, new or in the place of an old one, or a photo's caption."""
    if payload.get("edit_caption"):
        return "editMessageCaption", {"message_id": payload["edit_caption"], **captioned(payload)}
    params = {
        "text": payload["text"],
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        **markup(payload.get("keyboard")),
    }
    if payload.get("edit"):
        return "editMessageText", {"message_id": payload["edit"], **params}
    if payload.get("reply_to"):
        params["reply_parameters"] = {
            "message_id": payload["reply_to"],
            "allow_sending_without_reply": True,
        }
    if payload.get("topic_id"):
        params["message_thread_id"] = payload["topic_id"]
    return "sendMessage", params


def captioned(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A screen's payload as the caption of a photo, with its keyboard."""
    return {"caption": payload["text"], "parse_mode": "HTML", **markup(payload.get("keyboard"))}


def markup(keyboard: object) -> dict[str, Any]:
    """The keyboard as a parameter, if there is one."""
    return {"reply_markup": keyboard} if keyboard else {}
