"""A price list on its way into a catalogue: what is kept of it between the file and the tap that confirms."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.rules.price_list import Fault, ListedOffer, Plan, PriceList
from bot.rules.price_list_cells import Why
from bot.rules.price_list_words import Column

STEP = "import"
"""The step of the drafts that hold imports."""
FAULTS_SHOWN = 20
SAMPLES = 3


class ImportState(StrEnum):
    """How far an import has come."""

    EXPECTED = "expected"
    CHOOSING = "choosing"
    READING = "reading"
    REFUSED = "refused"
    READY = "ready"
    IMPORTING = "importing"
    DONE = "done"
    DROPPED = "dropped"


TAKES_FILE = frozenset({ImportState.EXPECTED, ImportState.REFUSED, ImportState.CHOOSING})
"""In these a file is waited for; while the group is chosen, only if none has come yet."""
WAITS_FOR = timedelta(hours=24)
"""How long a file is waited for."""
CONFIRMABLE = frozenset({ImportState.READY, ImportState.IMPORTING})
"""In these a tap may import; one may have begun to, and been cut short."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One offer of a list, to be shown; the amount is in minor units."""

    title: str
    code: str | None
    price_amount: int
    currency: str
    stock: int | None
    unit: str
    variants: int


@dataclass(frozen=True, kw_only=True)
class Import:
    """A file, what it says, and what it would change; of its faults the first ones.

    `source_id` is the message that brought the file. `refusal` is why it was refused, in its sender's words.
    """

    state: ImportState
    source_id: int = 0
    file_id: str = ""
    file_name: str = ""
    rows_read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad_rows: int = 0
    fault_count: int = 0
    faults: tuple[Fault, ...] = ()
    samples: tuple[Sample, ...] = ()
    ignored: tuple[str, ...] = ()
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def offers(self) -> int:
        """How many good offers the file has."""
        return self.new + self.changed + self.unchanged


def read_import(document: Mapping[str, Any]) -> Import:
    """What was stored."""
    known = {field.name for field in fields(Import)}
    values = {name: value for name, value in document.items() if name in known}
    values["state"] = ImportState(values["state"])
    values["faults"] = tuple(_fault(each) for each in values.get("faults", ()))
    values["samples"] = tuple(Sample(**each) for each in values.get("samples", ()))
    for name in ("ignored", "other_sheets"):
        values[name] = tuple(values.get(name, ()))
    return Import(**values)


def as_document(kept: Import) -> dict[str, Any]:
    """As it is stored."""
    return asdict(kept)


def summary(listed: PriceList, planned: Plan) -> dict[str, Any]:
    """The fields of an `Import` that tell what a list would change."""
    return {
        "new": len(planned.new),
        "changed": len(planned.changed),
        "unchanged": planned.unchanged,
        "bad_rows": planned.bad_rows,
        "fault_count": len(planned.faults),
        "faults": tuple(planned.faults[:FAULTS_SHOWN]),
        "samples": tuple(_sample(offer) for offer in _first(listed)),
        "ignored": listed.ignored,
    }


def _first(listed: PriceList) -> Sequence[ListedOffer]:
    return list(listed.offers.values())[:SAMPLES]


def _sample(offer: ListedOffer) -> Sample:
    return Sample(
        title=offer.title,
        code=offer.code,
        price_amount=offer.price_amount,
        currency=offer.currency,
        stock=offer.stock,
        unit=offer.unit,
        variants=len(offer.variants),
    )


def _fault(document: Mapping[str, Any]) -> Fault:
    return Fault(**{**document, "column": Column(document["column"]), "why": Why(document["why"])})
