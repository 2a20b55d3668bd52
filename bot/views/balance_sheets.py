"""A group's accounts as a file: what they come to, who owes and has what, and every entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import minor_digits
from bot.rules.balances import ALL_TIME
from bot.services.payments.statements import Books
from bot.views.balances import WAYS, month_words
from bot.views.payment_ways import way_name
from bot.views.screens import lines, shortened
from bot.views.spreadsheets import Book, Cell, Column, Page, Row
from storage.repositories.balances import JournalEntry, MemberStanding, Standing
from storage.states import AccountKind, TransactionKind

#: What these come to is told the other way round: a sale is not a loss of so much.
_IN_CREDIT: Final = frozenset(
    {AccountKind.SALES, AccountKind.REFUNDS, AccountKind.CREDIT, AccountKind.UNCLEAR, AccountKind.EARNINGS}
)


@dataclass(frozen=True, kw_only=True)
class _InCurrency:
    """One currency's part of the books."""

    t: Translator
    books: Books
    currency: str

    def major(self, amount: int) -> Decimal:
        """An amount in major units."""
        return Decimal(amount).scaleb(-minor_digits(self.currency))

    def local(self, at: datetime) -> datetime:
        """A moment on the group's clock, without its zone."""
        return at.astimezone(ZoneInfo(self.books.accounts.group.time_zone)).replace(tzinfo=None)


def accounts_book(t: Translator, books: Books, *, now: datetime) -> Book:
    """The sheets of a group's accounts, three for each currency that it has."""
    accounts = books.accounts
    zone = accounts.group.time_zone
    currencies = sorted({one.currency for one in accounts.standings} | {accounts.group.currency})
    # The group's own first.
    currencies.sort(key=lambda currency: currency != accounts.group.currency)
    parts = [_InCurrency(t=t, books=books, currency=currency) for currency in currencies]
    at = f"{now.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
    return Book(
        title=t("Accounts of {group}", group=accounts.group.title),
        facts=[month_words(t, accounts.month), t("As of {moment}", moment=at)],
        footer=t("Accounts of {group}", group=accounts.group.title),
        decimals=minor_digits(accounts.group.currency),
        pages=[page for part in parts for page in (_summary(part), _members(part), _journal(part))],
        flat=_journal(parts[0]),
    )


def accounts_caption(t: Translator, books: Books) -> Markup:
    """Beneath the file: whose accounts, and of when."""
    return lines(
        t.html("<b>Accounts of {group}</b>", group=shortened(books.accounts.group.title, 100)),
        Markup.escape(month_words(t, books.accounts.month)),
    )


def accounts_file_name(books: Books, *, now: datetime) -> str:
    """What the file is called: the month, or for all time the day."""
    month = books.accounts.month
    if month != ALL_TIME:
        return f"accounts-{month // 100}-{month % 100:02}.xlsx"
    return f"accounts-until-{now.astimezone(ZoneInfo(books.accounts.group.time_zone)):%Y-%m-%d}.xlsx"


def account_words(t: Translator, kind: AccountKind) -> str:
    """An account as those who lead a group know it."""
    if kind in WAYS:
        return t("Received ({way})", way=way_name(t, WAYS[kind]))
    words: Mapping[AccountKind, str] = {
        AccountKind.MEMBER: t("Members owe"),
        AccountKind.CREDIT: t("Store credit that members have"),
        AccountKind.REFUNDS: t("To be given back"),
        AccountKind.EARNINGS: t("Earned, and not paid out"),
        AccountKind.SALES: t("Sold"),
        AccountKind.EXCHANGE: t("Exchanged for Stars"),
        AccountKind.UNCLEAR: t("Received, but nobody knows what for"),
        AccountKind.GOODWILL: t("Store credit given for good will"),
        AccountKind.PROMOTIONS: t("Promotions"),
        AccountKind.COMMISSIONS: t("Commissions"),
        AccountKind.SUPPLIES: t("Sold for other groups, less what they sold"),
        AccountKind.SHARES: t("Shares left to other groups, less those kept"),
        AccountKind.PARTNERS: t("Other groups owe"),
    }
    return words[kind]


def kind_words(t: Translator, kind: TransactionKind) -> str:
    """What happened, as a word."""
    words = {
        TransactionKind.CHARGE: t("Order"),
        TransactionKind.PAYMENT: t("Payment"),
        TransactionKind.REFUND_DUE: t("To be given back"),
        TransactionKind.REFUND: t("Given back"),
        TransactionKind.REFUND_MOVED: t("Goes back otherwise"),
        TransactionKind.CREDIT_GIVEN: t("Store credit"),
        TransactionKind.COMMISSION: t("Commission"),
        TransactionKind.FRIEND_CREDIT: t("Friend brought"),
        TransactionKind.PAYOUT: t("Payout"),
        TransactionKind.CORRECTION: t("Correction"),
        TransactionKind.SUPPLY: t("Sold between groups"),
        TransactionKind.SUPPLY_PAID: t("Paid between groups"),
    }
    return words[kind]


def _summary(part: _InCurrency) -> Page:
    t, currency = part.t, part.currency
    opening, closing = _sums(part.books.opening, currency), _sums(part.books.accounts.standings, currency)
    rows = []
    for kind in AccountKind:
        sign = -1 if kind in _IN_CREDIT else 1
        start, end = sign * opening.get(kind, 0), sign * closing.get(kind, 0)
        if start or end:
            money = [part.major(amount) for amount in (start, end - start, end)]
            rows.append(Row(cells=[account_words(t, kind), *money]))
    return Page(
        tab=t("Sums {currency}", currency=currency),
        columns=[
            Column(title=t("Account"), width=34),
            *(
                Column(title=title, kind="money", width=16)
                for title in (
                    t("At the start ({currency})", currency=currency),
                    t("Change ({currency})", currency=currency),
                    t("At the end ({currency})", currency=currency),
                )
            ),
        ],
        rows=rows,
        decimals=minor_digits(currency),
    )


def _members(part: _InCurrency) -> Page:
    t = part.t
    by_person: dict[int, list[MemberStanding]] = {}
    for one in part.books.members:
        if one.currency == part.currency:
            by_person.setdefault(one.person_id, []).append(one)
    titles = (
        t("Owes ({currency})", currency=part.currency),
        t("Paid ahead ({currency})", currency=part.currency),
        t("Gets back ({currency})", currency=part.currency),
        t("Store credit ({currency})", currency=part.currency),
        t("Earned ({currency})", currency=part.currency),
    )
    sums = [_of_member(standings) for standings in by_person.values()]
    rows = [
        Row(cells=[standings[0].name, *_amounts(part, amounts)])
        for standings, amounts in zip(by_person.values(), sums, strict=True)
    ]
    if rows:
        total = _amounts(part, [sum(column) for column in zip(*sums, strict=True)])
        rows.append(Row(cells=[t("Total"), *total], kind="total"))
    return Page(
        tab=t("Members {currency}", currency=part.currency),
        columns=[
            Column(title=t("Name"), width=26),
            *(Column(title=title, kind="money", width=15) for title in titles),
        ],
        rows=rows,
        decimals=minor_digits(part.currency),
    )


def _journal(part: _InCurrency) -> Page:
    t, currency = part.t, part.currency
    entries = [entry for entry in part.books.journal if entry.currency == currency]
    rows = [_entry(part, entry) for entry in entries]
    if part.books.is_cut:
        cut = t("There is more than fits: choose a single month.")
        rows.append(Row(cells=[None, None, cut, *[None] * 6], kind="section"))
    return Page(
        tab=t("Journal {currency}", currency=currency),
        columns=[
            Column(title=t("No."), kind="number", width=7),
            Column(title=t("When"), kind="moment", width=17),
            Column(title=t("What"), width=16),
            Column(title=t("Account"), width=28),
            Column(title=t("Name"), width=20),
            Column(title=t("Pick / order"), width=11),
            Column(title=t("Debit ({currency})", currency=currency), kind="money", width=13),
            Column(title=t("Credit ({currency})", currency=currency), kind="money", width=13),
            Column(title=t("Note"), width=20),
        ],
        rows=rows,
        is_wide=True,
        decimals=minor_digits(currency),
    )


def _entry(part: _InCurrency, entry: JournalEntry) -> Row:
    order = f"#{entry.pick_number} / {entry.order_number}" if entry.pick_number else None
    return Row(
        cells=[
            entry.transaction_id,
            part.local(entry.posted_at),
            kind_words(part.t, entry.kind),
            account_words(part.t, entry.account),
            entry.name,
            order,
            part.major(entry.amount) if entry.amount > 0 else None,
            part.major(-entry.amount) if entry.amount < 0 else None,
            entry.note or None,
        ]
    )


def _sums(standings: Sequence[Standing], currency: str) -> dict[AccountKind, int]:
    return {one.kind: one.debit_amount + one.credit_amount for one in standings if one.currency == currency}


def _of_member(standings: Sequence[MemberStanding]) -> list[int]:
    """What she owes, has paid ahead, gets back, has as credit and has earned."""
    by_kind = {one.kind: one.amount for one in standings}
    owes = by_kind.get(AccountKind.MEMBER, 0)
    return [
        max(owes, 0),
        max(-owes, 0),
        -by_kind.get(AccountKind.REFUNDS, 0),
        -by_kind.get(AccountKind.CREDIT, 0),
        -by_kind.get(AccountKind.EARNINGS, 0),
    ]


def _amounts(part: _InCurrency, amounts: Sequence[int]) -> list[Cell]:
    return [part.major(amount) if amount else None for amount in amounts]
