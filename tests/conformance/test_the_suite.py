"""The plugin itself: what breaks the Bot API fails its test, and what nobody exercised fails the run."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from sandbox.conformance.coverage import Coverage
from sandbox.conformance.spec import Spec
from sandbox.conformance.watching import watch
from sandbox.dispatch import method_names
from sandbox.methods.registry import METHODS
from sandbox.people import Sandbox
from sandbox.updates import KINDS
from sandbox.world import World
from tests.conformance.plugin import SPEC
from tests.conformance.required import METHODS_OF_THE_SANDBOX

ROOT = Path(__file__).parent.parent.parent
INNER = """
import aiohttp
import pytest

from sandbox.people import Sandbox


async def asks(**parameters):
    async with Sandbox.running() as tg, aiohttp.ClientSession() as http:
        url = f"{tg.url}/bot{tg.create_bot('vouch_bot').token}/setMyCommands"
        async with http.post(url, json=parameters) as answer:
            return (await answer.json())["ok"]


async def test_right():
    assert await asks(commands=[{"command": "pick", "description": "Offer"}])


async def test_wrong():
    assert not await asks(commands=[], colour="red")


async def test_wrong_and_broken():
    assert await asks(commands=[], colour="red")


@pytest.mark.asks_wrongly("on purpose")
async def test_wrong_on_purpose():
    assert not await asks(commands=[], colour="red")


@pytest.mark.unwatched("on purpose")
async def test_unwatched():
    assert not await asks(commands=[], colour="red")


@pytest.fixture
async def last_words():
    yield
    await asks(commands=[], colour="blue")


async def test_last_words(last_words):
    pass
"""


async def run(folder: Path, *arguments: str, spec: str | None) -> tuple[int, str]:
    """Run the tests above in a suite of their own."""
    (folder / "test_inner.py").write_text(INNER)
    (folder / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\ntestpaths = .\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment |= {"PYTHONPATH": str(ROOT), SPEC: spec or ""}
    command = (sys.executable, "-m", "pytest", "-p", "tests.conformance.plugin", "-q", "-rA", *arguments)
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


async def test_what_breaks_the_api_fails_its_test(spec: Spec, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    code, said = await run(tmp_path, "-n", "2", f"--conformance-report={report}", spec=os.environ[SPEC])

    assert code == 1
    assert "request setMyCommands of vouch_bot: colour: setMyCommands has no such parameter" in said
    for outcome in (
        "PASSED test_inner.py::test_right",
        "FAILED test_inner.py::test_wrong - ",
        "FAILED test_inner.py::test_wrong_and_broken - assert",
        "PASSED test_inner.py::test_wrong_on_purpose",
        "PASSED test_inner.py::test_unwatched",
        "ERROR test_inner.py::test_last_words",
    ):
        assert outcome in said
    # Four of the six are watched by one worker or the other, and meet in the report.
    assert "setMyCommands: 1 + 4; commands; never scope, language_code" in report.read_text()


async def test_what_nobody_exercised_fails_the_whole_run(spec: Spec, tmp_path: Path) -> None:
    code, said = await run(tmp_path, spec=os.environ[SPEC])
    assert code == 1
    assert "never exercised: /file/bot, answerCallbackQuery" in said

    code, said = await run(tmp_path, "-k", "test_right", spec=os.environ[SPEC])
    assert code == 0
    assert "never exercised" not in said
    assert f"1 of {len(METHODS_OF_THE_SANDBOX | set(method_names()))} methods" in said


async def test_without_the_description_nothing_is_watched(tmp_path: Path) -> None:
    code, said = await run(tmp_path, "-k", "not broken", spec=None)
    assert code == 0
    assert "5 passed" in said
    assert "conformance with" not in said


def test_each_method_takes_just_the_parameters_of_the_api(spec: Spec) -> None:
    for name in method_names():
        expected = {field.name for field in spec.methods[name].fields}
        assert METHODS[name.lower()].parameters == expected, name


def test_the_kinds_of_updates_are_those_of_the_api(spec: Spec) -> None:
    assert set(KINDS) == spec.update_kinds


def test_a_description_of_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"openapi": "3.1"}')
    with pytest.raises(ValueError, match="no description of the Bot API"):
        Spec.load(other)


async def test_a_world_can_be_watched_without_a_test_suite(spec: Spec) -> None:
    world = World()
    watching = watch(world, spec)
    tg = await Sandbox.start(world=world)
    try:
        bot, mei = tg.create_bot("vouch_bot"), tg.person("Mei")
        group = tg.group("Honey friends", owner=mei)
        await mei.adds_bot(bot, group, admin=True)
        await mei.says("+2", in_=group)
    finally:
        await tg.stop()

    assert watching.violations == []
    assert watching.coverage.updates["message"] == 2
    assert {"message_id", "text", "new_chat_members"} <= watching.coverage.sent["Message"]
    again = Coverage.from_json(watching.coverage.to_json())
    again.merge(watching.coverage)
    assert again.updates["message"] == 4
