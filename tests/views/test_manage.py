"""What a curator sees of her picks fits, whatever is in it; and so does the news of a withdrawal."""

from typing import get_args

import pytest

from bot.i18n import Translator
from bot.rules.picks import LONGEST_REASON, Field
from bot.views.cards import CardFacts
from bot.views.manage import (
    close_question,
    edited_notice,
    extend_choices,
    field_question,
    managed_groups,
    managed_pick,
    managed_picks,
    price_changed_notice,
    reposted_notice,
    withdraw_question,
)
from bot.views.overview import card_link, overview
from bot.views.picks import pick_card
from bot.views.screens import LONGEST_CAPTION
from bot.views.troubles import may_not_write_notice, topic_gone_notice
from bot.views.withdrawals import pick_withdrawn_notice, withdrawn_in_group, withdrawn_notice
from storage.models import Person
from storage.repositories.posts import Everywhere
from storage.states import PickState
from tests.views.strange import NAME, NOW, long, make_posted, shown

STATES = [PickState.SCHEDULED, PickState.LIVE, PickState.CLOSED, PickState.FAILED, PickState.WITHDRAWN]


@pytest.mark.parametrize("state", STATES)
def test_a_pick_in_every_state_has_its_screen(t: Translator, text: str, state: PickState) -> None:
    for variants in (1, 50):
        posted = make_posted(text, variants=variants, stock=1_000_000, sold=999_999, state=state)
        posted.pick.reason = long(text, LONGEST_REASON)
        told = shown(managed_pick(t, posted, beside=[posted.pick], now=NOW, note="Well done."))
        assert told.startswith("Well done.")
        assert f"#{posted.pick.number}" in told or f"№{posted.pick.number}" in told
        shown(managed_picks(t, posted.group, [posted] * 20))
        for is_sold_by_others in (False, True):
            shown(close_question(t, posted, is_sold_by_others=is_sold_by_others))
            shown(withdraw_question(t, posted, is_sold_by_others=is_sold_by_others))
        shown(extend_choices(t, posted, now=NOW))
        for field in get_args(Field):
            shown(field_question(t, posted, field))
        shown(pick_card(t, CardFacts(posted=posted), now=NOW, limit=LONGEST_CAPTION), limit=LONGEST_CAPTION)


def test_a_pick_shared_with_other_groups_says_so(t: Translator) -> None:
    posted = make_posted("Honey", variants=1, stock=20, sold=15)
    alone = shown(pick_card(t, CardFacts(posted=posted), now=NOW))
    everywhere = Everywhere(groups=3, people=7, quantity=15)
    together = shown(pick_card(t, CardFacts(posted=posted, everywhere=everywhere), now=NOW))
    assert len(together.splitlines()) == len(alone.splitlines()) + 1
    other = make_posted("Honey").pick
    other.id, other.group_id = 99, 99
    assert len(shown(managed_pick(t, posted, beside=[posted.pick, other], now=NOW)).splitlines()) == 5


def test_a_withdrawal_is_told_whoever_and_however_many_had_ordered(t: Translator, text: str) -> None:
    posted = make_posted(text, state=PickState.WITHDRAWN)
    for reason in (None, long(text, LONGEST_REASON)):
        posted.pick.reason = reason
        shown(withdrawn_notice(t, posted))
        for count in (1, 30, 500):
            people = [
                Person(id=10**12 + n, name=long(text, NAME), language="en", created_at=NOW)
                for n in range(count)
            ]
            shown(withdrawn_in_group(t, posted, people))


def test_short_answers_and_troubles_have_words(t: Translator, text: str) -> None:
    posted = make_posted(text)
    shown(managed_groups(t, [posted.group]))
    shown(managed_picks(t, posted.group, []))
    for words in (
        edited_notice(t, number=3),
        reposted_notice(t, number=3),
        pick_withdrawn_notice(t, number=3),
        price_changed_notice(t, number=3, kept=0, asked=0),
        price_changed_notice(t, number=3, kept=5, asked=2),
        topic_gone_notice(t, posted),
        may_not_write_notice(t, posted),
    ):
        assert words.strip()


def test_the_overview_fits_however_many_are_open(t: Translator, text: str) -> None:
    posted = make_posted(text)
    posted.pick.message_id = 77
    for count in (0, 1, 200):
        shown(overview(t, [posted] * count, now=NOW))


def test_a_card_has_a_link_where_telegram_has_one() -> None:
    posted = make_posted("Honey")
    posted.pick.message_id = None
    assert card_link(posted) is None
    posted.pick.message_id = 77
    posted.group.username, posted.group.chat_id = "honey_friends", -1002000000001
    assert card_link(posted) == "https://t.me/honey_friends/77"
    posted.group.username = None
    assert card_link(posted) == "https://t.me/c/2000000001/77"
    posted.group.chat_id = -4001
    assert card_link(posted) is None, "in a small group messages have no links"
