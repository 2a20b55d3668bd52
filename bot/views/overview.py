"""The pinned list of a group's open picks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.i18n import Translator
from bot.views.picks import pick_list
from bot.views.screens import Button, Screen
from storage.repositories.picks import PostedPick


def overview(
    t: Translator,
    picks: Sequence[PostedPick],
    *,
    now: datetime,
    new_link: str | None = None,
    details: Mapping[int, str] | None = None,
    tiers: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> Screen:
    """The open picks of a group, each a link to its card; to a curator with the way to a new one.

    `tiers` are those of their offers, by offer.
    """
    links = {posted.id: card_link(posted) for posted in picks}
    screen = pick_list(t, picks, links=links, details=details, tiers=tiers, now=now)
    if new_link is None:
        return screen
    return replace(screen, buttons=[*screen.buttons, [Button(text=t("Make a pick"), url=new_link)]])


def card_link(posted: PostedPick) -> str | None:
    """Where a pick's card stands, if Telegram has links to messages there."""
    message_id, group = posted.pick.message_id, posted.group
    if message_id is None:
        return None
    if group.username:
        return f"https://t.me/{group.username}/{message_id}"
    chat = str(group.chat_id)
    return f"https://t.me/c/{chat.removeprefix('-100')}/{message_id}" if chat.startswith("-100") else None
