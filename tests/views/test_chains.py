"""Chains in words, as the data of a picture, and as a file."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest

from bot.i18n import Translator
from bot.rules.chains import Bar, Row
from bot.services.chains import MOST_LEVELS, MOST_NAMES, Chain, Chains, Drawing, Sheet
from bot.views import chain_pictures, chains
from bot.views.screens import LONGEST_CAPTION, LONGEST_TOAST, Screen
from bot.views.spreadsheets import as_xlsx
from sandbox.entities import utf16_length
from storage.models import Group
from storage.repositories.chains import Above, Place, Reward, Totals
from storage.states import ReferralSource
from tests.views.strange import NAME, NOW, long, make_posted, shown

EN = Translator("en")


def make_chain(group: Group, **changes: object) -> Chain:
    """A chain that begins with its member, who brought nobody, unless changed."""
    facts: dict[str, object] = {
        "group": group,
        "source": None,
        "upline": [],
        "levels": {},
        "people_below": 0,
        "direct": [],
        "completed_orders": 0,
        "rewards": [],
        "hides_name": False,
    }
    return Chain(**{**facts, **changes})  # type: ignore[arg-type]


def honey() -> Group:
    return make_posted().group


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("depth", "source"), [(0, None), *zip((1, 20, 21, 1000), ReferralSource, strict=True)]
)
def test_a_chain_fits_however_long_it_is(
    t: Translator, text: str, depth: int, source: ReferralSource | None, named: bool
) -> None:
    name = long(text, NAME)
    chain = make_chain(
        make_posted(text).group,
        source=source,
        upline=[Above(n, name if named else None, n) for n in range(1, depth + 1)],
        levels={level: 1_000_000 for level in range(1, min(depth, MOST_LEVELS) + 1)},
        people_below=depth * 1_000_000,
        direct=[name] * min(depth, MOST_NAMES) if named else [],
        completed_orders=depth,
        rewards=[Reward("EUR", 0, 123_456), Reward("KWD", 10**9, -5)][:depth],
        hides_name=named,
    )
    shown(chains.chain(t, chain, sees_all=named))


def test_a_long_chain_still_names_the_nearest_and_the_root() -> None:
    upline = [Above(n, f"Person {n}", n) for n in range(1, 200)]
    chain = make_chain(honey(), source=ReferralSource.ADDED, upline=upline)
    told = shown(chains.chain(EN, chain, sees_all=False))
    assert "Person 1 " in told
    assert "Person 199" in told


def test_whoever_brought_her_and_shows_no_name_is_somebody() -> None:
    upline = [Above(1, None, 1), Above(2, "Ann", 2)]
    chain = make_chain(honey(), source=ReferralSource.INVITE_LINK, upline=upline)
    told = shown(chains.chain(EN, chain, sees_all=False))
    assert "Somebody brought you by an invite link." in told
    assert "somebody ← Ann" in told


def test_those_without_a_name_are_counted_among_the_others() -> None:
    chain = make_chain(honey(), levels={1: 5}, people_below=5, direct=["Ann", "Ben"])
    told = shown(chains.chain(EN, chain, sees_all=False))
    assert "You brought Ann, Ben" in told
    assert "and 3 more" in told
    nameless = make_chain(honey(), levels={1: 5}, people_below=5)
    assert "You brought 5 people" in shown(chains.chain(EN, nameless, sees_all=False))


def test_each_button_stands_where_it_leads_somewhere() -> None:
    alone = chains.chain(EN, make_chain(honey()), sees_all=False)
    assert _labels(alone) == ["Hide my name"]
    hidden = make_chain(honey(), levels={1: 1}, people_below=1, hides_name=True)
    assert _labels(chains.chain(EN, hidden, sees_all=True)) == [
        "Draw a picture",
        "Show my name",
        "All chains",
    ]


def _labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.buttons for button in row]


@pytest.mark.parametrize("levels", [0, 1, 30])
def test_all_chains_of_a_group(t: Translator, text: str, levels: int) -> None:
    facts = Chains(
        group=make_posted(text).group,
        totals=Totals(levels * 1_000, levels * 1_000_000),
        levels={level: 1_000 for level in range(1, min(levels, MOST_LEVELS) + 1)},
    )
    shown(chains.all_chains(t, facts))
    for words in (
        chains.chain_comes(t),
        chains.name_hidden(t, is_hidden=True),
        chains.name_hidden(t, is_hidden=False),
    ):
        assert utf16_length(words) <= LONGEST_TOAST


@pytest.mark.parametrize("person_id", [None, 7])
def test_a_picture_gets_all_its_words_in_the_readers_language(
    t: Translator, text: str, person_id: int | None
) -> None:
    drawing = Drawing(
        group=make_posted(text).group,
        person_id=person_id,
        people=1_234,
        rows=[
            Row(depth=0, name=long(text, NAME), people_below=1_234),
            Row(depth=1, name=None, people_below=0),
            Row(depth=1, name=None, people_below=3, many=41),
        ],
        bars=[Bar(level=0, people=3), Bar(level=1, people=40, is_last_of_many=True)],
    )
    data = chain_pictures.chain_picture(t, drawing)
    assert json.loads(json.dumps(data)) == data
    assert [row["is_many"] for row in data["rows"]] == [False, False, True]
    assert t.number(41) in data["rows"][2]["name"]
    assert data["levels"][1]["label"] == "1+"
    shown(Screen(text=chain_pictures.picture_caption(t, drawing)), limit=LONGEST_CAPTION)


def test_one_level_alone_needs_no_bars() -> None:
    rows = [Row(depth=0, name="Ann", people_below=1), Row(depth=1, name="Ben", people_below=0)]
    drawing = Drawing(group=honey(), person_id=1, people=1, rows=rows, bars=[Bar(level=1, people=1)])
    data = chain_pictures.chain_picture(EN, drawing)
    assert (data["levels"], data["rows"][0]["name"]) == ([], "You")
    assert "without" not in chain_pictures.picture_caption(EN, drawing)


def test_a_file_lists_each_chain_from_its_beginning_down(text: str) -> None:
    def place(key: int, above: int | None, name: str | None, below: int, direct: int) -> Place:
        source = ReferralSource.ADDED if above else None
        return Place(key, above, name, below, direct, source, NOW + timedelta(days=key) if above else None)

    places = [
        place(1, None, long(text, NAME), 3, 2),
        place(5, None, "Ben", 1, 1),
        place(2, 1, None, 1, 1),
        place(3, 1, "=Cem()", 0, 0),
        place(4, 2, "Dora", 0, 0),
        place(6, 5, "Eve", 0, 0),
    ]
    sheet = Sheet(group=honey(), totals=Totals(2, 6), places=places, is_cut=True)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(chain_pictures.chains_book(EN, sheet))))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    [start] = [place for place, row in enumerate(cells) if row[0] == "No."]
    rows = [tuple(row[at] for at in (0, 1, 2, 4, 7, 8)) for row in cells[start + 1 :] if row[0]]
    assert [row[2] for row in rows[1:]] == ["somebody", "Dora", "=Cem()", "Ben", "Eve"]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        (1, 0, None),
        (2, 1, 1),
        (3, 2, 2),
        (4, 1, 1),
        (5, 0, None),
        (6, 1, 5),
    ]
    assert rows[0][4:] == (2, 3)
    assert any("most people below" in str(row[0]) for row in cells[:start])
