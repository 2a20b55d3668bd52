"""What the guides name (commands, buttons, settings, figures) is there, and what is there they name."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.main import get_command

import run_bot
from bot.command_line import command_line
from bot.metrics import Metrics
from bot.rules.order_text import read_order
from bot.rules.pick_text import PickText, read_pick
from bot.settings import Listen, Settings
from bot.telegram.allowed import ALLOWED_UPDATES
from handlers import message_routes

HOUSE = Path(__file__).parent.parent
OWNERS, MEMBERS, OPERATORS = (HOUSE / f"docs/{name}.md" for name in ("owners", "members", "operators"))
README = HOUSE / "README.md"
GUIDES = (README, OWNERS, MEMBERS, OPERATORS)
PAGES = sorted(
    [*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md"), *(HOUSE / "sandbox").rglob("*.md")],
)
CATALOGUES = sorted((HOUSE / "locales").glob("*/LC_MESSAGES/vouch.po"))

COMMANDS = set(message_routes._COMMANDS)
NOT_OURS = {"newbot", "setprivacy", "setinline", "setinlinefeedback", "mybots", "healthz", "metrics"}
"""What else begins with a slash: BotFather's commands, and the pages of the health server."""

OF_TELEGRAM = {"start"}
"""What Telegram sends by itself, as people open the chat."""

BUTTONS_OF_TELEGRAM = {"Start", "Disable", "Enabled"}

FEWEST_LETTERS = 4
"""Where a text has fields, so many letters of its own tell it from others."""


def words_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def named(page: Path) -> set[str]:
    """The commands that a page names."""
    return set(re.findall(r"`/([a-z]+)\b(?!/)", words_of(page))) - NOT_OURS


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_names_only_commands_that_there_are(guide: Path) -> None:
    assert named(guide) <= COMMANDS


def test_every_command_is_told_in_a_guide() -> None:
    assert set.union(*map(named, GUIDES)) >= COMMANDS - OF_TELEGRAM


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_bot_itself_names_only_commands_that_there_are(catalogue: Path) -> None:
    said = set(re.findall(r"(?<![\w/.<>}-])/([a-z]+)\b", words_of(catalogue)))
    assert said - NOT_OURS <= COMMANDS


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", words_of(OPERATORS), re.MULTILINE))
    assert told == {
        str(field.validation_alias): shown(field.get_default(call_default_factory=True))
        for field in Settings.model_fields.values()
    } | {"VOUCH_HTTP_LISTEN": "off"}


def shown(default: object) -> str:
    if isinstance(default, Listen):
        return f"`{default.host}:{default.port}`"
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    return f"`{default}`" if isinstance(default, str | int) else "–"


def test_every_figure_is_told_and_no_other() -> None:
    families = [family for family in Metrics().registry.collect() if family.name.startswith("vouch_")]
    counted = {f"{family.name}{'_total' if family.type == 'counter' else ''}" for family in families}
    told = set(re.findall(r"`(vouch_[a-z_]+)", words_of(OPERATORS)))
    assert counted == {name.removesuffix("_count") for name in told}


def test_every_command_of_the_command_line_is_told() -> None:
    line = get_command(command_line(run=run_bot.run, demo=run_bot.demo))
    there = set(getattr(line, "commands", {}))
    assert set(re.findall(r"^\| `run_bot\.py ([a-z]+)", words_of(OPERATORS), re.MULTILINE)) == there


def test_the_kinds_of_updates_are_those_that_the_bot_asks_for() -> None:
    [told] = re.findall(r"### What it asks Telegram for\n(.*?)\n###", words_of(README), re.DOTALL)
    assert set(re.findall(r"`([a-z_]+)`", told)) == set(ALLOWED_UPDATES)


def test_every_warning_in_the_log_is_explained() -> None:
    modules = [module for floor in ("bot", "handlers", "storage") for module in (HOUSE / floor).rglob("*.py")]
    warnings = re.compile(r'log\.(?:warning|error|exception)\(\s*"([a-z_]+)"')
    logged = {event for module in modules for event in warnings.findall(words_of(module))}
    assert logged <= set(re.findall(r"`([a-z_]+)`", words_of(OPERATORS)))


def texts() -> Iterator[re.Pattern[str]]:
    """What the bot says in English, as patterns: a field may hold anything."""
    catalogue = words_of(HOUSE / "locales/en/LC_MESSAGES/vouch.po").replace('"\n"', "")
    for text in set(re.findall(r'^msgid(?:_plural)? "(.+)"$', catalogue, re.MULTILINE)):
        own = re.sub(r"\{\w+\}", "", text)
        if own == text or len(re.findall(r"\w", own)) >= FEWEST_LETTERS:
            yield re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text.replace('\\"', '"'))))


def buttons(page: Path) -> Iterator[str]:
    """What is bold within a line and begins like a button; at the beginning of one it may stress a point."""
    for line in words_of(page).splitlines():
        for bold in re.findall(r"(?<=[\w,;:.)(`] )\*\*([^*]+)\*\*", line.removeprefix("- ")):
            if bold[0].isupper() and bold[-1] not in ".:" and bold not in BUTTONS_OF_TELEGRAM:
                yield bold


@pytest.mark.parametrize("guide", [OWNERS, MEMBERS, OPERATORS], ids=lambda path: path.name)
def test_the_buttons_that_a_guide_names_are_there(guide: Path) -> None:
    said = list(texts())
    assert [name for name in buttons(guide) if not any(text.fullmatch(name) for text in said)] == []


def anchors(page: Path) -> set[str]:
    """What a link into a page may name: its headings as GitHub writes them."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"```.*?```", "", words_of(page), flags=re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", words_of(page)) + re.findall(r'src="([^"]+)"', words_of(page))
    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    floors = "bot|handlers|storage|sandbox|tests|benchmarks|locales|docs"
    places = re.findall(rf"`((?:{floors})/[\w./-]+)`", words_of(page))
    assert [place for place in places if not (HOUSE / place).exists()] == []


@pytest.mark.parametrize("guide", [OWNERS, MEMBERS, OPERATORS], ids=lambda path: path.name)
def test_every_chapter_stands_in_the_contents(guide: Path) -> None:
    listed = set(re.findall(r"\]\(#([^)]+)\)", words_of(guide)))
    chapters = re.findall(r"^## (.+)$", words_of(guide), re.MULTILINE)
    assert [
        name for name in chapters if re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") not in listed
    ] == []


def picked(text: str) -> PickText:
    """What the bot reads behind /pick on a Monday morning."""
    monday = datetime(2026, 5, 4, 9, tzinfo=UTC)
    return read_pick(text, currency="EUR", now=monday, time_zone="Europe/Berlin", language="en")


def test_the_posts_that_the_guides_show_can_be_posted() -> None:
    lines = re.findall(r"(?:^    |`)/pick ([^`\n]+)", words_of(README) + words_of(OWNERS), re.MULTILINE)
    assert {picked(line).title for line in lines} == {"Yunnan honey"}


def test_each_part_of_a_post_is_read_as_the_guide_says() -> None:
    [table] = re.findall(r"\| part \| examples.*?\n\n", words_of(OWNERS), re.DOTALL)
    rows = re.findall(r"^\| ([^|`]+) \|(.*`.*)$", table, re.MULTILINE)
    examples = {part: re.findall(r"`([^`]+)`", cells) for part, cells in rows}
    described = {
        part for part, those in examples.items() for one in those if picked(f"12.90 Honey | {one}").words
    }
    assert described == {"anything else"}


def test_the_orders_that_the_guide_shows_are_read() -> None:
    said = re.findall(r"^\|.*?reply (?:to the card )?(?:with )?(`.*?) \|", words_of(MEMBERS), re.MULTILINE)
    orders = [order for cell in said for order in re.findall(r"`([^/`]+)`", cell)]
    assert len(orders) >= 10
    assert [order for order in orders if read_order(order, ["red", "blue"], to_card=True) is None] == []
