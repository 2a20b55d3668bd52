"""Taking price lists in: beginning, looking at what would change, and importing it, all or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.errors import ButtonOutdated
from bot.price_list_errors import ImportOver
from bot.rules.drafts import DraftVariant
from bot.rules.imports import (
    CONFIRMABLE,
    STEP,
    TAKES_FILE,
    WAITS_FOR,
    Import,
    ImportState,
    as_document,
    read_import,
    summary,
)
from bot.rules.price_list import Known, ListedOffer, Plan, PriceList, plan
from bot.rules.pricing import TierPrice
from storage.models import Draft, Offer, Variant
from storage.repositories.offers import CatalogueOffer, KeptOffer, KeptVariant
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did to a catalogue: nothing where `is_done` is false, since rows have faults."""

    is_done: bool
    planned: Plan


async def begin_import(
    uow: UnitOfWork, person_id: int, *, group_id: int | None, begun: Import, now: datetime
) -> Draft:
    """Keep a new import and show it in its sender's private chat."""
    draft = Draft(
        person_id=person_id,
        group_id=group_id,
        step=STEP,
        content=as_document(begun),
        created_at=now,
        updated_at=now,
    )
    await uow.imports.save(draft)
    await _show(uow, draft, now=now)
    return draft


async def find_waiting(uow: UnitOfWork, person_id: int, *, now: datetime | None = None) -> Draft | None:
    """A person's import that waits for its file; as of a moment, only if it was not left alone too long."""
    draft = await uow.imports.find_newest(person_id, step=STEP, states=TAKES_FILE)
    if draft is None or (now is not None and draft.updated_at < now - WAITS_FOR):
        return None
    kept = read_import(draft.content)
    return None if kept.state is ImportState.CHOOSING and kept.file_id else draft


async def take_file(
    uow: UnitOfWork, person_id: int, brought: Import, *, group_id: int | None, now: datetime
) -> Draft:
    """The import that a file belongs to: the one it began before, or that waits for it, or a new one.

    It is for this group, or for the one that was named before; without either, that is to be asked.
    """
    again = await uow.imports.find_by_source(person_id, step=STEP, source_id=brought.source_id)
    if again is not None:
        return again
    waiting = await find_waiting(uow, person_id, now=now)
    group_id = waiting.group_id or group_id if waiting is not None else group_id
    state = ImportState.CHOOSING if group_id is None else ImportState.READING
    brought = replace(brought, state=state)
    if waiting is None:
        return await begin_import(uow, person_id, group_id=group_id, begun=brought, now=now)
    # What follows is shown below the file, not in the place of the question above it.
    waiting.message_id, waiting.group_id = None, group_id
    await change_import(uow, waiting, brought, now=now)
    return waiting


async def change_import(uow: UnitOfWork, draft: Draft, to: Import, *, now: datetime) -> None:
    """Keep how far an import has come, and show it."""
    draft.content = as_document(to)
    draft.updated_at = now
    await uow.imports.save(draft)
    await _show(uow, draft, now=now)


async def choose_group(uow: UnitOfWork, draft: Draft, group_id: int, *, now: datetime) -> None:
    """Say which group a file is for. Raises ImportOver."""
    kept = read_import(draft.content)
    if kept.state is not ImportState.CHOOSING:
        raise ImportOver
    draft.group_id = group_id
    state = ImportState.READING if kept.file_id else ImportState.EXPECTED
    await change_import(uow, draft, replace(kept, state=state), now=now)


async def preview_import(uow: UnitOfWork, draft: Draft, listed: PriceList, *, now: datetime) -> Plan:
    """Note what a file would change, and show it."""
    assert draft.group_id is not None
    planned = plan(listed, await _list_known(uow, draft.group_id))
    kept = replace(read_import(draft.content), state=ImportState.READY, **summary(listed, planned))
    await change_import(uow, draft, kept, now=now)
    return planned


async def import_offers(
    uow: UnitOfWork, draft: Draft, listed: PriceList, *, good_rows_only: bool, now: datetime
) -> Imported:
    """Put a list into the catalogue of its group, in this one transaction; the draft is locked.

    Unless the good rows alone are wanted, a fault anywhere means that nothing is done. Raises ImportOver.
    """
    if read_import(draft.content).state not in CONFIRMABLE:
        raise ImportOver
    assert draft.group_id is not None
    planned = await import_list(
        uow, draft.group_id, listed, by_id=draft.person_id, good_rows_only=good_rows_only, now=now
    )
    is_done = good_rows_only or not planned.faults
    state = ImportState.DONE if is_done else ImportState.READY
    kept = replace(read_import(draft.content), state=state, **summary(listed, planned))
    await change_import(uow, draft, kept, now=now)
    return Imported(is_done=is_done, planned=planned)


async def import_list(
    uow: UnitOfWork, group_id: int, listed: PriceList, *, by_id: int, good_rows_only: bool, now: datetime
) -> Plan:
    """Write what a list changes: nothing at all where it has faults, unless `good_rows_only`."""
    # Two who import at once would each take the other's new offers for missing.
    await uow.groups.lock(group_id)
    catalogue = {each.id: each for each in await uow.offers.list_catalogue(group_id)}
    planned = plan(listed, _known(catalogue.values()))
    if planned.faults and not good_rows_only:
        return planned
    new = [_kept(offer) for offer in planned.new]
    await uow.offers.add_all(new, group_id=group_id, curator_id=by_id, now=now)
    free = {key: _kept(offer) for key, offer in planned.changed.items() if not catalogue[key].is_posted}
    await uow.offers.change_all(free)
    for key, offer in planned.changed.items():
        if catalogue[key].is_posted:
            await _renew(uow, key, _kept(offer), now=now)
    await uow.audit.add(
        "offers_imported",
        group_id=group_id,
        person_id=by_id,
        now=now,
        details={"new": len(planned.new), "changed": len(planned.changed), "unchanged": planned.unchanged},
    )
    return planned


async def own_import(uow: UnitOfWork, draft_id: int, person_id: int, *, lock: bool = True) -> Draft:
    """A person's own import, until the commit her alone. Raises ButtonOutdated."""
    draft = await uow.imports.find(draft_id, lock=lock)
    if draft is None or draft.person_id != person_id or draft.step != STEP:
        raise ButtonOutdated
    return draft


async def note_import(uow: UnitOfWork, draft_id: int, message_id: int | None) -> None:
    """Note which message shows an import; none, if it was deleted."""
    draft = await uow.imports.find(draft_id, lock=True)
    if draft is not None:
        draft.message_id = message_id
        await uow.imports.save(draft)


async def _show(uow: UnitOfWork, draft: Draft, *, now: datetime) -> None:
    await uow.outbox.add(
        OutboxKind.IMPORT,
        chat_id=draft.person_id,
        subject_id=draft.id,
        merge_key=f"import:{draft.id}",
        now=now,
    )


async def _list_known(uow: UnitOfWork, group_id: int) -> list[Known]:
    return _known(await uow.offers.list_catalogue(group_id))


def _known(catalogue: Iterable[CatalogueOffer]) -> list[Known]:
    return [Known(id=each.id, offer=_listed(each.kept), is_archived=each.is_archived) for each in catalogue]


async def _renew(uow: UnitOfWork, offer_id: int, kept: KeptOffer, *, now: datetime) -> None:
    """Put an offer into the catalogue anew: a pick posts the old one, whose terms must not change."""
    whole = await uow.posts.get_offer(offer_id)
    await uow.offers.take_out([offer_id])
    changes: Mapping[str, Any] = {
        "id": None,
        "created_at": now,
        **{
            name: getattr(kept, name)
            for name in ("title", "price_amount", "currency", "code", "words", "unit")
        },
        **{name: getattr(kept, name) for name in ("option_names", "minimum_quantity", "limit_per_person")},
        "category": kept.category,
    }
    await uow.posts.add_offer(
        Offer(**{**whole.offer.model_dump(), **changes}),
        variants=[
            Variant(offer_id=0, position=position, **kind._asdict())
            for position, kind in enumerate(kept.variants)
        ],
        tiers=dict(kept.tiers),
        photo_ids=[photo.photo_id for photo in whole.photos],
    )


def _kept(offer: ListedOffer) -> KeptOffer:
    return KeptOffer(
        title=offer.title,
        price_amount=offer.price_amount,
        currency=offer.currency,
        code=offer.code,
        words=offer.words,
        unit=offer.unit,
        option_names=list(offer.option_names) or None,
        minimum_quantity=offer.minimum_quantity,
        limit_per_person=offer.limit_per_person,
        category=offer.category,
        variants=[KeptVariant(kind.name, kind.stock, list(kind.options) or None) for kind in offer.kinds],
        tiers=[(tier.quantity, tier.unit_amount) for tier in offer.tiers],
    )


def _listed(kept: KeptOffer) -> ListedOffer:
    named = [kind for kind in kept.variants if kind.name]
    return ListedOffer(
        title=kept.title,
        price_amount=kept.price_amount,
        currency=kept.currency,
        code=kept.code,
        words=kept.words,
        unit=kept.unit,
        stock=None if named or not kept.variants else kept.variants[0].stock,
        option_names=tuple(kept.option_names or ()),
        variants=tuple(
            DraftVariant(name=kind.name, stock=kind.stock, options=tuple(kind.options or ()))
            for kind in named
        ),
        tiers=tuple(TierPrice(*tier) for tier in kept.tiers),
        minimum_quantity=kept.minimum_quantity,
        limit_per_person=kept.limit_per_person,
        category=kept.category,
    )
