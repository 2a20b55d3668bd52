"""Compares Telegram's book of Stars with ours: what a crash swallowed is recorded as if it had been told."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import structlog

from bot.i18n import Translator, match_language
from bot.jobs.alone import alone
from bot.rules.ledger import STARS_CURRENCY
from bot.rules.typed_text import one_line
from bot.services.payments.charges import STARS, Charge, record_charge
from bot.services.payments.invoices import TOKEN_BEGINS
from bot.services.payments.star_refunds import note_given_back
from bot.shop import Shop
from bot.views.payment_invoices import charge_unplaced
from storage.repositories.members import Seen
from storage.states import OutboxKind

log = structlog.get_logger(__name__)

PAGE: Final = 100
"""Telegram shows no more transactions at once."""

Transaction = Mapping[str, Any]


async def reconcile(shop: Shop) -> int:
    """Record the payments and refunds that nobody told us of; returns how many.

    It goes on where it stopped; after a start it reads the whole book once.
    """
    if shop.star_transactions is None:
        return 0
    found = 0
    while True:
        page = await shop.star_transactions(shop.stars_compared, PAGE)
        found += await _compare(shop, [one for one in page if _is_ours(one)])
        shop.stars_compared += len(page)
        if len(page) < PAGE:
            return found


async def _compare(shop: Shop, page: Sequence[Transaction]) -> int:
    charge_ids = [str(one["id"]) for one in page]
    async with shop.reading() as uow:
        known = await uow.payments.known_charges(STARS, charge_ids)
        given_back = await uow.payments.charges_given_back(STARS, charge_ids)
        since = await uow.payments.kept_since()
    found = 0
    for one in page:
        charge_id = str(one["id"])
        # What cannot be recorded is tried again after the next start.
        with alone("transaction_not_recorded", charge_id=charge_id):
            if "source" in one and charge_id not in known and _is_of_this_book(one, since):
                found += await _record(shop, one)
                known.add(charge_id)
            elif "receiver" in one and charge_id in known and charge_id not in given_back:
                found += await _note_given_back(shop, charge_id)
    return found


async def _record(shop: Shop, one: Transaction) -> bool:
    source = one["source"]
    charge = Charge(
        id=str(one["id"]),
        provider_charge_id=None,
        payer=_payer(source["user"]),
        token=source["invoice_payload"],
        amount=one["amount"],
        currency=STARS_CURRENCY,
    )
    async with shop.writing() as uow:
        recorded = await record_charge(uow, charge, now=shop.now())
        if recorded is not None and not recorded.is_placed:
            person = await uow.members.get(charge.payer.id)
            words = charge_unplaced(Translator(person.language), recorded.payment)
            await uow.outbox.add(
                OutboxKind.MESSAGE, chat_id=person.id, payload=words.payload(), now=shop.now()
            )
    if recorded is not None:
        log.warning("swallowed_charge_recorded", payment_id=recorded.payment.id)
    return recorded is not None


async def _note_given_back(shop: Shop, charge_id: str) -> bool:
    async with shop.writing() as uow:
        is_news = await note_given_back(uow, charge_id, now=shop.now())
    if is_news:
        log.warning("swallowed_refund_recorded", charge_id=charge_id)
    return is_news


def _is_ours(one: Transaction) -> bool:
    """Whether it may be about one of our invoices; a bot's Stars may come and go in other ways, too."""
    if "receiver" in one:
        # What went back bears the charge's id, and need not say what it was for.
        return bool(one["receiver"].get("type") == "user")
    source = one.get("source") or {}
    is_invoice = source.get("type") == "user" and source.get("transaction_type") == "invoice_payment"
    return is_invoice and str(source.get("invoice_payload", "")).startswith(TOKEN_BEGINS)


def _is_of_this_book(one: Transaction, since: datetime | None) -> bool:
    """Whether it happened since this database began: what an older one knew of is not given back again."""
    return since is not None and datetime.fromtimestamp(one["date"], UTC) >= since.replace(microsecond=0)


def _payer(user: Mapping[str, Any]) -> Seen:
    name = one_line(" ".join(part for part in (user.get("first_name"), user.get("last_name")) if part))
    return Seen(
        id=user["id"],
        name=name or user.get("username") or str(user["id"]),
        username=user.get("username"),
        language=match_language(user.get("language_code")),
    )
