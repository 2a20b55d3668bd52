"""Draws what is said of teams; whoever reads nothing in private finds it on the card."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.screens import Screen
from bot.views.teams import expired_notice, left_notice, team_page
from storage.repositories.teams import TeamEntry
from storage.states import OutboxKind


async def _team(due: Due) -> Call | None:
    team = (await due.uow.teams.load([due.subject_id])).get(due.subject_id)
    person = await due.uow.members.find(due.entry.chat_id)
    if team is None or person is None or not person.private_is_open:
        return None
    screen = await _screen(due, team, Translator(person.language))
    return message_call(screen.payload(edit=due.payload.get("edit"))) if screen else None


async def _screen(due: Due, team: TeamEntry, t: Translator) -> Screen | None:
    posted = await due.uow.picks.get(team.pick_id)
    if due.payload["news"] == "expired":
        return expired_notice(t, posted, price_amount=due.payload["price"])
    seat = team.seat_of(due.entry.chat_id)
    if seat is None:
        # She has left it meanwhile.
        return None
    if due.payload["news"] == "page":
        return team_page(t, posted, team, seat, now=due.now)
    who = [await due.uow.members.get(person_id) for person_id in due.payload["who"]]
    leads_now = due.payload["led"] and team.leader_id == seat.person_id
    names = [person.name for person in who]
    return left_notice(t, posted, team, seat, who=names, leads_now=leads_now, now=due.now)


TEAM_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.TEAM: _team}
