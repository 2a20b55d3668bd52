"""The outbox of the database: rows become calls when they are sent, so they show the newest state."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from bot.i18n import Translator
from bot.jobs.alone import alone
from bot.jobs.due import CALLED_AGAIN_AFTER, Due, as_written
from bot.later import Later
from bot.services.campaigns.posting import (
    begin_posts,
    is_post,
    note_refused,
    note_sent,
    put_back,
    send_without_photo,
)
from bot.services.drafts import note_preview, note_screen
from bot.services.groups import follow_group
from bot.services.imports import note_import
from bot.services.notices import announce, begin_notices, is_notice, put_notice_back, tell_without_photo
from bot.services.overview import note_overview
from bot.services.pick_rounds import ask_whether_same
from bot.services.questions import ask_in_group
from bot.services.wishes.answering import ask_whether_it_answers
from bot.shop import Shop
from bot.telegram.backoff import backoff_seconds
from bot.telegram.parcels import Parcel, Refusal
from bot.telegram.verdicts import MAX_ATTEMPTS
from bot.views.screens import Screen
from bot.views.troubles import may_not_write_notice, topic_gone_notice
from storage.models import OutboxEntry
from storage.repositories.outbox import DueEntry
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork, writing

if TYPE_CHECKING:
    from bot.jobs import draft_rendering, invoice_rendering, payment_rendering, rendering, trust_rendering
else:
    # What draws is a tenth of the bot: it is loaded by the first row that does not stand as it was written.
    draft_rendering = Later("bot.jobs.draft_rendering")
    invoice_rendering = Later("bot.jobs.invoice_rendering")
    payment_rendering = Later("bot.jobs.payment_rendering")
    rendering = Later("bot.jobs.rendering")
    trust_rendering = Later("bot.jobs.trust_rendering")

log = structlog.get_logger(__name__)

_CHUNK = 200
_HOLD = timedelta(seconds=90)
_SILENT_KINDS = {OutboxKind.REACTION}
_BAD_REQUEST = 400
_FORBIDDEN = 403
_GAVE_UP = 0
_DELETED_ACCOUNT = "user is deactivated"
_TO_NO_CHAT = {"refundStarPayment"}
_OF_VOTES = {OutboxKind.TRUST_VOTE, OutboxKind.TRUST_VOTE_END}
_NEVER_KEPT = {
    *(OutboxKind.NEW_PICKS, OutboxKind.TELLING, OutboxKind.FAREWELL, OutboxKind.LINK_REVOKED),
    OutboxKind.NEED_ANSWERED,
    *_OF_VOTES,
}
"""Nobody waits for it, or nobody shall find it later: it is no dead letter."""


class DatabaseOutbox:
    """Claims rows, renders them, and notes what became of them.

    A card that was just brought up to date rests for a while, so that a busy sale costs one edit
    each few seconds.
    """

    def __init__(self, shop: Shop, *, card_rests: timedelta = timedelta(seconds=3)) -> None:
        self._shop = shop
        self._card_rests = card_rests
        self._resting: dict[int, datetime] = {}
        self._claimed: dict[int, OutboxEntry] = {}

    async def take(
        self, *, now: datetime, limit: int, not_chats: Collection[int], full_chats: Collection[int]
    ) -> Sequence[Parcel]:
        """Claim what is due, best first, one a chat."""
        chosen = await self._choose(now=now, limit=limit, not_chats=not_chats, full_chats=full_chats)
        if not chosen:
            return []
        async with self._writing() as uow:
            claimed = await uow.outbox.claim(chosen, now=now, hold=_HOLD)
            # Before it is sent: whatever happens then, it does not go there by itself once more.
            entries = await begin_notices(uow, await begin_posts(uow, claimed, now=now), now=now)
        parcels: list[Parcel] = []
        for entry in entries:
            # All of them are claimed: what is not returned is not sent before its hold is over.
            with alone("row_left_to_its_hold", entry_id=entry.id):
                parcel = await self._wrap(entry, now=now)
                if parcel is not None:
                    parcels.append(parcel)
        return parcels

    async def delivered(self, parcel: Parcel, result: object) -> None:
        """Note that it was sent, and which message a new card is."""
        entry = self._claimed.get(parcel.id)
        async with self._writing() as uow:
            if entry is not None and entry.subject_id is not None:
                await self._note(uow, entry, entry.subject_id, parcel, result)
            await uow.outbox.remove(parcel.id)
        self._settled(parcel)

    async def postponed(
        self, parcel: Parcel, *, until: datetime, reason: str, attempts: int, perhaps_sent: bool = False
    ) -> None:
        """Put it back until later, unless it is nothing that may arrive twice."""
        await self._put_back(
            parcel.id, until=until, reason=reason, attempts=attempts, perhaps_sent=perhaps_sent
        )

    async def _put_back(
        self, entry_id: int, *, until: datetime, reason: str, attempts: int, perhaps_sent: bool
    ) -> None:
        entry = self._claimed.get(entry_id)
        async with self._writing() as uow:
            stays = True
            if entry is not None and is_post(entry):
                stays = await put_back(uow, entry, reason=reason, perhaps_sent=perhaps_sent)
            elif entry is not None and is_notice(entry):
                stays = await put_notice_back(uow, entry, perhaps_sent=perhaps_sent)
            if stays:
                await uow.outbox.postpone(entry_id, until=until, attempts=attempts, reason=reason)
            else:
                await uow.outbox.remove(entry_id)
        # Only now: what could not be written down is told again.
        self._claimed.pop(entry_id, None)

    async def refused(self, parcel: Parcel, *, error: Refusal) -> None:
        """Keep it as failed; what follows from the reason is noted, and a private notice finds its way."""
        entry = self._claimed.get(parcel.id)
        if entry is not None and entry.kind is OutboxKind.STAR_REFUND and error.code == _GAVE_UP:
            # It is owed until Telegram has said yes or no.
            until = self._shop.now() + CALLED_AGAIN_AFTER
            await self.postponed(parcel, until=until, reason=error.description, attempts=0)
            return
        log.warning("not_sent", method=parcel.method, chat_id=parcel.chat_id, reason=error.description)
        async with self._writing() as uow:
            await self._put_aside(uow, entry, parcel, error)
            if entry is not None and entry.kind in _OF_VOTES:
                await trust_rendering.poll_refused(uow, self._shop, entry.subject_id or 0, error)
            if entry is not None and entry.kind is OutboxKind.STAR_REFUND:
                await invoice_rendering.star_refund_refused(uow, self._shop, entry.subject_id or 0, error)
            elif error.code == _FORBIDDEN:
                await _note_forbidden(uow, parcel.chat_id)
                if _DELETED_ACCOUNT in error.description.lower():
                    await uow.privacy.note_deactivated(parcel.chat_id, now=self._shop.now())
                if entry is not None and entry.kind in (OutboxKind.ROLL_UP, OutboxKind.WITHDRAWN):
                    await self._send_elsewhere(uow, entry)
                elif entry is not None and entry.kind is OutboxKind.QUESTION and entry.chat_id > 0:
                    await ask_in_group(uow, entry.subject_id or 0, now=self._shop.now())
            elif entry is not None and entry.kind is OutboxKind.PAYMENT_CLAIM:
                await payment_rendering.proof_not_shown(uow, self._shop, parcel)
            elif entry is not None and entry.subject_id is not None:
                await self._mend(uow, entry, entry.subject_id, parcel, error)
        self._settled(parcel)

    def _settled(self, parcel: Parcel) -> None:
        # Only now: what could not be written down is told again.
        entry = self._claimed.pop(parcel.id, None)
        if entry is not None and entry.kind is OutboxKind.FAREWELL:
            # Until now it had to be known where to send it.
            self._shop.is_log_stale = True

    async def _put_aside(
        self, uow: UnitOfWork, entry: OutboxEntry | None, parcel: Parcel, error: Refusal
    ) -> None:
        """Keep a row as failed, unless nobody needs it or it can be sent in a plainer way."""
        if entry is not None and is_post(entry):
            await self._note_post_refused(uow, entry, parcel, error)
        elif entry is not None and is_notice(entry) and _photo_refused(parcel, error):
            await tell_without_photo(uow, entry, now=self._shop.now())
        elif entry is not None and entry.kind in _NEVER_KEPT:
            await uow.outbox.remove(parcel.id)
        else:
            await uow.outbox.fail(parcel.id, now=self._shop.now(), reason=error.description)

    async def _note_post_refused(
        self, uow: UnitOfWork, entry: OutboxEntry, parcel: Parcel, error: Refusal
    ) -> None:
        """Its campaign says what failed and tries it again, so it is no dead letter besides."""
        await uow.outbox.remove(parcel.id)
        if _photo_refused(parcel, error):
            await send_without_photo(uow, entry, now=self._shop.now())
        else:
            await note_refused(uow, entry, reason=error.description)

    async def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a group to its new id."""
        async with self._writing() as uow:
            await follow_group(uow, old_chat_id=old_chat_id, new_chat_id=new_chat_id, now=self._shop.now())

    async def _note(
        self, uow: UnitOfWork, entry: OutboxEntry, subject_id: int, parcel: Parcel, result: object
    ) -> None:
        if parcel.method == "deleteMessage" and entry.kind is OutboxKind.OVERVIEW:
            await uow.groups.set_overview(subject_id, None)
        if entry.kind is OutboxKind.STAR_REFUND:
            await invoice_rendering.star_refund_answered(uow, self._shop, subject_id)
        if entry.kind is OutboxKind.TRUST_VOTE_END:
            await trust_rendering.poll_stopped(uow, self._shop, subject_id, result)
        if is_post(entry):
            message_id = result.get("message_id") if isinstance(result, dict) else None
            await note_sent(uow, entry, message_id, now=self._shop.now())
        if entry.kind is OutboxKind.CARD:
            self._resting[subject_id] = self._shop.now() + self._card_rests
        if parcel.method.startswith("send") and isinstance(result, dict):
            await self._note_message(uow, entry.kind, subject_id, result)
        if entry.kind is OutboxKind.PREVIEW:
            shown = draft_rendering.previewed(parcel, result)
            if shown is not None:
                await note_preview(uow, subject_id, *shown, now=self._shop.now())

    async def _note_message(
        self, uow: UnitOfWork, kind: OutboxKind, subject_id: int, message: Mapping[str, Any]
    ) -> None:
        message_id = message["message_id"]
        if kind is OutboxKind.CARD:
            await _note_card(uow, subject_id, message_id, now=self._shop.now())
        elif kind is OutboxKind.OVERVIEW:
            await note_overview(uow, subject_id, message_id, now=self._shop.now())
        elif kind is OutboxKind.DRAFT:
            await note_screen(uow, subject_id, message_id)
        elif kind is OutboxKind.IMPORT:
            await note_import(uow, subject_id, message_id)
        elif kind is OutboxKind.TRUST_VOTE:
            await trust_rendering.poll_posted(uow, subject_id, message)

    def _writing(self) -> AbstractAsyncContextManager[UnitOfWork]:
        # Not through the shop: what is settled here need not wake the sender again.
        return writing(self._shop.database)

    async def _choose(
        self, *, now: datetime, limit: int, not_chats: Collection[int], full_chats: Collection[int]
    ) -> list[int]:
        chosen: dict[int, int] = {}
        after = (-1, 0)
        async with self._shop.reading() as uow:
            while len(chosen) < limit:
                due = await uow.outbox.list_due(now=now, limit=_CHUNK, after=after)
                for entry in due:
                    room = entry.chat_id not in full_chats or entry.kind in _SILENT_KINDS
                    if room and entry.chat_id not in not_chats and not self._rests(entry, now=now):
                        chosen.setdefault(entry.chat_id, entry.id)
                if len(due) < _CHUNK:
                    break
                after = (due[-1].priority, due[-1].id)
        return list(chosen.values())[:limit]

    def _rests(self, entry: DueEntry, *, now: datetime) -> bool:
        if entry.kind is not OutboxKind.CARD or entry.subject_id not in self._resting:
            return False
        if self._resting[entry.subject_id] > now:
            return True
        del self._resting[entry.subject_id]
        return False

    async def _wrap(self, entry: OutboxEntry, *, now: datetime) -> Parcel | None:
        assert entry.id is not None
        try:
            async with self._shop.reading() as uow:
                due = Due(uow=uow, shop=self._shop, entry=entry, now=now)
                call = as_written(due) or await rendering.render(due)
        except Exception as fault:
            log.exception("not_rendered", kind=entry.kind, subject_id=entry.subject_id)
            await self._note_not_rendered(entry, entry.id, fault, now=now)
            return None
        if call is None:
            async with self._writing() as uow:
                await uow.outbox.remove(entry.id)
            return None
        self._claimed[entry.id] = entry
        method, params = call
        return Parcel(
            id=entry.id,
            chat_id=entry.chat_id,
            method=method,
            params=params if method in _TO_NO_CHAT else {"chat_id": entry.chat_id, **params},
            priority=entry.priority,
            attempts=entry.attempts,
        )

    async def _note_not_rendered(
        self, entry: OutboxEntry, entry_id: int, fault: Exception, *, now: datetime
    ) -> None:
        reason = f"{type(fault).__name__}: {fault}"
        attempts = entry.attempts + 1
        if isinstance(fault, SQLAlchemyError | OSError) and attempts < MAX_ATTEMPTS:
            # That the database did not answer says nothing of the row.
            self._claimed[entry_id] = entry
            until = now + timedelta(seconds=backoff_seconds(attempts))
            await self._put_back(entry_id, until=until, reason=reason, attempts=attempts, perhaps_sent=False)
            return
        async with self._writing() as uow:
            if entry.kind is OutboxKind.STAR_REFUND:
                # It is owed whatever kept it from being drawn; nothing else would ask for it again.
                until = now + CALLED_AGAIN_AFTER
                await uow.outbox.postpone(entry_id, until=until, attempts=0, reason=reason)
            else:
                if is_notice(entry):
                    await put_notice_back(uow, entry, perhaps_sent=False)
                await uow.outbox.fail(entry_id, now=now, reason=reason)

    async def _send_elsewhere(self, uow: UnitOfWork, entry: OutboxEntry) -> None:
        if entry.chat_id < 0 or await uow.members.find(entry.chat_id) is None:
            return
        payload: dict[str, object] = {"person_ids": [entry.chat_id]}
        if entry.kind is OutboxKind.ROLL_UP:
            payload = {**(entry.payload or {}), "in_private": False}
        posted = await uow.picks.get(entry.subject_id or 0)
        await uow.outbox.add(
            entry.kind,
            chat_id=posted.group.chat_id,
            subject_id=entry.subject_id,
            payload=payload,
            now=self._shop.now(),
        )

    async def _mend(
        self, uow: UnitOfWork, entry: OutboxEntry, subject_id: int, parcel: Parcel, error: Refusal
    ) -> None:
        if entry.kind is OutboxKind.CARD:
            await self._mend_card(uow, subject_id, parcel, error)
        elif entry.kind is OutboxKind.OVERVIEW and parcel.method != "sendMessage":
            await self._mend_overview(uow, subject_id, parcel, error)
        elif entry.kind is OutboxKind.DRAFT and parcel.method.startswith("edit"):
            # The screen was deleted, or is too old: a draft without one needs one.
            await note_screen(uow, subject_id, None)
            await self._again(uow, entry)
        elif entry.kind is OutboxKind.IMPORT and parcel.method.startswith("edit"):
            await note_import(uow, subject_id, None)
            await self._again(uow, entry)
        elif entry.kind is OutboxKind.PREVIEW and parcel.method.startswith("edit"):
            await note_preview(uow, subject_id, None, None, now=self._shop.now())
        elif entry.kind is OutboxKind.INVOICE:
            await invoice_rendering.invoice_not_sent(uow, self._shop, subject_id, error)
        elif entry.kind is OutboxKind.PIN:
            # The list does its work unpinned too, and the owner may not want it there.
            await uow.outbox.remove(parcel.id)

    async def _again(self, uow: UnitOfWork, entry: OutboxEntry) -> None:
        await uow.outbox.add(
            entry.kind,
            chat_id=entry.chat_id,
            subject_id=entry.subject_id,
            merge_key=f"{entry.kind.value}:{entry.subject_id}",
            now=self._shop.now(),
        )

    async def _mend_overview(self, uow: UnitOfWork, group_id: int, parcel: Parcel, error: Refusal) -> None:
        """Forget a list that is gone, or too old to be taken away; if one is wanted, it is sent anew."""
        if parcel.method == "deleteMessage" or "message to edit not found" in error.description.lower():
            await uow.groups.set_overview(group_id, None)
            await uow.outbox.add_overview(group_id, parcel.chat_id, now=self._shop.now())

    async def _mend_card(self, uow: UnitOfWork, pick_id: int, parcel: Parcel, error: Refusal) -> None:
        """Post a live pick's card in a plainer way, or anew, if this one cannot be had."""
        posted = await uow.picks.get(pick_id)
        words = error.description.lower()
        if posted.pick.state is not PickState.LIVE:
            return
        if "message to edit not found" in words:
            # Somebody deleted the card; the pick still takes orders, so it needs one.
            posted.pick.message_id = None
        elif posted.pick.topic_id is not None and ("thread" in words or "topic" in words):
            posted.pick.topic_id = None
            await self._tell_curator(uow, posted, topic_gone_notice)
        elif parcel.method == "sendPhoto":
            posted.offer.photo_id = None
        else:
            log.error("card_not_sent", pick_id=pick_id, reason=error.description)
            if posted.pick.message_id is None:
                await self._tell_curator(uow, posted, may_not_write_notice)
            return
        await uow.picks.save(posted.pick)
        await uow.outbox.add_cards({pick_id: posted.group.chat_id}, now=self._shop.now())

    async def _tell_curator(
        self, uow: UnitOfWork, posted: PostedPick, words: Callable[[Translator, PostedPick], Markup]
    ) -> None:
        curator_id = posted.pick.curator_id or posted.group.owner_id
        curator = await uow.members.find(curator_id) if curator_id else None
        if curator is not None and curator.private_is_open:
            screen = Screen(text=words(Translator(curator.language), posted))
            await uow.outbox.add(
                OutboxKind.MESSAGE, chat_id=curator.id, payload=screen.payload(), now=self._shop.now()
            )


def _photo_refused(parcel: Parcel, error: Refusal) -> bool:
    return parcel.method == "sendPhoto" and error.code == _BAD_REQUEST


async def _note_card(uow: UnitOfWork, pick_id: int, message_id: int, *, now: datetime) -> None:
    await uow.picks.set_message(pick_id, message_id)
    # The overview links to the card.
    posted = await uow.picks.get(pick_id)
    await uow.outbox.add_overview(posted.pick.group_id, posted.group.chat_id, now=now)
    if await announce(uow, posted.pick, now=now):
        await ask_whether_it_answers(uow, posted, now=now)
        await ask_whether_same(uow, posted, now=now)


async def _note_forbidden(uow: UnitOfWork, chat_id: int) -> None:
    if chat_id > 0:
        await uow.members.open_private(chat_id, is_open=False)
        return
    group = await uow.groups.find_by_chat(chat_id)
    if group is not None:
        group.is_active = False
        await uow.groups.save(group)
