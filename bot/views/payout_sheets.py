"""A group's payouts as a file, for those who pay them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import minor_digits
from bot.views.payouts import paid_words, stage_words
from bot.views.screens import shortened
from bot.views.spreadsheets import Book, Column, Page, Row
from storage.models import Group
from storage.repositories.payouts import ListedPayout
from storage.states import PayoutMethod


def payouts_book(t: Translator, group: Group, payouts: Sequence[ListedPayout], *, now: datetime) -> Book:
    """A sheet of payouts for each currency that they are in, the group's own first."""
    currencies = sorted({payout.currency for payout in payouts} | {group.currency})
    currencies.sort(key=lambda currency: currency != group.currency)
    pages = [_page(t, group, payouts, currency) for currency in currencies]
    at = f"{now.astimezone(ZoneInfo(group.time_zone)):%Y-%m-%d %H:%M} ({group.time_zone})"
    return Book(
        title=t("Payouts in {group}", group=group.title),
        facts=[t("As of {moment}", moment=at)],
        footer=t("Payouts in {group}", group=group.title),
        decimals=minor_digits(group.currency),
        pages=pages,
        flat=pages[0],
    )


def payouts_caption(t: Translator, group: Group) -> Markup:
    """Beneath the file: whose payouts."""
    return t.html("<b>Payouts in {group}</b>", group=shortened(group.title, 100))


def payouts_file_name(group: Group, *, now: datetime) -> str:
    """What the file is called: its day."""
    return f"payouts-{now.astimezone(ZoneInfo(group.time_zone)):%Y-%m-%d}.xlsx"


def _page(t: Translator, group: Group, payouts: Sequence[ListedPayout], currency: str) -> Page:
    return Page(
        tab=t("Payouts {currency}", currency=currency),
        columns=[
            Column(title=t("No."), kind="number", width=7),
            Column(title=t("Name"), width=20),
            Column(title=t("Amount ({currency})", currency=currency), kind="money", width=13),
            Column(title=t("Standing"), width=16),
            Column(title=t("How"), width=14),
            Column(title=t("Where to"), width=30),
            Column(title=t("When asked for"), kind="moment", width=17),
            Column(title=t("When paid"), kind="moment", width=17),
            Column(title=t("By"), width=16),
            Column(title=t("Note"), width=20),
        ],
        rows=[_row(t, group, payout) for payout in payouts if payout.currency == currency],
        is_wide=True,
        decimals=minor_digits(currency),
    )


def _row(t: Translator, group: Group, payout: ListedPayout) -> Row:
    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(ZoneInfo(group.time_zone)).replace(tzinfo=None) if at is not None else None

    by_credit = payout.method is PayoutMethod.CREDIT
    wanted = t("as store credit") if by_credit else t("by your own means")
    return Row(
        cells=[
            payout.id,
            payout.name,
            Decimal(payout.amount).scaleb(-minor_digits(payout.currency)),
            stage_words(t, payout),
            paid_words(t, payout.paid_with) if payout.paid_with is not None else wanted,
            payout.details or None,
            local(payout.created_at),
            local(payout.paid_at),
            payout.paid_by or payout.decided_by,
            payout.note or None,
        ]
    )
