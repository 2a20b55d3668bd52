"""The catalogue: putting an offer away, and bringing it back."""

from datetime import datetime

from bot.errors import ButtonOutdated
from storage.repositories.posts import WholeOffer
from storage.unit_of_work import UnitOfWork


async def catalogue_offer(uow: UnitOfWork, offer_id: int) -> WholeOffer:
    """An offer that is in a catalogue, archived or not. Raises ButtonOutdated."""
    try:
        whole = await uow.posts.get_offer(offer_id)
    except LookupError:
        raise ButtonOutdated from None
    if whole.offer.group_id is None:
        # A later import has put a new version in its place.
        raise ButtonOutdated
    return whole


async def archive_offer(uow: UnitOfWork, whole: WholeOffer, *, by_id: int, now: datetime) -> bool:
    """List an offer no more; says whether that changed anything."""
    return await _set_archived(uow, whole, now, "offer_archived", by_id=by_id, now=now)


async def restore_offer(uow: UnitOfWork, whole: WholeOffer, *, by_id: int, now: datetime) -> bool:
    """List an offer again; says whether that changed anything."""
    return await _set_archived(uow, whole, None, "offer_restored", by_id=by_id, now=now)


async def _set_archived(
    uow: UnitOfWork, whole: WholeOffer, at: datetime | None, action: str, *, by_id: int, now: datetime
) -> bool:
    offer = whole.offer
    if (offer.archived_at is None) == (at is None):
        return False
    assert offer.id is not None
    assert offer.group_id is not None
    await uow.offers.archive(offer.id, at=at)
    offer.archived_at = at
    await uow.audit.add(
        action, group_id=offer.group_id, person_id=by_id, now=now, details={"title": offer.title}
    )
    return True
