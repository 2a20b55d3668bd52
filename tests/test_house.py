"""The laws of the house: what every file must keep to, whoever wrote it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
FLOORS = ("bot", "handlers", "storage", "sandbox", "benchmarks", "locales", "tests")
NOT_OURS = {".venv", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}

NOUNS = {
    *("groups", "topics", "members", "roles", "audit"),
    *("offers", "imports", "drafts", "proposals", "picks", "overview", "edits", "withdrawals", "reactions"),
    *("details", "questions", "reminders"),
    *("orders", "receipts", "pricing", "teams", "boards", "pickups", "handover"),
    *("payments", "refunds", "holds", "settlements", "discrepancies", "ledger", "balances"),
    *("referrals", "chains", "shares", "plans", "commissions", "payouts", "flags"),
    *("promotions", "coupons", "campaigns", "admins", "statistics"),
    *("trust", "activity", "acquaintances", "reviews", "cases", "recalls", "scores", "notices", "privacy"),
    *("wishes", "recommendations", "prospects", "tellings", "listings", "carryings", "carried_orders"),
}
"""The rows. A noun has the same file name in every column; `draft_steps` and the like are parts of one."""

BESIDE_THE_NOUNS = {
    "bot/callbacks": {"buttons"},
    "bot/services": {"closing"},
    "bot/views": {"screens", "refusals", "cards", "sheets", "spreadsheets", "manage", "troubles"},
    "storage/models": {"outbox", "updates"},
    "storage/repositories": {"outbox", "updates", "posts"},
    "handlers": {
        *("access", "commands", "conversation", "dispatch", "errors", "links", "manage", "manage_answers"),
        *("message_routes", "speaking", "tap_routes", "updates"),
    },
}
"""The columns, with what stands in each that is no noun."""

WORDS_OF_HANDLERS = {"earnings": "commissions", "service": "trust", "suggestions": "recommendations"}
"""Where people know a noun by another name, the handlers use that."""


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((HOUSE / folder).rglob("*.py")):
            yield path.relative_to(HOUSE), ast.parse(path.read_text(encoding="utf-8"))


def files() -> Iterator[Path]:
    for path in sorted(HOUSE.rglob("*")):
        place = path.relative_to(HOUSE)
        if not NOT_OURS & set(place.parts) and path.is_file():
            yield path


def imported(tree: ast.Module) -> set[str]:
    """The first names of all that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("column", list(BESIDE_THE_NOUNS))
def test_a_column_holds_nouns_and_little_else(column: str) -> None:
    names = {path.stem for path in (HOUSE / column).glob("*.py")} - {"__init__"}
    names |= {path.name for path in (HOUSE / column).iterdir() if path.is_dir()} - {"__pycache__"}
    rows = {WORDS_OF_HANDLERS.get(name, name) for name in names} - BESIDE_THE_NOUNS[column]
    forms = {form for noun in NOUNS for form in (noun, noun.removesuffix("s"), noun.removesuffix("es"))}
    parts = tuple(f"{form}_" for form in forms)
    assert {row for row in rows if row not in NOUNS and not row.startswith(parts)} == set()


def test_what_is_stored_can_be_reached() -> None:
    models = {path.stem for path in (HOUSE / "storage/models").glob("*.py")}
    repositories = {path.stem for path in (HOUSE / "storage/repositories").glob("*.py")}
    assert models <= repositories


def test_no_name_says_nothing() -> None:
    empty = re.compile(r"utils?|helpers?|common|managers?|misc|stuff")
    places = [path.relative_to(HOUSE) for path in files() if path.suffix == ".py"]
    said = [place for place in places if any(empty.fullmatch(Path(part).stem) for part in place.parts)]
    classes = [
        f"{place}: {node.name}"
        for place, tree in modules(*FLOORS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and re.search(r"(Util|Helper|Manager)s?$", node.name)
        # People who help at a pick-up point.
        if node.name not in ("Helper", "PointHelper")
    ]
    assert said == []
    assert classes == []


def test_what_is_translated_is_written_out() -> None:
    """Texts are found by reading the code, so a text must stand in it."""
    texts = {"__call__": 1, "html": 1, "plural": 2, "html_plural": 2}
    faults = []
    for place, tree in modules("bot", "handlers"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Name(id="t"):
                    count = texts["__call__"]
                case ast.Attribute(value=ast.Name(id="t"), attr=attr) if attr in texts:
                    count = texts[attr]
                case _:
                    continue
            said = node.args[:count]
            if len(said) < count or not all(isinstance(arg, ast.Constant) for arg in said):
                faults.append(f"{place}:{node.lineno}")
    assert faults == []


def test_one_file_of_code_stands_above_the_floors() -> None:
    assert [path.name for path in HOUSE.glob("*.py")] == ["run_bot.py"]


def test_packages_begin_empty() -> None:
    may_speak = {HOUSE / "handlers/__init__.py", HOUSE / "storage/models/__init__.py"}
    inits = [path for path in files() if path.name == "__init__.py"]
    assert [path for path in inits if path.read_text() and path not in may_speak] == []


def test_the_sandbox_knows_nothing_of_the_shop() -> None:
    shop = {"bot", "handlers", "storage", "composition", "run_bot", "telegram", "tests"}
    assert [place for place, tree in modules("sandbox") if imported(tree) & shop] == []


def test_rules_know_no_clock() -> None:
    """`now` is an argument."""
    clocks = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
    faults = [
        f"{place}:{node.lineno}"
        for place, tree in modules("bot/rules")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]
    assert faults == []


def test_nothing_names_a_host_of_packages() -> None:
    # Split, so that this very file names none.
    hosts = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.", "unp" + "kg.com", "js" + "delivr")
    named = [
        f"{path.relative_to(HOUSE)}: {host}"
        for path in files()
        if path.suffix not in {".png", ".db", ".jpg"} and path.stat().st_size < 2_000_000
        for host in (*hosts, "index" + "-url")
        if host in path.read_text(encoding="utf-8", errors="ignore")
    ]
    assert named == []


def test_an_assertion_only_says_what_type_something_has() -> None:
    """The bot runs without them (`make run`), and without docstrings."""
    deciding = [
        f"{place}:{node.lineno}"
        for place, tree in modules("bot", "handlers", "storage")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
        and not re.search(r"is not None$|^isinstance\(", ast.unparse(node.test))
    ]
    assert deciding == []


def test_nothing_reads_a_docstring() -> None:
    readers = [
        f"{place}:{node.lineno}"
        for place, tree in modules("bot", "handlers", "storage")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "__doc__"
    ]
    assert readers == []


def test_nothing_is_left_to_be_done_later() -> None:
    later = re.compile(r"#\s*(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
    left = [
        path.relative_to(HOUSE) for path in files() if path.suffix == ".py" and later.search(path.read_text())
    ]
    assert left == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        place
        for place, tree in modules("bot", "handlers", "storage", "sandbox", "tests")
        if tree.body and not ast.get_docstring(tree)
    ]
    assert silent == []
