"""What members read in private fits, whatever it holds."""

import pytest

from bot.i18n import Translator
from bot.views.details import KINDS_A_PAGE, DetailFacts, details
from bot.views.proposals import proposal_card, proposal_declined, proposal_posted
from bot.views.questions import answer_in_group, card_answers, question_in_group, question_notice
from bot.views.receipts import ORDERS_A_PAGE, order_receipt, own_orders
from bot.views.screens import shown_length
from storage.models import PickupPoint, Proposal, Question
from storage.repositories.orders import OwnOrder
from storage.repositories.picks import PostedPick
from storage.states import FulfilmentState, OrderState, PaymentState, PickState, ProposalState
from tests.views.strange import NOW, long, make_own, make_posted, shown


def order_on(
    posted: PostedPick,
    *,
    key: int = 1,
    state: OrderState = OrderState.PLACED,
    payment: PaymentState = PaymentState.UNPAID,
    fulfilment: FulfilmentState = FulfilmentState.WAITING,
) -> OwnOrder:
    return OwnOrder(
        order_id=key,
        number=key,
        state=state,
        payment_state=payment,
        fulfilment_state=fulfilment,
        placed_at=NOW,
        pick_id=posted.id,
        pick_number=posted.pick.number,
        pick_state=posted.pick.state,
        closes_at=posted.pick.closes_at,
        reason="It rained",
        offer_id=posted.pick.offer_id,
        title=posted.offer.title,
        group_title=posted.group.title,
        time_zone=posted.group.time_zone,
        point="Harbour",
    )


@pytest.mark.parametrize(
    ("variants", "orders"), [(1, 0), (1, 1), (50, 1), (1, ORDERS_A_PAGE), (50, ORDERS_A_PAGE)]
)
def test_own_orders_fit(t: Translator, text: str, variants: int, orders: int) -> None:
    posted = make_posted(text, variants=variants)
    for state in OrderState:
        own = make_own(posted, orders=orders, state=state)
        entries = [order_on(posted, key=key, state=state) for key in range(1, orders + 1)]
        told = shown(own_orders(t, entries, own, prices={}, money={}, page=0, has_more=True, now=NOW))
        assert (long(text, 100) in told) == bool(orders)


@pytest.mark.parametrize("payment", list(PaymentState))
@pytest.mark.parametrize("fulfilment", list(FulfilmentState))
def test_every_state_of_an_order_has_words(
    t: Translator, payment: PaymentState, fulfilment: FulfilmentState
) -> None:
    posted = make_posted("Tea", variants=2)
    for state in OrderState:
        order = order_on(posted, state=state, payment=payment, fulfilment=fulfilment)
        for own in ([], make_own(posted, state=state)):
            shown(order_receipt(t, order, own, price=None, paid=None, page=0, is_reminded=True, now=NOW))


def test_an_order_that_its_pick_took_along_says_why(t: Translator) -> None:
    for state in (PickState.FAILED, PickState.WITHDRAWN):
        order = order_on(make_posted("Tea", state=state), state=OrderState.CANCELLED)
        told = shown(order_receipt(t, order, [], price=None, paid=None, page=0, is_reminded=False, now=NOW))
        assert ("It rained" in told) == (state is PickState.WITHDRAWN)


@pytest.mark.parametrize("variants", [1, 2, 50])
@pytest.mark.parametrize("state", [PickState.LIVE, PickState.CLOSED, PickState.WITHDRAWN])
def test_every_page_of_the_details_fits(t: Translator, text: str, variants: int, state: PickState) -> None:
    posted = make_posted(text, variants=variants, state=state)
    facts = DetailFacts(
        posted=posted,
        curator=long(text, 100),
        points=[PickupPoint(group_id=1, name=long(text, 30), words=long(text, 100))] * 15,
        answered=[(long(text, 500), long(text, 700))] * 9,
        own=make_own(posted),
        price=1,
        held={},
        is_reminded=True,
    )
    for page in range(-1, variants // KINDS_A_PAGE + 2):
        screen = details(t, facts, page=page, now=NOW)
        shown(screen)
        assert all(len(row) <= 3 for row in screen.buttons)


def test_answers_take_the_room_that_they_are_given(t: Translator, text: str) -> None:
    answered = [(long(text, 400), long(text, 700))] * 5
    assert card_answers(t, answered, room=0) is None
    assert card_answers(t, [], room=1000) is None
    block = card_answers(t, answered, room=800)
    assert block is not None
    assert shown_length(block) <= 800


def test_questions_fit(t: Translator, text: str) -> None:
    posted, name = make_posted(text), long(text, 100)
    question = Question(id=1, pick_id=1, person_id=1, text=long(text, 500), asked_at=NOW)
    shown(question_notice(t, posted, question, asker=name))
    question.answered_at = NOW
    shown(question_notice(t, posted, question, asker=name))
    question.answer = long(text, 700)
    shown(question_notice(t, posted, question, asker=name))
    for curator in (None, name):
        shown(answer_in_group(t, posted, question, curator=curator))
        shown(
            question_in_group(t, posted, curator=curator, asker=name, link="https://t.me/x?start=question_1")
        )


def test_proposals_fit_a_caption_and_name_no_decider(t: Translator, text: str) -> None:
    group = make_posted(text).group
    for state in ProposalState:
        proposal = Proposal(
            id=1,
            group_id=1,
            person_id=1,
            title=long(text, 100),
            words=long(text, 300),
            has_bought=state is ProposalState.PENDING,
            state=state,
            created_at=NOW,
            reason=long(text, 500),
            decided_by_id=2,
            pick_id=3 if state is ProposalState.ACCEPTED else None,
        )
        shown(proposal_card(t, proposal, group, name=long(text, 60)), limit=1024)
        shown(proposal_card(t, proposal, group, name=long(text, 60), is_asking=True), limit=1024)
        shown(proposal_declined(t, proposal, group))
        shown(proposal_posted(t, proposal, group, number=3, link="https://t.me/x?start=d_3"))
