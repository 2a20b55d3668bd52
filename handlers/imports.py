"""Price lists: a file in private becomes a preview, and a tap puts it into a group's catalogue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from telegram import Bot

from bot.callbacks.imports import ImportButton, ImportGroupButton
from bot.errors import (
    ButtonOutdated,
    GroupUnknown,
    NotACurator,
    OnlyInPrivate,
    ShopError,
)
from bot.i18n import Translator
from bot.price_list_errors import CatalogueNotYours, FileTooLarge, ImportOver
from bot.rules.imports import CONFIRMABLE, Import, ImportState, read_import
from bot.rules.price_files import LARGEST_FILE, looks_like_list
from bot.rules.price_list import Fault
from bot.services.imports import (
    begin_import,
    change_import,
    choose_group,
    find_waiting,
    import_offers,
    own_import,
    preview_import,
    take_file,
)
from bot.shop import Shop
from bot.views.groups import leads_none
from bot.views.import_faults import faults_csv
from bot.views.refusals import refusal
from handlers.access import is_leader, may_configure
from handlers.conversation import Part, Waiting
from handlers.import_files import fetch_list
from handlers.speaking import send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft, Group
from storage.repositories.members import Seen
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

_LARGE = 500
"""From so many offers on, it is said that the import is under way."""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def import_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/import`: how a price list looks; with a file at once, that file."""
    if not said.is_private:
        raise OnlyInPrivate
    if said.document is not None:
        await _file_sent(said, shop, bot, 0)
        return
    async with shop.handling(said.update_id) as uow:
        groups = await _catalogues(uow, said.person.id)
        if not groups:
            await send(uow, shop, said.person.id, leads_none(await speaker(uow, said.person)))
            return
        sole = groups[0].id if len(groups) == 1 else None
        state = ImportState.EXPECTED if sole is not None else ImportState.CHOOSING
        await begin_import(uow, said.person.id, group_id=sole, begun=Import(state=state), now=shop.now())


async def import_tapped(tap: Tap, shop: Shop) -> None:
    """A button under an import."""
    button = ImportButton.read(tap.data)
    match button.choice:
        case "all" | "good":
            await _confirmed(tap, shop, button.draft_id, good_rows_only=button.choice == "good")
        case "template":
            await _template_wanted(tap, shop, button.draft_id)
        case "stop":
            await _stopped(tap, shop, button.draft_id)
        case _:
            raise ButtonOutdated


async def import_group_tapped(tap: Tap, shop: Shop) -> None:
    """It was said which group a price list is for."""
    button = ImportGroupButton.read(tap.data)
    async with shop.reading() as uow:
        draft = await own_import(uow, button.draft_id, tap.person.id, lock=False)
        await _require_catalogue(uow, button.group_id, tap.person.id)
    kept = read_import(draft.content)
    if not kept.file_id:
        async with shop.handling(tap.update_id) as uow:
            draft = await own_import(uow, button.draft_id, tap.person.id)
            await choose_group(uow, draft, button.group_id, now=shop.now())
        await tap.answer()
        return
    # A tap that comes once more finds the file being read, and goes on with it.
    if kept.state is not ImportState.READING or draft.group_id != button.group_id:
        async with shop.writing() as uow:
            draft = await own_import(uow, button.draft_id, tap.person.id)
            await choose_group(uow, draft, button.group_id, now=shop.now())
    await tap.answer()
    await _preview(shop, tap.query.get_bot(), draft, person=tap.person, update_id=tap.update_id)


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    document = said.document
    if document is None:
        return None
    is_list = looks_like_list(document.name, document.mime_type)
    waiting = await find_waiting(uow, said.person.id)
    if waiting is not None and waiting.id is not None:
        return Waiting(since=waiting.updated_at, key=waiting.id, is_meant=is_list)
    if is_list and await uow.groups.list_led_by(said.person.id):
        return Waiting(since=_LONG_AGO, key=0, is_meant=True)
    return None


async def _file_sent(said: Said, shop: Shop, bot: Bot, _key: int) -> None:
    document = said.document
    assert document is not None
    brought = Import(
        state=ImportState.READING,
        source_id=said.message_id,
        file_id=document.id,
        file_name=document.name or "?",
    )
    async with shop.writing() as uow:
        groups = await _catalogues(uow, said.person.id)
        if not groups:
            raise NotACurator
        sole = groups[0].id if len(groups) == 1 else None
        draft = await take_file(uow, said.person.id, brought, group_id=sole, now=shop.now())
    if read_import(draft.content).state is ImportState.READING:
        await _preview(
            shop, bot, draft, person=said.person, update_id=said.update_id, declared_size=document.size
        )
        return
    async with shop.handling(said.update_id):
        # The question which group it is for is asked already.
        return


async def _preview(
    shop: Shop, bot: Bot, draft: Draft, *, person: Seen, update_id: int, declared_size: int = 0
) -> None:
    """Read a file and show what it would change, or why it cannot be read."""
    assert draft.id is not None
    try:
        if declared_size > LARGEST_FILE:
            raise FileTooLarge(LARGEST_FILE // 1024 // 1024)
        found = await fetch_list(shop, bot, draft)
    except ShopError as error:
        await _refuse(shop, draft.id, error, person=person, update_id=update_id)
        return
    async with shop.handling(update_id) as uow:
        draft = await own_import(uow, draft.id, person.id)
        kept = read_import(draft.content)
        if kept.state is not ImportState.READING or draft.group_id is None:
            return
        t = await speaker(uow, person)
        try:
            await _require_catalogue(uow, draft.group_id, person.id)
        except ShopError as error:
            refused = replace(kept, state=ImportState.REFUSED, refusal=refusal(t, error))
            await change_import(uow, draft, refused, now=shop.now())
            return
        table = found.table
        draft.content = {**draft.content, "sheet": table.sheet, "other_sheets": list(table.other_sheets)}
        planned = await preview_import(uow, draft, found.listed, now=shop.now())
        await _send_faults(uow, shop, t, person.id, planned.faults)


async def _confirmed(tap: Tap, shop: Shop, draft_id: int, *, good_rows_only: bool) -> None:
    async with shop.reading() as uow:
        draft = await own_import(uow, draft_id, tap.person.id, lock=False)
        kept = read_import(draft.content)
        t = await speaker(uow, tap.person)
        await _require_catalogue(uow, draft.group_id or 0, tap.person.id)
    if kept.state is ImportState.DONE:
        await tap.answer(t("That is imported already."))
        return
    if kept.state not in CONFIRMABLE:
        raise ImportOver
    if kept.offers > _LARGE:
        await _set_state(shop, draft_id, kept.state, ImportState.IMPORTING)
    try:
        found = await fetch_list(shop, tap.query.get_bot(), draft)
        async with shop.handling(tap.update_id) as uow:
            draft = await own_import(uow, draft_id, tap.person.id)
            await _require_catalogue(uow, draft.group_id or 0, tap.person.id)
            imported = await import_offers(
                uow, draft, found.listed, good_rows_only=good_rows_only, now=shop.now()
            )
            if not imported.is_done:
                await _send_faults(uow, shop, t, tap.person.id, imported.planned.faults)
    except ShopError:
        await _set_state(shop, draft_id, ImportState.IMPORTING, ImportState.READY)
        raise
    if imported.is_done:
        await tap.answer(t("Imported."))
    else:
        await tap.answer(t("The catalogue has changed meanwhile. Please look at the errors."), alert=True)


async def _template_wanted(tap: Tap, shop: Shop, draft_id: int) -> None:
    async with shop.handling(tap.update_id) as uow:
        draft = await own_import(uow, draft_id, tap.person.id)
        group = await uow.groups.get(draft.group_id or 0)
        t = await speaker(uow, tap.person)
        await uow.outbox.add(
            OutboxKind.IMPORT_TEMPLATE,
            chat_id=tap.person.id,
            payload={"language": t.language, "currency": group.currency},
            now=shop.now(),
        )
    await tap.answer()


async def _stopped(tap: Tap, shop: Shop, draft_id: int) -> None:
    async with shop.handling(tap.update_id) as uow:
        draft = await own_import(uow, draft_id, tap.person.id)
        kept = read_import(draft.content)
        if kept.state in (ImportState.DONE, ImportState.DROPPED):
            raise ImportOver
        await change_import(uow, draft, replace(kept, state=ImportState.DROPPED), now=shop.now())
    await tap.answer()


async def _set_state(shop: Shop, draft_id: int, before: ImportState, after: ImportState) -> None:
    async with shop.writing() as uow:
        draft = await uow.imports.find(draft_id, lock=True)
        if draft is not None and read_import(draft.content).state is before is not after:
            kept = replace(read_import(draft.content), state=after)
            await change_import(uow, draft, kept, now=shop.now())


async def _refuse(shop: Shop, draft_id: int, error: ShopError, *, person: Seen, update_id: int) -> None:
    async with shop.handling(update_id) as uow:
        draft = await own_import(uow, draft_id, person.id)
        words = refusal(await speaker(uow, person), error)
        kept = replace(read_import(draft.content), state=ImportState.REFUSED, refusal=words)
        await change_import(uow, draft, kept, now=shop.now())


async def _send_faults(
    uow: UnitOfWork, shop: Shop, t: Translator, person_id: int, faults: Sequence[Fault]
) -> None:
    if faults:
        payload = {"csv": faults_csv(t, faults), "name": t("errors.csv")}
        await uow.outbox.add(OutboxKind.IMPORT_FAULTS, chat_id=person_id, payload=payload, now=shop.now())


async def _catalogues(uow: UnitOfWork, person_id: int) -> list[Group]:
    """The groups whose catalogue a person may change. Raises CatalogueNotYours."""
    groups = await uow.imports.list_configured(person_id)
    if not groups and await uow.groups.list_led_by(person_id):
        raise CatalogueNotYours
    return groups


async def _require_catalogue(uow: UnitOfWork, group_id: int, person_id: int) -> None:
    group = await uow.groups.find(group_id)
    if group is None or not group.is_active:
        raise GroupUnknown
    if not await is_leader(uow, group_id, person_id):
        raise NotACurator
    if not await may_configure(uow, group_id, person_id):
        raise CatalogueNotYours


PART = Part(finds=_finds, handles=_file_sent)
