"""Who stands above and below a member, what her own people bought, and a group's chains as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules.chains import DEEPEST, MOST_ROWS, Bar, Row, Twig, bars, outline, widest
from storage.models import Group
from storage.repositories.chains import Above, Below, Place, Reward, Totals
from storage.states import ReferralSource
from storage.unit_of_work import UnitOfWork

MOST_LEVELS = 20
MOST_NAMES = 20
MOST_IN_SHEET = 50_000

_BEGINNING = 0
"""Stands in for the key of whom a group's chains begin with: nobody."""


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Somebody's place in a group: who stands above her, how many below, and what those she brought did."""

    group: Group
    source: ReferralSource | None
    upline: Sequence[Above]
    #: The first levels alone.
    levels: Mapping[int, int]
    people_below: int
    #: Those whom she brought herself and whose names may be shown, most people below first.
    direct: Sequence[str]
    completed_orders: int
    rewards: Sequence[Reward]
    hides_name: bool


@dataclass(frozen=True, kw_only=True)
class Chains:
    """All the chains of a group."""

    group: Group
    totals: Totals
    #: The first levels below those with whom the chains begin.
    levels: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What a picture of a chain shows; of a whole group its chains begin with level 0."""

    group: Group
    person_id: int | None
    people: int
    rows: Sequence[Row]
    bars: Sequence[Bar]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The places in a group's chains, whoever stands above another first; not all, where it is cut."""

    group: Group
    totals: Totals
    places: Sequence[Place]
    is_cut: bool


async def read_chain(uow: UnitOfWork, group: Group, person_id: int) -> Chain:
    """Everybody above a person, how many stand below her, and what those do whom she brought herself."""
    group_id = group.id or 0
    edge = await uow.referrals.find(group_id, person_id)
    place = await uow.chains.find(group_id, person_id)
    person = await uow.members.find(person_id)
    brought = await uow.chains.biggest(group_id, [person_id], limit=MOST_NAMES)
    return Chain(
        group=group,
        source=edge.source if edge else None,
        upline=await uow.chains.upline(group_id, person_id),
        levels=await uow.chains.levels(group_id, person_id, limit=MOST_LEVELS),
        people_below=place.people_below if place else 0,
        direct=[one.name for one in brought[person_id] if one.name is not None],
        completed_orders=await uow.chains.completed_orders(group_id, person_id),
        rewards=await uow.chains.rewards(group_id, person_id),
        hides_name=person is not None and person.hides_name,
    )


async def read_chains(uow: UnitOfWork, group: Group) -> Chains:
    """How many chains a group has, and how people stand in them."""
    group_id = group.id or 0
    return Chains(
        group=group,
        totals=await uow.chains.totals_of_group(group_id),
        levels=await uow.chains.levels_of_group(group_id, limit=MOST_LEVELS),
    )


async def outline_of(uow: UnitOfWork, group: Group, person_id: int | None) -> Drawing:
    """What a picture of a person's chain shows, or (None) of all the chains of a group."""
    group_id = group.id or 0
    if person_id is None:
        totals = await uow.chains.totals_of_group(group_id)
        levels = await uow.chains.levels_of_group(group_id, limit=MOST_LEVELS)
        levels = {0: totals.chains, **levels} if totals.chains else {}
        root = Twig(key=_BEGINNING, name=group.title, direct=totals.chains, people_below=totals.people)
    else:
        person = await uow.members.find(person_id)
        place = await uow.chains.find(group_id, person_id)
        levels = await uow.chains.levels(group_id, person_id, limit=MOST_LEVELS)
        root = Twig(
            key=person_id,
            name=person.name if person else None,
            direct=levels.get(1, 0),
            people_below=place.people_below if place else 0,
        )
    return Drawing(
        group=group,
        person_id=person_id,
        people=root.people_below,
        rows=outline(root, await _brought(uow, group_id, root)),
        bars=bars(levels, root.people_below),
    )


async def sheet_of(uow: UnitOfWork, group: Group) -> Sheet:
    """All the places in a group's chains, as many as a file holds."""
    group_id = group.id or 0
    places = await uow.chains.list_places(group_id, limit=MOST_IN_SHEET + 1)
    return Sheet(
        group=group,
        totals=await uow.chains.totals_of_group(group_id),
        places=places[:MOST_IN_SHEET],
        is_cut=len(places) > MOST_IN_SHEET,
    )


async def _brought(uow: UnitOfWork, group_id: int, root: Twig) -> dict[int, list[Twig]]:
    """Whom a picture may name, by who brought them: one look into the database for each level."""
    brought: dict[int, list[Twig]] = {}
    above = [root] if root.people_below else []
    for _ in range(DEEPEST):
        found = await uow.chains.biggest(group_id, [twig.key or None for twig in above], limit=MOST_ROWS)
        level = {key or _BEGINNING: [_twig(below) for below in people] for key, people in found.items()}
        brought.update(level)
        above = widest([twig for twigs in level.values() for twig in twigs])
        if not above:
            break
    return brought


def _twig(below: Below) -> Twig:
    return Twig(key=below.person_id, name=below.name, direct=below.direct, people_below=below.people_below)
