"""Answering: in the chat, or in private, with the private chat's door shown where it is shut."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.shop import Shop
from bot.views.groups import choose_group, leads_none, which_group
from bot.views.members import look_in_private
from bot.views.screens import Screen
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.members import Seen
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def speaker(uow: UnitOfWork, person: Seen) -> Translator:
    """Speaks the language that a person chose, else the one of her Telegram."""
    known = await uow.members.find(person.id)
    return Translator(known.language if known and known.language_is_chosen else person.language)


async def in_the_groups_language(said: Said, shop: Shop) -> Said:
    """What was said without a face, to be answered in the language of all who read along."""
    async with shop.reading() as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
    return said if group is None else replace(said, person=said.person._replace(language=group.language))


async def reply(uow: UnitOfWork, shop: Shop, said: Said, words: Screen | Markup | str) -> None:
    """Answer where it was said."""
    await uow.outbox.add(
        OutboxKind.MESSAGE,
        chat_id=said.chat.id,
        payload=_screen(words).payload(
            reply_to=None if said.is_private else said.message_id, topic_id=said.topic_id
        ),
        now=shop.now(),
    )


async def tell(
    uow: UnitOfWork, shop: Shop, said: Said, words: Screen | Markup | str, *, payload: str
) -> None:
    """Answer in private; who has not opened it gets one line with a button that leads to the same answer."""
    known = await uow.members.find(said.person.id)
    if said.is_private or (known is not None and known.private_is_open):
        await send(uow, shop, said.person.id, words)
        return
    await show_door(uow, shop, said, payload=payload)


async def show_door(uow: UnitOfWork, shop: Shop, said: Said, *, payload: str) -> None:
    """One line where it was said, with a button that leads to the answer in private."""
    t = await speaker(uow, said.person)
    name = said.person.name if said.has_face else None
    await reply(uow, shop, said, look_in_private(t, name=name, link=shop.link(payload)))


async def page_of_led(
    uow: UnitOfWork,
    shop: Shop,
    said: Said,
    t: Translator,
    *,
    page: Callable[[Group], Awaitable[Screen]],
    payload: str,
) -> Screen:
    """The page of the group that somebody leads; of several she is asked which, by links of this payload."""
    groups = await uow.groups.list_led_by(said.person.id)
    if not groups:
        return Screen(text=leads_none(t))
    if len(groups) == 1:
        return await page(groups[0])
    links = [shop.link(f"{payload}_{group.id}") for group in groups]
    return choose_group(t, groups, which_group(t), links=links)


async def send(
    uow: UnitOfWork, shop: Shop, chat_id: int, words: Screen | Markup | str, *, topic_id: int | None = None
) -> None:
    """Say something in a chat."""
    await uow.outbox.add(
        OutboxKind.MESSAGE,
        chat_id=chat_id,
        payload=_screen(words).payload(topic_id=topic_id),
        now=shop.now(),
    )


async def redraw(uow: UnitOfWork, shop: Shop, tap: Tap, words: Screen) -> None:
    """Show something else in the message that was tapped. Raises ButtonOutdated outside of private.

    What stands in a group is nobody's own screen, whatever data somebody's own client sends.
    """
    tap.require_private()
    which = {"edit_caption" if tap.has_caption else "edit": tap.message_id}
    await uow.outbox.add(
        OutboxKind.MESSAGE, chat_id=tap.chat_id, payload=words.payload(**which), now=shop.now()
    )


def _screen(words: Screen | Markup | str) -> Screen:
    return words if isinstance(words, Screen) else Screen(text=Markup.escape(words))
