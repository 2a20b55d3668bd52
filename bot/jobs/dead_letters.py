"""The dead letters of the database: what could not be handled is kept, whatever it holds, and tried again."""

import json
from typing import Final

from bot.shop import Shop
from storage.models import DeadLetter

MOST_AT_ONCE: Final = 20

_LARGEST_ID: Final = 2**63 - 1


async def retry_asked(shop: Shop) -> int:
    """Handle once more what an admin wants tried again; returns how many updates that were.

    Each stays until it is over: whoever is cut off in between leaves it to be asked for once more, and what
    had its effect before has none again. What fails again is put aside anew.
    """
    if shop.redeliver is None:
        return 0
    async with shop.reading() as uow:
        if not await uow.updates.has_retries():
            return 0
    async with shop.writing() as uow:
        letters = await uow.updates.take_retries(limit=MOST_AT_ONCE)
    for letter in letters:
        if await shop.redeliver(letter.raw):
            async with shop.writing() as uow:
                await uow.updates.remove_dead_letter(letter.id or 0)
    return len(letters)


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
