"""What is written and sent about cases: a member's words and photos, either side's answers, offers."""

from datetime import timedelta
from typing import Any, Final

from bot.case_errors import (
    CaseAboutYourself,
    CaseNeedsCredit,
    CaseTakesNoFiles,
    NothingToRefund,
    TooManyPhotos,
)
from bot.errors import ButtonOutdated
from bot.rules.cases import MOST_PHOTOS, check_length, read_offer, read_words
from bot.services.cases.opening import say
from bot.services.cases.seeing import see_case
from bot.shop import Shop
from bot.views.case_steps import tell_more
from handlers.case_deeds import STALE, offer_made
from handlers.case_opening import OPENING, own_order
from handlers.cases import OFFERING, SAYING, page_of, reader_of, tell_of
from handlers.conversation import Part, Waiting, answering, waiting_by
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft
from storage.states import CaseKind, CaseOutcome
from storage.unit_of_work import UnitOfWork

_STEPS: Final = (OPENING, SAYING, OFFERING)

_ANSWERED_WITHIN: Final = timedelta(hours=12)
"""What is written later than that is probably meant for something else."""

_IN_VAIN: Final = (*STALE, ButtonOutdated, CaseAboutYourself, CaseNeedsCredit, NothingToRefund)
"""Refusals after which nothing else that she could write would help."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.drafts.find_step(said.person.id, _STEPS)
    if asked is not None and asked.content.get("only_album") not in (None, said.album_id):
        # What was asked for has come; only the rest of its album still belongs to it.
        return None
    return None if asked is not None and asked.content.get("is_paused") else waiting_by(asked)


async def _take(said: Said, shop: Shop, asked: Draft) -> None:
    if said.is_other or said.document is not None:
        raise CaseTakesNoFiles
    content: dict[str, Any] = asked.content
    async with shop.handling(said.update_id) as uow:
        match asked.step:
            case step if step == OPENING:
                await _gathered(uow, shop, said, asked)
            case step if step == SAYING:
                await _said(uow, shop, said, content)
            case _:
                await _offered(uow, shop, said, content)


async def _gathered(uow: UnitOfWork, shop: Shop, said: Said, asked: Draft) -> None:
    """One more of what a member has to say; the pictures of one album are answered once."""
    content = dict(asked.content)
    words = list(content["words"]) + ([read_words(said.text)] if said.text else [])
    check_length("\n".join(words))
    photos = [*content["photos"], *([said.photos[-1].id] if said.photos else [])]
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    is_further = said.album_id is not None and said.album_id == content["album"]
    content |= {"words": words, "photos": photos, "album": said.album_id}
    await uow.pickups.wait_for(said.person.id, OPENING, content, now=shop.now())
    order = await own_order(uow, content["order_id"], said.person.id)
    if not is_further:
        t = await speaker(uow, said.person)
        screen = tell_more(t, order, CaseKind(content["kind"]), words=words, photos=len(photos))
        await send(uow, shop, said.person.id, screen)


async def _said(uow: UnitOfWork, shop: Shop, said: Said, content: dict[str, Any]) -> None:
    """Words or photos for both sides; further pictures of an album come as steps of their own, unanswered."""
    seen = await see_case(uow, content["case_id"])
    by = await reader_of(uow, shop, seen, said.person.id)
    words = read_words(said.text) if said.text else ""
    await say(
        uow,
        seen.id,
        by=by,
        words=words,
        photo_ids=[photo.id for photo in said.photos[-1:]],
        now=shop.now(),
    )
    await tell_of(uow, shop, seen.id, but_id=said.person.id)
    is_further = said.album_id is not None and said.album_id == content.get("only_album")
    if said.album_id is not None:
        waits = {"case_id": seen.id, "only_album": said.album_id}
        await uow.pickups.wait_for(said.person.id, SAYING, waits, now=shop.now())
    else:
        await uow.pickups.wait_no_more(said.person.id, SAYING)
    if not is_further:
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await page_of(uow, shop, t, seen.id, said.person.id))


async def _offered(uow: UnitOfWork, shop: Shop, said: Said, content: dict[str, Any]) -> None:
    seen = await see_case(uow, content["case_id"])
    by = await reader_of(uow, shop, seen, said.person.id)
    offer = read_offer(CaseOutcome(content["outcome"]), said.text, currency=seen.currency)
    await offer_made(uow, shop, seen, offer, by=by, seen_id=content["seen_id"])
    await uow.pickups.wait_no_more(said.person.id, OFFERING)
    t = await speaker(uow, said.person)
    await send(uow, shop, said.person.id, await page_of(uow, shop, t, seen.id, said.person.id))


PART = Part(
    finds=_finds,
    handles=answering(*_STEPS, takes=_take, in_vain=_IN_VAIN, within=_ANSWERED_WITHIN),
)
"""Takes what is written and sent about cases."""
