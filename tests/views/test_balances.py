"""What members and leaders read of money fits, whatever anybody wrote, and is written as its currency is."""

import io
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest

from bot.i18n import Translator
from bot.rules.balances import ALL_TIME
from bot.services.payments.bills import Bill
from bot.services.payments.statements import Accounts, Books, Statement
from bot.views.balance_sheets import account_words, accounts_book, accounts_file_name, kind_words
from bot.views.balances import MOVEMENTS_A_PAGE, accounts, month_words, statement, which_balance
from bot.views.spreadsheets import as_csv, as_xlsx
from storage.models import Group
from storage.repositories.balances import JournalEntry, MemberStanding, Movement, Standing, Turnover
from storage.repositories.payment_bills import BilledOrder
from storage.repositories.payments import OrderMoney
from storage.states import (
    AccountKind,
    FulfilmentState,
    OrderState,
    PaymentMethod,
    PaymentState,
    PaysWhen,
    PickState,
    TransactionKind,
)
from tests.views.strange import GROUP, NAME, NOW, TITLE, long, shown

EN = Translator("en")
HUGE = 9_999_999_999_999


def make_group(text: str = "Honey", *, currency: str = "EUR") -> Group:
    return Group(
        id=2**62,
        chat_id=-1,
        title=long(text, GROUP),
        language="en",
        currency=currency,
        time_zone="Europe/Berlin",
        created_at=NOW,
    )


def make_bill(text: str = "Honey", *, amount: int = 1290, currency: str = "EUR", number: int = 1) -> Bill:
    order = BilledOrder(
        order_id=2**62 + number,
        number=number,
        state=OrderState.CONFIRMED,
        payment_state=PaymentState.UNPAID,
        person_id=3,
        name="Ann",
        pick_id=1,
        pick_number=999_999,
        pick_state=PickState.CLOSED,
        closed_at=NOW,
        title=long(text, TITLE),
        currency=currency,
        group_id=2**62,
        group_title=long(text, GROUP),
        time_zone="Europe/Berlin",
        named_methods=None,
        pays_when=None,
        group_pays_when=PaysWhen.AFTER_CLOSE,
        hold_minutes=10,
        price_can_fall=False,
    )
    money = OrderMoney(
        order_id=order.order_id,
        number=number,
        group_id=order.group_id,
        pick_id=1,
        person_id=3,
        currency=currency,
        order_state=OrderState.CONFIRMED,
        payment_state=PaymentState.UNPAID,
        fulfilment_state=FulfilmentState.WAITING,
        lines_amount=amount,
        received_amount=0,
        claimed_amount=0,
        refunded_amount=0,
        refund_due_amount=0,
        goodwill_amount=0,
        is_tracked=True,
    )
    return Bill(order=order, money=money, ways=(), takes_cash=False)


def make_movement(
    kind: TransactionKind = TransactionKind.CHARGE,
    *,
    amount: int = 1290,
    currency: str = "EUR",
    method: PaymentMethod | None = None,
    is_refund: bool = False,
    pick: int | None = 3,
    text: str = "Honey",
    note: str = "",
) -> Movement:
    title = long(text, TITLE) if pick else None
    return Movement(1, kind, NOW, currency, amount, method, is_refund, pick, title, note)


def make_statement(
    *, group: Group | None = None, bills: Sequence[Bill] = (), movements: Sequence[Movement] = ()
) -> Statement:
    return Statement(
        group=group or make_group(),
        bills=bills,
        back={"EUR": 500, "XTR": 250},
        credit={"KWD": 1250, "EUR": 0},
        ahead={"JPY": 3000},
        earned={"EUR": 120},
        movements=movements,
        page=1,
        has_more=True,
    )


def make_accounts(
    *,
    group: Group | None = None,
    month: int = 202603,
    standings: Sequence[Standing] = (),
    turnover: Sequence[Turnover] = (),
) -> Accounts:
    return Accounts(
        group=group or make_group(),
        month=month,
        first=202511,
        last=202603,
        standings=standings,
        turnover=turnover,
    )


def test_a_full_statement_fits(t: Translator, text: str) -> None:
    kinds = list(TransactionKind)
    movements = [
        make_movement(kinds[n % len(kinds)], amount=HUGE, text=text, note=long(text, 200))
        for n in range(MOVEMENTS_A_PAGE)
    ]
    bills = [make_bill(text, amount=HUGE, number=n) for n in range(40)]
    screen = statement(t, make_statement(group=make_group(text), bills=bills, movements=movements), now=NOW)
    assert long(text, 20) in shown(screen)
    shown(which_balance(t, [make_group(text)] * 80))


def test_full_accounts_fit(t: Translator, text: str) -> None:
    currencies = ("EUR", "JPY", "KWD", "XTR", "USD")
    standings = [Standing(kind, c, HUGE, -HUGE) for kind in AccountKind for c in currencies]
    turnover = [
        Turnover(account, currency, kind, kind is TransactionKind.REFUND, HUGE)
        for account in AccountKind
        for currency in currencies
        for kind in TransactionKind
    ]
    for month in (ALL_TIME, 202601, 202603):
        facts = make_accounts(group=make_group(text), month=month, standings=standings, turnover=turnover)
        assert long(text, 20) in shown(accounts(t, facts))


def test_each_amount_is_written_as_its_currency_is() -> None:
    text = shown(statement(EN, make_statement(bills=[make_bill(currency="JPY"), make_bill()]), now=NOW))
    for words in (
        "You owe €12.90 + ¥1,290",
        "You get back: €5.00 + 250 Stars",
        "Your store credit: KWD\xa01.250\n",
        "Paid ahead, for picks that are still open: ¥3,000",
        "Earned by recommending, and not paid out: €1.20 (/earnings)",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("movement", "words"),
    [
        (make_movement(), "#3 HoneyHoney"),
        (make_movement(amount=-290), "costs €2.90 less"),
        (make_movement(TransactionKind.PAYMENT, method=PaymentMethod.CARD), "€12.90 was paid (Card), #3"),
        (make_movement(TransactionKind.PAYMENT), "€12.90 was paid, #3"),
        (make_movement(TransactionKind.PAYMENT, currency="XTR", amount=1, pick=None), "1 Star was paid\n"),
        (make_movement(TransactionKind.REFUND_DUE), "€12.90 goes back, #3"),
        (make_movement(TransactionKind.REFUND, method=PaymentMethod.CASH), "€12.90 was given back, #3"),
        (make_movement(TransactionKind.REFUND, method=PaymentMethod.CREDIT), "became store credit, #3"),
        (make_movement(TransactionKind.CREDIT_GIVEN, pick=None), "€12.90 of store credit was given to you\n"),
        (make_movement(TransactionKind.CORRECTION, amount=-5, is_refund=True), "€0.05 was not given back"),
        (make_movement(TransactionKind.CORRECTION), "€12.90 was not paid after all"),
        (make_movement(TransactionKind.CORRECTION, amount=-5), "€0.05 was paid, #3"),
    ],
)
def test_what_happened_is_said_in_words(movement: Movement, words: str) -> None:
    text = shown(statement(EN, make_statement(movements=[movement]), now=NOW))
    assert words in f"{text}\n"


def test_accounts_tell_what_came_and_went_and_what_is_still_open() -> None:
    turnover = [
        Turnover(AccountKind.SALES, "EUR", TransactionKind.CHARGE, False, -5000),
        Turnover(AccountKind.MEMBER, "EUR", TransactionKind.CHARGE, False, 5000),
        Turnover(AccountKind.CASH, "EUR", TransactionKind.PAYMENT, False, 2000),
        Turnover(AccountKind.CASH, "EUR", TransactionKind.CORRECTION, False, -500),
        Turnover(AccountKind.STARS, "XTR", TransactionKind.PAYMENT, False, 650),
        Turnover(AccountKind.CASH, "EUR", TransactionKind.REFUND, True, -300),
        Turnover(AccountKind.CREDIT, "EUR", TransactionKind.REFUND, True, -200),
        Turnover(AccountKind.CREDIT, "EUR", TransactionKind.PAYMENT, False, 100),
        Turnover(AccountKind.CREDIT, "EUR", TransactionKind.CREDIT_GIVEN, False, -700),
    ]
    standings = [
        Standing(AccountKind.MEMBER, "EUR", 3000, -400),
        Standing(AccountKind.REFUNDS, "EUR", 0, -250),
        Standing(AccountKind.CREDIT, "EUR", 0, -800),
        Standing(AccountKind.UNCLEAR, "XTR", 0, -50),
    ]
    text = shown(accounts(EN, make_accounts(standings=standings, turnover=turnover)))
    assert text.splitlines()[2:] == [
        "March 2026",
        "Sold: €50.00",
        "Received (Cash at pick-up): €15.00",
        "Received (Telegram Stars): 650 Stars",
        "Paid out of store credit: €1.00",
        "Given back (Cash at pick-up): €3.00",
        "Became store credit: €2.00",
        "Store credit given for good will: €7.00",
        "",
        "Now",
        "Members owe: €30.00",
        "Members have paid ahead: €4.00",
        "To be given back: €2.50",
        "Store credit that members have: €8.00",
        "Received, but nobody knows what for: 50 Stars",
    ]


def test_months_have_names(t: Translator) -> None:
    names = {"en": "March 2026", "es": "marzo de 2026", "ru": "март 2026\u202fг.", "zh_CN": "2026年3月"}
    assert month_words(t, 202603).replace("\xa0", "\u202f") == names[t.language]
    assert month_words(t, ALL_TIME) not in ("", "0")


def test_months_lead_from_the_first_to_this_one() -> None:
    def labels(month: int) -> list[str]:
        return [button.text for row in accounts(EN, make_accounts(month=month)).buttons for button in row]

    assert labels(202511) == ["December 2025 ›", "All time", "As a file (XLSX)"]
    assert labels(202512) == ["‹ November 2025", "January 2026 ›", "All time", "As a file (XLSX)"]
    assert labels(202603) == ["‹ February 2026", "All time", "As a file (XLSX)"]
    assert labels(ALL_TIME) == ["March 2026", "As a file (XLSX)"]


def test_every_account_and_every_kind_has_words(t: Translator) -> None:
    assert all(account_words(t, kind) for kind in AccountKind)
    assert all(kind_words(t, kind) for kind in TransactionKind)


def make_books(text: str = "Ann", *, currency: str = "KWD", is_cut: bool = False) -> Books:
    standings = [
        Standing(AccountKind.MEMBER, currency, 1250, 0),
        Standing(AccountKind.SALES, currency, 0, -1250),
        Standing(AccountKind.STARS, "XTR", 650, 0),
    ]
    journal = [
        JournalEntry(1, NOW, TransactionKind.CHARGE, AccountKind.MEMBER, text, 3, 7, 1250, currency, text),
        JournalEntry(1, NOW, TransactionKind.CHARGE, AccountKind.SALES, None, 3, 7, -1250, currency, text),
        JournalEntry(2, NOW, TransactionKind.PAYMENT, AccountKind.STARS, None, None, None, 650, "XTR", ""),
    ]
    return Books(
        accounts=make_accounts(group=make_group(text, currency=currency), standings=standings),
        opening=[Standing(AccountKind.SALES, currency, 0, -250)],
        members=[MemberStanding(1, long(text, NAME), AccountKind.MEMBER, currency, 1250)],
        journal=journal,
        is_cut=is_cut,
    )


def test_each_currency_has_its_sheets_and_its_decimals(t: Translator, text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(accounts_book(t, make_books(text), now=NOW))))
    assert [sheet.title.split()[-1] for sheet in book] == ["KWD"] * 3 + ["XTR"] * 3
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    formats = {cell.number_format for cell in cells if isinstance(cell.value, int | float)}
    assert {"#,##0.000", "#,##0"} <= formats
    assert "1.25" in {str(cell.value) for cell in cells}
    assert 650 in {cell.value for cell in cells}


def test_a_journal_that_is_cut_says_so() -> None:
    assert "choose a single month" in as_csv(accounts_book(EN, make_books(is_cut=True), now=NOW)).decode()
    assert "choose a single month" not in as_csv(accounts_book(EN, make_books(), now=NOW)).decode()


def test_sums_begin_where_the_month_before_ended() -> None:
    (summary, *_) = accounts_book(EN, make_books(), now=NOW).pages
    rows = {str(row.cells[0]): list(row.cells[1:]) for row in summary.rows}
    assert rows["Sold"] == [Decimal("0.250"), Decimal("1.000"), Decimal("1.250")]
    assert rows["Members owe"] == [Decimal(0), Decimal("1.250"), Decimal("1.250")]


def test_the_file_is_named_after_its_month() -> None:
    assert accounts_file_name(make_books(), now=NOW) == "accounts-2026-03.xlsx"
    all_time = Books(accounts=make_accounts(month=ALL_TIME), opening=(), members=(), journal=(), is_cut=False)
    assert accounts_file_name(all_time, now=NOW + timedelta(hours=12)) == "accounts-until-2026-03-03.xlsx"
