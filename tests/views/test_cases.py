"""Cases as both sides see them, in every language: what fits, who is named, what can be tapped."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import case_errors
from bot.i18n import LANGUAGES, Translator
from bot.money import Money
from bot.rules.cases import LONGEST_WORDS, Bounds
from bot.services.cases.seeing import Decider
from bot.views.case_acts import case_act
from bot.views.case_lists import CaseList, case_in_group, case_list
from bot.views.case_refusals import case_refusal
from bot.views.case_steps import (
    case_reminder,
    offer_asked,
    opened_words,
    sure_to_withdraw,
    tell_more,
    what_is_wrong,
    words_asked,
)
from bot.views.cases import STEPS_A_PAGE, CaseFacts, case_page
from bot.views.screens import LONGEST_TEXT, Screen, shown_length
from storage.repositories.audit import AuditLine
from storage.repositories.case_lists import CaseStep, SeenCase
from storage.repositories.pickups import OrderInHand
from storage.states import (
    CaseAct,
    CaseKind,
    CaseLevel,
    CaseOutcome,
    CaseSide,
    CaseStage,
    FulfilmentState,
    OrderState,
    PickState,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ANN, LIN, MEI, BOSS = 1, 2, 3, 4
LONG = "שבור<b>&" * (LONGEST_WORDS // 8)
BUTTON = 64


@pytest.fixture(params=list(LANGUAGES))
def t(request: pytest.FixtureRequest) -> Translator:
    return Translator(request.param)


def seen(**changed: Any) -> SeenCase:
    """Ann's case about two jars, which Lin has until noon of the next day to answer."""
    fields: dict[str, Any] = {
        "id": 9,
        "kind": CaseKind.NOT_AS_DESCRIBED,
        "stage": CaseStage.OPEN,
        "level": CaseLevel.CURATOR,
        "opened_at": NOON,
        "due_at": NOON + timedelta(days=1),
        "answered_at": None,
        "offered": None,
        "offered_amount": None,
        "resolved_at": None,
        "outcome": None,
        "is_by_word": False,
        "given_at": None,
        "recall_id": None,
        "person_id": ANN,
        "name": "Ann <3" * 20,
        "private_is_open": True,
        "erased_at": None,
        "order_id": 5,
        "order_number": 12,
        "pick_id": 6,
        "pick_number": 3,
        "curator_id": LIN,
        "title": "Yunnan honey " * 9,
        "currency": "EUR",
        "group_id": 1,
        "group_title": "Honey friends",
        "chat_id": -100,
        "language": "en",
        "time_zone": "Europe/Berlin",
        "owner_id": MEI,
        "answer_hours": 48,
    }
    return SeenCase(**fields | changed)


def step(number: int, act: CaseAct, side: CaseSide = CaseSide.MEMBER, **more: Any) -> CaseStep:
    fields: dict[str, Any] = {
        "id": number,
        "act": act,
        "side": side,
        "person_id": ANN,
        "name": "Ann",
        "words": "",
        "photo_ids": None,
        "outcome": None,
        "amount": None,
        "happened_at": NOON,
    }
    return CaseStep(**fields | more)


def page(
    t: Translator,
    case: SeenCase,
    steps: list[CaseStep] | None = None,
    *,
    reader: int = ANN,
    levels: frozenset[CaseLevel] = frozenset(),
    number: int = 0,
    now: datetime = NOON,
) -> Screen:
    facts = CaseFacts(
        seen=case,
        steps=steps or [],
        page=number,
        reader=Decider(person_id=reader, levels=levels, may_give_credit=True),
        bounds=Bounds(2000, 2000, False),
        gives_credit=True,
        now=now,
    )
    return case_page(t, facts)


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.buttons for button in row]


def cases() -> Iterator[SeenCase]:
    """A case at every stage of its way, and at every end."""
    for level in CaseLevel:
        yield seen(level=level)
        yield seen(level=level, due_at=NOON)
    for outcome in (CaseOutcome.REPLACEMENT, CaseOutcome.REFUND, CaseOutcome.CREDIT, CaseOutcome.NOTHING):
        yield seen(stage=CaseStage.OFFERED, offered=outcome, offered_amount=1290, answered_at=NOON)
    for outcome in CaseOutcome:
        ended = {"stage": CaseStage.RESOLVED, "resolved_at": NOON + timedelta(hours=60), "outcome": outcome}
        for given_at in (None, NOON):
            yield seen(**ended, offered_amount=1290, is_by_word=True, given_at=given_at, due_at=None)


def steps() -> list[CaseStep]:
    acts = [step(n, act, side) for n, (act, side) in enumerate((a, s) for a in CaseAct for s in CaseSide)]
    offered = [
        step(99 + n, CaseAct.OFFERED, CaseSide.CURATOR, outcome=outcome, amount=300, words=LONG)
        for n, outcome in enumerate(CaseOutcome)
    ]
    return [*acts, *offered]


def test_every_page_fits_and_every_button_can_be_sent(t: Translator) -> None:
    for case in cases():
        for reader, levels in ((ANN, frozenset()), (MEI, frozenset(CaseLevel))):
            for number in range(len(steps()) // STEPS_A_PAGE + 1):
                screen = page(t, case, steps(), reader=reader, levels=levels, number=number)
                assert shown_length(screen.text) <= LONGEST_TEXT
                assert "…" not in str(screen.text)[-20:], "the newest words are there whole"
                for row in screen.buttons:
                    for button in row:
                        assert len(button.text) <= BUTTON
                        assert button.data is not None
                        button.data.pack()


def test_what_people_write_cannot_turn_or_mark_the_page(t: Translator) -> None:
    screen = page(t, seen(), [step(1, CaseAct.OPENED, words="<b>שבור</b>", photo_ids=["a", "b"])])
    assert "<i>\u2068&lt;b&gt;שבור&lt;/b&gt;\u2069</i>" in screen.text
    assert "Ann <3" not in screen.text
    assert any(row and row[0].data is not None and "photos" in row[0].data.pack() for row in screen.buttons)


def test_each_side_is_offered_what_it_may_do() -> None:
    t = Translator("en")
    curator, owner = frozenset({CaseLevel.CURATOR}), frozenset({CaseLevel.CURATOR, CaseLevel.OWNER})
    open_ = [step(7, CaseAct.OPENED)]
    assert labels(page(t, seen(), open_)) == ["Write something", "Take it back", "‹ All cases"]
    late = page(t, seen(), open_, now=NOON + timedelta(days=1))
    assert labels(late)[0] == "Ask the owner"
    assert "That time is over." in late.text
    assert labels(page(t, seen(curator_id=MEI, answered_at=NOON), open_))[0] == "Ask who runs the bot"
    assert labels(page(t, seen(), open_, reader=LIN, levels=curator))[:4] == [
        "Replace it",
        "Give money back",
        "Give store credit",
        "Give nothing",
    ]
    assert labels(page(t, seen(level=CaseLevel.OWNER), open_, reader=LIN, levels=curator)) == [
        "Write something",
        "‹ All cases",
    ]
    offered = seen(stage=CaseStage.OFFERED, offered=CaseOutcome.NOTHING, answered_at=NOON)
    assert labels(page(t, offered, open_))[:2] == ["Let it rest", "Ask the owner"]
    ended = seen(
        stage=CaseStage.RESOLVED, outcome=CaseOutcome.REPLACEMENT, is_by_word=True,
        resolved_at=NOON + timedelta(minutes=5), due_at=None,
    )  # fmt: skip
    assert labels(page(t, ended, open_, reader=MEI, levels=owner)) == ["It was given", "‹ All cases"]
    assert labels(page(t, ended, open_)) == ["‹ All cases"]
    assert "<b>Settled</b> within 1 hour: a replacement." in page(t, ended, open_).text


def test_lists_and_questions_have_words(t: Translator) -> None:
    found = list(cases())[:6]
    for name in ("own", "open", "done"):
        for shown in (found, []):
            facts = CaseList(
                name=name, cases=shown, page=1, has_more=True, decides=True, median_hours=72.4, now=NOON
            )
            screen = case_list(t, facts)
            assert shown_length(screen.text) <= LONGEST_TEXT
            assert all(len(label) <= BUTTON for label in labels(screen))
    order = OrderInHand(
        id=5, number=12, state=OrderState.COMPLETED, fulfilment=FulfilmentState.HANDED_OVER, code=None,
        person_id=ANN, name="Ann", private_is_open=True, point_id=None, point_name=None, point_words=None,
        pick_id=6, pick_number=3, pick_state=PickState.CLOSED, title="Honey", currency="EUR", group_id=1,
        group_title="Honey friends", time_zone="UTC", handed_over_at=None, handed_over_by=None, lines=[],
        amount=2000,
    )  # fmt: skip
    assert len(labels(what_is_wrong(t, order))) == len(CaseKind) + 1
    assert len(labels(tell_more(t, order, CaseKind.OTHER))) == 1, "it needs words first"
    assert len(labels(tell_more(t, order, CaseKind.OTHER, words=["x"], photos=2))) == 2
    for outcome in CaseOutcome:
        for level in CaseLevel:
            screen = offer_asked(t, seen(level=level), outcome, Bounds(500, 500, True), seen_id=3)
            assert "{" not in screen.text
    for member in (True, False):
        assert words_asked(t, seen(), is_member=member).buttons
        assert opened_words(t, is_new=member)
    assert sure_to_withdraw(t, seen(), seen_id=3).buttons
    assert "12" in case_reminder(t, seen())
    assert case_in_group(t, name="Lin", link="https://t.me/x").buttons


def test_refusals_and_acts_have_words(t: Translator) -> None:
    for error in (
        case_errors.CaseWordsMissing(),
        case_errors.CaseWordsTooLong(1000),
        case_errors.TooManyPhotos(10),
        case_errors.CaseTakesNoFiles(),
        case_errors.TooManyCases(),
        case_errors.CaseOver(),
        case_errors.CaseMovedOn(),
        case_errors.CaseWithOthers(),
        case_errors.CaseAboutYourself(),
        case_errors.CaseTooEarly(NOON.astimezone(ZoneInfo("Europe/Berlin"))),
        case_errors.CaseAmountTooLarge(Money(amount=500, currency="EUR")),
        case_errors.CaseAmountMissing(),
        case_errors.NothingToRefund(),
        case_errors.CaseNeedsCredit(),
        case_errors.CaseMoneyInReview(),
    ):
        assert 0 < len(case_refusal(t, error)) <= 200, "an alert holds no more"
    for action in ("case_offer_made", "case_decided", "case_given"):
        for outcome in CaseOutcome:
            details = {"person_id": ANN, "outcome": outcome, "amount": 500, "currency": "EUR"}
            act = AuditLine(
                action=action, name="Lin", pick_number=3, order_number=12, details=details, happened_at=NOON
            )
            assert "Ann" in (case_act(t, act, "Ann") or "")
    other = AuditLine(
        action="pick_closed", name=None, pick_number=3, order_number=None, details={}, happened_at=NOON
    )
    assert case_act(t, other, "Ann") is None
