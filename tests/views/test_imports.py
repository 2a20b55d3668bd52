"""What is said of price lists, in every language and at its longest."""

import csv
import io

import pytest

from bot.i18n import Translator
from bot.rules.imports import FAULTS_SHOWN, Import, ImportState, Sample, as_document, read_import
from bot.rules.price_list import Fault, read_price_list
from bot.rules.price_list_cells import Why
from bot.rules.price_list_words import Column
from bot.rules.workbooks import read_workbook
from bot.views.import_faults import fault_line, faults_csv
from bot.views.import_template import template
from bot.views.imports import import_screen
from bot.views.offers import catalogue_page, offer_page, searchable
from bot.views.screens import LONGEST_TEXT, shown_length
from storage.models import Group, Offer, Tier, Variant
from storage.repositories.offers import LineOffer, OfferPage, PastPick
from storage.repositories.posts import WholeOffer
from storage.states import PickState
from tests.clock import Clock
from tests.views.strange import long

ALL_FAULTS = [
    Fault(row=7, column=column, heading="", read="=x", why=why, same_as=3) for column in Column for why in Why
]


def make_group(title: str) -> Group:
    now = Clock().now()
    return Group(
        id=1, chat_id=-100, title=title, language="en", currency="EUR", time_zone="UTC", created_at=now
    )


def make_import(state: ImportState, text: str) -> Import:
    sample = Sample(
        title=text, code=text[:40], price_amount=1290, currency="EUR", stock=20, unit=text[:20], variants=0
    )
    faults = [
        Fault(row=10_000, column=Column.VARIANTS, heading=text, read=text, why=Why.UNREADABLE)
        for _ in range(FAULTS_SHOWN)
    ]
    return Import(
        state=state,
        file_name=text,
        rows_read=5000,
        new=4960,
        bad_rows=40,
        fault_count=41,
        faults=tuple(faults),
        samples=(sample, sample, sample),
        ignored=(text,) * 20,
        sheet=text,
        other_sheets=(text,) * 20,
        refusal=text,
    )


def test_the_template_in_every_language_is_a_list_that_is_understood(t: Translator) -> None:
    name, content = template(t, currency="EUR")
    listed = read_price_list(read_workbook(content).rows, currency="EUR")
    assert name.endswith(".xlsx")
    assert (len(listed.offers), listed.faults, listed.ignored) == (2, [], ())
    assert {slot.column for slot in listed.names} == set(Column)


@pytest.mark.parametrize("state", list(ImportState))
def test_every_screen_fits_into_a_message(t: Translator, text: str, state: ImportState) -> None:
    for typed in (text, long(text, 60), long(text, 255)):
        kept = make_import(state, typed)
        screen = import_screen(t, 2**60, kept, group=make_group(typed), groups=[make_group(typed)] * 3)
        assert 0 < shown_length(str(screen.text)) <= LONGEST_TEXT
        assert read_import(as_document(kept)) == kept


@pytest.mark.parametrize("fault", ALL_FAULTS, ids=lambda fault: f"{fault.column}-{fault.why}")
def test_every_fault_has_words(t: Translator, fault: Fault) -> None:
    assert "7" in fault_line(t, fault)
    assert len(fault_line(t, fault)) < 300


def test_faults_as_a_table_hold_no_formulas(t: Translator) -> None:
    rows = list(csv.reader(io.StringIO(faults_csv(t, ALL_FAULTS))))
    assert len(rows) == len(ALL_FAULTS) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_catalogue_fits_into_a_message(t: Translator, text: str) -> None:
    words = searchable(long(text, 300))
    line = LineOffer(id=2**60, title=long(text, 100), code="1", price_amount=10**9, currency="EUR")
    page = catalogue_page(
        t, make_group(text), OfferPage(offers=[line] * 10, count=10_000), page=999, words=words
    )
    assert shown_length(str(page.text)) <= LONGEST_TEXT
    assert page.keyboard() is not None


def test_an_offer_fits_into_a_message(t: Translator, text: str) -> None:
    offer = Offer(
        id=2**60,
        title=long(text, 100),
        words=long(text, 600),
        price_amount=10**9,
        currency="EUR",
        code=long(text, 40),
        unit=long(text, 20),
        minimum_quantity=10,
        limit_per_person=5,
        created_at=Clock().now(),
        archived_at=Clock().now(),
    )
    kinds = [
        Variant(offer_id=1, position=at, name=long(f"{at}{text}", 30), stock=10**6 if at % 2 else None)
        for at in range(50)
    ]
    tiers = [Tier(offer_id=1, quantity=at, unit_amount=10**9 - at) for at in range(2, 8)]
    picks = [
        PastPick(9, state, Clock().now(), 5)
        for state in (PickState.LIVE, PickState.SCHEDULED, PickState.CLOSED)
    ]
    for variants in (kinds, kinds[:1], [Variant(offer_id=1, position=0, name="", stock=3)]):
        whole = WholeOffer(offer=offer, variants=variants, tiers=tiers)
        page = offer_page(t, make_group(text), whole, picks, may_archive=True, words=searchable(text))
        assert 0 < shown_length(str(page.text)) <= LONGEST_TEXT
        assert page.keyboard() is not None
