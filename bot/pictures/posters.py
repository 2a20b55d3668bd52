"""A poster of a pick for other networks: its photo, what it is, and a code that opens it."""

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import segno
from PIL import Image, ImageOps

from bot.pictures.paper import FADED, INK, PALETTE, WASH, Paper, drawable

_WIDTH, _MARGIN = 1080, 60
_PHOTO = 600
_TITLE, _PRICE, _WORDS, _SMALL = 64, 46, 34, 30
_TITLE_LINES, _WORDS_LINES, _NOTE_LINES, _SMALL_LINES = 2, 4, 4, 2
_CODE, _QUIET = 330, 24
_LEADING, _GAP = 1.35, 14
_LARGEST_SIDE = 8_000


def paint(data: Mapping[str, Any]) -> bytes:
    """Draw `title`, `price`, `words`, `notes` (lines by the code), `call` (over it) and the `link` it opens.

    `photo` is a picture in base64, or nothing.
    """
    photo = _photo(data["photo"])
    probe, room = Paper(_WIDTH, 10), _WIDTH - 2 * _MARGIN
    title = _wrapped(probe, data["title"], size=_TITLE, within=room, most=_TITLE_LINES)
    price = _wrapped(probe, data["price"], size=_PRICE, within=room, most=_NOTE_LINES)
    words = _wrapped(probe, data["words"], size=_WORDS, within=room, most=_WORDS_LINES)
    blocks = [(title, _TITLE, INK), (price, _PRICE, PALETTE[5]), (words, _WORDS, FADED)]
    text_height = sum(len(rows) * _LEADING * size + _GAP for rows, size, _ in blocks)
    top = _PHOTO if photo is not None else 0
    foot = top + _MARGIN + text_height + _MARGIN / 2
    paper = Paper(_WIDTH, foot + _CODE + 2 * _QUIET + 2 * _MARGIN)
    if photo is not None:
        paper.plot(0, 0, _WIDTH, _PHOTO).imshow(photo, aspect="auto", interpolation="lanczos")
        paper.figure.axes[-1].set_axis_off()
    y = float(top + _MARGIN)
    for rows, size, color in blocks:
        for line in rows:
            paper.text(_MARGIN, y + _LEADING / 2 * size, line, size=size, color=color)
            y += _LEADING * size
        y += _GAP
    _foot(paper, data, top=foot)
    return paper.png()


def _foot(paper: Paper, data: Mapping[str, Any], *, top: float) -> None:
    """The code on the right, and on the left whose card it is and until when it holds."""
    paper.rectangle(0, top, _WIDTH, paper.height - top, color=WASH)
    side = _CODE + 2 * _QUIET
    left, upper = _WIDTH - _MARGIN - side, top + _MARGIN
    paper.rectangle(left, upper, side, side, color="white")
    axes = paper.plot(left + _QUIET, upper + _QUIET, _CODE, _CODE)
    axes.imshow(_code(data["link"]), cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    axes.set_axis_off()
    room, y = left - _MARGIN - 40, upper
    for note, size, color, most in (
        (data["call"], _PRICE, INK, _NOTE_LINES),
        *((note, _SMALL, FADED, _SMALL_LINES) for note in data["notes"]),
    ):
        for line in _wrapped(paper, note, size=size, within=room, most=most):
            paper.text(_MARGIN, y + _LEADING / 2 * size, line, size=size, color=color)
            y += _LEADING * size
        y += _GAP


def _code(link: str) -> np.ndarray[Any, Any]:
    """The squares of the code: 0 is dark; the white sheet around it is its quiet zone."""
    return 1 - np.array([list(row) for row in segno.make_qr(link, error="m").matrix], dtype=float)


def _photo(encoded: str | None) -> Image.Image | None:
    """The picture cut to its place; one that cannot be read is left out."""
    if not encoded:
        return None
    try:
        photo = Image.open(io.BytesIO(base64.b64decode(encoded)))
        if max(photo.size) > _LARGEST_SIDE:
            return None
        return ImageOps.fit(photo.convert("RGB"), (_WIDTH, _PHOTO))
    except (OSError, ValueError):
        return None


def _wrapped(paper: Paper, text: str, *, size: float, within: float, most: int) -> list[str]:
    """A text in lines that fit, an ellipsis where there are too many; Chinese breaks anywhere."""
    lines = [""]
    for part in _parts(drawable(text)):
        whole = lines[-1] + part
        if paper.width_of(whole.rstrip(), size=size) <= within or not lines[-1]:
            lines[-1] = whole
        else:
            lines.append(part.lstrip())
    cut = [line.rstrip() for line in lines if line.strip()]
    if len(cut) > most:
        cut = [*cut[: most - 1], f"{cut[most - 1]}…"]
    return cut


def _parts(text: str) -> Sequence[str]:
    """What a line can end with: a word and its space, or a single character where words have none."""
    parts: list[str] = []
    word = ""
    for letter in text:
        word += letter
        if letter == " " or ord(letter) > 0x2E80:  # where the writings without spaces begin
            parts.append(word)
            word = ""
    return [*parts, word]
