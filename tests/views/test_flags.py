"""Reviews of rewards and the pages of admins: in every language, whatever people are called."""

from dataclasses import replace
from typing import Any

import pytest

from bot.i18n import Translator
from bot.services.flags import FlagSeen
from bot.views.admin_letters import (
    LETTERS_A_PAGE,
    letter_page,
    letters_list,
    unsent_asked,
    unsent_list,
    unsent_page,
)
from bot.views.admin_rights import admins_list, people_found, rights_asked, rights_page, rights_told
from bot.views.admins import GROUPS_A_PAGE, admin_audit, admin_group, admin_groups, admin_health, admin_home
from bot.views.flags import FLAGS_A_PAGE, decision_asked, flag_page, flags_list, withheld_notice
from bot.views.screens import Screen
from storage.models import DeadLetter, Person
from storage.repositories.admins import GrantedAdmin, GroupSeen, Overview
from storage.repositories.audit import AuditLine
from storage.repositories.flags import OpenedFlag
from storage.repositories.outbox import UnsentReason
from storage.states import FlagKind, FlagOutcome
from tests.views.strange import GROUP, NAME, NOW, STRANGE, long, make_posted, shown

EVIDENCE: dict[FlagKind, dict[str, Any]] = {
    FlagKind.SELF_REFERRAL: {"orders": 3, "weight": 3},
    FlagKind.CLOSED_PAIR: {"people": [1, 2], "orders": 5, "weight": 5},
    FlagKind.LOOP: {"people": list(range(40)), "orders": 99, "weight": 99},
    FlagKind.BURST: {"brought": 5000, "minutes": 60, "ordered": 1, "left": 4998, "weight": 5000},
    FlagKind.ONE_PAYER: {"people": list(range(1000)), "orders": 2000, "weight": 1000},
    FlagKind.COUPON_GUESSES: {"guesses": 20, "weight": 20},
}


def make_flag(text: str, kind: FlagKind, *, outcome: FlagOutcome | None = None) -> OpenedFlag:
    """A suspicion in which everything is as long as it may be."""
    return OpenedFlag(
        id=2**62,
        kind=kind,
        evidence=EVIDENCE[kind],
        opened_at=NOW,
        settled_at=NOW if outcome else None,
        settled_by=long(text, NAME) if outcome else None,
        outcome=outcome,
        note=long(text, 200) if outcome else "",
        group_id=1,
        group_title=long(text, GROUP),
        time_zone="Asia/Shanghai",
        currency="KWD",
        person_id=1,
        name=long(text, NAME),
        other_id=2,
        other=long(text, NAME),
        order_id=None,
        order_number=None,
    )


def pages_of(t: Translator, text: str) -> list[Screen]:
    flags = [make_flag(text, kind) for kind in FlagKind]
    settled = [make_flag(text, kind, outcome=outcome) for kind in FlagKind for outcome in FlagOutcome]
    names = {n: long(text, NAME) for n in range(1000)}
    listed = [*flags, *flags][:FLAGS_A_PAGE]
    return [
        flags_list(t, listed, page=1, standing=False, has_more=True),
        flags_list(t, settled[:FLAGS_A_PAGE], page=0, standing=True, has_more=False),
        flags_list(t, [], page=0, standing=True, has_more=False),
        *(
            flag_page(t, FlagSeen(flag=flag, names=names, pending_amount=10**12), now=NOW)
            for flag in (*flags, *settled)
        ),
        *(
            decision_asked(t, FlagSeen(flag=flag, names=names, pending_amount=0), outcome)
            for flag in flags
            for outcome in FlagOutcome
        ),
    ]


def admin_pages_of(t: Translator, text: str) -> list[Screen]:
    group = make_posted(text).group
    found = Overview(
        groups=10_000,
        campaigns=1,
        promotions=2,
        payouts=3,
        flags=4,
        cases=8,
        letters=5,
        unsent=10**6,
        waiting=7,
    )
    report = {
        "status": "failing",
        "problems": ["the database does not answer"],
        "last_poll_seconds": None,
        "last_update_seconds": 2.5,
    }
    person = Person(id=2**40, name=long(text, NAME), username="a" * 32, language="en", created_at=NOW)
    granted = GrantedAdmin(person_id=5, name=long(text, NAME), granted_by=long(text, NAME), granted_at=NOW)
    letter = DeadLetter(
        id=2**62,
        update_id=5,
        raw={"update_id": 5, "message": {"from": {"id": 7}, "text": "secret"}},
        error=long(text, 5000),
        died_at=NOW,
    )
    reason = UnsentReason(2**62, long(text, 5000), 10**6, NOW)
    act = AuditLine(
        action="admin_granted",
        name=long(text, NAME),
        pick_number=None,
        order_number=None,
        details={"person_id": 5},
        happened_at=NOW,
    )
    seen = GroupSeen(group=group, owner=long(text, NAME), people=9, live_picks=1, orders=10**7, flags=0)
    audit: dict[str, Any] = {"names": {5: long(text, NAME)}, "page": 1, "has_more": True, "now": NOW}
    return [
        admin_home(t, found),
        admin_groups(t, [group] * GROUPS_A_PAGE, page=1, has_more=True, words=""),
        admin_groups(t, [], page=0, has_more=False, words=long(text, 1000)),
        admin_group(t, seen, now=NOW),
        admin_group(t, replace(seen, owner=None), now=NOW),
        admin_audit(t, [(long(text, GROUP), act), (None, act)] * 10, group=None, **audit),
        admin_audit(t, [], group=group, **audit),
        admin_health(t, found, report),
        admin_health(t, found, {**report, "status": "ok", "problems": [], "last_poll_seconds": 3.2}),
        admins_list(t, [granted] * 60, [(1, None), (2, long(text, NAME))], now=NOW),
        people_found(t, [person] * 10),
        *(
            rights_page(t, person, one, is_in_settings=by, now=NOW)
            for one in (None, granted)
            for by in (False, True)
        ),
        rights_asked(t, person, "grant"),
        letters_list(t, [letter] * LETTERS_A_PAGE, page=1, has_more=True, now=NOW),
        letter_page(t, letter, now=NOW),
        unsent_list(t, [reason] * 20),
        unsent_page(t, reason, now=NOW),
        unsent_asked(t, reason, "retry"),
    ]


@pytest.mark.parametrize("text", STRANGE)
def test_every_page_fits_whatever_people_are_called(t: Translator, text: str) -> None:
    for screen in (*pages_of(t, text), *admin_pages_of(t, text)):
        told = shown(screen)
        assert "secret" not in told
    assert "–" in shown(admin_pages_of(t, text)[0])


def test_what_is_written_to_others_is_escaped(t: Translator) -> None:
    flag = make_flag("<b>", FlagKind.BURST, outcome=FlagOutcome.WITHHOLD)
    assert "<b><b>" in shown(Screen(text=withheld_notice(t, flag)))
    assert "<i>" in shown(Screen(text=rights_told(t, name="<i>", by="<u>", granted=True)))
