"""What a group needs, for its curators in private: seen, merged, split, and made a draft of."""

from telegram import Bot

from bot.callbacks.wishes import (
    DemandButton,
    NeedButton,
    NeedDraftButton,
    NeedMergeBackButton,
    NeedMergeButton,
    NeedPickBackButton,
    NeedPickButton,
    NeedSplitButton,
)
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.rules.drafts import DraftContent, DraftPlace, read_content
from bot.rules.wishes import closing_of
from bot.services.drafts import change_draft, start_draft
from bot.services.wishes.naming import answer_need, can_be_taken_back, take_answer_back
from bot.services.wishes.sorting import (
    NeedSeen,
    merge_needs,
    own_draft_of,
    see_need,
    see_needs,
    split_need,
    undo_merge,
)
from bot.shop import Shop
from bot.views.screens import Screen
from bot.views.wish_needs import (
    answer_page,
    asked_for,
    demand_page,
    merge_page,
    need_page,
    pick_page,
    split_page,
)
from bot.wish_errors import NeedOver
from handlers.access import group_curated, group_led
from handlers.speaking import page_of_led, redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Draft, Group, Need
from storage.states import DraftStep
from storage.unit_of_work import UnitOfWork


async def demand_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/demand`: what the group wishes for, in private; there, of the group that she leads."""
    if not said.is_private:
        group = await group_led(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            t = await speaker(uow, said.person)
            page = await _page(uow, shop, t, group, page=0)
            await tell(uow, shop, said, page, payload=f"demand_{group.id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        page = await page_of_led(
            uow, shop, said, t, page=lambda group: _page(uow, shop, t, group, page=0), payload="demand"
        )
        await send(uow, shop, said.person.id, page)


async def demand_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        group = await group_curated(uow, group_id, said.person.id)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _page(uow, shop, t, group, page=0))


async def demand_turned(tap: Tap, shop: Shop) -> None:
    """Another page of it."""
    button = DemandButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await group_curated(uow, button.group_id, tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _page(uow, shop, t, group, page=max(0, button.page)))
    await tap.answer()


async def need_tapped(tap: Tap, shop: Shop) -> None:
    """One need."""
    need_id = NeedButton.read(tap.data).need_id
    async with shop.handling(tap.update_id) as uow:
        await _show(uow, shop, tap, need_id)
    await tap.answer()


async def need_draft_tapped(tap: Tap, shop: Shop) -> None:
    """A draft of it, with the numbers filled in; where she has one already, that."""
    need_id = NeedDraftButton.read(tap.data).need_id
    async with shop.handling(tap.update_id) as uow:
        seen, group = await _seen(uow, shop, tap.person.id, need_id)
        await uow.groups.lock(group.id or 0)
        draft_id = await own_draft_of(uow, seen.need, tap.person.id)
        draft = await uow.drafts.find(draft_id) if draft_id is not None else None
        if draft is not None:
            content, step = read_content(draft.content), DraftStep(draft.step)
            await change_draft(uow, draft, content, step=step, now=shop.now(), below=True)
        else:
            draft = await _begin(uow, shop, tap.person.id, seen, group)
            seen.need.draft_id = draft.id
            await uow.wishes.save(seen.need)
    await tap.answer()


async def need_pick_tapped(tap: Tap, shop: Shop) -> None:
    """A pick that is on offer is what was wished for."""
    button = NeedPickButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        seen, group = await _seen(uow, shop, tap.person.id, button.need_id)
        t = await speaker(uow, tap.person)
        if button.pick_id:
            posted = (await uow.picks.load([button.pick_id])).get(button.pick_id)
            if posted is None:
                raise ButtonOutdated
            await answer_need(
                uow, button.need_id, posted, by_id=tap.person.id, page_id=tap.message_id, now=shop.now()
            )
            await redraw(uow, shop, tap, answer_page(t, seen, posted))
        else:
            await redraw(uow, shop, tap, pick_page(t, seen, await uow.picks.list_live(group.id or 0)))
    await tap.answer()


async def need_pick_taken_back(tap: Tap, shop: Shop) -> None:
    """That pick is not what was wished for after all."""
    need_id = NeedPickBackButton.read(tap.data).need_id
    async with shop.handling(tap.update_id) as uow:
        need, _ = await _need(uow, tap.person.id, need_id)
        await take_answer_back(uow, need, by_id=tap.person.id, now=shop.now())
        await _show(uow, shop, tap, need_id)
    await tap.answer()


async def need_merge_tapped(tap: Tap, shop: Shop) -> None:
    """Another need is the same."""
    button = NeedMergeButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        seen, group = await _seen(uow, shop, tap.person.id, button.need_id)
        if button.other_id:
            merge = await merge_needs(
                uow, button.need_id, button.other_id, by_id=tap.person.id, now=shop.now()
            )
            await _show(uow, shop, tap, button.need_id, merge_id=merge.id)
        else:
            t = await speaker(uow, tap.person)
            await redraw(uow, shop, tap, merge_page(t, seen, await _others(uow, shop, seen, group)))
    await tap.answer()


async def need_merge_taken_back(tap: Tap, shop: Shop) -> None:
    """They are not the same after all."""
    entry_id = NeedMergeBackButton.read(tap.data).entry_id
    async with shop.handling(tap.update_id) as uow:
        merge = await uow.audit.find(entry_id)
        if merge is None:
            raise ButtonOutdated
        await group_curated(uow, merge.group_id or 0, tap.person.id)
        need = await undo_merge(uow, merge, by_id=tap.person.id, now=shop.now())
        await _show(uow, shop, tap, need.id or 0)
    await tap.answer()


async def need_split_tapped(tap: Tap, shop: Shop) -> None:
    """Some of those who wished want something else."""
    button = NeedSplitButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        seen, _ = await _seen(uow, shop, tap.person.id, button.need_id)
        if button.wish_id:
            await split_need(uow, button.need_id, button.wish_id, by_id=tap.person.id, now=shop.now())
            await _show(uow, shop, tap, button.need_id)
        else:
            await redraw(uow, shop, tap, split_page(await speaker(uow, tap.person), seen))
    await tap.answer()


async def _begin(uow: UnitOfWork, shop: Shop, person_id: int, seen: NeedSeen, group: Group) -> Draft:
    demand = seen.demand
    content = DraftContent(
        title=seen.title,
        # The card is read by the group.
        words=asked_for(Translator(group.language), seen),
        price_amount=demand.limit_amount,
        currency=group.currency if demand.limit_amount is not None else "",
        closes_at=closing_of(demand, now=shop.now()),
        places=(DraftPlace(group_id=group.id or 0),),
    )
    return await start_draft(uow, person_id, content, step=DraftStep.HOME, now=shop.now())


async def _show(uow: UnitOfWork, shop: Shop, tap: Tap, need_id: int, *, merge_id: int | None = None) -> None:
    seen, group = await _seen(uow, shop, tap.person.id, need_id)
    t = await speaker(uow, tap.person)
    has_others = bool(await _others(uow, shop, seen, group))
    has_picks = bool(await uow.picks.list_live(group.id or 0))
    page = need_page(
        t,
        seen,
        group,
        has_others=has_others,
        has_picks=has_picks,
        can_take_back=await can_be_taken_back(uow, seen.need, now=shop.now()),
        merge_id=merge_id,
        now=shop.now(),
    )
    await redraw(uow, shop, tap, page)


async def _others(uow: UnitOfWork, shop: Shop, seen: NeedSeen, group: Group) -> list[NeedSeen]:
    needs = await see_needs(uow, group, now=shop.now())
    return [each for each in needs if each.need.id != seen.need.id and each.need.pick_id is None]


async def _seen(uow: UnitOfWork, shop: Shop, person_id: int, need_id: int) -> tuple[NeedSeen, Group]:
    _, group = await _need(uow, person_id, need_id)
    return await see_need(uow, need_id, now=shop.now()), group


async def _need(uow: UnitOfWork, person_id: int, need_id: int) -> tuple[Need, Group]:
    need = await uow.wishes.find_need(need_id)
    if need is None:
        raise NeedOver
    return need, await group_curated(uow, need.group_id, person_id)


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, group: Group, *, page: int) -> Screen:
    needs = await see_needs(uow, group, now=shop.now())
    return demand_page(t, group, needs, page=page, now=shop.now())
