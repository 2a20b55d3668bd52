"""What is held back to be foretold: splits that share no purchase, drawn from a seed."""

import numpy as np

from bot.recommending.purchases import Ids


def hold_one_back(purchases: Ids, *, seed: int) -> tuple[Ids, Ids]:
    """Split off one purchase of each person, drawn at random; those who made but one keep it."""
    shuffled = np.random.default_rng(seed).permutation(purchases)
    _, first, counts = np.unique(shuffled[:, 0], return_index=True, return_counts=True)
    is_held = np.zeros(len(shuffled), dtype=bool)
    is_held[first[counts > 1]] = True
    return shuffled[~is_held], shuffled[is_held]


def strip(purchases: Ids, people: Ids, *, keep: int, seed: int) -> Ids:
    """Leave these people but `keep` purchases each, drawn at random; others keep all theirs.

    With the same seed, who keeps one has it among those she keeps of three.
    """
    shuffled = np.random.default_rng(seed).permutation(purchases)
    order = np.argsort(shuffled[:, 0], kind="stable")
    sorted_people = shuffled[order, 0]
    nth = np.empty(len(shuffled), dtype=np.intp)
    nth[order] = np.arange(len(shuffled)) - np.searchsorted(sorted_people, sorted_people)
    return shuffled[(nth < keep) | ~np.isin(shuffled[:, 0], people)]


def turns(people: Ids, *, size: int, seed: int) -> list[Ids]:
    """All these people, shuffled, in as few turns of at most `size` as there can be, about equal."""
    shuffled = np.random.default_rng(seed).permutation(people)
    return list(np.array_split(shuffled, -(-len(people) // size))) if len(people) else []
