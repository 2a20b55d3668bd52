"""Drafts become messages: the wizard's screen, and the preview of the card."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, markup, message_call
from bot.jobs.member_rendering import name_of
from bot.rules.drafts import DraftContent, closing_time, missing, read_content
from bot.services.plans import reward_in
from bot.services.teams import TeamsOfPick, chance_of_completion
from bot.telegram.parcels import Parcel
from bot.views.cards import CardFacts
from bot.views.drafts import DraftFacts, draft_screen, preview_card
from bot.views.screens import LONGEST_CAPTION, LONGEST_TEXT, Screen
from storage.models import Draft, Group, Offer, Pick, Variant
from storage.repositories.picks import PostedPick
from storage.states import DraftStep, OutboxKind, PickState

Json = dict[str, Any]


async def _draft(due: Due) -> Call | None:
    draft = await due.uow.drafts.find(due.subject_id)
    if draft is None:
        return None
    person = await due.uow.members.get(draft.person_id)
    screen = draft_screen(Translator(person.language), await _facts(due, draft), now=due.now)
    return message_call(screen.payload(edit=draft.message_id))


async def _preview(due: Due) -> Call | None:
    draft = await due.uow.drafts.find(due.subject_id)
    if draft is None or draft.pick_id is not None or draft.step == DraftStep.DELETED:
        return None
    content = read_content(draft.content)
    group = await due.uow.groups.find(next(iter(content.group_ids), 0))
    if missing(content) or group is None:
        return None
    photo = next(iter(content.photo_ids), None)
    screen = await _card(due, draft, content, group)
    return _shown_as(screen, content, photo)


async def _tidy(due: Due) -> Call:
    return "deleteMessage", {"message_id": due.payload["message_id"]}


async def _facts(due: Due, draft: Draft) -> DraftFacts:
    uow, content = due.uow, read_content(draft.content)
    groups = await uow.groups.list_led_by(draft.person_id)
    chosen = [group for group in groups if group.id in content.group_ids]
    return DraftFacts(
        draft=draft,
        content=content,
        groups=groups,
        topics={g.id: await uow.topics.list_open(g.id) for g in chosen if g.is_forum and g.id is not None},
        points=[
            point for group in chosen for point in await uow.pickups.list_points(group.id or 0, in_use=True)
        ],
        posted=await uow.picks.get(draft.pick_id) if draft.pick_id is not None else None,
        telling=await uow.tellings.find(draft.pick_id) if draft.pick_id is not None else None,
        chance=await chance_of_completion(uow, draft.group_id, now=due.now)
        if content.team_price_amount is not None and draft.group_id is not None
        else None,
    )


def _shown_as(screen: Screen, content: DraftContent, photo: str | None) -> Call:
    keyboard = markup(screen.keyboard())
    caption = {"caption": str(screen.text), "parse_mode": "HTML"}
    if content.preview_id is None:
        if photo is not None:
            return "sendPhoto", {"photo": photo, **caption, **keyboard}
        return message_call(screen.payload())
    shown = {"message_id": content.preview_id}
    if photo is not None and photo != content.preview_photo_id:
        return "editMessageMedia", {
            **shown,
            "media": {"type": "photo", "media": photo, **caption},
            **keyboard,
        }
    if content.preview_photo_id is not None:
        # Telegram takes no picture out of a message; the next preview is without it.
        return "editMessageCaption", {**shown, **caption, **keyboard}
    return message_call(screen.payload(edit=content.preview_id))


def previewed(parcel: Parcel, result: object) -> tuple[int, str | None] | None:
    """Which message shows a preview now and the photo in it; None if neither is another than before."""
    if parcel.method == "editMessageMedia":
        return cast(int, parcel.params["message_id"]), cast(Json, parcel.params["media"])["media"]
    if parcel.method.startswith("send") and isinstance(result, dict):
        return result["message_id"], cast(str | None, parcel.params.get("photo"))
    return None


async def _card(due: Due, draft: Draft, content: DraftContent, group: Group) -> Screen:
    curator = await due.uow.members.find(draft.person_id)
    card = CardFacts(
        posted=_posted_as(content, group, draft.person_id, now=due.now),
        curator=curator.name if curator else None,
        tiers=content.tiers,
        teams=TeamsOfPick() if content.team_price_amount is not None else None,
        voucher=await name_of(due.uow, content.vouched_by_id),
        # Every button of a preview becomes one that explains; these must only be there.
        details_link=due.shop.link("preview"),
        share_link=due.shop.link("preview"),
        reward=await reward_in(due.uow, group, content.team_price_amount or content.price_amount or 0)
        if content.currency == group.currency
        else None,
    )
    limit = LONGEST_CAPTION if content.photo_ids else LONGEST_TEXT
    translator = Translator(group.language)
    return preview_card(translator, card, draft_id=draft.id or 0, now=due.now, limit=limit)


def _posted_as(content: DraftContent, group: Group, curator_id: int, *, now: datetime) -> PostedPick:
    """A draft as the pick that it would become; nothing of it is stored."""
    pick = Pick(
        id=0,
        group_id=group.id or 0,
        offer_id=0,
        number=group.next_pick_number,
        curator_id=curator_id,
        state=PickState.LIVE,
        opens_at=content.opens_at or now,
        closes_at=closing_time(content, now=now),
        vouched_by_id=content.vouched_by_id,
        vouch_words=content.vouch_words,
    )
    offer = Offer(
        id=0,
        title=content.title,
        words=content.words,
        photo_id=next(iter(content.photo_ids), None),
        price_amount=content.price_amount or 0,
        currency=content.currency,
        unit=content.unit,
        created_at=now,
        minimum_quantity=content.minimum_quantity,
        limit_per_person=content.limit_per_person,
        team_price_amount=content.team_price_amount,
        team_size=content.team_size,
        team_hours=content.team_hours,
        category=content.category,
    )
    variants = [
        Variant(id=0, offer_id=0, position=position, name=kind.name, stock=kind.stock)
        for position, kind in enumerate(content.kinds)
    ]
    return PostedPick(pick=pick, group=group, offer=offer, variants=variants)


DRAFT_RENDERERS: Final[Mapping[OutboxKind, Renderer]] = {
    OutboxKind.DRAFT: _draft,
    OutboxKind.PREVIEW: _preview,
    OutboxKind.TIDY: _tidy,
}
