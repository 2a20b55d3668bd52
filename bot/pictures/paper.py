"""A sheet to draw on in pixels, from its upper left corner; loaded by the child process alone."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

import noto_cjk_sans_otc  # type: ignore[import-untyped]
from matplotlib import RcParams, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path as Line

INK: Final = "#1d2733"
FADED: Final = "#6b7785"
FAINT: Final = "#d5dbe1"
WASH: Final = "#f3f5f7"
PALETTE: Final = ("#1f4e79", "#2a8f85", "#6fa052", "#d9a521", "#e07f3a", "#c9504b", "#8c5aa8", "#5f6b78")
"""The colours of levels, bars and lines, in order."""

_DPI = 100
_POINTS = 72 / _DPI
_HALF_A_CAPITAL = 0.36
_NOTO = Path(noto_cjk_sans_otc.__file__).with_name("NotoSansCJK-Regular.ttc")
_FAMILIES = ["Noto Sans CJK SC", "DejaVu Sans"]

Side = Literal["left", "center", "right"]


def load_fonts() -> None:
    """Know the two fonts that come with Vouch, and no others: every machine draws alike."""
    # Whatever else the machine has would be searched for each letter, and drawn on some machines only.
    fontManager.ttflist = [
        font for font in fontManager.ttflist if font.name == "DejaVu Sans" and "mpl-data" in font.fname
    ]
    fontManager.addfont(_NOTO)
    settings: RcParams = rcParams
    settings["font.family"] = _FAMILIES
    settings["text.parse_math"] = False
    settings["axes.unicode_minus"] = False


load_fonts()
_LETTERS = frozenset(
    letter
    for family in _FAMILIES
    for letter in FT2Font(fontManager.findfont(FontProperties(family=family))).get_charmap()
)


def drawable(text: str) -> str:
    """A text without what no font of ours has, such as emoji."""
    kept = "".join(letter for letter in text if ord(letter) in _LETTERS)
    return " ".join(kept.split())


class Paper:
    """A sheet of paper; lengths are pixels, y grows downwards, sizes are heights of letters in pixels."""

    def __init__(self, width: float, height: float, *, ground: str = "white") -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=ground)
        self._renderer: Any = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        self._axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        color: str = INK,
        side: Side = "left",
        within: float | None = None,
    ) -> float:
        """Write one line, its capitals around the height y, cut to a width if need be; returns how wide."""
        shown = drawable(text)
        if within is not None:
            shown = self._cut(shown, size=size, within=within)
        base = y + size * _HALF_A_CAPITAL
        self._axes.text(x, base, shown, fontsize=size * _POINTS, color=color, ha=side, va="baseline")
        return self.width_of(shown, size=size)

    def size_for(self, text: str, sizes: Sequence[float], *, within: float) -> float:
        """The first of these sizes in which a text fits into a width, or else the last."""
        fitting = (size for size in sizes if self.width_of(drawable(text), size=size) <= within)
        return next(fitting, sizes[-1])

    def width_of(self, text: str, *, size: float) -> float:
        """How wide a text will be."""
        if not text:
            return 0.0
        font = FontProperties(family=_FAMILIES, size=size * _POINTS)
        width, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width)

    def rectangle(self, x: float, y: float, width: float, height: float, *, color: str) -> None:
        """Fill a rectangle."""
        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=color, linewidth=0))

    def bar(self, x: float, y: float, width: float, height: float, *, color: str) -> None:
        """Fill a rectangle with round corners."""
        rounding = min(height, width) / 2.5
        style = f"round,pad=0,rounding_size={rounding}"
        self._axes.add_patch(
            FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=color, linewidth=0)
        )

    def dot(self, x: float, y: float, radius: float, *, color: str, is_hollow: bool = False) -> None:
        """Draw a circle, filled or as a ring."""
        self._axes.add_patch(
            Circle(
                (x, y),
                radius,
                facecolor="white" if is_hollow else color,
                edgecolor=color,
                linewidth=2.5 * _POINTS if is_hollow else 0,
                zorder=3,
            )
        )

    def line(
        self, points: Sequence[tuple[float, float]], *, color: str = FAINT, width: float = 3, bend: float = 0
    ) -> None:
        """Draw a line through points; `bend` rounds its corners."""
        vertices: list[tuple[float, float]] = [points[0]]
        codes: list[Any] = [Line.MOVETO]
        for before, corner, after in zip(points, points[1:], points[2:], strict=False):
            vertices += [_towards(corner, before, bend), corner, _towards(corner, after, bend)]
            codes += [Line.LINETO, Line.CURVE3, Line.CURVE3]
        vertices.append(points[-1])
        codes.append(Line.LINETO)
        path = Line(vertices, codes)
        self._axes.add_patch(
            PathPatch(path, facecolor="none", edgecolor=color, linewidth=width * _POINTS, zorder=1)
        )

    def plot(self, x: float, y: float, width: float, height: float) -> Axes:
        """A place for a chart of matplotlib's own, in pixels of this sheet."""
        return self.figure.add_axes(
            (x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height)
        )

    def png(self) -> bytes:
        """The sheet as a picture."""
        with io.BytesIO() as written:
            self.figure.savefig(written, format="png", dpi=_DPI)
            return written.getvalue()

    def _cut(self, text: str, *, size: float, within: float) -> str:
        if self.width_of(text, size=size) <= within:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width_of(text[:middle].rstrip() + "…", size=size) <= within
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…"


def _towards(start: tuple[float, float], end: tuple[float, float], distance: float) -> tuple[float, float]:
    (x, y), (to_x, to_y) = start, end
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5 or 1.0
    part = min(distance / length, 1.0)
    return x + (to_x - x) * part, y + (to_y - y) * part
