"""python -m sandbox."""

import asyncio
import signal
import sys

import aiohttp


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
