"""Codes as a file, and the word that a friend's credit is there."""

import asyncio
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.money import Money
from bot.telegram.parcels import File
from bot.views.coupon_sheets import coupons_book, coupons_caption, coupons_file_name
from bot.views.promotions import friend_credit_notice
from bot.views.screens import Screen
from bot.views.spreadsheets import as_xlsx
from storage.states import OutboxKind


async def _coupons(due: Due) -> Call | None:
    promotion = await due.uow.promotion_terms.find(due.subject_id)
    if promotion is None:
        return None
    batch = int(due.payload["batch"])
    coupons = await due.uow.coupon_batches.list_codes(due.subject_id, batch)
    group = await due.uow.groups.find(promotion.group_id) if promotion.group_id is not None else None
    t = Translator((await due.uow.members.get(due.entry.chat_id)).language)
    book = coupons_book(
        t,
        promotion,
        coupons,
        time_zone=group.time_zone if group is not None else "UTC",
        link=due.shop.link,
        now=due.now,
    )
    # Thousands of rows take long enough to keep everybody else waiting.
    content = await asyncio.to_thread(lambda: as_xlsx(book))
    return "sendDocument", {
        "document": File(name=coupons_file_name(promotion, batch), content=content),
        "caption": str(coupons_caption(t, promotion, batch=batch, count=len(coupons))),
        "parse_mode": "HTML",
    }


async def _friend_credit(due: Due) -> Call:
    group = await due.uow.groups.get(due.subject_id)
    person = await due.uow.members.get(due.entry.chat_id)
    words = friend_credit_notice(
        Translator(person.language),
        group=group.title,
        amount=Money(amount=int(due.payload["amount"]), currency=str(due.payload["currency"])),
        was_brought=bool(due.payload["was_brought"]),
    )
    return message_call(Screen(text=words).payload())


PROMOTION_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.COUPONS: _coupons,
    OutboxKind.FRIEND_CREDIT: _friend_credit,
}
