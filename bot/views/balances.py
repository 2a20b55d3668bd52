"""What members owe and have, and a group's accounts in plain words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from babel.dates import format_skeleton
from markupsafe import Markup

from bot.callbacks.balances import AccountsButton, AccountsSheetButton, BalanceButton
from bot.callbacks.payments import PayButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.balances import ALL_TIME, month_after
from bot.rules.ledger import STARS_CURRENCY
from bot.services.payments.bills import Bill
from bot.services.payments.statements import Accounts, Statement
from bot.views.payment_ways import way_name
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group
from storage.repositories.balances import BETWEEN_GROUPS, Movement, Turnover
from storage.states import AccountKind, PaymentMethod, TransactionKind

MOVEMENTS_A_PAGE = 8

_MOST_BILLS = 8
_LONGEST_BUTTON = 40
_LONGEST_TITLE = 60
_LONGEST_NOTE = 100
_ROOM = 2500
_ROOM_NOW = 1200
_MOST_GROUPS = 50

WAYS: Mapping[AccountKind, PaymentMethod] = {
    AccountKind.CASH: PaymentMethod.CASH,
    AccountKind.TRANSFER: PaymentMethod.TRANSFER,
    AccountKind.CARD: PaymentMethod.CARD,
    AccountKind.STARS: PaymentMethod.STARS,
}
"""The accounts on which money comes in, with the way that it comes by."""


def no_accounts(t: Translator) -> Markup:
    """To somebody between whom and any group there has been no money."""
    return t.html("There is nothing to pay or to give back between you and your groups here.")


def which_balance(t: Translator, groups: Sequence[Group]) -> Screen:
    """Asks which group is meant."""
    buttons = [
        [Button(text=shortened(group.title, _LONGEST_BUTTON), data=BalanceButton(group.id or 0, 0))]
        for group in groups[:_MOST_GROUPS]
    ]
    return Screen(text=t.html("Which group do you mean?"), buttons=buttons)


def statement(t: Translator, facts: Statement, *, now: datetime) -> Screen:
    """What is between a member and a group, and what happened last."""
    group_id = facts.group.id or 0
    turning = []
    if facts.page > 0:
        turning.append(Button(text=t("‹ Back"), data=BalanceButton(group_id, facts.page - 1)))
    if facts.has_more:
        turning.append(Button(text=t("More ›"), data=BalanceButton(group_id, facts.page + 1)))
    moved = [_movement(t, one, facts.group, now=now) for one in facts.movements]
    return Screen(
        text=paragraphs(
            t.html("<b>Your money in {group}</b>", group=facts.group.title),
            _owed(t, facts.bills),
            _held(t, facts),
            as_fits((t.html("<b>What happened</b>"), *moved), between="\n", limit=_ROOM) if moved else None,
        ),
        buttons=[*_pay_buttons(t, facts.bills), turning],
    )


def accounts(t: Translator, facts: Accounts) -> Screen:
    """A group's accounts: what happened in a month, and what they come to."""
    return Screen(
        text=paragraphs(
            t.html("<b>Accounts of {group}</b>", group=facts.group.title),
            lines(
                Markup("<b>{}</b>").format(month_words(t, facts.month)),
                _listed(_turnover(t, facts.turnover), limit=_ROOM) or t.html("Nothing happened."),
            ),
            lines(
                Markup("<b>{}</b>").format(_standing_head(t, facts)),
                _listed(_standings(t, facts), limit=_ROOM_NOW) or t.html("Nobody owes anybody anything."),
            ),
        ),
        buttons=[*_months(t, facts), [_sheet_button(t, facts)]],
    )


def accounts_come(t: Translator) -> str:
    """The file is being made."""
    return t("Your file is coming.")


def money_words(t: Translator, amount: int, currency: str) -> str:
    """An amount in minor units, or so many Stars."""
    if currency == STARS_CURRENCY:
        return t.plural("{n} Star", "{n} Stars", amount)
    return t.money(Money(amount=amount, currency=currency))


def month_words(t: Translator, month: int) -> str:
    """A month by its name, with its year."""
    if month == ALL_TIME:
        return t("All time")
    # Its time zone does not matter: it is but a month.
    at = datetime(month // 100, month % 100, 1)  # noqa: DTZ001
    return format_skeleton("yMMMM", at, locale=t.language)


def _listed(sums: Sequence[tuple[str, str]], *, limit: int) -> Markup:
    """Each with its amount, as far as there is room; the file has all of them."""
    shown = (Markup.escape(f"{name}: {amount}") for name, amount in sums)
    return as_fits(shown, between="\n", limit=limit)


def _owed(t: Translator, bills: Sequence[Bill]) -> Markup:
    if not bills:
        return t.html("You owe nothing. Thank you!")
    shown = [
        t.html(
            "#{pick} {title}: {amount}",
            pick=bill.order.pick_number,
            title=shortened(bill.order.title, _LONGEST_TITLE),
            amount=money_words(t, bill.amount, bill.money.currency),
        )
        for bill in bills[:_MOST_BILLS]
    ]
    whole = t.html("You owe <b>{amount}</b>", amount=_added(t, _by_currency(bills)))
    more = len(bills) - len(shown)
    rest = t.html_plural("and {n} more order", "and {n} more orders", more) if more else None
    return lines(whole, *shown, rest)


def _held(t: Translator, facts: Statement) -> Markup:
    held = facts.back, facts.credit, facts.ahead, facts.earned
    back, credit, ahead, earned = (_added(t, amounts) for amounts in held)
    return lines(
        t.html("You get back: <b>{amount}</b>", amount=back) if back else None,
        t.html("Your store credit: <b>{amount}</b>", amount=credit) if credit else None,
        t.html("Earned by recommending, and not paid out: <b>{amount}</b> (/earnings)", amount=earned)
        if earned
        else None,
        t.html("Paid ahead, for picks that are still open: <b>{amount}</b>", amount=ahead) if ahead else None,
    )


def _pay_buttons(t: Translator, bills: Sequence[Bill]) -> list[Sequence[Button]]:
    return [
        [
            Button(
                text=shortened(
                    t(
                        "Pay {amount}: #{pick} {title}",
                        amount=money_words(t, bill.amount, bill.money.currency),
                        pick=bill.order.pick_number,
                        title=bill.order.title,
                    ),
                    _LONGEST_BUTTON,
                ),
                data=PayButton(bill.order.order_id),
            )
        ]
        for bill in bills[:_MOST_BILLS]
    ]


def _movement(t: Translator, one: Movement, group: Group, *, now: datetime) -> Markup:
    said = t.html(
        "{moment}: {what}",
        moment=t.moment(one.posted_at, group.time_zone, now=now),
        what=_what(t, one, money_words(t, abs(one.amount), one.currency)),
    )
    if not one.note:
        return said
    return Markup("{} <i>{}</i>").format(said, shortened(one.note, _LONGEST_NOTE))


def _what(t: Translator, one: Movement, amount: str) -> str:
    for_it = f"#{one.pick_number} {shortened(one.title or '', _LONGEST_TITLE)}" if one.pick_number else ""
    of_rewards = _what_of_rewards(t, one, amount)
    if of_rewards is not None:
        return _of(t, of_rewards, for_it)
    match one.kind:
        case TransactionKind.CHARGE if one.amount < 0:
            return t("{order} costs {amount} less", order=for_it, amount=amount)
        case TransactionKind.CHARGE:
            return t("{order} costs {amount}", order=for_it, amount=amount)
        case TransactionKind.REFUND_DUE:
            return _of(t, t("{amount} goes back", amount=amount), for_it)
        case TransactionKind.REFUND if one.method is PaymentMethod.CREDIT:
            return _of(t, t("{amount} became store credit", amount=amount), for_it)
        case TransactionKind.REFUND:
            return _of(t, t("{amount} was given back", amount=amount), for_it)
        case TransactionKind.CREDIT_GIVEN:
            return t("{amount} of store credit was given to you", amount=amount)
        case TransactionKind.CORRECTION if one.is_refund:
            return _of(t, t("{amount} was not given back after all", amount=amount), for_it)
        case TransactionKind.CORRECTION if one.amount > 0:
            return _of(t, t("{amount} was not paid after all", amount=amount), for_it)
    if one.method is None:
        return _of(t, t("{amount} was paid", amount=amount), for_it)
    return _of(t, t("{amount} was paid ({way})", amount=amount, way=way_name(t, one.method)), for_it)


def _what_of_rewards(t: Translator, one: Movement, amount: str) -> str | None:
    match one.kind:
        case TransactionKind.COMMISSION if one.amount < 0:
            return t("{amount} was earned by recommending", amount=amount)
        case TransactionKind.COMMISSION:
            return t("{amount} was not earned after all", amount=amount)
        case TransactionKind.FRIEND_CREDIT:
            return t("{amount} of store credit came for a friend who was brought", amount=amount)
        case TransactionKind.PAYOUT:
            return t("{amount} of what was earned was paid out", amount=amount)
        case TransactionKind.CORRECTION if one.is_payout:
            return t("{amount} of what was earned was not paid out after all", amount=amount)
    return None


def _of(t: Translator, words: str, order: str) -> str:
    return t("{what}, {order}", what=words, order=order) if order else words


def _turnover(t: Translator, turnover: Sequence[Turnover]) -> list[tuple[str, str]]:
    """What happened, each with its amount."""
    came = (TransactionKind.PAYMENT, TransactionKind.CORRECTION)
    of_credit = [one for one in turnover if one.account is AccountKind.CREDIT]
    into_credit = [one for one in of_credit if one.is_refund]
    given = [one for one in of_credit if one.kind is TransactionKind.CREDIT_GIVEN]
    spent = [one for one in of_credit if one.kind in came and not one.is_refund]
    between = [one for one in turnover if one.kind in BETWEEN_GROUPS]
    ways = [one for one in turnover if one.account in WAYS and not one.is_payout and one not in between]
    paid_out = [one for one in turnover if one.account in WAYS and one.is_payout]
    from_earnings = [one for one in of_credit if one.kind is TransactionKind.PAYOUT]
    for_friends = [one for one in of_credit if one.kind is TransactionKind.FRIEND_CREDIT]
    earned = [one for one in turnover if one.account is AccountKind.COMMISSIONS]
    sold = [one for one in turnover if one.account is AccountKind.SALES]
    found = [
        (t("Sold"), _summed(sold, -1)),
        *(
            (t("Received ({way})", way=way_name(t, method)), _summed(_in(ways, kind, is_refund=False), 1))
            for kind, method in WAYS.items()
        ),
        (t("Paid out of store credit"), _summed(spent, 1)),
        *(
            (t("Given back ({way})", way=way_name(t, method)), _summed(_in(ways, kind, is_refund=True), -1))
            for kind, method in WAYS.items()
        ),
        (t("Became store credit"), _summed(into_credit, -1)),
        (t("Store credit given for good will"), _summed(given, -1)),
        (t("Store credit for friends who were brought"), _summed(for_friends, -1)),
        (t("Earned by recommending"), _summed(earned, 1)),
        (t("Earnings that became store credit"), _summed(from_earnings, -1)),
        *(
            (
                t("Earnings paid out ({way})", way=way_name(t, method)),
                _summed(_in(paid_out, kind, is_refund=False), -1),
            )
            for kind, method in WAYS.items()
        ),
        *_between_groups(t, between),
    ]
    return [(name, _added(t, amounts, signed=True)) for name, amounts in found if any(amounts.values())]


def _between_groups(t: Translator, turnover: Sequence[Turnover]) -> list[tuple[str, dict[str, int]]]:
    """What a group sold for others, what others sold for it, and what was paid for that."""

    def of(kind: AccountKind, *, is_supplier: bool) -> list[Turnover]:
        return [one for one in turnover if one.account is kind and one.is_supplier is is_supplier]

    return [
        (t("Sold for other groups"), _summed(of(AccountKind.SUPPLIES, is_supplier=False), 1)),
        (t("Kept of that as a share"), _summed(of(AccountKind.SHARES, is_supplier=False), -1)),
        (t("Paid to other groups"), _summed(of(AccountKind.CASH, is_supplier=False), -1)),
        (t("Sold by other groups"), _summed(of(AccountKind.SUPPLIES, is_supplier=True), -1)),
        (t("Left to them as their share"), _summed(of(AccountKind.SHARES, is_supplier=True), 1)),
        (t("Received from other groups"), _summed(of(AccountKind.CASH, is_supplier=True), 1)),
    ]


def _in(ways: Sequence[Turnover], kind: AccountKind, *, is_refund: bool) -> list[Turnover]:
    return [one for one in ways if one.account is kind and one.is_refund is is_refund]


def _standings(t: Translator, facts: Accounts) -> list[tuple[str, str]]:
    """What the accounts come to, as those who lead a group have to know it."""

    def debit(kind: AccountKind) -> dict[str, int]:
        return {one.currency: one.debit_amount for one in facts.standings if one.kind is kind}

    def credit(kind: AccountKind) -> dict[str, int]:
        return {one.currency: -one.credit_amount for one in facts.standings if one.kind is kind}

    found = [
        (t("Members owe"), debit(AccountKind.MEMBER)),
        (t("Members have paid ahead"), credit(AccountKind.MEMBER)),
        (t("To be given back"), credit(AccountKind.REFUNDS)),
        (t("Store credit that members have"), credit(AccountKind.CREDIT)),
        (t("Earned, and not paid out"), credit(AccountKind.EARNINGS)),
        (t("Paid out, and taken back since"), debit(AccountKind.EARNINGS)),
        (t("Received, but nobody knows what for"), credit(AccountKind.UNCLEAR)),
        (t("Other groups owe, all in all (/partners)"), debit(AccountKind.PARTNERS)),
        (t("Owed to other groups, all in all (/partners)"), credit(AccountKind.PARTNERS)),
    ]
    return [(name, _added(t, amounts)) for name, amounts in found if any(amounts.values())]


def _standing_head(t: Translator, facts: Accounts) -> str:
    if facts.month in (ALL_TIME, facts.last):
        return t("Now")
    return t("At the end of {month}", month=month_words(t, facts.month))


def _months(t: Translator, facts: Accounts) -> list[Sequence[Button]]:
    group_id = facts.group.id or 0
    if facts.month == ALL_TIME:
        return [[Button(text=month_words(t, facts.last), data=AccountsButton(group_id, facts.last))]]
    beside = []
    if facts.month > facts.first:
        before = month_after(facts.month, by=-1)
        beside.append(Button(text=f"‹ {month_words(t, before)}", data=AccountsButton(group_id, before)))
    if facts.month < facts.last:
        after = month_after(facts.month)
        beside.append(Button(text=f"{month_words(t, after)} ›", data=AccountsButton(group_id, after)))
    return [beside, [Button(text=t("All time"), data=AccountsButton(group_id, ALL_TIME))]]


def _sheet_button(t: Translator, facts: Accounts) -> Button:
    return Button(text=t("As a file (XLSX)"), data=AccountsSheetButton(facts.group.id or 0, facts.month))


def _summed(turnover: Iterable[Turnover], sign: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in turnover:
        sums[one.currency] = sums.get(one.currency, 0) + sign * one.amount
    return sums


def _by_currency(bills: Sequence[Bill]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for bill in bills:
        sums[bill.money.currency] = sums.get(bill.money.currency, 0) + bill.amount
    return sums


def _added(t: Translator, amounts: Mapping[str, int], *, signed: bool = False) -> str:
    """Amounts of several currencies side by side; those that are nothing, or less unless signed, left out."""
    shown = [(currency, amount) for currency, amount in sorted(amounts.items()) if signed or amount > 0]
    return " + ".join(money_words(t, amount, currency) for currency, amount in shown if amount)
