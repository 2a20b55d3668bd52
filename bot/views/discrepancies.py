"""What about money does not fit, for those who decide it: the list, the facts, and what was decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from bot.callbacks.discrepancies import DecisionButton, DiscrepancyButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.discrepancies import Decision
from bot.rules.ledger import STARS_CURRENCY
from bot.rules.payments import Contradiction
from bot.services.payments.discrepancies import Finding, Paid
from bot.views.payment_ways import way_name
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group
from storage.repositories.audit import AuditLine
from storage.repositories.discrepancies import OpenedDiscrepancy
from storage.states import DiscrepancyKind, OrderState

MOST_LISTED: Final = 20
ASK_NOTE: Final = "note"
"""Stands in a button for the decision that needs words first."""

_LONGEST_NAME = 30
_MOST_PAYMENTS = 10


def discrepancy_list(t: Translator, found: Sequence[OpenedDiscrepancy]) -> Screen:
    """All that somebody has to decide, with a button for each."""
    if not found:
        return Screen(text=t.html("Everything about money fits. There is nothing to decide."))
    shown = found[:MOST_LISTED]
    return Screen(
        text=as_fits(
            (
                t.html("<b>What about money does not fit</b>"),
                t.html("Each of these waits for you to decide. Until then nothing moves by itself."),
                *(_entry(t, one) for one in shown),
            ),
            between="\n\n",
        ),
        buttons=[[Button(text=_short(t, one), data=DiscrepancyButton(one.id))] for one in shown],
    )


def discrepancy_page(t: Translator, finding: Finding, *, now: datetime) -> Screen:
    """One finding: the facts, and what can be decided."""
    found = finding.discrepancy
    return Screen(
        text=paragraphs(
            Markup("<b>{}</b>").format(kind_words(t, found.kind)),
            _what_was_found(t, found),
            _order(t, finding),
            _payments(t, finding, now=now),
            _outcome(t, found, now=now) if found.settled_at else _meaning(t, finding),
        ),
        buttons=[*_deeds(t, finding), [Button(text=t("‹ All of them"), data=DiscrepancyButton(0))]],
    )


def ask_for_note(t: Translator, found: OpenedDiscrepancy) -> Screen:
    """How it was settled, in the curator's own words."""
    return Screen(
        text=t.html(
            "Write in a few words how it was settled. Your words are kept with it, and no money moves "
            "because of them."
        ),
        buttons=[[Button(text=t("‹ Back"), data=DiscrepancyButton(found.id))]],
    )


def decided_toast(t: Translator, decision: Decision) -> str:
    """It is decided."""
    words = {
        Decision.COUNT: t("Done: it counts for this order."),
        Decision.GIVE_BACK: t("Done: it goes back."),
        Decision.SETTLED: t("Done: it is settled."),
    }
    return words[decision]


def discrepancy_notice(t: Translator, group: Group, count: int) -> Screen:
    """To a curator in private: so much waits for her decision."""
    return Screen(
        text=t.html_plural(
            "{n} matter about money in {group} does not fit and waits for your decision.",
            "{n} matters about money in {group} do not fit and wait for your decision.",
            count,
            group=group.title,
        ),
        buttons=[[Button(text=t("Show me"), data=DiscrepancyButton(0))]],
    )


def decision_waits(t: Translator, *, name: str, link: str) -> Screen:
    """In the group, to a curator who reads nothing in private: no word of money."""
    return Screen(
        text=t.html("{name}, something waits for your decision.", name=name),
        buttons=[[Button(text=t("Open"), url=link)]],
    )


def discrepancy_act(t: Translator, act: AuditLine, person: str) -> str | None:
    """What was decided, for the audit log; `person` is who paid, or whose order it is."""
    if act.action != "discrepancy_decided":
        return None
    match act.details.get("decision"):
        case Decision.COUNT:
            return t("decided that what {person} paid counts", person=person)
        case Decision.GIVE_BACK:
            return t("decided that what {person} paid goes back", person=person)
    return t(
        "settled what did not fit about {person}: {note}", person=person, note=act.details.get("note", "")
    )


def kind_words(t: Translator, kind: DiscrepancyKind) -> str:
    """What does not fit, in a sentence."""
    words = {
        DiscrepancyKind.WRONG_AMOUNT: t("Another amount was paid than was asked for."),
        DiscrepancyKind.FOREIGN_PAYER: t("Somebody else paid than the one who was asked to."),
        DiscrepancyKind.UNKNOWN_INVOICE: t("Something was paid that nobody was asked for here."),
        DiscrepancyKind.PAID_TWICE: t("The order was paid twice."),
        DiscrepancyKind.TOO_LATE: t("The order was paid too late."),
        DiscrepancyKind.REFUND_REFUSED: t("Telegram refused to give Stars back."),
        DiscrepancyKind.STATES_DISAGREE: t("What is known of an order does not fit together."),
    }
    return words[kind]


def _entry(t: Translator, found: OpenedDiscrepancy) -> Markup:
    return lines(
        Markup("<b>{}</b>").format(_short(t, found)), kind_words(t, found.kind), _what_was_found(t, found)
    )


def _short(t: Translator, found: OpenedDiscrepancy) -> str:
    who = shortened(found.name or found.payer or "", _LONGEST_NAME)
    if found.number is None:
        return t("{group}: {name}", group=shortened(found.group_title, _LONGEST_NAME), name=who)
    return t("#{pick}, order number {number}: {name}", pick=found.pick_number, number=found.number, name=who)


def _what_was_found(t: Translator, found: OpenedDiscrepancy) -> Markup | None:
    facts = found.facts
    reason = facts.get("reason")
    said = [
        _amounts(t, facts),
        t.html("Telegram says: {reason}", reason=shortened(str(reason), 200)) if reason else None,
        *(_contradiction(t, word) for word in facts.get("found", ())),
    ]
    return lines(*said) or None


def _amounts(t: Translator, facts: Mapping[str, Any]) -> Markup | None:
    given_back, paid, expected = (
        _amount(t, facts.get("given_back"), facts.get("currency")),
        _amount(t, facts.get("amount"), facts.get("currency")),
        _amount(t, facts.get("expected_amount"), facts.get("expected_currency")),
    )
    if given_back:
        return t.html("Telegram has given {amount} back, which nobody asked for here.", amount=given_back)
    if paid and facts.get("refund_id"):
        return t.html("{amount} goes back by your own means now; /refunds has it in its list.", amount=paid)
    if paid and expected and facts.get("payer"):
        return t.html(
            "{name} paid {amount}; asked for was {expected}.",
            name=facts["payer"],
            amount=paid,
            expected=expected,
        )
    if paid and facts.get("payer"):
        return t.html("{name} paid {amount}.", name=facts["payer"], amount=paid)
    return None


def _contradiction(t: Translator, word: str) -> Markup | None:
    words = {
        Contradiction.GIVEN_BACK_TOO_MUCH: t.html("More went back, or is to, than was paid."),
        Contradiction.GOODS_ELSEWHERE: t.html("Its goods are where they cannot be as it stands."),
        Contradiction.CANCELLED_WITH_LINES: t.html("It is cancelled and holds goods all the same."),
    }
    return next((sentence for kind, sentence in words.items() if kind == word), None)


def _order(t: Translator, finding: Finding) -> Markup | None:
    found, money = finding.discrepancy, finding.money
    if money is None:
        return None

    def amount(minor: int) -> str:
        return _money(t, minor, money.currency)

    return lines(
        t.html(
            "Order number {number} of #{pick} {title}, by {name}, comes to {amount}.",
            number=money.number,
            pick=found.pick_number,
            title=found.title,
            name=found.name,
            amount=amount(max(0, money.lines_amount + money.fee_amount - money.discount_amount)),
        ),
        t.html("Counted as paid for it: {amount}.", amount=amount(money.received_amount)),
        t.html("Gone back: {amount}.", amount=amount(money.refunded_amount))
        if money.refunded_amount
        else None,
        t.html("Still to go back: {amount}.", amount=amount(money.refund_due_amount))
        if money.refund_due_amount
        else None,
        t.html("It is not handed over before you have decided.")
        if money.order_state is OrderState.NEEDS_REVIEW and not found.settled_at
        else None,
    )


def _payments(t: Translator, finding: Finding, *, now: datetime) -> Markup | None:
    shown = finding.paid[-_MOST_PAYMENTS:]
    return lines(*(_payment(t, finding, one, now=now) for one in shown)) if shown else None


def _payment(t: Translator, finding: Finding, paid: Paid, *, now: datetime) -> Markup:
    payment = paid.payment
    said = t.html(
        "{moment}: {name} paid {amount} ({way}).",
        moment=t.moment(payment.decided_at or payment.created_at, finding.discrepancy.time_zone, now=now),
        name=shortened(paid.payer, _LONGEST_NAME),
        amount=_charged(t, paid),
        way=way_name(t, payment.method),
    )
    if payment.order_id is None:
        return Markup("{} {}").format(said, t.html("It counts for no order yet."))
    return said


def _charged(t: Translator, paid: Paid) -> str:
    payment = paid.payment
    if payment.charged_currency in (None, payment.currency):
        return _money(t, payment.amount, payment.currency)
    charged = _money(t, payment.charged_amount or 0, payment.charged_currency or payment.currency)
    return t("{charged}, for {amount}", charged=charged, amount=_money(t, payment.amount, payment.currency))


def _meaning(t: Translator, finding: Finding) -> Markup:
    """What each decision does."""
    possible, money = finding.decisions, finding.money
    worth = (
        _money(t, finding.worth_amount, money.currency)
        if finding.worth_amount and money is not None
        else None
    )
    counts = Decision.COUNT in possible
    return lines(
        t.html("<b>Count it</b>: it pays for this order, for which it is worth {amount}.", amount=worth)
        if counts and worth
        else None,
        t.html("<b>Count it</b>: it pays for this order, as it does now.") if counts and not worth else None,
        t.html("<b>Give it back</b>: it goes back to whoever paid it.")
        if Decision.GIVE_BACK in possible
        else None,
        t.html("<b>It is settled</b>: you write how, and the order goes on as its facts are."),
    )


def _deeds(t: Translator, finding: Finding) -> list[Sequence[Button]]:
    key, possible = finding.discrepancy.id, finding.decisions
    deeds: list[Sequence[Button]] = []
    if Decision.COUNT in possible:
        count = DecisionButton(key, Decision.COUNT.value)
        deeds.append([Button(text=t("Count it"), data=count)])
    if Decision.GIVE_BACK in possible:
        back = DecisionButton(key, Decision.GIVE_BACK.value)
        deeds.append([Button(text=t("Give it back"), data=back)])
    if Decision.SETTLED in possible:
        deeds.append([Button(text=t("It is settled…"), data=DecisionButton(key, ASK_NOTE))])
    return deeds


def _outcome(t: Translator, found: OpenedDiscrepancy, *, now: datetime) -> Markup:
    assert found.settled_at is not None
    words = {
        Decision.COUNT: t("it counts for this order"),
        Decision.GIVE_BACK: t("it goes back"),
        Decision.SETTLED: t("it is settled"),
    }
    decided = next((said for decision, said in words.items() if decision == found.outcome), "")
    note = found.facts.get("note")
    return lines(
        t.html(
            "{name} decided on {moment}: {decision}.",
            name=found.settled_by or "",
            moment=t.moment(found.settled_at, found.time_zone, now=now),
            decision=decided,
        ),
        t.html("Note: {note}", note=note) if note else None,
    )


def _amount(t: Translator, amount: object, currency: object) -> str | None:
    return _money(t, amount, str(currency)) if isinstance(amount, int) and currency else None


def _money(t: Translator, amount: int, currency: str) -> str:
    if currency == STARS_CURRENCY:
        return t.plural("{n} Star", "{n} Stars", amount)
    return t.money(Money(amount=amount, currency=currency))
