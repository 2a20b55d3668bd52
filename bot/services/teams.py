"""Opening and joining teams, choosing what follows if one does not fill up, and settling teams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.carrying_errors import TakesNoMore
from bot.errors import (
    AlreadyDone,
    ButtonOutdated,
    NotInGroup,
    PickClosed,
)
from bot.quoting import requote
from bot.recall_errors import PickStopped
from bot.rules.orders import Ask
from bot.rules.pricing import Terms
from bot.rules.teams import (
    SIZE,
    Completion,
    after_joining,
    check_seat,
    completion,
    deadline,
    expiry,
    price_alone,
)
from bot.team_errors import InAnotherTeam, InThisTeam, OwnTeam, TeamSettled
from storage.repositories.members import Seen
from storage.repositories.orders import OrderEntry
from storage.repositories.picks import CountChange, PostedPick
from storage.repositories.teams import NewSeat, Seat, TeamEntry
from storage.states import PickState, Presence, TeamFallback, TeamState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class TeamWish:
    """A person wants to open a team on a pick, or to join one; a sole kind needs no name.

    Whoever asks in private, by a button of this message, is believed to be in the group only if she is
    known to be. Whoever writes a message orders as much as it says, even if she has ordered before.
    """

    update_id: int
    person: Seen
    pick_id: int
    team_id: int | None = None
    variant_id: int | None = None
    quantity: int = 1
    private_message_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TeamsOfPick:
    """What a card says of a pick's teams: the newest open ones, and how many there are of each kind."""

    newest: Sequence[TeamEntry] = ()
    open_count: int = 0
    complete_count: int = 0
    expired_count: int = 0


@dataclass(frozen=True, kw_only=True)
class FreeSeat:
    """A seat that may be taken in this transaction, and what must be ordered first."""

    posted: PostedPick
    team: TeamEntry | None
    ask: Ask
    #: Her order, where she has one already: the team takes it as it is.
    entry: OrderEntry | None


async def find_seat(uow: UnitOfWork, wish: TeamWish, *, now: datetime) -> FreeSeat:
    """Lock the pick and see whether there is a seat for this person.

    Raises AlreadyDone, ButtonOutdated, PickClosed, PickStopped, TakesNoMore, NotInGroup, OwnTeam, InThisTeam,
    InAnotherTeam, and what `check_seat` raises.
    """
    posted = (await uow.picks.load([wish.pick_id], lock=True)).get(wish.pick_id)
    if posted is None or posted.offer.team_price_amount is None:
        raise ButtonOutdated
    if await uow.updates.is_known(wish.update_id):
        raise AlreadyDone(wish.update_id)
    if posted.pick.state is not PickState.LIVE or now >= posted.pick.closes_at:
        raise PickClosed(posted.pick.number)
    if posted.offer.stopped_at is not None:
        raise PickStopped(posted.pick.number)
    if posted.pick.ended_at is not None:
        raise TakesNoMore(posted.pick.number)
    if wish.private_message_id is not None:
        await _check_member(uow, posted, wish.person.id)
    team = None
    if wish.team_id is not None:
        team = (await uow.teams.load([wish.team_id])).get(wish.team_id)
        if team is None or team.pick_id != wish.pick_id:
            raise ButtonOutdated
    _check_alone(await uow.teams.find_of(wish.pick_id, wish.person.id), team, wish.person.id)
    if team is not None:
        until = deadline(expires_at=team.expires_at, closes_at=posted.pick.closes_at)
        check_seat(state=team.state, taken=len(team.seats), size=team.size, until=until, now=now)
    key = (wish.pick_id, wish.person.id)
    entry = (await uow.orders.load([key], with_money=True)).get(key)
    ask = Ask(action="change", items=((wish.variant_id, wish.quantity),))
    if entry is None or not entry.lines:
        return FreeSeat(posted=posted, team=team, ask=ask, entry=None)
    if wish.message_id is None:
        ask = Ask(action="nothing")
    return FreeSeat(posted=posted, team=team, ask=ask, entry=entry)


async def find_fullest(uow: UnitOfWork, pick_id: int) -> int | None:
    """The open team of a pick that fills up next: the fewest seats missing, then the least time left."""
    teams = await uow.teams.list_open(pick_id)
    if not teams:
        return None
    return min(teams, key=lambda team: (team.size - len(team.seats), team.expires_at, team.id)).id


async def arrive_to_choose(uow: UnitOfWork, wish: TeamWish, *, now: datetime) -> None:
    """Whoever taps in the group may go on in private, if there is a seat for her.

    Only who was never seen in the group is noted as being there: whoever left it may still tap.
    Raises what `find_seat` raises.
    """
    seat = await find_seat(uow, wish, now=now)
    group_id = seat.posted.pick.group_id
    await uow.members.meet([wish.person], now=now)
    member = await uow.members.find_member(group_id, wish.person.id)
    if member is None:
        await uow.members.enter(group_id, [wish.person.id], now=now)
    elif member.presence is Presence.LEFT:
        raise NotInGroup


async def take_seat(uow: UnitOfWork, wish: TeamWish, seat: FreeSeat, *, now: datetime) -> TeamEntry:
    """Give a person the seat that was found, once her order is placed in the same transaction."""
    posted, team, person_id = seat.posted, seat.team, wish.person.id
    price = posted.offer.team_price_amount
    assert price is not None
    entry = seat.entry or (await uow.orders.load([(posted.id, person_id)]))[posted.id, person_id]
    team_id = await _open(uow, posted, person_id, now=now) if team is None else team.id
    await uow.teams.seat(team_id, _new_seat(seat, person_id), order_id=entry.id, now=now)
    if seat.entry is None:
        await uow.teams.price_new(entry.id, price)
    else:
        await uow.pricing.release([entry.id])
        await uow.pricing.set_prices({entry.id: price}, now=now)
    await uow.commissions.mark_stale([entry.id], now=now)
    await requote(uow, [entry.id], now=now, anew=True)
    if seat.entry is not None and entry.has_payments:
        await uow.payments.settle_later([entry.id], now=now)
    taken = (await uow.teams.load([team_id]))[team_id]
    state = after_joining(taken=len(taken.seats), size=taken.size)
    news: dict[int, dict[str, object]] = {person_id: {"news": "page", "edit": wish.private_message_id}}
    if state is TeamState.COMPLETE:
        await uow.teams.set_standing(team_id, state=state, leader_id=taken.leader_id, now=now)
        others = [mate.person_id for mate in taken.seats if mate.person_id != person_id]
        news |= {other: {"news": "page"} for other in others}
    await uow.outbox.add_team_news(team_id, news, now=now)
    await uow.outbox.add_cards({posted.id: posted.group.chat_id}, now=now)
    return (await uow.teams.load([team_id]))[team_id]


async def choose_fallback(
    uow: UnitOfWork, team_id: int, person_id: int, fallback: TeamFallback, *, now: datetime
) -> TeamEntry:
    """A member says what shall become of her order if the team does not fill up.

    Raises ButtonOutdated where she is not in it, and TeamSettled.
    """
    posted, team = await _locked(uow, team_id)
    if team.seat_of(person_id) is None:
        raise ButtonOutdated
    is_live = posted.pick.state is PickState.LIVE and now < posted.pick.closes_at
    if not is_live or team.state not in (TeamState.OPEN, TeamState.COMPLETE):
        raise TeamSettled
    solo_amount = posted.offer.price_amount if fallback is TeamFallback.SOLO else None
    await uow.teams.choose(team_id, person_id, fallback, solo_amount=solo_amount)
    return (await uow.teams.load([team_id]))[team_id]


async def expire_team(uow: UnitOfWork, team_id: int, *, now: datetime) -> bool:
    """Settle an open team whose time is over; says whether there was anything to do. Raises LookupError."""
    posted, team = await _locked(uow, team_id)
    until = deadline(expires_at=team.expires_at, closes_at=posted.pick.closes_at)
    if team.state is not TeamState.OPEN or posted.pick.state is not PickState.LIVE or now < until:
        return False
    if posted.offer.stopped_at is not None:
        # Nobody could have joined it.
        return False
    await _expire(uow, posted, [team], now=now)
    return True


async def settle_teams(uow: UnitOfWork, pick_id: int, *, now: datetime) -> None:
    """Settle every open team of a pick that is about to close, whatever time it has left."""
    # All picks of the offer, in the order in which closing locks them.
    beside = await uow.pricing.list_picks_beside(pick_id)
    posted = (await uow.picks.load([pick.id for pick in beside], lock=True)).get(pick_id)
    if posted is None or posted.pick.state is not PickState.LIVE:
        return
    if posted.offer.team_price_amount is not None:
        await _expire(uow, posted, await uow.teams.list_open(pick_id), now=now)


async def teams_of_pick(uow: UnitOfWork, posted: PostedPick, *, most: int) -> TeamsOfPick | None:
    """The teams of a pick, the newest first; None where it has no team price."""
    if posted.offer.team_price_amount is None:
        return None
    counts = await uow.teams.count_states(posted.id)
    return TeamsOfPick(
        newest=await uow.teams.list_open(posted.id, newest=most),
        open_count=counts.get(TeamState.OPEN, 0),
        complete_count=counts.get(TeamState.COMPLETE, 0),
        expired_count=counts.get(TeamState.EXPIRED, 0),
    )


async def chance_of_completion(uow: UnitOfWork, group_id: int, *, now: datetime) -> Completion | None:
    """How likely a team of this group fills up, once enough of them had their time."""
    tally = await uow.teams.tally(group_id, now=now)
    return completion(filled=tally.filled, settled=tally.settled)


async def _check_member(uow: UnitOfWork, posted: PostedPick, person_id: int) -> None:
    member = await uow.members.find_member(posted.pick.group_id, person_id)
    if member is None or member.presence is not Presence.JOINED:
        raise NotInGroup


def _check_alone(own: TeamEntry | None, wished: TeamEntry | None, person_id: int) -> None:
    if own is None:
        return
    if wished is None or own.id != wished.id:
        raise InAnotherTeam
    raise OwnTeam if own.leader_id == person_id else InThisTeam


async def _open(uow: UnitOfWork, posted: PostedPick, leader_id: int, *, now: datetime) -> int:
    return await uow.teams.add(
        pick_id=posted.id,
        leader_id=leader_id,
        size=posted.offer.team_size or SIZE,
        opened_at=now,
        expires_at=expiry(opened_at=now, hours=posted.offer.team_hours),
    )


def _new_seat(seat: FreeSeat, person_id: int) -> NewSeat:
    if seat.entry is None:
        return NewSeat(person_id, TeamFallback.DROP, None)
    # She had ordered alone before, and agreed to that price.
    kept = seat.entry.kept
    agreed = Terms.read(kept).price_amount if kept else seat.posted.offer.price_amount
    return NewSeat(person_id, TeamFallback.SOLO, agreed)


async def _locked(uow: UnitOfWork, team_id: int) -> tuple[PostedPick, TeamEntry]:
    found = (await uow.teams.load([team_id])).get(team_id)
    if found is None:
        raise ButtonOutdated
    posted = (await uow.picks.load([found.pick_id], lock=True))[found.pick_id]
    # What was read before the lock may have changed since.
    return posted, (await uow.teams.load([team_id]))[team_id]


async def _expire(uow: UnitOfWork, posted: PostedPick, teams: Sequence[TeamEntry], *, now: datetime) -> None:
    if not teams:
        return
    alone: dict[int, int] = {}
    gone: list[int] = []
    for order_id, seat in _ordered(teams):
        price = price_alone(
            seat.fallback, agreed_amount=seat.solo_amount, solo_amount=posted.offer.price_amount
        )
        if price is None:
            gone.append(order_id)
        else:
            alone[order_id] = price
    await _price_alone(uow, posted, alone, now=now)
    await _let_go(uow, posted, gone, now=now)
    # When all these orders are locked, since promotions are locked after them.
    await requote(uow, gone, now=now)
    await requote(uow, alone, now=now, anew=True)
    await uow.teams.release([*alone, *gone])
    await uow.payments.settle_later([*alone, *gone], now=now)
    for team in teams:
        await uow.teams.set_standing(team.id, state=TeamState.EXPIRED, leader_id=team.leader_id, now=now)
        news = {
            seat.person_id: {"news": "expired", "price": alone.get(key)} for key, seat in _ordered([team])
        }
        await uow.outbox.add_team_news(team.id, news, now=now)
    cards = await uow.posts.cards_of([posted.pick.offer_id])
    await uow.outbox.add_cards({**cards, posted.id: posted.group.chat_id}, now=now)


def _ordered(teams: Iterable[TeamEntry]) -> list[tuple[int, Seat]]:
    return [(seat.order_id, seat) for team in teams for seat in team.seats if seat.order_id is not None]


async def _price_alone(
    uow: UnitOfWork, posted: PostedPick, prices: Mapping[int, int], *, now: datetime
) -> None:
    """These orders go on alone, at the price that each of them agreed to."""
    await uow.pricing.set_prices(prices, now=now)
    solo_amount = posted.offer.price_amount
    older = {
        order_id: Terms(price_amount=price).document()
        for order_id, price in prices.items()
        if price < solo_amount
    }
    await uow.pricing.keep(older, unit_amount=solo_amount, asked_at=None)


async def _let_go(uow: UnitOfWork, posted: PostedPick, order_ids: Sequence[int], *, now: datetime) -> None:
    """Nobody owes anything for these orders, and what they held can be ordered again."""
    given = await uow.orders.cancel_all(posted.id, by_id=None, now=now, only=order_ids)
    back: dict[int, int] = {}
    for order in given:
        for variant_id, quantity in order.quantities.items():
            back[variant_id] = back.get(variant_id, 0) - quantity
    if given:
        await uow.picks.sell(dict(sorted(back.items())))
        await uow.picks.count({posted.id: CountChange(orders=-len(given), quantity=sum(back.values()))})
