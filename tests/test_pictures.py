"""Pictures are drawn by a child process; whatever becomes of it, the bot goes on."""

import asyncio
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from matplotlib import image

from bot.pictures import drawing
from bot.pictures.__main__ import KINDS
from bot.pictures.drawing import PictureNotDrawn, draw

_ROWS = [
    ("Anna Петрова", 1234, 0),
    ("王小明", 800, 1),
    ("🌸", 30, 2),
    ("مريم العلي", 0, 2),
    ("A name so long that it must be cut " * 5, 2, 3),
    ("$x_1$ \\frac % & <b>", 2, 1),
]


def a_chain(title: str = "Your chain in Honey friends") -> dict[str, Any]:
    rows = [
        {"depth": depth, "name": name, "number": str(people), "people": people, "is_many": False}
        for name, people, depth in _ROWS
    ]
    many = {"depth": 1, "name": "and 37 more", "number": "41", "people": 41, "is_many": True}
    return {
        "title": title,
        "subtitle": "1,234 people have come through you",
        "below": "people below",
        "unnamed": "somebody",
        "rows": [*rows, many],
        "levels_title": "People by level",
        "levels": [{"level": n, "label": str(n), "number": str(n), "people": n} for n in range(10)],
    }


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height, in pixels."""
    height, width, _ = image.imread(io.BytesIO(picture)).shape
    return width, height


async def test_a_chain_is_drawn_in_any_script_as_wide_as_a_telephone_shows() -> None:
    width, height = size_of(await draw("chain", a_chain()))
    assert width == 1080
    assert height < 2 * width


@pytest.mark.parametrize(
    ("kind", "data"),
    [("chain", {}), ("no such kind", a_chain())],
)
async def test_a_child_that_breaks_is_a_fault_that_says_why(kind: str, data: Mapping[str, Any]) -> None:
    with pytest.raises(PictureNotDrawn, match="KeyError"):
        await draw(kind, data)


async def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(PictureNotDrawn, match="longer"):
        await draw("chain", a_chain(), within=0.05)


async def test_a_child_that_cannot_be_started_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(PictureNotDrawn, match="nowhere"):
        await draw("chain", a_chain())


async def test_who_waits_too_long_for_others_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "QUEUE_SECONDS", 0.01)
    first = [asyncio.create_task(draw("chain", a_chain(str(n)))) for n in range(drawing.MOST_AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(PictureNotDrawn, match="too many"):
        await draw("chain", a_chain())
    assert len(set(await asyncio.gather(*first))) == drawing.MOST_AT_ONCE


async def test_the_child_learns_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "told"
    child = tmp_path / "child"
    child.write_text(f"#!/bin/sh\nenv > {told}\n")
    child.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(child))
    monkeypatch.setenv("BOT_TOKEN", "1234567:secret")
    with pytest.raises(PictureNotDrawn):
        await draw("chain", a_chain())
    assert "PATH=" in told.read_text()
    assert "secret" not in told.read_text()


def test_every_kind_has_a_painter() -> None:
    import importlib

    assert all(callable(importlib.import_module(module).paint) for module in KINDS.values())
