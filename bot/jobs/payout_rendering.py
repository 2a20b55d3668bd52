"""Draws what is said of payouts; whoever reads nothing in private is told nothing of it."""

import asyncio
from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.telegram.parcels import File
from bot.views.payout_earnings import payout_notice
from bot.views.payout_sheets import payouts_book, payouts_caption, payouts_file_name
from bot.views.payouts import payouts_waiting, payouts_waiting_in_group
from bot.views.spreadsheets import as_xlsx
from storage.repositories.ledger import AccountKey
from storage.states import AccountKind, OutboxKind, PayoutStage

MOST_IN_SHEET: Final = 20_000
"""So many payouts a file holds, the newest; more than that are for the operator's own tools."""


async def _payout(due: Due) -> Call | None:
    payout = await due.uow.payouts.find_listed(due.subject_id)
    if payout is None or not payout.private_is_open:
        return None
    person = await due.uow.members.get(payout.person_id)
    key = AccountKey(payout.group_id, payout.person_id, AccountKind.CREDIT, payout.currency)
    screen = payout_notice(
        Translator(person.language),
        payout,
        # What the group owes her stands on the credit side.
        credit_amount=-await due.uow.ledger.balance(key),
        is_correction=bool(due.payload.get("undone")),
    )
    return message_call(screen.payload()) if screen is not None else None


async def _payouts_asked(due: Due) -> Call | None:
    sums = await due.uow.payouts.sums(due.subject_id, [PayoutStage.ASKED])
    if not sums:
        return None
    group = await due.uow.groups.get(due.subject_id)
    person = await due.uow.members.get(due.payload["person_id"])
    if due.entry.chat_id == person.id:
        return message_call(payouts_waiting(Translator(person.language), group, sums).payload())
    link = due.shop.link(f"payouts_{group.id}")
    screen = payouts_waiting_in_group(Translator(group.language), name=person.name, link=link)
    return message_call(screen.payload())


async def _payouts_sheet(due: Due) -> Call:
    group = await due.uow.groups.get(due.subject_id)
    person = await due.uow.members.get(due.entry.chat_id)
    t = Translator(person.language)
    payouts = await due.uow.payouts.list_in(
        due.subject_id, tuple(PayoutStage), newest=True, limit=MOST_IN_SHEET
    )
    # Thousands of rows take long enough to keep everybody else waiting.
    content = await asyncio.to_thread(lambda: as_xlsx(payouts_book(t, group, payouts, now=due.now)))
    return "sendDocument", {
        "document": File(name=payouts_file_name(group, now=due.now), content=content),
        "caption": str(payouts_caption(t, group)),
        "parse_mode": "HTML",
    }


PAYOUT_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.PAYOUT: _payout,
    OutboxKind.PAYOUTS_ASKED: _payouts_asked,
    OutboxKind.PAYOUTS_SHEET: _payouts_sheet,
}
