"""Whose turn it is in private: what is typed or sent there belongs to whatever its writer is doing.

What she is doing is found in stored rows each time, never in memory: it survives a restart. Each part that
asks people to write something has a `Part` in `_CONVERSATIONS` of `message_routes`; where several wait for
the same person, the one that asked last gets what she says. A part without a row of its own may keep one
in `storage.models.Draft`, with a `step` that nobody else uses.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from telegram import Bot

from bot.errors import ShopError
from bot.shop import Shop
from bot.views.members import nothing_here
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft
from storage.unit_of_work import UnitOfWork

ANSWERED_WITHIN: Final = timedelta(hours=2)
"""What is written later than that is probably meant for something else."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something waits for what a person says next: since when, and the part's own key for it.

    Who answers a message of the bot's by a reply to it may mean that one: `is_meant` puts it first.
    """

    since: datetime
    key: int
    is_meant: bool = False


def waiting_by(draft: Draft | None) -> Waiting | None:
    """What waits by a row of drafts, if there is one."""
    return Waiting(since=draft.updated_at, key=draft.id or 0) if draft is not None else None


Finds = Callable[[UnitOfWork, Said], Awaitable[Waiting | None]]
"""What of this part waits for this message, if anything does."""


def written_for(step: str) -> Finds:
    """Finds what of this step of drafts waits for a written answer."""

    async def finds(uow: UnitOfWork, said: Said) -> Waiting | None:
        return waiting_by(await uow.pickups.find_waiting(said.person.id, step)) if said.text else None

    return finds


Handles = Callable[[Said, Shop, Bot, int], Awaitable[None]]
"""Takes the message for what waits under this key. It reads again: it may be gone by then."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the bot that people write to in private; most do not care for edits of old messages."""

    finds: Finds
    handles: Handles
    takes_edits: bool = False


async def spoken(said: Said, shop: Shop, bot: Any, *, parts: Sequence[Part]) -> None:
    """Hand what was said in private to the part that waits for it; else say that nothing was understood."""
    found = await waiting_for(said, shop, parts=parts)
    if found is not None:
        part, waiting = found
        await part.handles(said, shop, bot, waiting.key)
    elif not said.is_edit:
        await not_understood(said, shop, bot)


async def waiting_for(said: Said, shop: Shop, *, parts: Sequence[Part]) -> tuple[Part, Waiting] | None:
    """The part that waits for this message, if one does, and what for."""
    async with shop.reading() as uow:
        asked = [part for part in parts if part.takes_edits or not said.is_edit]
        found = [(part, await part.finds(uow, said)) for part in asked]
    waiting = [(part, what) for part, what in found if what is not None]
    return max(waiting, key=lambda pair: (pair[1].is_meant, pair[1].since), default=None)


Takes = Callable[[Said, Shop, Draft], Awaitable[None]]
"""Takes what was said for what asked for it."""


def answering(
    *steps: str,
    takes: Takes,
    in_vain: tuple[type[ShopError], ...] = (),
    within: timedelta | None = ANSWERED_WITHIN,
) -> Handles:
    """Hands what was said to what asked for it at one of these steps of drafts, unless that was too long ago.

    After a refusal that is `in_vain` nothing else that she could write would help: she is asked no more.
    """

    async def handles(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
        asked = await _asked(said, shop, steps, within=within)
        if asked is None:
            await not_understood(said, shop, bot)
            return
        try:
            await takes(said, shop, asked)
        except in_vain:
            await stop_asking(said, shop, *steps)
            raise

    return handles


async def _asked(said: Said, shop: Shop, steps: Sequence[str], *, within: timedelta | None) -> Draft | None:
    """What a person was asked; if it was so long ago that it ends now, nothing."""
    async with shop.reading() as uow:
        asked = await uow.drafts.find_step(said.person.id, steps)
    if asked is not None and within is not None and asked.updated_at + within < shop.now():
        await stop_asking(said, shop, *steps)
        return None
    return asked


async def stop_asking(said: Said, shop: Shop, *steps: str) -> None:
    """Nothing waits for a person at these steps of drafts any more."""
    async with shop.writing() as uow:
        for step in steps:
            await uow.pickups.wait_no_more(said.person.id, step)


async def not_understood(said: Said, shop: Shop, _bot: Bot) -> None:
    """Something in private that nothing waits for."""
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, nothing_here(await speaker(uow, said.person)))
