"""Deciding in private what looks like abuse of rewards: owners in their groups, admins in all."""

from collections.abc import Sequence
from typing import Final

from telegram import Bot

from bot.callbacks.flags import FlagButton, FlagDecisionButton, FlagsButton
from bot.errors import ButtonOutdated
from bot.flag_errors import FlagAboutYourself, FlagDecided
from bot.i18n import Translator
from bot.role_errors import NotTheOwner
from bot.rules.flags import checked_note
from bot.services.flags import FlagSeen, FlagSettled, see_flag, settle_flag
from bot.shop import Shop
from bot.views.flags import (
    FLAGS_A_PAGE,
    UNDECIDED,
    decision_asked,
    flag_page,
    flags_list,
    released_notice,
    settled_toast,
    withheld_notice,
)
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import is_admin, is_owner
from handlers.conversation import Part, answering, written_for
from handlers.speaking import redraw, send, show_door, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Draft
from storage.states import FlagOutcome
from storage.unit_of_work import UnitOfWork

ASKED: Final = "flag_note"
"""The step under which words are waited for that say why rewards are withheld."""

_IN_VAIN: Final = (FlagDecided, FlagAboutYourself, ButtonOutdated, NotTheOwner)
"""Refusals after which nothing that she could write instead would help."""


async def flags_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/flags`: what looks odd about rewards, in private, for those who may decide it."""
    async with shop.handling(said.update_id) as uow:
        if said.speaks_for_group:
            # Which of those who lead it speaks, only the private chat knows.
            await show_door(uow, shop, said, payload="flags_0")
            return
        t = await speaker(uow, said.person)
        screen = await _list(uow, shop, t, said.person.id, page=0, standing=False)
        await tell(uow, shop, said, screen, payload="flags_0")


async def flags_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        screen = await _list(uow, shop, t, said.person.id, page=0, standing=False)
        await send(uow, shop, said.person.id, screen)


async def flags_turned(tap: Tap, shop: Shop) -> None:
    """Another page, or the other list."""
    button = FlagsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        page, standing = max(0, button.page), bool(button.standing)
        await redraw(uow, shop, tap, await _list(uow, shop, t, tap.person.id, page=page, standing=standing))
    await tap.answer()


async def flag_tapped(tap: Tap, shop: Shop) -> None:
    """One suspicion with its evidence."""
    async with shop.handling(tap.update_id) as uow:
        tap.require_private()
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        seen = await _require_decider(uow, shop, FlagButton.read(tap.data).flag_id, tap.person.id)
        await redraw(uow, shop, tap, flag_page(t, seen, now=shop.now()))
    await tap.answer()


async def flag_decision_tapped(tap: Tap, shop: Shop) -> None:
    """A decision: asked for once more, or taken. Withholding is taken by the words that come for it."""
    button = FlagDecisionButton.read(tap.data)
    tap.require_private()
    outcome, was = _outcome(button.outcome), _seen_outcome(button.was)
    if not button.sure:
        await _ask(tap, shop, button.flag_id, outcome, was)
        return
    if outcome is FlagOutcome.WITHHOLD:
        raise ButtonOutdated
    try:
        async with shop.handling(tap.update_id) as uow:
            await _require_decider(uow, shop, button.flag_id, tap.person.id)
            settled = await settle_flag(
                uow, button.flag_id, outcome, was=was, note="", by_id=tap.person.id, now=shop.now()
            )
            await _tell_concerned(uow, shop, settled)
            t = await speaker(uow, tap.person)
            await redraw(uow, shop, tap, flag_page(t, settled.seen, now=shop.now()))
    except FlagDecided as error:
        await _show_decided(tap, shop, button.flag_id, error)
        return
    await tap.answer(settled_toast(t, outcome))


async def _ask(tap: Tap, shop: Shop, flag_id: int, outcome: FlagOutcome, was: FlagOutcome | None) -> None:
    async with shop.handling(tap.update_id) as uow:
        seen = await _require_decider(uow, shop, flag_id, tap.person.id)
        if outcome is FlagOutcome.WITHHOLD:
            waits = {"flag_id": flag_id, "was": was.value if was else UNDECIDED}
            await uow.pickups.wait_for(tap.person.id, ASKED, waits, now=shop.now())
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, decision_asked(t, seen, outcome))
    await tap.answer()


async def _show_decided(tap: Tap, shop: Shop, flag_id: int, error: FlagDecided) -> None:
    """Somebody else was quicker: say so, and show what was decided."""
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        seen = await _require_decider(uow, shop, flag_id, tap.person.id)
        await redraw(uow, shop, tap, flag_page(t, seen, now=shop.now()))
    await tap.answer(refusal(t, error), alert=True)


async def _list(
    uow: UnitOfWork, shop: Shop, t: Translator, person_id: int, *, page: int, standing: bool
) -> Screen:
    group_ids = await _decides_in(uow, shop, person_id)
    limit, offset = FLAGS_A_PAGE + 1, page * FLAGS_A_PAGE
    listed = uow.flags.list_standing if standing else uow.flags.list_open
    found = await listed(group_ids, limit=limit, offset=offset)
    return flags_list(
        t, found[:FLAGS_A_PAGE], page=page, standing=standing, has_more=len(found) > FLAGS_A_PAGE
    )


async def _decides_in(uow: UnitOfWork, shop: Shop, person_id: int) -> Sequence[int] | None:
    """The groups in which a person decides; None: all of them. Raises NotTheOwner."""
    if await is_admin(uow, shop, person_id):
        return None
    led = [group.id or 0 for group in await uow.groups.list_led_by(person_id)]
    owned = [group_id for group_id in led if await is_owner(uow, group_id, person_id)]
    if not owned:
        raise NotTheOwner
    return owned


async def _require_decider(uow: UnitOfWork, shop: Shop, flag_id: int, person_id: int) -> FlagSeen:
    seen = await see_flag(uow, flag_id)
    if not await is_owner(uow, seen.flag.group_id, person_id) and not await is_admin(uow, shop, person_id):
        raise NotTheOwner
    return seen


def _outcome(word: str) -> FlagOutcome:
    if word not in list(FlagOutcome):
        raise ButtonOutdated
    return FlagOutcome(word)


def _seen_outcome(word: str) -> FlagOutcome | None:
    return None if word == UNDECIDED else _outcome(word)


async def _tell_concerned(uow: UnitOfWork, shop: Shop, settled: FlagSettled) -> None:
    """Whoever gets no rewards any more is told why, and whoever gets them again is told so."""
    flag = settled.seen.flag
    for person_id in (*settled.withheld, *settled.released):
        person = await uow.members.get(person_id)
        if person.private_is_open:
            words = withheld_notice if person_id in settled.withheld else released_notice
            await send(uow, shop, person_id, words(Translator(person.language), flag))


async def _noted(said: Said, shop: Shop, asked: Draft) -> None:
    """Why rewards are withheld, in the words of whoever decides it."""
    note = checked_note(said.text)
    await _withhold(said, shop, asked.content["flag_id"], asked.content["was"], note)


async def _withhold(said: Said, shop: Shop, flag_id: int, was: str, note: str) -> None:
    async with shop.handling(said.update_id) as uow:
        await _require_decider(uow, shop, flag_id, said.person.id)
        settled = await settle_flag(
            uow,
            flag_id,
            FlagOutcome.WITHHOLD,
            was=_seen_outcome(was),
            note=note,
            by_id=said.person.id,
            now=shop.now(),
        )
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        await _tell_concerned(uow, shop, settled)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, flag_page(t, settled.seen, now=shop.now()))


NOTE_PART = Part(finds=written_for(ASKED), handles=answering(ASKED, takes=_noted, in_vain=_IN_VAIN))
"""Takes a few words about why rewards are withheld."""
