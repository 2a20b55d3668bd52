"""What is said of a pick that a group sells for another fits and says enough, in every language."""

from datetime import timedelta
from itertools import product
from typing import Any

from bot.callbacks.carryings import CarriedPointButton, CarryingButton
from bot.i18n import Translator
from bot.rules.trust_allowance import Slot
from bot.services.carryings import Carried
from bot.services.trust_slots import Waiting
from bot.views.cards import CardFacts
from bot.views.carryings import (
    carried_notice,
    carrying_act,
    end_question,
    end_told_to_buyer,
    end_told_to_carrier,
    end_told_to_supplier,
    ended_notice,
    points_page,
    word_question,
)
from bot.views.manage import managed_pick
from bot.views.picks import pick_card, pick_list
from bot.views.screens import LONGEST_CAPTION, Screen
from bot.views.trust_slots import drop_question, dropped_notice, slot_screen, slot_times
from storage.models import Carrying, PickupPoint
from storage.repositories.audit import AuditLine
from storage.repositories.carryings import Supply
from storage.repositories.picks import PostedPick
from storage.states import CarryingEnd, PickState
from tests.views.strange import GROUP, NAME, NOW, long, make_posted, shown


def sold_for_another(text: str = "Honey", *, is_over: bool = False, **how: Any) -> PostedPick:
    posted = make_posted(text, **how)
    posted.pick.is_carried, posted.pick.quantity_limit, posted.pick.quantity = True, 1_000_000, 999_999
    posted.pick.ended_at = NOW - timedelta(hours=1) if is_over else None
    return posted


def supply_of(text: str, reason: CarryingEnd | None = None) -> Supply:
    return Supply(supplier_id=9, supplier=long(text, GROUP), share_bps=825, end_reason=reason)


def acts_on(screen: Screen) -> set[str]:
    data = (button.data for row in screen.buttons for button in row)
    return {one.act for one in data if isinstance(one, CarryingButton)}


def test_the_card_says_whose_it_is_what_is_earned_and_how_much_there_is(t: Translator, text: str) -> None:
    for photo in (False, True):
        for variants in (1, 50):
            posted = sold_for_another(text, variants=variants, photo=photo)
            facts = CardFacts(posted=posted, supply=supply_of(text), curator=long(text, NAME))
            card = shown(pick_card(t, facts, now=NOW, limit=LONGEST_CAPTION), limit=LONGEST_CAPTION)
            assert t.percent(825) in card


def test_what_a_group_stopped_selling_has_no_buttons_and_says_that_orders_stand(t: Translator) -> None:
    posted = sold_for_another(is_over=True)
    screen = pick_card(t, CardFacts(posted=posted, supply=supply_of("Mei's")), now=NOW)
    assert not screen.buttons
    runs = pick_card(t, CardFacts(posted=sold_for_another(), supply=supply_of("Mei's")), now=NOW)
    assert runs.buttons
    assert shown(screen) != shown(runs)
    ends, goes_on = (pick_list(t, [one], links={}, now=NOW) for one in (posted, sold_for_another()))
    assert shown(ends) != shown(goes_on)


def test_its_screen_offers_what_is_hers_to_change(t: Translator, text: str) -> None:
    for state in (PickState.SCHEDULED, PickState.LIVE, PickState.CLOSED, PickState.WITHDRAWN):
        posted = sold_for_another(text, state=state)
        page = managed_pick(t, posted, beside=[posted.pick], now=NOW, supply=supply_of(text))
        assert t.percent(825) in shown(page)
        is_open = state in (PickState.SCHEDULED, PickState.LIVE)
        assert acts_on(page) == ({"points", "end"} if is_open else set())
        over = sold_for_another(text, state=state, is_over=True)
        page_after = managed_pick(t, over, beside=[over.pick], now=NOW, supply=supply_of(text))
        assert not acts_on(page_after)
        # Where nothing stands, nothing is said to.
        assert (shown(page_after) == shown(page)) is (state is PickState.WITHDRAWN)


def test_what_waits_for_a_slot_is_promised_nothing_that_is_its_suppliers(t: Translator, text: str) -> None:
    posted = sold_for_another(text, state=PickState.SCHEDULED)
    for screen in (drop_question(t, posted), dropped_notice(t, posted)):
        assert "/market" in shown(screen)
        assert "/repost" not in shown(screen)
    shown(slot_times(t, posted, [posted.pick.opens_at], now=NOW))
    waits = Waiting(posted=posted, slot=Slot(at=posted.pick.opens_at))
    in_time = shown(slot_screen(t, waits, is_owner=False, now=NOW))
    posted.pick.opens_at = posted.pick.closes_at
    assert shown(slot_screen(t, waits, is_owner=False, now=NOW)) != in_time


def test_what_is_hers_to_change_is_asked_for(t: Translator, text: str) -> None:
    posted = sold_for_another(text)
    points = [PickupPoint(id=n, group_id=1, name=long(text, NAME)) for n in range(1, 90)]
    several = points_page(t, posted, points, chosen=[1])
    for screen in (several, end_question(t, posted), word_question(t, posted)):
        shown(screen)
    shown(points_page(t, posted, [], chosen=[]))
    assert CarriedPointButton(posted.id, 1) in [button.data for row in several.buttons for button in row]


def test_everybody_whom_an_end_concerns_reads_what_it_means(t: Translator, text: str) -> None:
    for reason, state in product(CarryingEnd, (PickState.LIVE, PickState.CLOSED, PickState.WITHDRAWN)):
        supply, posted = supply_of(text, reason), sold_for_another(text, state=state)
        posted.pick.reason = "the frost" if reason is CarryingEnd.WITHDRAWN else None
        carrying = Carrying(
            pick_id=1, listing_id=2, group_id=1, supplier_id=9, begun_at=NOW, share_bps=825, end_reason=reason
        )
        shown(end_told_to_supplier(t, posted, carrying, orders=2))
        shown(end_told_to_buyer(t, posted, carrying, supply))
        told = shown(end_told_to_carrier(t, posted, carrying, supply, orders=2))
        if reason is CarryingEnd.WITHDRAWN:
            assert ("the frost" in told) is (state is PickState.WITHDRAWN)


def test_beginning_ending_and_the_log_have_words(t: Translator, text: str) -> None:
    for state in (PickState.LIVE, PickState.SCHEDULED):
        posted = sold_for_another(text, state=state)
        begun = Carried(pick=posted.pick, group=posted.group, supply=supply_of(text))
        assert t.percent(825) in shown(carried_notice(t, begun))
    assert ended_notice(t, number=3)
    for action in ("carrying_begun", "carrying_ended", "word_given", "carried_points_chosen"):
        line = AuditLine(
            action=action,
            name="Mei",
            pick_number=3,
            order_number=None,
            details={"supplier": text},
            happened_at=NOW,
        )
        assert carrying_act(t, line)
