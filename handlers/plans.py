"""What a group pays for recommendations: its page in the settings, and what is written for it."""

from bot.callbacks.groups import PlanButton
from bot.errors import ButtonOutdated, NotACurator, NotAllowed
from bot.plan_errors import PercentUnreadable, ThirdLevel
from bot.role_errors import MayNotConfigure
from bot.services.plans import PlanField, change_plan, plan_of, switch_inviter, switch_plan
from bot.shop import Shop
from bot.views.plans import ask_about_plan, plan_page
from bot.views.screens import Screen
from handlers.access import is_admin, is_leader, may_configure
from handlers.conversation import Part, answering, written_for
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft
from storage.unit_of_work import UnitOfWork

ASKED = "plan"
"""The step under which something about a plan is waited for."""


async def plan_turned(tap: Tap, shop: Shop) -> None:
    """The rewards of a group, or one thing about them was chosen."""
    button = PlanButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        await require_rewarder(uow, shop, button.group_id, tap.person.id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        if await _chosen(uow, shop, tap, button):
            saved = button.name != "page"
            await redraw(uow, shop, tap, await _page(uow, shop, tap, button.group_id, saved=saved))
    await tap.answer()


async def require_rewarder(uow: UnitOfWork, shop: Shop, group_id: int, person_id: int) -> None:
    """Raise NotACurator or MayNotConfigure unless a person may decide what a group pays for."""
    if await may_reward(uow, shop, group_id, person_id):
        return
    raise MayNotConfigure if await is_leader(uow, group_id, person_id) else NotACurator


async def may_reward(uow: UnitOfWork, shop: Shop, group_id: int, person_id: int) -> bool:
    """Whether a person may decide what a group pays for recommendations, and pay it."""
    return await may_configure(uow, group_id, person_id) or await is_admin(uow, shop, person_id)


async def _chosen(uow: UnitOfWork, shop: Shop, tap: Tap, button: PlanButton) -> bool:
    """Do what was chosen; False where something is to be written first."""
    group_id, by_id, now = button.group_id, tap.person.id, shop.now()
    match button.name, button.value:
        case "page", _:
            return True
        case "ask", value:
            await _ask(uow, shop, tap, group_id, _field(value))
            return False
        case "level", _:
            if (await plan_of(uow, group_id, now=now)).second_bps:
                raise ThirdLevel
            await _ask(uow, shop, tap, group_id, PlanField.SECOND)
            return False
        case "switch", ("on" | "off") as value:
            try:
                await switch_plan(uow, group_id, on=value == "on", by_id=by_id, now=now)
            except PercentUnreadable:
                await _ask(uow, shop, tap, group_id, PlanField.RATES, switch_on=True)
                return False
        case "inviter", ("on" | "off") as value:
            await switch_inviter(uow, group_id, on=value == "on", by_id=by_id, now=now)
        case _:
            raise ButtonOutdated
    return True


async def _ask(
    uow: UnitOfWork, shop: Shop, tap: Tap, group_id: int, field: PlanField, *, switch_on: bool = False
) -> None:
    content = {"group_id": group_id, "field": field.value, "switch_on": switch_on}
    await uow.pickups.wait_for(tap.person.id, ASKED, content, now=shop.now())
    t = await speaker(uow, tap.person)
    await send(uow, shop, tap.person.id, ask_about_plan(t, await uow.groups.get(group_id), field))


async def _page(uow: UnitOfWork, shop: Shop, by: Tap | Said, group_id: int, *, saved: bool = False) -> Screen:
    return plan_page(
        await speaker(uow, by.person),
        await uow.groups.get(group_id),
        await plan_of(uow, group_id, now=shop.now()),
        by_admin=not await is_leader(uow, group_id, by.person.id),
        saved=saved,
    )


def _field(value: str) -> PlanField:
    try:
        return PlanField(value)
    except ValueError:
        raise ButtonOutdated from None


async def _answered(said: Said, shop: Shop, asked: Draft) -> None:
    group_id, field = int(asked.content["group_id"]), PlanField(asked.content["field"])
    async with shop.handling(said.update_id) as uow:
        await require_rewarder(uow, shop, group_id, said.person.id)
        await change_plan(
            uow,
            group_id,
            field,
            said.text,
            switch_on=bool(asked.content["switch_on"]),
            by_id=said.person.id,
            now=shop.now(),
        )
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        await send(uow, shop, said.person.id, await _page(uow, shop, said, group_id, saved=True))


PART = Part(
    finds=written_for(ASKED), handles=answering(ASKED, takes=_answered, in_vain=(NotAllowed,), within=None)
)
"""Takes percentages, days and amounts."""
