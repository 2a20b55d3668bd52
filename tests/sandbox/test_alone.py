"""python -m sandbox."""

import asyncio
import signal
import sys

import aiohttp
import pytest


async def test_the_sandbox_starts_alone_and_stops_when_told(session: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--token", "77:mine"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        lines = [(await process.stdout.readline()).decode().split() for _ in range(4)]
        assert lines[2] == ["Token", "77:mine"]
        async with session.get(lines[0][1]) as page:
            assert "text/html" in page.headers["Content-Type"]
        async with session.get(lines[3][1]) as response:
            assert (await response.json())["result"]["id"] == 77
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_a_taken_port_is_named() -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    async with server:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "sandbox", "--port", port), stderr=asyncio.subprocess.PIPE
        )
        _, complaint = await process.communicate()
    assert process.returncode == 1
    assert f"Port {port} can't be used" in complaint.decode()


async def run_sandbox(*flags: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", *flags),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(20):
        said, complaint = await process.communicate()
    return process.returncode, said.decode(), complaint.decode()


async def test_the_help_teaches_how_to_point_a_bot_here() -> None:
    code, said, _ = await run_sandbox("--help")
    assert code == 0
    assert 'base_url(URL + "/bot")' in said
    assert "TelegramAPIServer.from_base(URL)" in said


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (["--port", "70000"], "a port is a number from 0 to 65535"),
        (["--token", "mine"], "a token is a number, a colon and letters"),
        (["--username", "honey bot"], "a name has 3 to 31 letters"),
        (["--scene", "honey", "--no-page"], "--scene is played on the page"),
        (["--name", "tg.local"], "--name needs --host"),
        (["--scene", "waltz"], "invalid choice: 'waltz'"),
    ],
)
async def test_a_flag_that_makes_no_sense_is_explained(flags: list[str], why: str) -> None:
    code, _, complaint = await run_sandbox(*flags)
    assert code == 2
    assert why in complaint


async def test_the_api_alone_has_no_page_and_shows_the_bot_everything(session: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--no-page", "--no-privacy", "--no-limits"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        lines = [(await process.stdout.readline()).decode().split() for _ in range(4)]
        assert lines[0] == ["Page", "none", "(--no-page)"]
        async with session.get(f"{lines[1][1]}/") as response:
            assert response.status == 404
        async with session.get(lines[3][1]) as response:
            assert (await response.json())["result"]["can_read_all_group_messages"]
        async with session.get(f"{lines[1][1]}/_sim/limits") as response:
            assert not (await response.json())["enabled"]
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_a_scene_begins_once_the_bot_listens(session: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--token", "77:mine", "--scene", "honey"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        lines = [(await process.stdout.readline()).decode().split() for _ in range(4)]
        api = f"{lines[1][1]}/bot77:mine"
        async with session.post(f"{api}/getUpdates", json={"timeout": 30}) as response:
            [*_, update] = (await response.json())["result"]
        assert update["message"]["from"]["first_name"] == "Mei"
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
