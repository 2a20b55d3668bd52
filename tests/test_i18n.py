"""Every language says everything, and says it as its readers write it."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markupsafe import Markup

import locales.__main__ as catalogues
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator, match_language
from bot.money import Money

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_catalogues_are_complete() -> None:
    assert catalogues.check() == []


def test_there_is_a_catalogue_for_every_language() -> None:
    assert set(catalogues.LANGUAGES) == set(LANGUAGES)
    assert DEFAULT_LANGUAGE in LANGUAGES


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh", "zh_CN"),
        ("zh-hans", "zh_CN"),
        ("zh_TW", "zh_CN"),
        ("ru", "ru"),
        ("RU-ru", "ru"),
        ("es-419", "es"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
        ("../../etc", "en"),
    ],
)
def test_the_nearest_language_is_spoken(code: str | None, language: str) -> None:
    assert match_language(code) == language


@pytest.mark.parametrize(
    ("n", "russian"), [(1, "человек"), (2, "человека"), (5, "человек"), (11, "человек"), (21, "человек")]
)
def test_numbers_bend_words(n: int, russian: str) -> None:
    assert Translator("ru").plural("{n} person", "{n} people", n) == f"{n} {russian}"


def test_large_numbers_are_separated_as_each_language_does() -> None:
    written = {language: Translator(language).number(1_234_567) for language in LANGUAGES}
    assert written["en"] == written["zh_CN"] == "1,234,567"
    assert written["es"] == "1.234.567"
    assert written["ru"].replace("\xa0", " ") == "1 234 567"


def test_money_is_written_as_each_language_does() -> None:
    euros = Money(amount=1_290, currency="EUR")
    assert Translator("en").money(euros) == "€12.90"
    assert Translator("es").money(euros).replace("\xa0", " ") == "12,90 €"


def test_a_moment_is_told_on_the_readers_clock() -> None:
    told = Translator("en").moment(NOON, "Asia/Shanghai", now=NOON)
    assert "20:00" in told
    assert "2026" not in told


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_moment_of_another_year_names_the_year(language: str) -> None:
    new_years_eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    t = Translator(language)
    assert "2027" in t.moment(new_years_eve, "Asia/Tokyo", now=NOON)
    assert "2027" not in t.moment(new_years_eve, "UTC", now=NOON)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_fields_are_escaped_in_markup_and_plain_in_plain_text(language: str) -> None:
    t, evil = Translator(language), "<b>{name}&"
    markup = t.html("Which currency has {group}?", group=evil)
    assert isinstance(markup, Markup)
    assert "&lt;b&gt;{name}&amp;" in markup
    assert evil in t("Sorry, {variant} is sold out.", variant=evil)
    assert t.html("{n}", n=Markup("<i>1</i>")) == Markup("<i>1</i>")
    assert "&lt;b&gt;" in t.html_plural("{n} of {x}", "{n} of {x}", 2, x=evil)


def test_what_no_catalogue_knows_is_said_as_it_was_written() -> None:
    assert Translator("ru")("Nobody has translated this.") == "Nobody has translated this."


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_lists_are_joined(language: str) -> None:
    t = Translator(language)
    assert t.listed([]) == ""
    assert t.listed(["red"]) == "red"
    joined = t.listed(["red", "blue", "green"])
    assert [joined.index(name) for name in ("red", "blue", "green")] == sorted(
        joined.index(name) for name in ("red", "blue", "green")
    )


_SPEAKS = """
import sys
from bot.i18n import LANGUAGES, Translator, compiled_beside
with compiled_beside():
    pass
print([Translator(language)("Cancel") for language in LANGUAGES])
print("babel.messages" in sys.modules)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere catalogues are compiled where they are used")
def test_catalogues_are_compiled_beside_and_again_when_they_change(tmp_path: Path) -> None:
    house = Path(__file__).parent.parent
    shutil.copytree(house / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(house / "locales", tmp_path / "locales", ignore=shutil.ignore_patterns("__pycache__"))

    def speaks() -> list[str]:
        command = [sys.executable, "-c", _SPEAKS]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.splitlines()

    words = str([Translator(language)("Cancel") for language in LANGUAGES])
    assert speaks() == [words, "False"]
    assert speaks() == [words, "False"], "what was compiled is read"

    spanish = tmp_path / "locales/es/LC_MESSAGES/vouch.po"
    other = spanish.read_text(encoding="utf-8").replace('msgstr "Cancelar"', 'msgstr "Anular"')
    spanish.write_text(other, encoding="utf-8")
    assert speaks() == [words.replace("Cancelar", "Anular"), "False"]
