"""Typed button data, at most 64 bytes: a letter for the kind, then its fields.

Whatever does not read back exactly is refused: button data can be forged.
"""

from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from typing import ClassVar, Self

LONGEST = 64
"""Telegram's limit, in bytes."""

_LARGEST = 2**63
_kinds: dict[str, type["Button"]] = {}


class ButtonUnreadable(ValueError):
    """The data is none of our buttons."""


@dataclass(frozen=True)
class Button:
    """What a tap says; fields are whole numbers or short words."""

    kind: ClassVar[str]

    def __init_subclass__(cls, kind: str) -> None:
        cls.kind = kind
        _kinds[kind] = cls

    def pack(self) -> str:
        """As button data. Raises ValueError where it does not fit."""
        data = ":".join([self.kind, *(str(value) for value in astuple(self))])
        if len(data.encode()) > LONGEST:
            raise ValueError(f"button data too long: {data!r}")
        return data

    @classmethod
    def read(cls, data: str) -> Self:
        """The button of this kind in the data. Raises ButtonUnreadable."""
        button = read_button(data)
        if not isinstance(button, cls):
            raise ButtonUnreadable(data)
        return button


@lru_cache(maxsize=4096)
def read_button(data: str) -> Button:
    """Whatever button the data is. Raises ButtonUnreadable."""
    kind, *values = data.split(":")
    cls = _kinds.get(kind)
    if cls is None or len(values) != len(fields(cls)):
        raise ButtonUnreadable(data)
    try:
        button = cls(*(_read(field.type, value) for field, value in zip(fields(cls), values, strict=True)))
        same = button.pack() == data
    except ValueError:
        raise ButtonUnreadable(data) from None
    if not same:
        raise ButtonUnreadable(data)
    return button


def pattern(*kinds: type[Button]) -> str:
    """A regular expression that matches the data of these kinds."""
    return rf"^(?:{'|'.join(kind.kind for kind in kinds)})(?::|$)"


def _read(type_: object, value: str) -> int | str:
    if type_ in (int, "int"):
        number = int(value)
        if abs(number) >= _LARGEST:
            raise ValueError(value)
        return number
    return value


@dataclass(frozen=True)
class OrderButton(Button, kind="o"):
    """One more, or one fewer, of a variant."""

    pick_id: int
    variant_id: int
    change: int


@dataclass(frozen=True)
class CancelButton(Button, kind="x"):
    """Cancel my order on a pick."""

    pick_id: int


@dataclass(frozen=True)
class MyOrderButton(Button, kind="m"):
    """Show me my order on a pick."""

    pick_id: int


@dataclass(frozen=True)
class BoardButton(Button, kind="b"):
    """Show a page of a pick's roll-up; pages count from 0."""

    pick_id: int
    page: int


@dataclass(frozen=True)
class LanguageButton(Button, kind="l"):
    """Speak this language with me."""

    language: str


@dataclass(frozen=True)
class SettingsButton(Button, kind="s"):
    """Open a page of a group's settings: `home`, `language`, `currency`, `zone`, `plain`."""

    group_id: int
    page: str


@dataclass(frozen=True)
class SettingButton(Button, kind="v"):
    """Set one setting of a group."""

    group_id: int
    name: str
    value: str
