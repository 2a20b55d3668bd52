"""Every refusal has words, in every language, short enough for where it is shown."""

from collections.abc import Sequence
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, datetime
from itertools import product

import pytest

from bot import errors
from bot.i18n import Translator
from bot.money import Money
from bot.views.refusals import refusal
from bot.views.screens import LONGEST_TOAST, toast
from sandbox.entities import utf16_length
from tests.views.strange import STRANGE, long


def leaves(kind: type[errors.ShopError]) -> list[type[errors.ShopError]]:
    below = [leaf for child in kind.__subclasses__() for leaf in leaves(child)]
    return below or [kind]


def make_error(kind: type[errors.ShopError], text: str, number: int) -> errors.ShopError:
    """A refusal with this text and number wherever it carries any."""
    values = {
        "str": text,
        "int": number,
        "tuple": tuple(long(f"{n}{text}", 30) for n in range(50)),
        "Money": Money(amount=max(number, 0), currency="KWD"),
        "datetime": datetime(2026, 3, 2, tzinfo=UTC),
    }
    carried = [str(getattr(field.type, "__name__", field.type)) for field in _carried(kind)]
    return kind(*(values[name] for name in carried))


def _carried(kind: type[errors.ShopError]) -> Sequence[Field[object]]:
    return fields(kind) if is_dataclass(kind) else ()


LEAVES = leaves(errors.ShopError)


def test_the_tree_has_leaves() -> None:
    assert len(LEAVES) > 20
    assert not {errors.Unreadable, errors.NotPossible, errors.NotAllowed} & set(LEAVES)


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_refusal_has_words(t: Translator, kind: type[errors.ShopError]) -> None:
    for text, number in product(STRANGE, (0, 1, 5, 10**12)):
        for typed in ("", text, long(text, 4096)):
            told = refusal(t, make_error(kind, typed, number))
            assert told.strip()
            assert utf16_length(told) < 1000
            assert 0 < utf16_length(toast(told)) <= LONGEST_TOAST


@pytest.mark.parametrize("name", ["", "currency", "zone", "language", "plain"])
def test_every_setting_is_refused_in_its_own_words(t: Translator, name: str) -> None:
    assert refusal(t, errors.SettingUnreadable(name, "<b>")).strip()


@pytest.mark.parametrize(
    "kind",
    [errors.ButtonOutdated, errors.PickClosed, errors.NotInGroup, errors.NotACurator, errors.SoldOut,
     errors.QuantityTooLarge, errors.NothingOrdered],
    ids=lambda kind: kind.__name__,
)  # fmt: skip
def test_what_a_tap_may_hear_fits_in_a_toast(t: Translator, kind: type[errors.ShopError]) -> None:
    told = refusal(t, make_error(kind, long("名🍯", 30), 1000))
    assert utf16_length(told) <= LONGEST_TOAST


def test_of_which_kind_so_few_are_left_is_said() -> None:
    told = refusal(Translator("en"), errors.SoldOut("blue", 5))
    assert told == "Only 5 of blue are left, so nothing was changed. Please order fewer."
    assert "of" not in refusal(Translator("en"), errors.SoldOut("", 5)).split()


def test_a_refusal_without_words_is_a_fault() -> None:
    class Unheard(errors.ShopError):
        pass

    with pytest.raises(LookupError):
        refusal(Translator("en"), Unheard())
