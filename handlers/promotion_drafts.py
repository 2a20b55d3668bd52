"""The wizard of promotions in private: beginning one, its steps, launching, saving changes."""

from dataclasses import replace

from bot.callbacks.promotions import (
    NewPromotionButton,
    PromotionChoiceButton,
    PromotionPageButton,
    PromotionStepButton,
)
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.money import known_currency
from bot.promotion_errors import PromotionIncomplete
from bot.rules.promotion_drafts import (
    MOST_NAMED,
    STEPS,
    PromotionContent,
    PromotionStep,
    cleared,
    read_content,
    step_after,
    with_currency,
    with_kind,
)
from bot.services.promotions import (
    change_promotion,
    check_launch,
    drawn,
    keep_draft,
    launch,
    new_promotion,
    own_promotion_draft,
    save_changes,
    start_promotion,
    what_may_change,
)
from bot.shop import Shop
from bot.views.promotion_drafts import (
    PromotionDraftFacts,
    begun_before,
    launch_question,
    promotion_draft_screen,
    suggested_title,
)
from bot.views.screens import Screen
from handlers.promotion_pages import list_screen, promotion_screen, require_promoter
from handlers.speaking import redraw, speaker
from handlers.updates import Tap
from storage.models import Draft, Promotion
from storage.states import PromotionKind
from storage.unit_of_work import UnitOfWork

_A_PAGE = 10


async def new_promotion_tapped(tap: Tap, shop: Shop) -> None:
    """Begin a promotion; one that is half made may go on instead."""
    group_id = NewPromotionButton.read(tap.data).group_id or None
    async with shop.handling(tap.update_id) as uow:
        await require_promoter(uow, shop, tap.person.id, group_id)
        draft, is_begun = await new_promotion(uow, tap.person.id, group_id, now=shop.now())
        t = await speaker(uow, tap.person)
        if is_begun:
            await redraw(uow, shop, tap, begun_before(t, draft.id or 0, read_content(draft.content)))
        else:
            await redraw(uow, shop, tap, await draft_screen(uow, shop, t, draft))
    await tap.answer()


async def promotion_step_tapped(tap: Tap, shop: Shop) -> None:
    """Another step of a promotion in the making, or something to be done with it."""
    button = PromotionStepButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        draft = await own_promotion_draft(uow, button.draft_id, tap.person.id)
        await require_promoter(uow, shop, tap.person.id, draft.group_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _do(uow, shop, t, draft, button.act))
    await tap.answer()


async def promotion_chosen(tap: Tap, shop: Shop) -> None:
    """A value was chosen at a step, or what was set there cleared."""
    button = PromotionChoiceButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        draft = await own_promotion_draft(uow, button.draft_id, tap.person.id)
        t = await speaker(uow, tap.person)
        content = replace(read_content(draft.content), at=_step(button.step))
        content = await _chosen(uow, shop, t, draft, content, button.value)
        await keep_draft(uow, draft, content, now=shop.now())
        await redraw(uow, shop, tap, await draft_screen(uow, shop, t, draft))
    await tap.answer()


async def promotion_page_turned(tap: Tap, shop: Shop) -> None:
    """Another page of what a step lists."""
    button = PromotionPageButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        draft = await own_promotion_draft(uow, button.draft_id, tap.person.id)
        content = replace(read_content(draft.content), page=max(0, button.page))
        await keep_draft(uow, draft, content, now=shop.now())
        await redraw(uow, shop, tap, await draft_screen(uow, shop, await speaker(uow, tap.person), draft))
    await tap.answer()


async def change_begun(
    uow: UnitOfWork, shop: Shop, t: Translator, promotion: Promotion, person_id: int
) -> Screen:
    """What may still be changed of a promotion. Raises PromotionOver."""
    draft = await change_promotion(uow, promotion, person_id, now=shop.now())
    return await draft_screen(uow, shop, t, draft)


async def draft_screen(uow: UnitOfWork, shop: Shop, t: Translator, draft: Draft) -> Screen:
    """A promotion in the making as it is shown."""
    return promotion_draft_screen(t, await draft_facts(uow, shop, draft))


async def draft_facts(uow: UnitOfWork, shop: Shop, draft: Draft) -> PromotionDraftFacts:
    """All that the screens of a promotion in the making show."""
    content, now = read_content(draft.content), shop.now()
    group = await uow.groups.find(content.group_id) if content.group_id is not None else None
    points = await uow.pickups.list_points(content.group_id) if content.group_id is not None else []
    changed = await uow.promotion_terms.find(content.promotion_id or 0)
    terms, skip = uow.promotion_terms, content.page * _A_PAGE
    groups = offers = None
    if content.at is PromotionStep.PLACE and content.currency:
        groups = await terms.groups_to_choose(
            currency=content.currency, words=content.words, limit=_A_PAGE + 1, skip=skip
        )
    if content.at is PromotionStep.OFFERS:
        offers = await terms.offers_to_choose(
            content.where, currency=content.currency, words=content.words, limit=_A_PAGE + 1, skip=skip
        )
    listed = groups or offers or ()
    return PromotionDraftFacts(
        id=draft.id or 0,
        content=content,
        rule=drawn(content, now=now),
        time_zone=group.time_zone if group is not None else "UTC",
        group=group,
        groups=(groups or ())[:_A_PAGE],
        offers=(offers or ())[:_A_PAGE],
        points=points,
        has_more=len(listed) > _A_PAGE,
        group_titles=await terms.titles_of(content.group_ids, limit=_A_PAGE),
        offer_titles=await terms.offer_titles(content.offer_ids[:_A_PAGE]) if content.offer_ids else (),
        point_names=[point.name for point in points if point.id in content.point_ids],
        may_change=STEPS if changed is None else what_may_change(changed, now=now),
    )


async def _do(uow: UnitOfWork, shop: Shop, t: Translator, draft: Draft, act: str) -> Screen:
    content, now = read_content(draft.content), shop.now()
    match act:
        case "open":
            await keep_draft(uow, draft, content, now=now)
        case "anew":
            currency = content.currency if content.group_id is not None else ""
            fresh = PromotionContent(group_id=content.group_id, currency=currency, is_guided=True)
            draft = await start_promotion(uow, draft.person_id, fresh, now=now)
        case "launch":
            await check_launch(uow, content, now=now)
            at_home = replace(content, at=PromotionStep.HOME)
            await keep_draft(uow, draft, at_home, now=now, is_asked=True)
            return launch_question(t, await draft_facts(uow, shop, draft))
        case "sure":
            if not content.is_asked:
                # An older screen's button: something has been changed since.
                raise ButtonOutdated
            save = launch if content.promotion_id is None else save_changes
            promotion = await save(uow, draft, by_id=draft.person_id, now=now)
            return await promotion_screen(uow, t, promotion, shop)
        case "drop":
            await uow.drafts.remove(draft)
            return await list_screen(uow, t, draft.group_id, shop)
        case _:
            await keep_draft(uow, draft, await _moved(uow, shop, content, _step(act)), now=now)
    return await draft_screen(uow, shop, t, draft)


async def _moved(
    uow: UnitOfWork, shop: Shop, content: PromotionContent, step: PromotionStep
) -> PromotionContent:
    """The same at another step. Raises ButtonOutdated for one that may not change any more."""
    if content.promotion_id is not None and step is not PromotionStep.HOME:
        changed = await uow.promotion_terms.find(content.promotion_id)
        if changed is None or step not in what_may_change(changed, now=shop.now()):
            raise ButtonOutdated
    needs_currency = step in (PromotionStep.PLACE, PromotionStep.VALUE, PromotionStep.BUDGET)
    if (needs_currency or step is PromotionStep.MINIMUM_AMOUNT) and not content.currency:
        raise PromotionIncomplete((PromotionStep.CURRENCY,))
    # Whoever leaves the way, or takes a step from the overview, goes on from there.
    is_guided = content.is_guided and step is not PromotionStep.HOME
    return replace(content, at=step, is_guided=is_guided, page=0, words="")


async def _chosen(
    uow: UnitOfWork, shop: Shop, t: Translator, draft: Draft, content: PromotionContent, value: str
) -> PromotionContent:
    step = content.at
    if content.promotion_id is not None:
        await _moved(uow, shop, content, step)
    if value == "":
        return cleared(content, step) if step not in _KEPT else content
    match step:
        case PromotionStep.PLACE:
            return await _placed(uow, content, value)
        case PromotionStep.OFFERS:
            known = await uow.promotion_terms.offer_titles([_key(value)])
            return replace(content, offer_ids=_toggled(content.offer_ids, _key(value))) if known else content
        case PromotionStep.POINTS:
            points = await uow.pickups.list_points(content.group_id or 0)
            if _key(value) not in {point.id for point in points}:
                raise ButtonOutdated
            return replace(content, point_ids=_toggled(content.point_ids, _key(value)))
        case PromotionStep.TITLE:
            title = suggested_title(t, await draft_facts(uow, shop, draft))
            return onwards(replace(content, title=title or content.title))
    return onwards(_simple(content, value))


def onwards(content: PromotionContent) -> PromotionContent:
    """The same at the step that follows."""
    return replace(content, at=step_after(content.at, content), page=0, words="")


def _simple(content: PromotionContent, value: str) -> PromotionContent:
    match content.at:
        case PromotionStep.KIND if value in set(PromotionKind):
            return with_kind(content, PromotionKind(value))
        case PromotionStep.CURRENCY if known_currency(value):
            return with_currency(content, value)
        case PromotionStep.END if value.isdecimal() and 0 < int(value) <= _LONGEST_HOURS:
            return replace(content, runs_hours=int(value), ends_at=None)
        case PromotionStep.CODE if value in _YES_OR_NO:
            return replace(content, by_coupon=value == "yes")
        case PromotionStep.WHO if value in _YES_OR_NO:
            return replace(content, first_order_only=value == "yes")
        case PromotionStep.STACKS if value in _YES_OR_NO:
            return replace(content, stacks=value == "yes")
        case PromotionStep.COMMISSION if value in _YES_OR_NO:
            return replace(content, pays_no_commission=value == "yes")
    raise ButtonOutdated


async def _placed(uow: UnitOfWork, content: PromotionContent, value: str) -> PromotionContent:
    if value == "all":
        return onwards(replace(content, in_all_groups=True, group_ids=(), offer_ids=()))
    group = await uow.groups.find(_key(value))
    if group is None or group.currency != content.currency:
        raise ButtonOutdated
    # Goods of a group that is not meant any more would be none of anybody.
    return replace(
        content, in_all_groups=False, group_ids=_toggled(content.group_ids, _key(value)), offer_ids=()
    )


def _toggled(keys: tuple[int, ...], key: int) -> tuple[int, ...]:
    if key in keys:
        return tuple(one for one in keys if one != key)
    return (*keys, key)[-MOST_NAMED:]


def _key(value: str) -> int:
    if not value.isdecimal() or len(value) > 18:
        raise ButtonOutdated
    return int(value)


def _step(word: str) -> PromotionStep:
    """A step that a button may name. Raises ButtonOutdated."""
    if word not in set(PromotionStep):
        raise ButtonOutdated
    return PromotionStep(word)


_KEPT = frozenset({PromotionStep.HOME, PromotionStep.KIND, PromotionStep.CURRENCY})
_YES_OR_NO = frozenset({"yes", "no"})
_LONGEST_HOURS = 24 * 365
