"""The dead letters of the database: what could not be handled is kept, whatever it holds."""

import json
from typing import Final

from bot.shop import Shop
from storage.models import DeadLetter

_LARGEST_ID: Final = 2**63 - 1


class DatabaseDeadLetters:
    """Keeps what the dispatcher gives up; nothing that JSON can say makes it fail."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def add(self, update_id: int | None, raw: object, error: str) -> None:
        """Store one for good; raises only when the database does not answer."""
        fits = update_id is not None and abs(update_id) <= _LARGEST_ID
        letter = DeadLetter(
            update_id=update_id if fits else None,
            raw=_storable(raw),
            error=_printable(error),
            died_at=self._shop.now(),
        )
        async with self._shop.writing() as uow:
            await uow.updates.add_dead_letter(letter)


def _storable(raw: object) -> dict[str, object]:
    if isinstance(raw, dict) and _is_plain(raw):
        return raw
    # As text, in which PostgreSQL accepts even what it does not accept in JSON.
    return {"text": _dumped(raw)}


def _is_plain(raw: object) -> bool:
    """Whether PostgreSQL takes it too, which knows no NUL, no NaN and no half of a surrogate pair."""
    try:
        text = json.dumps(raw, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (ValueError, TypeError, RecursionError):
        return False
    return "\\u0000" not in text


def _dumped(raw: object) -> str:
    try:
        return json.dumps(raw, default=repr)
    except (ValueError, RecursionError):
        return f"<{type(raw).__name__} that is nested too deeply>"


def _printable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "backslashreplace").decode()
