"""Promotions in private: the list, one of them, what came of it, and its codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.promotions import (
    CouponBatchButton,
    NewCouponsButton,
    NewPromotionButton,
    PromotionButton,
    PromotionDeedButton,
    PromotionsButton,
)
from bot.i18n import Translator
from bot.money import Money
from bot.rules.promotion_drafts import PromotionStep
from bot.views.promotion_words import condition_words, gift_words, state_name, titled
from bot.views.screens import Button, Screen, as_fits, in_rows, lines, paragraphs, shortened
from storage.models import Group, Promotion
from storage.repositories.coupon_batches import CouponBatch
from storage.repositories.promotion_terms import PromotionResult
from storage.states import FriendCreditState, PromotionKind, PromotionState

PROMOTIONS_A_PAGE = 8
MOST_BATCHES = 20

_LONGEST_BUTTON = 40
_LONGEST_LIST = 300
_COUNTS = (50, 200, 1_000)


@dataclass(frozen=True, kw_only=True)
class PromotionFacts:
    """A promotion with all that its page shows."""

    promotion: Promotion
    time_zone: str
    #: Whose it is; none: it holds across groups.
    group: Group | None = None
    group_titles: Sequence[str] = ()
    offer_titles: Sequence[str] = ()
    point_names: Sequence[str] = ()
    codes: int = 0
    may_change: Sequence[PromotionStep] = ()
    #: Whoever looks may change nothing: it is of those who run the bot.
    is_of_others: bool = False
    #: From which group's list it was opened.
    list_of: int = 0

    @property
    def id(self) -> int:
        """Its key."""
        assert self.promotion.id is not None
        return self.promotion.id


def promotions_list(
    t: Translator,
    group: Group | None,
    promotions: Sequence[Promotion],
    *,
    page: int,
    has_more: bool,
    now: datetime,
) -> Screen:
    """A page of a group's promotions, or of those across groups."""
    group_id = group.id or 0 if group is not None else 0
    head = (
        t.html("<b>Promotions in {group}</b>", group=group.title)
        if group is not None
        else t.html("<b>Promotions across groups</b>")
    )
    listed = lines(*(_entry(t, promotion, group, now=now) for promotion in promotions))
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=PromotionsButton(group_id, page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=PromotionsButton(group_id, page + 1)))
    return Screen(
        text=paragraphs(head, listed or t.html("There are none yet.")),
        buttons=[
            *in_rows([_named(promotion) for promotion in promotions], width=2),
            turning,
            [Button(text=t("New promotion"), data=NewPromotionButton(group_id))],
        ],
    )


def whose_promotions(t: Translator, groups: Sequence[Group], *, is_admin: bool) -> Screen:
    """Which of several groups' promotions are meant."""
    buttons = [
        [Button(text=shortened(group.title, _LONGEST_BUTTON), data=PromotionsButton(group.id or 0, 0))]
        for group in groups[:90]
    ]
    if is_admin:
        buttons.insert(0, [Button(text=t("Across groups"), data=PromotionsButton(0, 0))])
    return Screen(text=t.html("Whose promotions do you want to see?"), buttons=buttons)


def promotion_page(t: Translator, facts: PromotionFacts, *, now: datetime) -> Screen:
    """One promotion: what it gives, to whom, how much of it is used, and what can be done with it."""
    promotion = facts.promotion
    back = Button(text=t("‹ Back"), data=PromotionsButton(facts.list_of, 0))
    return Screen(
        text=paragraphs(
            titled(t, promotion.title, gift_words(t, promotion)),
            lines(
                t.html("State: {state}", state=_state(t, promotion, now=now)),
                _where(t, facts),
                _conditions(t, promotion),
                _times(t, facts, now=now),
                t.html("It is added to others that allow it, too.") if promotion.stacks else None,
                t.html("Orders with it pay no commission.") if promotion.pays_no_commission else None,
            ),
            _used(t, promotion),
            _lacks_codes(t, facts),
            t.html("Those who run the bot have made it.") if facts.is_of_others else None,
        ),
        buttons=[] if facts.is_of_others else [*_deeds(t, facts), [back]],
    )


def end_question(t: Translator, promotion: Promotion) -> Screen:
    """Shall a promotion end for good?"""
    assert promotion.id is not None
    return Screen(
        text=t.html(
            "End {title} for good? Whoever has ordered with it keeps what they got; nobody new gets "
            "anything. A pause can be undone, an end cannot.",
            title=promotion.title,
        ),
        buttons=[
            [Button(text=t("Yes, end it"), data=PromotionDeedButton(promotion.id, "over"))],
            [Button(text=t("‹ Back"), data=PromotionButton(promotion.id))],
        ],
    )


def promotion_results(
    t: Translator,
    promotion: Promotion,
    results: Sequence[PromotionResult],
    *,
    friends: Mapping[FriendCreditState, int],
) -> Screen:
    """What came of a promotion: orders, people, what it gave away, and what an order of it costs."""
    assert promotion.id is not None
    head = t.html("<b>What came of {title}</b>", title=promotion.title)
    if promotion.kind is PromotionKind.FRIEND:
        found = _friends(t, promotion, friends)
    elif results:
        by_group = [_in_group(t, promotion, one) for one in results] if len(results) > 1 else []
        found = paragraphs(_in_all(t, promotion, results), as_fits(by_group, between="\n", limit=3000))
    else:
        found = t.html("Nobody has ordered with it yet.")
    return Screen(
        text=paragraphs(head, found),
        buttons=[[Button(text=t("‹ Back"), data=PromotionButton(promotion.id))]],
    )


def codes_page(t: Translator, promotion: Promotion, batches: Sequence[CouponBatch]) -> Screen:
    """The codes of a promotion, batch by batch, and how more are made."""
    assert promotion.id is not None
    shown = batches[-MOST_BATCHES:]
    is_over = promotion.state is PromotionState.ENDED
    return Screen(
        text=paragraphs(
            t.html("<b>Codes of {title}</b>", title=promotion.title),
            lines(*(_batch(t, batch) for batch in shown)) or t.html("There are none yet."),
            None
            if is_over
            else t.html(
                "A single code is good for one order of one person. A common code is a word that everybody "
                "may enter, as often as the promotion allows."
            ),
        ),
        buttons=[
            *(_batch_buttons(t, promotion.id, batch, is_over=is_over) for batch in shown),
            *([] if is_over else _making(t, promotion.id)),
            [Button(text=t("‹ Back"), data=PromotionButton(promotion.id))],
        ],
    )


def ask_code_count(t: Translator, promotion: Promotion, *, most: int) -> Markup:
    """How many single codes shall be made?"""
    return t.html(
        "How many single codes shall I make for {title}? Write a number up to {most}.",
        title=promotion.title,
        most=t.number(most),
    )


def ask_code_word(t: Translator, promotion: Promotion) -> Markup:
    """Which word shall be the common code?"""
    return t.html(
        "Write the common code of {title}, letters and digits, like <code>HONEY10</code>. Whether people "
        "write it large or small, or take O for 0, makes no difference.",
        title=promotion.title,
    )


def codes_come(t: Translator) -> str:
    """The file is on its way."""
    return t("The file is on its way.")


def friend_credit_notice(t: Translator, *, group: str, amount: Money, was_brought: bool) -> Markup:
    """To either of two friends: the credit is there."""
    if was_brought:
        return t.html(
            "<b>{group}</b>: you have kept your first order, so you and whoever brought you each get "
            "{amount} of credit. /balance",
            group=group,
            amount=t.money(amount),
        )
    return t.html(
        "<b>{group}</b>: a friend whom you brought has kept a first order, so you each get {amount} of "
        "credit. /balance",
        group=group,
        amount=t.money(amount),
    )


def bring_a_friend_line(t: Translator, amount: Money) -> Markup:
    """Beside an invite link: what both get for it."""
    return t.html(
        "While “bring a friend” runs, you and each friend who comes by it get {amount} of credit, once the "
        "friend’s first order is handed over and kept.",
        amount=t.money(amount),
    )


def _entry(t: Translator, promotion: Promotion, group: Group | None, *, now: datetime) -> Markup:
    is_of_others = group is not None and promotion.group_id is None
    fields = {
        "title": promotion.title,
        "gift": gift_words(t, promotion),
        "state": _state(t, promotion, now=now),
    }
    if is_of_others:
        return t.html("<b>{title}</b>: {gift} · {state} · in several groups", **fields)
    return t.html("<b>{title}</b>: {gift} · {state}", **fields)


def _named(promotion: Promotion) -> Button:
    return Button(text=shortened(promotion.title, _LONGEST_BUTTON), data=PromotionButton(promotion.id or 0))


def _state(t: Translator, promotion: Promotion, *, now: datetime) -> str:
    return state_name(t, promotion.state, is_waiting=now < promotion.starts_at)


def _where(t: Translator, facts: PromotionFacts) -> Markup:
    promotion = facts.promotion
    if promotion.in_all_groups:
        groups = t("All groups with {currency}", currency=promotion.currency)
    else:
        groups = facts.group.title if facts.group is not None else t.listed(facts.group_titles)
    return lines(
        t.html("Where: {groups}", groups=shortened(groups, _LONGEST_LIST)),
        t.html("For: {goods}", goods=shortened(t.listed(facts.offer_titles), _LONGEST_LIST))
        if facts.offer_titles
        else None,
        t.html("Free at: {points}", points=shortened(t.listed(facts.point_names), _LONGEST_LIST))
        if facts.point_names
        else None,
    )


def _conditions(t: Translator, promotion: Promotion) -> Markup | None:
    words = condition_words(t, promotion)
    return t.html("It holds {conditions}.", conditions=t.listed(words)) if words else None


def _times(t: Translator, facts: PromotionFacts, *, now: datetime) -> Markup:
    promotion = facts.promotion
    begins = t.moment(promotion.starts_at, facts.time_zone, now=now)
    if promotion.ends_at is None:
        return t.html("From {begins} on, until you end it", begins=begins)
    ends = t.moment(promotion.ends_at, facts.time_zone, now=now)
    return t.html("From {begins} to {ends}", begins=begins, ends=ends)


def _used(t: Translator, promotion: Promotion) -> Markup:
    spent = t.money(Money(amount=promotion.spent_amount, currency=promotion.currency))
    count = promotion.used_count
    used = (
        t.html("Used {count} of {limit} times", count=t.number(count), limit=t.number(promotion.uses_limit))
        if promotion.uses_limit is not None
        else t.html_plural("Used {n} time", "Used {n} times", count)
    )
    given = (
        t.html(
            "Given away: {spent} of {budget}",
            spent=spent,
            budget=t.money(Money(amount=promotion.budget_amount, currency=promotion.currency)),
        )
        if promotion.budget_amount is not None
        else t.html("Given away: {spent}", spent=spent)
    )
    pieces = (
        t.html(
            "Pieces at this price: {count} of {limit}",
            count=t.number(promotion.used_quantity),
            limit=t.number(promotion.quantity_limit),
        )
        if promotion.quantity_limit is not None
        else None
    )
    return lines(used, given, pieces)


def _lacks_codes(t: Translator, facts: PromotionFacts) -> Markup | None:
    if not facts.promotion.by_coupon or facts.codes or facts.is_of_others:
        return None
    return t.html("⚠️ It has no codes yet, so nobody can use it.")


def _deeds(t: Translator, facts: PromotionFacts) -> list[Sequence[Button]]:
    def deed(text: str, what: str) -> Button:
        return Button(text=text, data=PromotionDeedButton(facts.id, what))

    looks = [deed(t("What came of it"), "results")]
    if facts.promotion.by_coupon:
        looks.append(deed(t("Codes"), "codes"))
    if not facts.may_change:
        return [looks]
    is_paused = facts.promotion.state is PromotionState.PAUSED
    pauses = deed(t("Go on"), "resume") if is_paused else deed(t("Pause"), "pause")
    return [looks, [deed(t("Change"), "edit"), pauses], [deed(t("End it"), "end")]]


def _in_all(t: Translator, promotion: Promotion, results: Sequence[PromotionResult]) -> Markup:
    def money(amount: int) -> str:
        return t.money(Money(amount=amount, currency=promotion.currency))

    orders = sum(one.orders for one in results)
    spent = sum(one.discount_amount for one in results)
    return lines(
        t.html("Orders: {orders}", orders=t.number(orders)),
        # Somebody who is in two groups counts in both.
        t.html("Buyers: {people}", people=t.number(sum(one.people for one in results))),
        t.html("Their first order: {people}", people=t.number(sum(one.new_buyers for one in results))),
        t.html("Worth without it: {amount}", amount=money(sum(one.sales_amount for one in results))),
        t.html("Given away: {spent}", spent=money(spent)),
        t.html("That is {amount} an order", amount=money(spent // orders)),
        t.html("Pieces at this price: {count}", count=t.number(sum(one.quantity for one in results)))
        if promotion.kind is PromotionKind.FLASH_PRICE
        else None,
    )


def _in_group(t: Translator, promotion: Promotion, one: PromotionResult) -> Markup:
    return t.html_plural(
        "{group}: {n} order, {amount} given away",
        "{group}: {n} orders, {amount} given away",
        one.orders,
        group=shortened(one.title, 60),
        amount=t.money(Money(amount=one.discount_amount, currency=promotion.currency)),
    )


def _friends(t: Translator, promotion: Promotion, friends: Mapping[FriendCreditState, int]) -> Markup:
    def count(state: FriendCreditState) -> str:
        return t.number(friends.get(state, 0))

    spent = Money(amount=promotion.spent_amount, currency=promotion.currency)
    return lines(
        t.html("Friends who got their credit: {count}", count=count(FriendCreditState.GIVEN)),
        t.html("Friends who have ordered and wait for it: {count}", count=count(FriendCreditState.EXPECTED)),
        t.html("Orders that came to nothing: {count}", count=count(FriendCreditState.VOID)),
        t.html("Given away or set aside: {spent}", spent=t.money(spent)),
    )


def _batch(t: Translator, batch: CouponBatch) -> Markup:
    off = t.html(" (switched off)") if not batch.is_active else Markup("")
    if batch.shown:
        return Markup("{}. {}{}").format(
            batch.batch,
            t.html_plural(
                "<code>{code}</code>: used {n} time",
                "<code>{code}</code>: used {n} times",
                batch.uses,
                code=batch.shown,
            ),
            off,
        )
    return Markup("{}. {}{}").format(
        batch.batch,
        t.html_plural(
            "{n} single code, {used} of them used",
            "{n} single codes, {used} of them used",
            batch.codes,
            used=t.number(batch.used),
        ),
        off,
    )


def _batch_buttons(
    t: Translator, promotion_id: int, batch: CouponBatch, *, is_over: bool
) -> Sequence[Button]:
    number = batch.batch
    row = [
        Button(
            text=t("{number}. as a file", number=number),
            data=CouponBatchButton(promotion_id, number, "file"),
        )
    ]
    if not is_over:
        switch = (
            (t("{number}. switch off", number=number), "off")
            if batch.is_active
            else (t("{number}. switch on", number=number), "on")
        )
        row.append(Button(text=switch[0], data=CouponBatchButton(promotion_id, number, switch[1])))
    return row


def _making(t: Translator, promotion_id: int) -> list[Sequence[Button]]:
    counted = [
        Button(
            text=t.plural("{n} single code", "{n} single codes", count),
            data=NewCouponsButton(promotion_id, str(count)),
        )
        for count in _COUNTS
    ]
    return [
        counted,
        [
            Button(text=t("Another number"), data=NewCouponsButton(promotion_id, "ask")),
            Button(text=t("A common code"), data=NewCouponsButton(promotion_id, "word")),
        ],
    ]
