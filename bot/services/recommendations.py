"""Suggestions: what somebody may like of all that her groups offer, and why, counted as she asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.acquaintances import Proof, shown_proof
from bot.rules.recommendations import (
    A_PAGE,
    Silence,
    Taste,
    in_order,
    is_praise,
    open_to,
    tells_of_many,
    why_silent,
)
from bot.suggesting import BothVerdicts, good_verdicts
from storage.repositories.picks import PostedPick
from storage.repositories.recommendations import Candidate, Together
from storage.repositories.review_pages import Verdicts
from storage.states import CategoryWish
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Because:
    """She bought something, and so many of the others who did bought the suggested one, too."""

    title: str
    both: int
    others: int


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """All that speaks for one pick, counted in what is stored now; what is nothing does not."""

    because: Because | None
    #: Of people whom she knows, those who agreed to be counted and got it.
    known: Proof
    #: What buyers say, here and elsewhere, where that speaks for it.
    verdicts: BothVerdicts | None
    #: How many people bought it, in all its rounds.
    buyers: int
    #: How many orders of this pick stand now.
    orders: int


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A pick that somebody may like, and why."""

    posted: PostedPick
    reasons: Reasons


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """A page of suggestions, the best first; where there are none, why."""

    page: int
    picks: Sequence[Suggested]
    has_more: bool
    silence: Silence | None
    #: How many offers she has put aside.
    dismissed: int


async def ask_for_ranking(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """A member who has no ranking yet gets one soon; until then, she is suggested what many bought."""
    has_none = await uow.recommendations.find_ranking(person_id) is None
    if has_none and await uow.groups.list_joined_by(person_id):
        await uow.recommendation_facts.ask(now=now)


async def suggest(uow: UnitOfWork, person_id: int, *, page: int = 0, now: datetime) -> Suggestions:
    """What somebody may like best of all that is on offer or comes in her groups, and why.

    What nobody bought or orders is not suggested: there would be nothing to say for it.
    """
    candidates = await uow.recommendations.list_candidates(person_id, now=now)
    taste = await _taste(uow, person_id)
    because = dict(await uow.recommendations.find_ranking(person_id) or ())
    chosen = in_order(
        open_to(candidates, taste), best=list(because), popular=await uow.recommendations.popular()
    )
    # One more than is shown tells whether there are more.
    good = await _first_good(uow, chosen, most=(page + 1) * A_PAGE + 1)
    page = min(page, max(0, (len(good) - 1) // A_PAGE))
    shown = good[page * A_PAGE : (page + 1) * A_PAGE]
    posted = await uow.picks.load([one.pick_id for one, _ in shown])
    titles = await uow.recommendations.titles_of_own(person_id, set(because.values()))
    is_member = bool(candidates) or bool(await uow.groups.list_joined_by(person_id))
    return Suggestions(
        page=page,
        picks=[
            Suggested(
                posted=posted[one.pick_id],
                reasons=await _reasons(
                    uow, person_id, one, verdicts, because_id=because.get(one.origin_id, 0), titles=titles
                ),
            )
            for one, verdicts in shown
        ],
        has_more=len(good) > (page + 1) * A_PAGE,
        silence=None if good else why_silent(candidates, taste, is_member=is_member),
        dismissed=len(taste.dismissed),
    )


async def dismiss(uow: UnitOfWork, person_id: int, posted: PostedPick, *, now: datetime) -> None:
    """Something is not for her: neither this round of it nor another is suggested to her any more."""
    await uow.recommendations.dismiss(person_id, posted.offer.first_round_id, now=now)


async def restore(uow: UnitOfWork, person_id: int) -> None:
    """What she put aside may be suggested to her again."""
    await uow.recommendations.restore(person_id)


async def _taste(uow: UnitOfWork, person_id: int) -> Taste:
    wishes = await uow.notices.wishes_of(person_id)
    return Taste(
        person_id=person_id,
        ordered=await uow.recommendations.ordered_by(person_id),
        dismissed=await uow.recommendations.dismissed_by(person_id),
        muted={
            group_id: {category for category, wish in theirs.items() if wish is CategoryWish.MUTE}
            for group_id, theirs in wishes.items()
        },
    )


async def _first_good(
    uow: UnitOfWork, chosen: Sequence[Candidate], *, most: int
) -> list[tuple[Candidate, BothVerdicts]]:
    """The first that are good enough and that somebody bought or orders, with what buyers say of each."""
    good: list[tuple[Candidate, BothVerdicts]] = []
    for one in chosen:
        if len(good) == most:
            break
        if not one.order_count and not await uow.recommendations.has_buyers(one.origin_id):
            continue
        verdicts = await good_verdicts(uow, one.origin_id, one.group_id)
        if verdicts is not None:
            good.append((one, verdicts))
    return good


async def _reasons(
    uow: UnitOfWork,
    person_id: int,
    one: Candidate,
    verdicts: BothVerdicts,
    *,
    because_id: int,
    titles: Mapping[int, str],
) -> Reasons:
    return Reasons(
        because=await _because(uow, person_id, because_id, one.origin_id, title=titles.get(because_id)),
        known=await _known(uow, person_id, one),
        verdicts=verdicts if _speaks(*verdicts) else None,
        buyers=await uow.recommendations.count_buyers(one.origin_id),
        orders=one.order_count,
    )


async def _because(
    uow: UnitOfWork, person_id: int, because_id: int, origin_id: int, *, title: str | None
) -> Because | None:
    """Counted anew: since it was ranked, somebody may have cancelled, or she herself."""
    if title is None:
        return None
    found: Together = await uow.recommendations.bought_together(because_id, origin_id, person_id=person_id)
    if not tells_of_many(found.both, found.others):
        return None
    return Because(title=title, both=found.both, others=found.others)


async def _known(uow: UnitOfWork, person_id: int, one: Candidate) -> Proof:
    known = await uow.acquaintance_buyers.known(person_id, one.group_id, one.origin_id)
    return shown_proof(known=known.known, bought=known.bought, again=known.again, here=0, elsewhere=0)


def _speaks(here: Verdicts, elsewhere: Verdicts) -> bool:
    """As the line of stars is said: of the group's own buyers, or where they are few, of all others."""
    buyers = here.buyers + elsewhere.buyers
    stars = here.buyers * here.stars + elsewhere.buyers * elsewhere.stars
    return is_praise(stars / buyers if buyers else 0.0, buyers)
