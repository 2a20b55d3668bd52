"""What is said of privacy fits, in every language, and the files hold whatever people call themselves."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from bot.i18n import LANGUAGES, Translator
from bot.money import Money
from bot.rules.privacy import Kept, alias
from bot.services.privacy import Losses, MyData, Owed
from bot.views.privacy import farewell, forget_page, forget_question, forgetting, privacy_page
from bot.views.privacy_files import data_page, data_record
from bot.views.screens import LONGEST_TEXT, shown_length
from storage.repositories.privacy import OpenOrder
from storage.states import AccountKind, OrderState, PickState

LONG = "M" * 120
ORDER = OpenOrder(
    order_id=1,
    pick_id=1,
    chat_id=-1,
    group_title=LONG,
    pick_number=7,
    title="<b>" + LONG,
    state=OrderState.PLACED,
    pick_state=PickState.LIVE,
)
MUCH = Losses(
    owed=[
        Owed(group_title=LONG, kind=kind, money=Money(amount=1290, currency="EUR")) for kind in AccountKind
    ],
    cancelled=[ORDER] * 30,
    bound=[ORDER] * 30,
    owned=[],
    is_asked=False,
)
OWNER = Losses(owed=[], cancelled=[], bound=[], owned=[LONG] * 9, is_asked=False)
FOR_GOOD = Kept(proofs=None, visits=None, acquaintances=None, questions=None, audit=timedelta(days=1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_into_a_message(language: str) -> None:
    t = Translator(language)
    pages = [
        *(privacy_page(t, kept, failures=timedelta(days=30)) for kept in (Kept(), FOR_GOOD)),
        *(forget_page(t, losses) for losses in (MUCH, OWNER)),
        *(forget_question(t, losses) for losses in (MUCH, OWNER)),
        forgetting(t),
        farewell(t),
    ]
    for page in pages:
        assert shown_length(str(page.text)) <= LONGEST_TEXT
        assert all(len(button.text) <= 20 for row in page.buttons for button in row)


class Read(HTMLParser):
    """The text of a page, and which elements it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.elements = "", set[str]()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)


def test_nothing_that_somebody_wrote_becomes_part_of_the_page() -> None:
    said = "<script>alert(1)</script> & שלום"
    row = {"id": "you", "name": said, "seen_at": datetime(2026, 3, 2, 12, tzinfo=UTC), "options": ["a", said]}
    data = MyData(
        gathered_at=datetime(2026, 3, 2, tzinfo=UTC), rows={"person": [row], "new": [row]}, named_in={"x": 2}
    )
    page = Read(data_page(Translator("zh_CN"), data).decode())
    assert said in page.text
    assert "script" not in page.elements
    assert said in data_record(data).decode()


def test_an_alias_tells_one_from_another_and_nothing_else() -> None:
    assert alias(-(2**53) - 1) == alias(-(2**53) - 1)
    assert alias(-(2**53) - 1) != alias(-(2**53) - 2)
    assert len(alias(-(2**61))) == len("N. N. 00000")
