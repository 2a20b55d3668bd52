"""Learns from all that is stored and says what each person may like best; the work of a child process."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, TextIO

import numpy as np

from bot.recommending.model import fit
from bot.recommending.purchases import Facts, Ids, gather
from bot.recommending.serving import look_at, popular, rankings
from storage.engine import opened
from storage.repositories.recommendation_facts import RecommendationFactRepository
from storage.unit_of_work import reading


async def rank_all(database_url: str, *, out: TextIO) -> None:
    """Write lines of JSON: what is popular, then a person with her best each, and at last null.

    Without the last one, something is missing.
    """
    async with opened(database_url) as database, reading(database) as uow:
        facts = await _facts(uow.recommendation_facts)
        on_offer = _by_first(await uow.recommendation_facts.on_offer())
        readers = _by_first((await _joined(uow.recommendation_facts.readers(), width=2)).tolist())
    items = np.array(sorted(set().union(*on_offer.values())), dtype=np.int64)
    window = look_at(fit(facts), items)
    offered = {group_id: frozenset(origin_ids) for group_id, origin_ids in on_offer.items()}
    _say(popular(window), out)
    for ranked in rankings(window, offered, list(readers.items())):
        _say(ranked, out)
    _say(None, out)


async def _facts(stored: RecommendationFactRepository) -> Facts:
    return gather(
        await _joined(stored.purchases(), width=2),
        await _joined(stored.ties(), width=2),
        speaking=(await _joined(stored.shown_people(), width=1)).ravel(),
    )


async def _joined(portions: AsyncIterator[Sequence[Any]], *, width: int) -> Ids:
    parts = [np.array(rows, dtype=np.int64).reshape(-1, width) async for rows in portions]
    return np.concatenate([np.empty((0, width), dtype=np.int64), *parts])


def _by_first(pairs: Iterable[Sequence[int]]) -> Mapping[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


def _say(line: object, out: TextIO) -> None:
    out.write(json.dumps(line, separators=(",", ":")) + "\n")
