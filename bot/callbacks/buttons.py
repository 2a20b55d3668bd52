"""Typed button data, at most 64 bytes: a few letters for the kind, then its fields.

Whatever does not read back exactly is refused: button data can be forged.
"""

from functools import lru_cache
from typing import ClassVar, Self, dataclass_transform

LONGEST = 64
"""Telegram's limit, in bytes."""

_LARGEST = 2**63
_LARGEST_PAGE = 1_000_000


class ButtonUnreadable(ValueError):
    """The data is none of our buttons."""


@dataclass_transform(frozen_default=True)
class Button:
    """What a tap says; fields are whole numbers or short words.

    Its kinds are frozen dataclasses, but for what `dataclass` writes anew for each of a hundred classes:
    that took 3 MB and a thirtieth of the start.
    """

    kind: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, kind: str) -> None:
        cls.kind = kind
        cls.fields = tuple(cls.__annotations__)
        _OF_KIND[kind] = cls

    def __init__(self, *values: int | str, **named: int | str) -> None:
        given = dict(zip(self.fields, values, strict=False)) | named
        if len(values) + len(named) != len(self.fields) or given.keys() != set(self.fields):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self.fields) or 'nothing'}")
        self.__dict__.update((name, given[name]) for name in self.fields)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a button keeps its {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((self.kind, *self.__dict__.values()))

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({', '.join(said)})"

    def pack(self) -> str:
        """As button data. Raises ValueError where it does not fit."""
        data = ":".join([self.kind, *(str(value) for value in self.__dict__.values())])
        if len(data.encode()) > LONGEST:
            raise ValueError(f"button data too long: {data!r}")
        return data

    @classmethod
    def read(cls, data: str) -> Self:
        """The button of this kind in the data. Raises ButtonUnreadable."""
        button = _button_in(data)
        if not isinstance(button, cls):
            raise ButtonUnreadable(data)
        return button


_OF_KIND: dict[str, type[Button]] = {}


def kind_of(data: str) -> str:
    """The kind that the data says it is, ours or not."""
    return data.partition(":")[0]


# In a sale thousands tap the same button.
@lru_cache(maxsize=1024)
def _button_in(data: str) -> Button:
    kind, *values = data.split(":")
    cls = _OF_KIND.get(kind)
    if cls is None or len(values) != len(cls.fields):
        raise ButtonUnreadable(data)
    try:
        button = cls(*(_read(cls, name, value) for name, value in zip(cls.fields, values, strict=True)))
        same = button.pack() == data
    except ValueError:
        raise ButtonUnreadable(data) from None
    if not same:
        raise ButtonUnreadable(data)
    return button


def _read(cls: type[Button], field: str, value: str) -> int | str:
    if cls.__annotations__[field] is int:
        number = int(value)
        # What lies before a page is skipped: so many rows that no database could count them.
        if abs(number) >= (_LARGEST_PAGE if field == "page" else _LARGEST):
            raise ValueError(value)
        return number
    return value
