"""What follows from an error of the Bot API: done, later, moved, or never."""

from dataclasses import dataclass
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.backoff import backoff_seconds, seconds_of
from bot.telegram.parcels import Parcel, Refusal
from bot.telegram.transport import CutOff, NotSent

MAX_ATTEMPTS: Final = 12
LONGEST_WAIT: Final = 300.0
TOKEN_REFUSED_SECONDS: Final = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """Telegram did it, or it was so already."""

    result: object
    unchanged: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    """To be tried again after so many seconds."""

    seconds: float
    reason: str
    #: Whether it was a failed attempt.
    attempt: bool = True
    #: Whether Telegram may have counted the call against its limits.
    counted: bool = True
    #: Whether Telegram may have done it without our hearing of it.
    perhaps_sent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """Telegram asks for silence: in the parcel's chat, or everywhere."""

    seconds: float
    reason: str
    everywhere: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """The group became a supergroup."""

    new_chat_id: int


Verdict = Done | Later | Silence | Moved | Refusal


def judge(parcel: Parcel, error: Exception) -> Verdict:
    """Decide what becomes of a parcel whose call failed."""
    match error:
        case RetryAfter():
            return Silence(seconds=seconds_of(error), reason=error.message, everywhere=not parcel.chat_id)
        case ChatMigrated():
            return Moved(new_chat_id=error.new_chat_id)
        case Forbidden():
            return Refusal(code=403, description=error.message)
        case BadRequest():
            return _bad_request(parcel, error.message)
        case EndPointNotFound():
            return Refusal(code=404, description=error.message)
        case InvalidToken():
            # No parcel is to blame: the owner must see to it, and then all of them can go.
            return Silence(seconds=TOKEN_REFUSED_SECONDS, reason=error.message, everywhere=True)
        case TelegramError():
            return _trouble(parcel, error)
        case _:
            return Refusal(code=0, description=f"{type(error).__name__}: {error}")


def _bad_request(parcel: Parcel, words: str) -> Verdict:
    lowered = words.lower()
    if "message is not modified" in lowered:
        return Done(result=True, unchanged=True)
    if parcel.method.startswith("deleteMessage") and "message to delete not found" in lowered:
        return Done(result=True, unchanged=True)
    if parcel.method == "refundStarPayment" and "charge_already_refunded" in lowered:
        return Done(result=True, unchanged=True)
    return Refusal(code=400, description=words)


def _trouble(parcel: Parcel, error: TelegramError) -> Verdict:
    attempts = parcel.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Refusal(code=0, description=f"given up after {attempts} attempts: {error.message}")
    seconds = backoff_seconds(attempts, longest=LONGEST_WAIT)
    return Later(
        seconds=seconds,
        reason=error.message,
        counted=not isinstance(error, NotSent),
        # What is no NetworkError was an answer that could not be read.
        perhaps_sent=isinstance(error, TimedOut | CutOff) or not isinstance(error, NetworkError),
    )
