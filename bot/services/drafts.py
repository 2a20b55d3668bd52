"""Beginning, changing, copying, deleting and posting drafts, and keeping their screens up to date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.draft_errors import DraftPosted, TooManyDrafts
from bot.errors import ButtonOutdated
from bot.recall_errors import OfferStopped
from bot.rules.drafts import DraftContent, DraftPlace, DraftVariant, as_document, copied, read_content
from bot.rules.pricing import TierPrice
from storage.models import Draft, Offer, Tier, Variant
from storage.states import DraftStep, OutboxKind
from storage.unit_of_work import UnitOfWork

MOST_DRAFTS = 30


async def start_draft(
    uow: UnitOfWork, person_id: int, content: DraftContent, *, step: DraftStep, now: datetime
) -> Draft:
    """Keep a new draft and show it in its writer's private chat. Raises TooManyDrafts."""
    if await uow.drafts.count_open(person_id) >= MOST_DRAFTS:
        raise TooManyDrafts(MOST_DRAFTS)
    draft = Draft(
        person_id=person_id,
        group_id=next(iter(content.group_ids), None),
        step=step,
        content=as_document(content),
        created_at=now,
        updated_at=now,
    )
    await uow.drafts.save(draft)
    await show_draft(uow, draft, now=now)
    return draft


async def own_draft(uow: UnitOfWork, draft_id: int, person_id: int) -> Draft:
    """A person's own draft, locked. Raises ButtonOutdated, and DraftPosted for one that is a pick already."""
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is None or draft.person_id != person_id:
        raise ButtonOutdated
    if draft.pick_id is not None:
        raise DraftPosted((await uow.picks.get(draft.pick_id)).pick.number)
    return draft


async def change_draft(
    uow: UnitOfWork,
    draft: Draft,
    content: DraftContent,
    *,
    step: DraftStep,
    now: datetime,
    below: bool = False,
) -> None:
    """Keep what a draft holds now and which step it waits at, and show it."""
    draft.content = as_document(content)
    draft.step = step
    draft.group_id = next(iter(content.group_ids), None)
    draft.updated_at = now
    await uow.drafts.save(draft)
    await show_draft(uow, draft, now=now, below=below)


async def copy_draft(uow: UnitOfWork, draft: Draft, *, now: datetime) -> Draft:
    """Begin another draft with the same content."""
    content = copied(read_content(draft.content))
    return await start_draft(uow, draft.person_id, content, step=DraftStep.HOME, now=now)


async def copy_offer(
    uow: UnitOfWork,
    offer_id: int,
    *,
    person_id: int,
    places: Sequence[DraftPlace],
    now: datetime,
    point_ids: Sequence[int] = (),
) -> Draft:
    """Begin a draft with what was posted before, or is in the catalogue. Raises LookupError, OfferStopped."""
    whole = await uow.posts.get_offer(offer_id)
    if whole.offer.stopped_at is not None:
        raise OfferStopped
    photo_ids = [photo.photo_id for photo in whole.photos]
    content = replace(
        _content_of(whole.offer, whole.variants, whole.tiers),
        photo_ids=tuple(dict.fromkeys(filter(None, (whole.offer.photo_id, *photo_ids)))),
        places=tuple(places),
        point_ids=tuple(point_ids),
    )
    return await start_draft(uow, person_id, content, step=DraftStep.HOME, now=now)


async def delete_draft(uow: UnitOfWork, draft: Draft, *, now: datetime) -> None:
    """Put a draft away; it can be brought back until it is pruned."""
    content = replace(read_content(draft.content), deleted_at=now)
    await _close_preview(uow, draft, content, now=now)
    content = replace(content, preview_id=None, preview_photo_id=None)
    await change_draft(uow, draft, content, step=DraftStep.DELETED, now=now)


async def restore_draft(uow: UnitOfWork, draft: Draft, *, now: datetime) -> None:
    """Bring a deleted draft back."""
    content = replace(read_content(draft.content), deleted_at=None)
    await change_draft(uow, draft, content, step=DraftStep.HOME, now=now)


async def mark_posted(uow: UnitOfWork, draft: Draft, pick_id: int, *, now: datetime) -> None:
    """Note which pick a draft became; its screen says so and its preview goes."""
    content = read_content(draft.content)
    await _close_preview(uow, draft, content, now=now)
    draft.pick_id = pick_id
    content = replace(content, preview_id=None, preview_photo_id=None, typed={})
    await change_draft(uow, draft, content, step=DraftStep.HOME, now=now)


async def show_draft(uow: UnitOfWork, draft: Draft, *, now: datetime, below: bool = False) -> None:
    """Bring a draft's one screen up to date, or let it move below what was typed since; its preview too."""
    old, content = draft.message_id, read_content(draft.content)
    if below and old is not None:
        draft.message_id = None
        await uow.drafts.save(draft)
    await _ask(uow, OutboxKind.DRAFT, draft, now=now)
    if below and old is not None:
        await _take_away(uow, draft.person_id, old, now=now)
    if content.preview_id is not None:
        await _ask(uow, OutboxKind.PREVIEW, draft, now=now)


async def show_preview(uow: UnitOfWork, draft: Draft, *, now: datetime) -> None:
    """Show the very card as it would be posted, below all else; from now on it follows every change."""
    content = read_content(draft.content)
    await _close_preview(uow, draft, content, now=now)
    draft.content = as_document(replace(content, preview_id=None, preview_photo_id=None))
    await uow.drafts.save(draft)
    await _ask(uow, OutboxKind.PREVIEW, draft, now=now)


async def note_screen(uow: UnitOfWork, draft_id: int, message_id: int | None) -> None:
    """Note which message is a draft's screen."""
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is not None:
        draft.message_id = message_id
        await uow.drafts.save(draft)


async def note_preview(
    uow: UnitOfWork, draft_id: int, message_id: int | None, photo_id: str | None, *, now: datetime
) -> None:
    """Note which message previews a draft, and the photo in it; one that is too late goes again."""
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is None:
        return
    if message_id is not None and (draft.pick_id is not None or draft.step == DraftStep.DELETED):
        await _take_away(uow, draft.person_id, message_id, now=now)
        return
    content = replace(read_content(draft.content), preview_id=message_id, preview_photo_id=photo_id)
    draft.content = as_document(content)
    await uow.drafts.save(draft)


async def _close_preview(uow: UnitOfWork, draft: Draft, content: DraftContent, *, now: datetime) -> None:
    if content.preview_id is not None:
        await _take_away(uow, draft.person_id, content.preview_id, now=now)


async def _ask(uow: UnitOfWork, kind: OutboxKind, draft: Draft, *, now: datetime) -> None:
    await uow.outbox.add(
        kind,
        chat_id=draft.person_id,
        subject_id=draft.id,
        merge_key=f"{kind.value}:{draft.id}",
        now=now,
    )


async def _take_away(uow: UnitOfWork, chat_id: int, message_id: int, *, now: datetime) -> None:
    await uow.outbox.add(OutboxKind.TIDY, chat_id=chat_id, payload={"message_id": message_id}, now=now)


def _content_of(offer: Offer, variants: Sequence[Variant], tiers: Sequence[Tier]) -> DraftContent:
    named = [variant for variant in variants if variant.name]
    sole = variants[0] if variants and not named else None
    return DraftContent(
        title=offer.title,
        words=offer.words,
        price_amount=offer.price_amount,
        currency=offer.currency,
        unit=offer.unit,
        stock=sole.stock if sole is not None else None,
        option_names=tuple(offer.option_names or ()),
        variants=tuple(
            DraftVariant(name=variant.name, stock=variant.stock, options=tuple(variant.options or ()))
            for variant in named
        ),
        tiers=tuple(TierPrice(tier.quantity, tier.unit_amount) for tier in tiers),
        minimum_quantity=offer.minimum_quantity,
        limit_per_person=offer.limit_per_person,
        team_price_amount=offer.team_price_amount,
        team_size=offer.team_size,
        team_hours=offer.team_hours,
        code=offer.code,
        category=offer.category,
    )
