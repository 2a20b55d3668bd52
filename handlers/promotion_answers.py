"""What is typed about promotions: at a step of the wizard, a number of codes, a common code."""

from datetime import timedelta
from typing import Final

from telegram import Bot

from bot.errors import ButtonOutdated, NotAllowed
from bot.promotion_errors import PromotionOver
from bot.rules.promotion_answers import PromotionReading, answered, is_search, read_count
from bot.rules.promotion_drafts import PromotionStep, read_content
from bot.services.coupon_batches import MOST_AT_ONCE, make_codes, make_word
from bot.services.promotions import STEP, keep_draft, own_promotion_draft
from bot.shop import Shop
from handlers.conversation import Part, Waiting, not_understood, waiting_by
from handlers.promotion_drafts import draft_screen, onwards
from handlers.promotion_pages import codes_screen, promoted, require_promoter
from handlers.promotions import COUNT_ASKED, WORD_ASKED, stop_asking
from handlers.speaking import send, speaker
from handlers.updates import Said
from storage.models import Draft
from storage.unit_of_work import UnitOfWork

_ANSWERED_WITHIN: Final = timedelta(hours=12)
"""What is written later than that is probably meant for something else."""


async def _finds(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.drafts.find_step(said.person.id, [STEP]) if said.text else None
    if asked is None or read_content(asked.content).at is PromotionStep.HOME:
        return None
    return waiting_by(asked)


async def _answered(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    async with shop.reading() as uow:
        asked = await uow.drafts.find(key)
    if asked is None or asked.updated_at + _ANSWERED_WITHIN < shop.now():
        await not_understood(said, shop, bot)
        return
    async with shop.handling(said.update_id) as uow:
        draft = await own_promotion_draft(uow, key, said.person.id)
        await require_promoter(uow, shop, said.person.id, draft.group_id)
        content = read_content(draft.content)
        content = answered(content, said.text, await _reading(uow, shop, said, draft))
        is_looking = is_search(content.at)
        await keep_draft(uow, draft, content if is_looking else onwards(content), now=shop.now())
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await draft_screen(uow, shop, t, draft))


async def _reading(uow: UnitOfWork, shop: Shop, said: Said, draft: Draft) -> PromotionReading:
    group = await uow.groups.find(draft.group_id) if draft.group_id is not None else None
    return PromotionReading(
        now=shop.now(),
        time_zone=group.time_zone if group is not None else "UTC",
        language=(await speaker(uow, said.person)).language,
    )


async def _finds_codes(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.drafts.find_step(said.person.id, [COUNT_ASKED, WORD_ASKED]) if said.text else None
    return waiting_by(asked)


async def _codes_written(said: Said, shop: Shop, bot: Bot, key: int) -> None:
    async with shop.reading() as uow:
        asked = await uow.drafts.find(key)
    if asked is None or asked.updated_at + _ANSWERED_WITHIN < shop.now():
        await not_understood(said, shop, bot)
        return
    try:
        async with shop.handling(said.update_id) as uow:
            await _make(uow, shop, said, asked)
    except (ButtonOutdated, NotAllowed, PromotionOver):
        # Nothing that she could write instead would help.
        async with shop.writing() as uow:
            await stop_asking(uow, said.person.id)
        raise


async def _make(uow: UnitOfWork, shop: Shop, said: Said, asked: Draft) -> None:
    promotion_id, by_id, now = int(asked.content["promotion_id"]), said.person.id, shop.now()
    promotion = await promoted(uow, shop, promotion_id, by_id)
    if asked.step == WORD_ASKED:
        await make_word(uow, promotion_id, said.text, by_id=by_id, now=now)
    else:
        count = read_count(said.text, most=MOST_AT_ONCE)
        await make_codes(uow, promotion_id, count, by_id=by_id, now=now)
    await stop_asking(uow, by_id)
    await send(uow, shop, by_id, await codes_screen(uow, await speaker(uow, said.person), promotion))


PART = Part(finds=_finds, handles=_answered)
"""Takes what is typed at a step of the wizard."""

CODES_PART = Part(finds=_finds_codes, handles=_codes_written)
"""Takes how many codes shall be made, or the common one."""
