"""Teams: on the card, on a member's own page, what she is told, and the chance that one fills up."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.teams import FallbackButton, TeamButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.teams import Completion, deadline
from bot.services.teams import TeamsOfPick
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs, shortened
from storage.repositories.picks import PostedPick
from storage.repositories.teams import Seat, TeamEntry
from storage.states import PickState, TeamFallback, TeamState

MOST_SHOWN = 4
"""Open teams on a card: the newest ones."""

_LONGEST_NAME = 20
_MOST_NAMED = 10


def team_price_line(t: Translator, posted: PostedPick) -> Markup:
    """On the card: what it costs alone, and what in a team."""
    return t.html(
        "Alone <b>{solo}</b> · in a team of {size}: <b>{team}</b>",
        solo=_solo(t, posted),
        size=t.number(posted.offer.team_size or 0),
        team=_team(t, posted),
    )


def team_lines(t: Translator, posted: PostedPick, teams: TeamsOfPick, *, now: datetime) -> Markup | None:
    """On the card: how far the newest open teams are, and what became of the others."""
    shown = _shown(posted, teams, now=now)
    more = teams.open_count - len(shown)
    return (
        lines(
            *(_team_line(t, posted, team, now=now) for team in shown),
            t.html_plural("and {n} more open team", "and {n} more open teams", more) if more > 0 else None,
            t.html_plural("{n} team is complete.", "{n} teams are complete.", teams.complete_count)
            if teams.complete_count
            else None,
            t.html_plural("{n} team did not fill up.", "{n} teams did not fill up.", teams.expired_count)
            if teams.expired_count
            else None,
        )
        or None
    )


def team_buttons(
    t: Translator, posted: PostedPick, teams: TeamsOfPick, *, now: datetime
) -> list[Sequence[Button]]:
    """On the card: open a team, or join one of the newest."""
    opens = Button(text=t("Open a team"), data=TeamButton(posted.id, 0, 0))
    return [[opens], *([_join(t, team)] for team in _shown(posted, teams, now=now))]


def team_toast(t: Translator, posted: PostedPick, team: TeamEntry, *, quantity: int, now: datetime) -> str:
    """To whoever has taken a seat, short."""
    total = t.money(
        Money(amount=quantity * (posted.offer.team_price_amount or 0), currency=posted.offer.currency)
    )
    if team.state is TeamState.COMPLETE:
        return t("The team is complete. Your order: {total}.", total=total)
    missing, moment = team.size - len(team.seats), _until(t, posted, team, now=now)
    return t.plural(
        "You are in. {n} more is needed until {moment}. Your order: {total}.",
        "You are in. {n} more are needed until {moment}. Your order: {total}.",
        missing,
        moment=moment,
        total=total,
    )


def choose_kind(t: Translator, posted: PostedPick, team: TeamEntry | None) -> Screen:
    """In private: which kind would you like, before you open a team or join one?"""
    team_id = team.id if team else 0
    question = (
        t.html("Which kind would you like? You join {name}'s team with it.", name=_short(team.leader))
        if team
        else t.html("Which kind would you like? You open a team with it.")
    )
    sole = t("Join the team") if team else t("Open a team")
    kinds = [
        Button(text=variant.name or sole, data=TeamButton(posted.id, team_id, variant.id or 0))
        for variant in posted.variants
        if variant.stock is None or variant.sold < variant.stock
    ]
    if not kinds:
        return Screen(text=paragraphs(_head(t, posted), t.html("Sorry, it is sold out.")))
    return Screen(
        text=paragraphs(
            lines(_head(t, posted), team_price_line(t, posted)),
            question if len(posted.variants) > 1 else None,
        ),
        buttons=in_rows(kinds, width=2),
    )


def choice_noted(t: Translator) -> str:
    """To whoever has said what she wants if her team does not fill up, short."""
    return t("Noted.")


def team_page(t: Translator, posted: PostedPick, team: TeamEntry, seat: Seat, *, now: datetime) -> Screen:
    """In private: how far my team is, and what I want if it does not fill up."""
    if team.state is TeamState.COMPLETE:
        return Screen(
            text=paragraphs(
                _head(t, posted), _names(t, team), _complete(t, posted), _may_reopen(t, posted, team, now=now)
            )
        )
    if not is_undecided(posted, team, now=now):
        return Screen(text=paragraphs(_head(t, posted), _names(t, team), t.html("The team's time is over.")))
    return Screen(
        text=paragraphs(
            _head(t, posted),
            lines(_names(t, team), _needed(t, posted, team, now=now)),
            _chosen(t, posted, seat),
        ),
        buttons=_fallbacks(t, posted, team, seat),
    )


def is_undecided(posted: PostedPick, team: TeamEntry, *, now: datetime) -> bool:
    """Whether a team can still fill up."""
    return (
        team.state is TeamState.OPEN
        and posted.pick.state is PickState.LIVE
        and now < deadline(expires_at=team.expires_at, closes_at=posted.pick.closes_at)
    )


def left_notice(
    t: Translator,
    posted: PostedPick,
    team: TeamEntry,
    seat: Seat,
    *,
    who: Sequence[str],
    leads_now: bool,
    now: datetime,
) -> Screen:
    """To those who stay: somebody has left, and what that means for the team."""
    page = team_page(t, posted, team, seat, now=now)
    said = lines(
        t.html("Left your team: {names}.", names=t.listed([_short(name) for name in who])),
        t.html("You lead the team now.") if leads_now else None,
    )
    return Screen(text=paragraphs(said, page.text), buttons=page.buttons)


def expired_notice(t: Translator, posted: PostedPick, *, price_amount: int | None) -> Screen:
    """To a member of a team that did not fill up: what has become of her order."""
    if price_amount is None:
        ending = t.html("Your team did not fill up. Your order is cancelled, and you owe nothing.")
    else:
        ending = t.html(
            "Your team did not fill up. As you wished, you buy alone, at {price} a piece.",
            price=_money(t, posted, price_amount),
        )
    return Screen(text=paragraphs(_head(t, posted), ending))


def chance_line(t: Translator, chance: Completion) -> Markup:
    """To a curator who posts: how many teams of this group filled up so far."""
    return t.html(
        "{filled} of {settled} teams here filled up; expect between {least} % and {most} %.",
        filled=t.number(chance.filled),
        settled=t.number(chance.settled),
        least=t.number(chance.least_percent),
        most=t.number(chance.most_percent),
    )


def _shown(posted: PostedPick, teams: TeamsOfPick, *, now: datetime) -> list[TeamEntry]:
    return [team for team in teams.newest if is_undecided(posted, team, now=now)][:MOST_SHOWN]


def _team_line(t: Translator, posted: PostedPick, team: TeamEntry, *, now: datetime) -> Markup:
    return t.html(
        "{name}'s team: {taken} of {size}, until {moment}",
        name=_short(team.leader),
        taken=t.number(len(team.seats)),
        size=t.number(team.size),
        moment=_until(t, posted, team, now=now),
    )


def _join(t: Translator, team: TeamEntry) -> Button:
    text = t(
        "Join {name}'s team ({taken} of {size})",
        name=_short(team.leader),
        taken=t.number(len(team.seats)),
        size=t.number(team.size),
    )
    return Button(text=text, data=TeamButton(team.pick_id, team.id, 0))


def _head(t: Translator, posted: PostedPick) -> Markup:
    return t.html(
        "<b>{group}</b>: pick #{number} {title}",
        group=posted.group.title,
        number=posted.pick.number,
        title=posted.offer.title,
    )


def _names(t: Translator, team: TeamEntry) -> Markup:
    names = [_short(seat.name) for seat in team.seats]
    shown = t.listed(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return t.html(
        "Your team, {taken} of {size}: {names}",
        taken=t.number(len(names)),
        size=t.number(team.size),
        names=shown,
    )


def _needed(t: Translator, posted: PostedPick, team: TeamEntry, *, now: datetime) -> Markup:
    missing = team.size - len(team.seats)
    moment, price = _until(t, posted, team, now=now), _team(t, posted)
    return t.html_plural(
        "{n} more is needed until {moment}; then a piece costs you {price}.",
        "{n} more are needed until {moment}; then a piece costs you {price}.",
        missing,
        moment=moment,
        price=price,
    )


def _complete(t: Translator, posted: PostedPick) -> Markup:
    return t.html("Your team is complete: a piece costs you {price}.", price=_team(t, posted))


def _may_reopen(t: Translator, posted: PostedPick, team: TeamEntry, *, now: datetime) -> Markup | None:
    if now >= deadline(expires_at=team.expires_at, closes_at=posted.pick.closes_at):
        return None
    return t.html(
        "Should somebody leave it before {moment}, the seat is free again, and you are told.",
        moment=_until(t, posted, team, now=now),
    )


def _chosen(t: Translator, posted: PostedPick, seat: Seat) -> Markup:
    if seat.fallback is TeamFallback.SOLO:
        return t.html(
            "If the team does not fill up, you buy alone, at {price} a piece.",
            price=_money(t, posted, seat.solo_amount or posted.offer.price_amount),
        )
    return t.html("If the team does not fill up, your order is cancelled, and you owe nothing.")


def _fallbacks(t: Translator, posted: PostedPick, team: TeamEntry, seat: Seat) -> Sequence[Sequence[Button]]:
    texts = {
        TeamFallback.SOLO: t("Buy alone at {price}", price=_solo(t, posted)),
        TeamFallback.DROP: t("Let it go"),
    }
    return [
        [
            Button(
                text=t("✓ {choice}", choice=text) if seat.fallback is fallback else text,
                data=FallbackButton(team.id, fallback.value),
            )
        ]
        for fallback, text in texts.items()
    ]


def _until(t: Translator, posted: PostedPick, team: TeamEntry, *, now: datetime) -> str:
    until = deadline(expires_at=team.expires_at, closes_at=posted.pick.closes_at)
    return t.moment(until, posted.group.time_zone, now=now)


def _solo(t: Translator, posted: PostedPick) -> str:
    return _money(t, posted, posted.offer.price_amount)


def _team(t: Translator, posted: PostedPick) -> str:
    return _money(t, posted, posted.offer.team_price_amount or 0)


def _money(t: Translator, posted: PostedPick, amount: int) -> str:
    return t.money(Money(amount=amount, currency=posted.offer.currency))


def _short(name: str) -> str:
    return shortened(name, _LONGEST_NAME)
