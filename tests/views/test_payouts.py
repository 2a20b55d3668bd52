"""What is said of plans, earnings and payouts fits, whatever people have written."""

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.i18n import Translator
from bot.money import Money
from bot.rules.payouts import LONGEST_DETAILS, LONGEST_REASON
from bot.rules.plans import Reward
from bot.services.payouts.batches import Batch
from bot.services.payouts.earnings import Earned
from bot.services.plans import PlanField
from bot.views.cards import CardFacts
from bot.views.payout_earnings import (
    LINES_A_PAGE,
    Earnings,
    ask_where_to,
    earnings_page,
    earns_nowhere,
    how_to_be_paid,
    payout_asked,
    payout_notice,
    which_earnings,
)
from bot.views.payout_pages import Decided, approve_question, ask_reason, deed_toast, payout_page
from bot.views.payout_sheets import payouts_book, payouts_caption, payouts_file_name
from bot.views.payouts import (
    PAYOUTS_A_PAGE,
    Payouts,
    batch_done,
    batch_question,
    payouts_open,
    payouts_settled,
    payouts_waiting,
    payouts_waiting_in_group,
    which_payouts,
)
from bot.views.picks import pick_card
from bot.views.plans import ask_about_plan, percent_words, plan_page, reward_lines
from bot.views.screens import LONGEST_CAPTION, LONGEST_TOAST
from bot.views.spreadsheets import as_xlsx, reads_as_formula
from sandbox.entities import utf16_length
from storage.models import Group, Payout, Plan
from storage.repositories.commission_earnings import Earning
from storage.repositories.payouts import ListedPayout, PayoutSum
from storage.states import (
    CommissionSource,
    CommissionState,
    PaymentMethod,
    PayoutMethod,
    PayoutStage,
)
from tests.views.strange import GROUP, NAME, NOW, TITLE, long, make_posted, shown

EN = Translator("en")
HUGE = 10**15


def make_group(text: str = "Honey friends") -> Group:
    return Group(
        id=2**62,
        chat_id=-1,
        title=long(text, GROUP) if text != "Honey friends" else text,
        language="en",
        currency="EUR",
        time_zone="Europe/Berlin",
        created_at=NOW,
    )


def make_listed(
    text: str = "Ann",
    *,
    stage: PayoutStage = PayoutStage.ASKED,
    method: PayoutMethod = PayoutMethod.OWN_MEANS,
    paid_with: PaymentMethod | None = None,
    amount: int = 1_200,
) -> ListedPayout:
    return ListedPayout(
        id=2**62,
        amount=amount,
        currency="EUR",
        method=method,
        stage=stage,
        details=long(text, LONGEST_DETAILS),
        note=long(text, LONGEST_REASON),
        created_at=NOW - timedelta(days=400),
        decided_at=NOW,
        decided_by=long(text, NAME),
        paid_at=NOW if paid_with else None,
        paid_by=long(text, NAME) if paid_with else None,
        paid_with=paid_with,
        person_id=2**52,
        name=long(text, NAME),
        private_is_open=True,
        group_id=2**62,
        group_title=long(text, GROUP),
        time_zone="Europe/Berlin",
    )


def make_earned(*, payable: int = 300, minimum: int = 0) -> Earned:
    return Earned(
        currency="EUR",
        expected_amount=HUGE,
        accrued_amount=120,
        due_amount=500,
        paid_amount=200,
        payable_amount=payable,
        minimum_amount=minimum,
    )


def make_earning(text: str, state: CommissionState, source: CommissionSource, level: int) -> Earning:
    return Earning(
        order_id=1,
        level=level,
        group_id=1,
        group_title=long(text, GROUP),
        time_zone="Europe/Berlin",
        pick_id=1,
        pick_number=999_999,
        title=long(text, TITLE),
        source=source,
        bps=1_000,
        currency="EUR",
        state=state,
        expected_amount=HUGE,
        accrued_amount=HUGE,
        frozen_at=NOW,
        accrued_at=NOW,
        due_at=NOW + timedelta(days=8),
        released_at=None,
    )


def make_earnings(text: str, *, payable: int, minimum: int = 0) -> Earnings:
    sources, states = list(CommissionSource), list(CommissionState)
    asked = [
        Payout(
            id=2**62,
            group_id=1,
            person_id=2,
            amount=HUGE,
            currency="EUR",
            method=PayoutMethod.OWN_MEANS,
            stage=stage,
            created_at=NOW,
        )
        for stage in (PayoutStage.ASKED, PayoutStage.APPROVED)
    ]
    return Earnings(
        group=make_group(text),
        plan=Plan(group_id=1, first_bps=1_000, changed_at=NOW) if payable else None,
        sums=[make_earned(payable=payable, minimum=minimum)],
        open=asked if payable < 0 else (),
        entries=[make_earning(text, states[n % 4], sources[n % 3], 1 + n % 2) for n in range(LINES_A_PAGE)],
        count=100,
        page=3,
    )


def test_what_somebody_earns_fits(t: Translator, text: str) -> None:
    for payable, minimum in ((300, 0), (300, 500), (0, 0), (-HUGE, 0)):
        shown(earnings_page(t, make_earnings(text, payable=payable, minimum=minimum), now=NOW))
    group, money = make_group(text), Money(amount=HUGE, currency="EUR")
    for screen in (
        how_to_be_paid(t, group, money, takes_credit=True),
        ask_where_to(t, group, money),
        payout_asked(t, group, make_earnings(text, payable=-1).open[0]),
        which_earnings(t, [group] * 80),
    ):
        shown(screen)
    shown(earns_nowhere(t, ()))
    shown(earns_nowhere(t, [group] * 20))


def test_every_end_of_a_payout_is_told(t: Translator, text: str) -> None:
    told = {
        shown(screen)
        for stage, paid_with, undone in (
            (PayoutStage.DECLINED, None, False),
            (PayoutStage.APPROVED, None, False),
            (PayoutStage.APPROVED, None, True),
            (PayoutStage.PAID, PaymentMethod.CREDIT, False),
            (PayoutStage.PAID, PaymentMethod.CASH, False),
            (PayoutStage.PAID, PaymentMethod.TRANSFER, False),
        )
        if (
            screen := payout_notice(
                t,
                make_listed(text, stage=stage, paid_with=paid_with),
                credit_amount=HUGE,
                is_correction=undone,
            )
        )
    }
    assert len(told) == 6
    assert payout_notice(t, make_listed(text)) is None
    assert payout_notice(t, make_listed(text, stage=PayoutStage.WITHDRAWN)) is None


def test_what_those_who_pay_see_fits(t: Translator, text: str) -> None:
    group = make_group(text)
    listed = [make_listed(text, stage=stage) for stage in PayoutStage] * 2
    sums = [PayoutSum(PayoutStage.ASKED, "EUR", 99, HUGE), PayoutSum(PayoutStage.APPROVED, "EUR", 2, HUGE)]
    facts = Payouts(
        group=group,
        sums=sums,
        payouts=listed[:PAYOUTS_A_PAGE],
        last={PayoutStage.ASKED: 2**62, PayoutStage.APPROVED: 2**62},
        page=1,
    )
    nothing = Payouts(group=group, sums=(), payouts=(), last={}, page=0)
    for screen in (
        payouts_open(t, facts, note=batch_done(t, Batch(done=3, left=2), paid=True)),
        payouts_open(t, nothing),
        payouts_settled(t, facts, now=NOW),
        payouts_settled(t, nothing, now=NOW),
        which_payouts(t, [(group, 9)] * 80),
        which_payouts(t, []),
        payouts_waiting(t, group, sums),
        payouts_waiting_in_group(t, name=long(text, NAME), link="https://t.me/x?start=1"),
        ask_reason(t, listed[0]),
        approve_question(t, listed[0]),
        approve_question(t, make_listed(text, method=PayoutMethod.CREDIT)),
        *(batch_question(t, group, listed, until_id=2**62, deed=deed) for deed in ("approve", "pay")),
    ):
        shown(screen)
    for payout in [*listed, make_listed(text, stage=PayoutStage.PAID, paid_with=PaymentMethod.CREDIT)]:
        for earned in (None, make_earned(), make_earned(payable=-HUGE)):
            decided = Decided(payout=payout, earned=earned, is_suspected=True, is_withheld=earned is None)
            shown(payout_page(t, decided, now=NOW))
        assert 0 < utf16_length(deed_toast(t, payout)) <= LONGEST_TOAST


def test_the_file_takes_what_people_wrote_for_text(text: str) -> None:
    t = EN
    listed = [make_listed(text, stage=PayoutStage.PAID, paid_with=PaymentMethod.CASH)]
    content = as_xlsx(payouts_book(t, make_group(text), listed, now=NOW))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == 12 for cell in cells)
    if reads_as_formula(text):
        assert any(cell.quotePrefix for cell in cells)
    shown(payouts_caption(t, make_group(text)))
    assert payouts_file_name(make_group(), now=NOW) == "payouts-2026-03-02.xlsx"


@pytest.mark.parametrize("is_active", [True, False])
def test_every_plan_fits(t: Translator, text: str, *, is_active: bool) -> None:
    for first, second in ((0, 0), (1_000, 0), (9_999, 1)):
        plan = Plan(
            group_id=1,
            is_active=is_active,
            first_bps=first,
            second_bps=second,
            inviter_recommends=is_active,
            order_cap_amount=HUGE if is_active else None,
            changed_at=NOW,
        )
        shown(plan_page(t, make_group(text), plan, saved=True))
    for field in PlanField:
        shown(ask_about_plan(t, make_group(text), field))


def test_a_card_says_what_it_pays_however_much_there_is_to_say(t: Translator, text: str) -> None:
    reward = Reward(1_025, 200, HUGE, HUGE, "KWD", True)
    for limit in (LONGEST_CAPTION, 4096):
        facts = CardFacts(posted=make_posted(text, variants=30), reward=reward)
        card = shown(pick_card(t, facts, now=NOW, limit=limit), limit=limit)
        assert percent_words(t, 1_025) in card
    assert reward_lines(t, None) is None


def test_percentages_are_written_as_each_language_does() -> None:
    assert [percent_words(Translator(code), 750) for code in ("en", "es", "ru", "zh_CN")] == [
        "7.5%",
        "7,5\xa0%",
        "7,5\xa0%",
        "7.5%",
    ]
    assert [percent_words(EN, bps) for bps in (1, 1_000, 10_000)] == ["0.01%", "10%", "100%"]
