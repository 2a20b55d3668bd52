"""The command line as an operator meets it, and the running bot beside a local Telegram."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest
from pydantic import SecretStr
from sqlalchemy import text

import handlers
from bot.command_line import command_line
from bot.composition import Tempo, running
from bot.settings import CannotStart, Listen, Settings, SettingsWrong, demo_settings
from run_bot import demo, run
from sandbox.bots import Bot
from sandbox.people import Sandbox
from storage.engine import opened
from storage.schema import is_current, migrate
from tests.databases import Postgres

ROOT = Path(__file__).parent.parent
WIDE = "120"


@pytest.fixture
async def tg() -> AsyncIterator[Sandbox]:
    async with Sandbox.running() as tg:
        yield tg


@pytest.fixture
def account(tg: Sandbox) -> Bot:
    return tg.create_bot("vouch_bot")


@pytest.fixture
def settings(tg: Sandbox, account: Bot, tmp_path: Path) -> Settings:
    return demo_settings(token=account.token, api_url=tg.url, folder=tmp_path)


@pytest.fixture
def environment(tg: Sandbox, account: Bot, tmp_path: Path) -> dict[str, str]:
    """What an operator would put into .env for the bot beside the local Telegram."""
    return {
        "BOT_TOKEN": account.token,
        "VOUCH_API_URL": tg.url,
        "VOUCH_DATABASE_URL": f"sqlite:///{tmp_path}/data/vouch.db",
        "VOUCH_LOG": "json",
    }


def bare(environment: Mapping[str, str]) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("VOUCH_", "BOT_"))}
    return {**ours, "COLUMNS": WIDE, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1", **environment}


@asynccontextmanager
async def started(
    *words: str, environment: Mapping[str, str], at: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A command that runs until told to stop; killed at the end if it did not."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "run_bot.py"),
        *words,
        env=bare(environment),
        cwd=at,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def finished(*words: str, environment: Mapping[str, str], at: Path) -> tuple[int, str, str]:
    """A command that ends by itself: its exit code, what it says and what it complains of."""
    async with started(*words, environment=environment, at=at) as process, asyncio.timeout(30):
        out, err = await process.communicate()
    assert process.returncode is not None
    assert "Traceback" not in err.decode()
    return process.returncode, out.decode(), err.decode()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def get_json(url: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def test_help_teaches_the_way_from_the_demo_to_going_live(tmp_path: Path) -> None:
    code, out, _ = await finished("--help", environment={}, at=tmp_path)
    assert code == 0
    for words in ("run_bot.py demo", "@BotFather", "doctor", "docs/operators.md"):
        assert words in out


def test_every_command_says_what_it_does() -> None:
    app = command_line(run=run, demo=demo)
    commands = {
        command.callback.__name__: command.callback for command in app.registered_commands if command.callback
    }
    assert set(commands) == {"run", "demo", "migrate", "backup", "move", "doctor", "evaluate"}
    assert all(callback.__doc__ for callback in commands.values())


async def test_without_a_token_the_bot_says_where_to_get_one(tmp_path: Path) -> None:
    code, _, err = await finished("run", environment={"VOUCH_LOG": "xml"}, at=tmp_path)
    assert code == 2
    first, second = sorted(err.splitlines())
    assert first.startswith("BOT_TOKEN is missing")
    assert second.startswith("VOUCH_LOG must be one of")


async def test_a_refused_token_ends_the_bot_with_a_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    environment["BOT_TOKEN"] = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"
    code, out, err = await finished("run", environment=environment, at=tmp_path)
    assert code == 2
    assert "BOT_TOKEN is refused by Telegram" in err
    assert "AAabcdef" not in out + err


async def test_the_bot_runs_until_sigterm_and_ends_well(
    environment: dict[str, str], tg: Sandbox, account: Bot, tmp_path: Path
) -> None:
    environment["VOUCH_HTTP_LISTEN"] = f"127.0.0.1:{free_port()}"
    async with started("run", environment=environment, at=tmp_path) as process:
        mei = tg.person("Mei")
        await mei.starts(account)
        await mei.private(account).until_message(by=account.user)
        report = await get_json(f"http://{environment['VOUCH_HTTP_LISTEN']}/healthz")
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            out, err = await process.communicate()
    assert process.returncode == 0
    assert report["status"] == "ok"
    assert out == b""
    assert account.token.encode() not in err
    lines = [json.loads(line) for line in err.splitlines()]
    assert lines[0]["event"] == "started"
    assert not [line for line in lines if line["level"] in ("error", "critical")]
    assert not account.updates.pending


async def test_migrate_brings_the_database_up_to_date_without_a_token(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/vouch.db"
    code, out, _ = await finished("migrate", environment={"VOUCH_DATABASE_URL": url}, at=tmp_path)
    assert code == 0
    assert "newest version" in out
    async with opened(url) as database:
        assert await is_current(database.read)


async def test_models_and_migrations_agree_and_checking_needs_nothing(tmp_path: Path) -> None:
    code, out, _ = await finished("migrate", "--check", environment={}, at=tmp_path)
    assert (code, out) == (0, "Models and migrations agree.\n")
    assert list(_names(tmp_path)) == []


async def test_backup_says_where_the_copy_is_and_never_overwrites(tmp_path: Path) -> None:
    environment = {"VOUCH_DATABASE_URL": f"sqlite:///{tmp_path}/vouch.db"}
    code, _, err = await finished("backup", "copy.db", environment=environment, at=tmp_path)
    assert code == 1
    assert "There is no database" in err
    await finished("migrate", environment=environment, at=tmp_path)
    code, out, _ = await finished("backup", "copy.db", environment=environment, at=tmp_path)
    assert code == 0
    assert "copy.db holds a whole, checked copy" in out
    code, _, err = await finished("backup", "copy.db", environment=environment, at=tmp_path)
    assert code == 1
    assert "overwrites nothing" in err
    code, _, err = await finished("backup", "old ones/copy.db", environment=environment, at=tmp_path)
    assert code == 1
    assert err.strip() == "There is no folder old ones. Make it first: mkdir -p 'old ones'"


async def test_backup_of_postgresql_names_the_command(tmp_path: Path) -> None:
    environment = {"VOUCH_DATABASE_URL": "postgresql://vouch:secret@db/shop"}
    code, _, err = await finished("backup", "copy.dump", environment=environment, at=tmp_path)
    assert code == 1
    assert "pg_dump --format=custom --file=copy.dump postgresql://vouch@db/shop" in err


async def test_doctor_prints_a_line_for_each_thing_and_ends_well(
    environment: dict[str, str], tmp_path: Path
) -> None:
    code, out, _ = await finished("doctor", environment=environment, at=tmp_path)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "ok       settings: complete"
    assert all(line.startswith("ok ") for line in lines)
    assert any("token: the bot is @vouch_bot" in line for line in lines)


async def test_doctor_names_wrong_settings_and_looks_at_the_rest(
    environment: dict[str, str], tmp_path: Path
) -> None:
    del environment["BOT_TOKEN"]
    code, out, _ = await finished("doctor", environment=environment, at=tmp_path)
    assert code == 1
    assert "problem  settings: BOT_TOKEN is missing" in out
    assert "ok       disk:" in out


async def test_doctor_with_a_wrong_database_address_says_so_and_ends(tmp_path: Path) -> None:
    code, out, err = await finished("doctor", environment={"VOUCH_DATABASE_URL": "nonsense"}, at=tmp_path)
    assert code != 0
    assert "VOUCH_DATABASE_URL must be" in out + err


async def test_the_demo_opens_a_page_prints_its_address_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        async with started("demo", "--port", str(port), environment={}, at=tmp_path) as process:
            assert process.stdout is not None
            async with asyncio.timeout(20):
                line = ""
                while "http://" not in line:
                    line = (await process.stdout.readline()).decode()
            url = next(word for word in line.split() if word.startswith("http://"))
            assert url != f"http://127.0.0.1:{port}/", "that port was taken"
            async with aiohttp.ClientSession() as session, session.get(url) as page:
                assert page.status == 200
                assert "html" in page.content_type
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(10):
                _, err = await process.communicate()
    assert process.returncode == 0
    assert err == b""
    assert list(_names(tmp_path)) == []


async def test_the_bot_answers_by_webhook(settings: Settings, tg: Sandbox, account: Bot) -> None:
    port = free_port()
    by_webhook = settings.model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}/vouch",
            "webhook_listen": Listen(host="127.0.0.1", port=port),
            "webhook_secret": SecretStr("s-e_cret"),
            "http_listen": Listen(host="127.0.0.1", port=0),
        }
    )
    async with running(by_webhook, handlers, tempo=Tempo(look_seconds=0.05)) as parts:
        mei = tg.person("Mei")
        await mei.starts(account)
        await mei.private(account).until_message(by=account.user)
        report = await get_json(f"http://127.0.0.1:{parts.http_port}/healthz")
    assert report["status"] == "ok"
    assert report["updates_by"] == "webhook"


async def test_polling_takes_over_from_a_webhook(settings: Settings, tg: Sandbox, account: Bot) -> None:
    async with aiohttp.ClientSession() as session:
        await session.post(
            f"{tg.url}/bot{account.token}/setWebhook",
            json={"url": "http://127.0.0.1:9/", "secret_token": "x"},
        )
    async with running(settings, handlers):
        mei = tg.person("Mei")
        await mei.starts(account)
        await mei.private(account).until_message(by=account.user)
    assert account.webhook is None


async def test_the_commands_are_published(settings: Settings, tg: Sandbox, account: Bot) -> None:
    async with running(settings, handlers):
        await tg.world.until(lambda: len(account.commands) == 12, waiting_for="commands in every language")
    assert account.commands


async def test_a_bot_that_starts_before_the_network_waits_for_it(
    settings: Settings, tg: Sandbox, account: Bot
) -> None:
    tg.world.faults.refuse(502, "Bad Gateway", times=2)
    async with running(settings, handlers) as parts:
        assert parts.shop.bot_username == "vouch_bot"


async def test_a_token_that_is_refused_is_a_wrong_setting(settings: Settings) -> None:
    wrong = settings.model_copy(update={"bot_token": SecretStr("999:nobody-knows-this-token")})
    with pytest.raises(SettingsWrong, match="BOT_TOKEN is refused"):
        async with running(wrong, handlers):
            pytest.fail("it must not start")


async def test_a_port_that_is_taken_is_named(settings: Settings) -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        taken = Listen(host="127.0.0.1", port=squatter.getsockname()[1])
        with pytest.raises(CannotStart, match="VOUCH_HTTP_LISTEN"):
            async with running(settings.model_copy(update={"http_listen": taken}), handlers):
                pytest.fail("it must not start")


async def test_a_database_that_does_not_answer_is_named(settings: Settings) -> None:
    address = SecretStr("postgresql://vouch:secret@127.0.0.1:9/vouch")
    with pytest.raises(CannotStart, match="The database does not answer") as caught:
        async with running(settings.model_copy(update={"database_url": address}), handlers):
            pytest.fail("it must not start")
    assert "secret" not in str(caught.value)


async def test_a_postgresql_that_is_not_migrated_is_left_alone(
    settings: Settings, tmp_path: Path, postgres: Postgres
) -> None:
    server = await asyncpg.connect(host=postgres.sockets, user="postgres", database="postgres")
    await server.execute('CREATE DATABASE "vouch_empty"')
    try:
        url = postgres.url("vouch_empty")
        on_postgres = settings.model_copy(update={"database_url": SecretStr(url)})
        with pytest.raises(CannotStart, match=r"run_bot\.py migrate"):
            async with running(on_postgres, handlers):
                pytest.fail("it must not start")
        code, _, _ = await finished("migrate", environment={"VOUCH_DATABASE_URL": url}, at=tmp_path)
        assert code == 0
        async with running(on_postgres, handlers) as parts:
            assert (await parts.health.report())["migrations"] == "current"
    finally:
        await server.execute('DROP DATABASE "vouch_empty" WITH (FORCE)')
        await server.close()


async def test_older_code_leaves_a_newer_database_alone(settings: Settings, tmp_path: Path) -> None:
    url = settings.database_url.get_secret_value()
    async with opened(url) as database:
        await migrate(database.write)
        async with database.write.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CannotStart, match="newer version"):
        async with running(settings, handlers):
            pytest.fail("it must not start")
    code, _, err = await finished("migrate", environment={"VOUCH_DATABASE_URL": url}, at=tmp_path)
    assert code == 1
    assert "newer code (version 9999)" in err


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
